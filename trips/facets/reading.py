"""From the index of editions to bitmaps, all of it anew."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db.models import F, Max, Min, Q, QuerySet

from exchange.lib.canonical import digest
from exchange.lib.languages import CODES
from trips.facets.bitmaps import binary, gathered
from trips.facets.snapshot import FACETS, Snapshot, Value
from trips.models import Listing, Mention
from trips.models.listing import Subject

SUBJECTS: dict[str, str] = {
    Subject.STATE: "state",
    Subject.CITY: "city",
    Subject.THEME: "theme",
    Subject.ORGANISATION: "organisation",
}
ROLES = ("institutions", "enterprises", "organisers")  # an embassy or an outlet has one of them where it was host
Merged = tuple[tuple[str, str], ...]


def read(at: dt.datetime, merged: Merged) -> Snapshot:
    """All of it anew, in five queries."""
    since, until = _window(at)
    own = Listing.objects.public(at).filter(language=CODES[0]).newest()
    rows = list(own.values_list("edition", "year", "visits", "digest"))
    places = {edition: place for place, (edition, *_more) in enumerate(rows)}
    bits, roles, members = _bits(at, places, dict(merged))
    told = _told(at, dict(merged))
    known, former = _known(told, bits)
    return Snapshot(
        since=since,
        until=until,
        editions=tuple(places),
        values={
            "year": gathered((str(year), places[edition]) for edition, year, *_more in rows),
            "language": gathered(_languages(at, places)),
            **{
                facet: {slug: bits[facet][one.key] for slug, one in known[facet].items()} for facet in SUBJECTS.values()
            },
        },
        known={
            "year": {str(year): _plain(str(year)) for _edition, year, *_more in rows},
            "language": {code: _plain(code) for code in CODES},
            **known,
        },
        former={facet: former.get(facet, {}) for facet in FACETS},
        roles=roles,
        parties={one.key: one for one in reversed(told["organisation"])},
        addresses={(one.home, one.slug): one.key for one in reversed(told["organisation"])},
        members=members,
        visits=binary([visits for _edition, _year, visits, _digest in rows]),
        digest=digest("".join(f"{one}\n" for one in sorted(one for *_more, one in rows))),
    )


def _window(at: dt.datetime) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The last moment until then at which something became public or ceased to be, and the next one."""
    moments = {
        f"{name}_{field}": extreme(field, filter=Q(**{f"{field}__{which}": at}))
        for field in ("visible_from", "visible_until")
        for name, extreme, which in (("last", Max, "lte"), ("next", Min, "gt"))
    }
    found = Listing.objects.filter(language=CODES[0]).aggregate(**moments)
    last = [one for name, one in found.items() if name.startswith("last") and one]
    following = [one for name, one in found.items() if name.startswith("next") and one]
    return max(last, default=None), min(following, default=None)


def _mentions(at: dt.datetime) -> QuerySet:
    return Mention.objects.public(at).filter(subject__in=list(SUBJECTS)).order_by()


def _bits(at: dt.datetime, places: Mapping[int, int], into: Mapping[str, str]) -> tuple[dict, dict, dict]:
    """The trips that name a value, by facet and key; an organisation, by directory and key; a state as a member.

    Records that were merged are under the key of the one that stands for them.
    """
    found = _mentions(at).values_list("subject", "section", "member", "key", "edition")
    bits = gathered((one[:4], places[one[4]]) for one in found.iterator(chunk_size=5000) if one[4] in places)
    facets: dict[str, defaultdict[str, int]] = {facet: defaultdict(int) for facet in SUBJECTS.values()}
    roles: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    members: defaultdict[str, int] = defaultdict(int)
    for (subject, section, member, key), one in bits.items():
        standing = _standing(subject, key, into)
        if subject == Subject.ORGANISATION:
            roles[section][standing] |= one
        if subject != Subject.ORGANISATION or section in ROLES:
            facets[SUBJECTS[subject]][standing] |= one
        if subject == Subject.STATE and member:
            members[key] |= one
    return facets, {section: dict(those) for section, those in roles.items()}, dict(members)


def _standing(subject: str, key: str, into: Mapping[str, str]) -> str:
    return into.get(key, key) if subject == Subject.ORGANISATION else key


def _languages(at: dt.datetime, places: Mapping[int, int]) -> Iterator[tuple[str, int]]:
    reported = Listing.objects.public(at).filter(reported=True).order_by()
    for code, edition in reported.values_list("language", "edition"):
        if edition in places:
            yield code, places[edition]


def _told(at: dt.datetime, into: Mapping[str, str]) -> dict[str, list[Value]]:
    """By facet, every name and address that public trips know something by, those of the latest trips first."""
    names = _mentions(at).values_list("subject", "key", "slug", "name_en", "name_zh_hans", "home", "member")
    latest = names.annotate(last=Max("starts_on"), edition=Max("edition")).order_by(
        F("last").desc(), F("edition").desc(), "key", "slug"
    )
    told: dict[str, list[Value]] = {facet: [] for facet in SUBJECTS.values()}
    for subject, key, slug, english, chinese, home, member, *_last in latest:
        names = dict(zip(CODES, (english, chinese), strict=True))
        told[SUBJECTS[subject]].append(Value(slug, _standing(subject, key, into), names, home, member))
    return told


def _known(told: Mapping[str, list[Value]], bits: Mapping[str, Mapping[str, int]]) -> tuple[dict, dict]:
    """By facet, each value by its slug; and every slug that trips know it by, with that one.

    Where a later one has taken its slug, the slug of a value is its key.
    """
    known: dict[str, dict[str, Value]] = {facet: {} for facet in told}
    former: dict[str, dict[str, str]] = {facet: {} for facet in told}
    for facet, values in told.items():
        slugs: dict[str, str] = {}
        for one in values:
            if one.key not in slugs and one.key in bits[facet]:
                slug = slugs[one.key] = one.slug if one.slug not in known[facet] else one.key
                known[facet][slug] = one._replace(slug=slug)
            if one.key in slugs:
                former[facet].setdefault(one.slug, slugs[one.key])
    return known, former


def _plain(word: str) -> Value:
    """A value that is the same word in every language."""
    return Value(word, word, dict.fromkeys(CODES, word))

"""The public trips as bitmaps, held in memory: which of them have a value of a facet, and how many of a selection do.

Bit ``i`` of a bitmap is the trip at place ``i`` of the list of all that is public, the latest first. A selection is one
bitmap, the trips that it shares with another are ``one & other``, and their number is ``bit_count()``: exact, and quick
enough to count every choice of every filter for every visitor.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

from django.db.models import F, Max, Min, Q, QuerySet

from exchange.lib.languages import CODES
from institutions.models import Organisation
from trips.models import IndexState, Listing, Mention
from trips.models.listing import Subject

FACETS = ("year", "state", "city", "theme", "organisation", "language")
SUBJECTS = {
    Subject.STATE: "state",
    Subject.CITY: "city",
    Subject.THEME: "theme",
    Subject.ORGANISATION: "organisation",
}
ROLES = ("institutions", "enterprises", "organisers")  # hosts, partners, organisers: who made the trip
TRIES = 5
Choice = Mapping[str, str | Sequence[str]]
Merged = tuple[tuple[str, str], ...]
Key = tuple[str, Merged]


class Value(NamedTuple):
    """A value of a facet: how addresses call it, the key of its mentions, its names, the directory of its profile.

    Names and address are those of the latest trip that names it, as in the directory.
    """

    slug: str
    key: str
    names: Mapping[str, str]
    home: str = ""


@dataclass(frozen=True)
class Snapshot:
    """All that is public in a stretch of time in which nothing begins or ends to be public.

    ``values`` has a bitmap for each value of each facet, by the slug of the value; ``former`` leads from a slug that
    an older trip knows it by. A trip is listed by its edition.
    """

    since: dt.datetime | None
    until: dt.datetime | None
    editions: tuple[int, ...]
    values: Mapping[str, Mapping[str, int]]
    known: Mapping[str, Mapping[str, Value]]
    former: Mapping[str, Mapping[str, str]]

    @cached_property
    def everything(self) -> int:
        """The bitmap of all trips."""
        return (1 << len(self.editions)) - 1

    @cached_property
    def places(self) -> Mapping[int, int]:
        """The place of each edition in the list."""
        return {edition: place for place, edition in enumerate(self.editions)}

    def label(self, facet: str, value: str) -> Mapping[str, str]:
        """The names of a value by language."""
        return self.known[facet][value].names

    def find(self, facet: str, slug: str) -> str | None:
        """The value that has this slug, or had it on an older trip; None where no public trip has it."""
        return slug if slug in self.values[facet] else self.former[facet].get(slug)

    def matching(self, choice: Choice) -> int:
        """The trips that have a chosen value in each of the facets; several values of one facet are alternatives."""
        found = self.everything
        for facet, chosen in choice.items():
            slugs = [chosen] if isinstance(chosen, str) else chosen
            found &= self.united(facet, slugs)
        return found

    def united(self, facet: str, slugs: Iterable[str]) -> int:
        """The trips that have one of the values at least."""
        found = 0
        for slug in slugs:
            found |= self.values[facet].get(slug, 0)
        return found

    def counts(self, facet: str, within: int) -> dict[str, int]:
        """How many trips of a selection have each value; values that none of them has are left out."""
        if within == self.everything:
            return dict(self.totals[facet])
        counted = ((slug, (bits & within).bit_count()) for slug, bits in self.values[facet].items())
        return {slug: count for slug, count in counted if count}

    @cached_property
    def totals(self) -> Mapping[str, Mapping[str, int]]:
        """How many of all trips have each value."""
        return {facet: {slug: bits.bit_count() for slug, bits in self.values[facet].items()} for facet in FACETS}

    def page(self, selection: int, start: int, stop: int) -> list[int]:
        """The editions of a selection from one place to another, the latest trips first."""
        found, place, page = 0, -1, []
        bits = bin(selection)[:1:-1]
        while found < stop and (place := bits.find("1", place + 1)) >= 0:
            if found >= start:
                page.append(self.editions[place])
            found += 1
        return page

    def bitmap_of(self, editions: Iterable[int]) -> int:
        """The selection of these editions; what is not public is left out."""
        return _bitmap(self.places[one] for one in editions if one in self.places)

    def holds(self, at: dt.datetime) -> bool:
        """True when this is what is public at that time, if nothing is published or withdrawn."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


class _Kept(NamedTuple):
    key: Key
    snapshot: Snapshot


_kept: _Kept | None = None  # the last one read, by any thread: one is enough, as time goes forward
_reading = Lock()


def snapshot(at: dt.datetime) -> Snapshot:
    """What is public at that time: two small queries while nothing has changed.

    The key is read before the rows and again after them: a change meanwhile is noticed, and they are read again.
    """
    global _kept
    key = _key()
    if found := _still(key, at):
        return found
    with _reading:  # one thread reads, the others wait for what it finds
        key = _key()
        for _try in range(TRIES):
            if found := _still(key, at):
                return found
            found = _read(at, key[1])
            before, key = key, _key()
            if before == key:
                _kept = _Kept(key, found)
                break
    return found


def _still(key: Key, at: dt.datetime) -> Snapshot | None:
    kept = _kept
    known = key[0] and kept and kept.key == key  # an index without a generation is not kept
    return kept.snapshot if known and kept.snapshot.holds(at) else None


def _key() -> Key:
    """Another one after every change of the index, and of which records stand for which."""
    generation = IndexState.objects.values_list("generation", flat=True).first() or ""
    merged = Organisation.objects.exclude(merged_into=None).order_by("pk")
    return generation, tuple(merged.values_list("uid", "merged_into__uid"))


def _read(at: dt.datetime, merged: Merged) -> Snapshot:
    """All of it anew, in five queries."""
    since, until = _window(at)
    own = Listing.objects.public(at).filter(language=CODES[0])
    rows = list(own.newest().values_list("edition", "year"))
    places = {edition: place for place, (edition, _year) in enumerate(rows)}
    into = dict(merged)
    bits = _bits(at, places, into)
    known, former = _known(at, into)
    return Snapshot(
        since=since,
        until=until,
        editions=tuple(places),
        values={
            "year": _gathered((str(year), places[edition]) for edition, year in rows),
            "language": _gathered(_languages(at, places)),
            **{
                facet: {slug: bits[facet, one.key] for slug, one in known[facet].items() if (facet, one.key) in bits}
                for facet in SUBJECTS.values()
            },
        },
        known={
            "year": {str(year): _plain(str(year)) for _edition, year in rows},
            "language": {code: _plain(code) for code in CODES},
            **known,
        },
        former={facet: former.get(facet, {}) for facet in FACETS},
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
    """The mentions that filters go by; an embassy or an outlet is among them only where it received the trip."""
    made = ~Q(subject=Subject.ORGANISATION) | Q(section__in=ROLES)
    return Mention.objects.public(at).filter(made, subject__in=list(SUBJECTS)).order_by()


def _bits(at: dt.datetime, places: Mapping[int, int], into: Mapping[str, str]) -> Mapping[tuple[str, str], int]:
    """A bitmap for each facet and key; of records that were merged, under the key of the one that stands for them."""
    found = _mentions(at).values_list("subject", "key", "edition")
    return _gathered(
        ((SUBJECTS[Subject(subject)], _standing(subject, key, into)), places[edition])
        for subject, key, edition in found.iterator(chunk_size=5000)
        if edition in places
    )


def _standing(subject: str, key: str, into: Mapping[str, str]) -> str:
    return into.get(key, key) if subject == Subject.ORGANISATION else key


def _languages(at: dt.datetime, places: Mapping[int, int]) -> Iterator[tuple[str, int]]:
    reported = Listing.objects.public(at).filter(reported=True).order_by()
    for code, edition in reported.values_list("language", "edition"):
        if edition in places:
            yield code, places[edition]


def _known(at: dt.datetime, into: Mapping[str, str]) -> tuple[dict, dict]:
    """By facet, each value by its slug; and the slugs of older trips, each with the slug of its value."""
    told = _mentions(at).values_list("subject", "key", "slug", "name_en", "name_zh_hans", "home")
    latest = told.annotate(last=Max("starts_on"), edition=Max("edition")).order_by(
        F("last").desc(), F("edition").desc(), "slug", "name_en", "name_zh_hans", "home"
    )
    known: dict[str, dict[str, Value]] = {facet: {} for facet in SUBJECTS.values()}
    former: dict[str, dict[str, str]] = {facet: {} for facet in SUBJECTS.values()}
    slugs: dict[tuple[str, str], str] = {}
    for subject, key, slug, english, chinese, home, *_last in latest:
        facet, standing = SUBJECTS[Subject(subject)], _standing(subject, key, into)
        if (facet, standing) not in slugs:  # its latest trip; where a later one has taken its slug, its key is its own
            own = slug if slug not in known[facet] else standing
            slugs[facet, standing] = own
            known[facet][own] = Value(own, standing, dict(zip(CODES, (english, chinese), strict=True)), home)
        former[facet].setdefault(slug, slugs[facet, standing])
    return known, former


def _gathered(found: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    """A bitmap for each key, of the places found for it."""
    places: defaultdict[Any, list[int]] = defaultdict(list)
    for key, place in found:
        places[key].append(place)
    return {key: _bitmap(those) for key, those in places.items()}


def _bitmap(places: Iterable[int]) -> int:
    """The number in which the bits at these places are set."""
    those = list(places)
    bits = bytearray(max(those, default=0) // 8 + 1)
    for place in those:
        bits[place // 8] |= 1 << place % 8
    return int.from_bytes(bits, "little")


def _plain(word: str) -> Value:
    """A value that is the same word in every language."""
    return Value(word, word, dict.fromkeys(CODES, word))

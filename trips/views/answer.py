"""What the profile of anything shows besides itself: its trips, and who and what else was on them."""

import datetime as dt
import heapq
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse

from exchange.lib.languages import CODES, column
from institutions.models import Country, Organisation
from trips.edition.reading import HOMES
from trips.facets import ROLES, Snapshot, Value
from trips.models import Edition, Mention
from trips.models.listing import Subject
from trips.renderings import lists, profile
from trips.renderings.directory import Row
from trips.views.pages import PER_PAGE, listed

COMPANY = 60
OUTCOMES = 10
STATES = "member-states"


class Subjects(NamedTuple):
    """Of whom a profile is: the keys under which the index knows it, none of which is company of its own."""

    selection: int
    facet: str = ""
    keys: frozenset[str] = frozenset()


def answer(
    language: str,
    who: profile.Profile,
    own: Subjects,
    number: int,
    known: Snapshot,
    at: dt.datetime,
    neighbours: tuple[Row | None, Row | None] = (None, None),
) -> HttpResponse:
    count = own.selection.bit_count()
    page = lists.Page(number, max(1, -(-count // PER_PAGE)), count)
    if not 1 <= number <= page.pages:
        raise Http404
    wanted = known.page(own.selection, (number - 1) * PER_PAGE, number * PER_PAGE)
    shown = listed(wanted, language, at)
    years = [int(year) for year in known.counts("year", own.selection)]
    record = profile.Record(count, min(years, default=None), max(years, default=None))
    company = _company(known, own)
    came = _outcomes(language, own, at)
    return HttpResponse(profile.render(language, who, shown, record, page, company, came, neighbours))


def _company(known: Snapshot, own: Subjects) -> profile.Company:
    """Who and what else is named by the editions that name this one: states, parties by directory, cities, themes."""
    counted = {section: _often(known.roles.get(section, {}), own) for section in ROLES}
    groups = parties({section: dict(often) for section, (often, _more) in counted.items()}, known)
    received = known.counts("state", own.selection)
    states = {known.known["state"][slug].key: count for slug, count in received.items()}
    states = {key: count for key, count in states.items() if key not in own.keys}
    return profile.Company(
        states=[state(one, states[one.iso2]) for one in Country.objects.filter(iso2__in=states)],
        groups=[(section, groups[section], counted[section][1]) for section in ROLES if groups[section]],
        cities=_values(known, "city", "cities", own),
        themes=_values(known, "theme", "themes", own),
        members=all(known.of("state", key) & own.selection & ~known.members.get(key, 0) == 0 for key in states),
    )


def _often(bits: Mapping[str, int], own: Subjects) -> tuple[list[tuple[str, int]], int]:
    """Those met most often, and how many more there are."""
    counts = ((key, (one & own.selection).bit_count()) for key, one in bits.items() if key not in own.keys)
    met = [(key, count) for key, count in counts if count]
    often = heapq.nlargest(COMPANY, met, key=itemgetter(1))
    return often, len(met) - len(often)


def _values(known: Snapshot, facet: str, section: str, own: Subjects) -> list[Row]:
    counts = known.counts(facet, own.selection)
    there = [known.known[facet][slug] for slug in counts if facet != own.facet or slug not in own.keys]
    found = [Row(one.names, f"{section}/{one.slug}/", {}, "", counts[one.slug]) for one in there]
    return sorted(found, key=lambda row: (-row.trips, row.names["en"].casefold()))[:COMPANY]


def _outcomes(language: str, own: Subjects, at: dt.datetime) -> list[profile.Came]:
    """The latest outcomes that it shares, of the documents that say so."""
    if own.facet not in ("", "state"):
        return []
    sharing = Mention.objects.public(at).filter(subject=Subject.OUTCOME, key__in=own.keys).order_by("-starts_on", "pk")
    editions = Edition.objects.filter(pk__in=list(sharing.values_list("edition", flat=True)[:OUTCOMES]))
    return profile.came([(one.slug, one.payload) for one in editions], own.keys, language)


def parties(counts: Mapping[str, Mapping[str, int]], known: Snapshot) -> dict[str, list[Row]]:
    """By directory, under current names, or the latest printed ones where nobody checked the record: one query."""
    keys = {key for those in counts.values() for key in those}
    known_now = Organisation.objects.current().checked().select_related("city__country", "country")
    live = {one.uid: one for one in known_now.filter(uid__in=keys)}
    return {
        section: sorted((_party(known.parties[key], live.get(key), n) for key, n in those.items()), key=_alphabet)
        for section, those in counts.items()
    }


def _party(value: Value, live: Organisation | None, trips: int) -> Row:
    if live is None:
        return Row(value.names, f"{value.home}/{value.slug}/", {}, "", trips)
    city, country = live.city, live.country or (live.city.country if live.city else None)
    values = {"type": live.type, "city": city.slug if city else "", "state": country.slug if country else ""}
    labels: dict[str, Any] = {"city": texts(city, "name")} if city else {}
    labels |= {"state": texts(country, "name")} if country else {}
    address = f"{HOMES[live.kind]}/{live.slug}/"
    return Row(texts(live, "name"), address, labels.get("city", {}), "", trips, values, labels)


def _alphabet(row: Row) -> str:
    return row.names["en"].casefold()


def state(country: Country, trips: int) -> Row:
    return Row(texts(country, "name"), f"{STATES}/{country.slug}/", {}, country.iso2, trips)


def texts(row: Any, field: str) -> dict[str, str]:
    """Both languages of a pair of columns."""
    return {code: getattr(row, column(field, code)) for code in CODES}

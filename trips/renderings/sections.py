"""The sections of a trip page as their templates want them: labels chosen, dates written, nothing left to do."""

import datetime as dt
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.lib import dates
from exchange.lib.bilingual import Words, joined, listed
from institutions.choices import Kind
from trips.choices import (
    DayPart,
    Format,
    OrganiserRole,
    VisitKind,
)
from trips.edition.reading import Day, Delegation, Host, Party, Person, Reader, Visit
from trips.renderings import wording

LONG_ROUTE = 6
Fact = tuple[str, Any, Any]


def head(reader: Reader) -> dict[str, Any]:
    """Headline, official name where the headline is another, standfirst, what sort of trip, facts."""
    headline = reader.headline
    return {
        "headline": headline,
        "long": wording.is_long(headline, reader.language),
        "official": reader.title if headline != reader.title else "",
        "standfirst": reader.report.summary if reader.report else "",
        "kind": wording.label(Format, reader.format),
        "audience": reader.audience,
        "facts": [one for one in (_days(reader), _cities(reader), _senders(reader), _head(reader)) if one],
    }


def _days(reader: Reader) -> Fact:
    pattern = ngettext("%(count)s day", "%(count)s days", reader.days)
    value = wording.span(reader.first, reader.last, reader.language)
    return _("Dates"), value, wording.spelt(pattern, reader.days, reader.language)


def _cities(reader: Reader) -> Fact | None:
    provinces = list(dict.fromkeys(one.province for one in reader.route if one.province))
    cities = dict.fromkeys(one.name for one in reader.route)
    place = reader.destination or listed(provinces, reader.language)
    if not cities:
        return (_("Destination"), place, "") if place else None
    return _("Cities"), listed(cities, reader.language), place


def _senders(reader: Reader) -> Fact | None:
    given, language = reader.delegations, reader.language
    if not given:
        return None
    count = len(given)
    if all(one.party.kind == Kind.EMBASSY for one in given):
        pattern = ngettext("%(count)s embassy", "%(count)s embassies", count)
    else:
        pattern = ngettext("%(count)s delegation", "%(count)s delegations", count)
    return _("Delegations"), wording.spelt(pattern, count, language), _membership(given)


def _membership(given: list[Delegation]) -> SafeString:
    states = [one.state for one in given if one.state]
    people = sum(one.size or 0 for one in given) if all(one.size for one in given) else 0
    words = [_("Of ASEAN member states")] if len(states) == len(given) and all(one.member for one in states) else []
    if people:
        words.append(ngettext("%(count)d delegate", "%(count)d delegates", people) % {"count": people})
    return joined(words)


def _head(reader: Reader) -> Fact | None:
    person = next((one for one in reader.persons.values() if one.role == "head"), None)
    return (_("Head of delegation"), person.name, post(person)) if person else None


def post(person: Person) -> SafeString | Words:
    """What the person was, and where, at the time of the trip."""
    if person.organisation is None:
        return person.post
    if not person.post:
        return person.organisation.name
    return format_html(_("{post}, {organisation}"), post=person.post, organisation=person.organisation.name)


def route(reader: Reader) -> dict[str, Any] | None:
    stops = [
        {"name": one.name, "address": one.address, "note": _stop(one.arrives_on, one.visits, reader.language)}
        for one in reader.route
    ]
    return {"stops": stops, "long": len(stops) >= LONG_ROUTE} if stops else None


def _stop(arrives_on: dt.date | None, visits: int, language: str) -> SafeString:
    notes: list[Any] = []
    if arrives_on:
        day = wording.day(arrives_on, dates.short(arrives_on, language))
        notes.append(format_html(_("From {day}"), day=day))
    if visits:
        notes.append(ngettext("%(count)d visit", "%(count)d visits", visits) % {"count": visits})
    return joined(notes)


def delegations(reader: Reader) -> dict[str, Any] | None:
    rows = [_delegation(one, reader.language) for one in reader.delegations]
    return {"rows": rows} if rows else None


def _delegation(one: Delegation, language: str) -> dict[str, Any]:
    size = ngettext("%(count)d delegate", "%(count)d delegates", one.size) % {"count": one.size} if one.size else ""
    if one.state is None:
        return {"name": one.party.name, "address": one.party.address, "sender": one.party.city, "size": size}
    return {
        "flag": wording.flag(one.state.iso2),
        "name": one.state.name,
        "address": one.state.address,
        "sender": one.party.name,
        "size": size,
    }


def programme(reader: Reader) -> dict[str, Any] | None:
    days = [_day(one, reader) for one in reader.programme]
    return {"days": days, "timed": any(one.starts for one in reader.visits)} if days else None


def _day(one: Day, reader: Reader) -> dict[str, Any]:
    language = reader.language
    if one.date is None:
        head, note = _("Day not recorded"), wording.span(reader.first, reader.last, language, with_year=False)
    else:
        head = wording.day(one.date, dates.with_weekday(one.date, language))
        note = listed(one.cities, language)
    apart = one.date is None or len(one.cities) > 1
    return {"head": head, "note": note, "visits": [_visit(visit, language, apart) for visit in one.visits]}


def _visit(one: Visit, language: str, apart: bool) -> dict[str, Any]:
    """``apart``: the city is said with the visit, as its day has several or none is known."""
    time = f"{one.starts}–{one.ends}" if one.ends else one.starts
    when = time or (wording.label(DayPart, one.day_part) if one.day_part else "")
    kind = wording.label(VisitKind, one.kind)
    name = one.host.name if one.host else _upper(one.place) or kind
    before = [when, one.city if apart else "", kind if name != kind else ""]
    return {
        "before": joined(before),
        "name": name,
        "address": one.host.address if one.host else "",
        "place": _upper(one.place) if one.host else "",
        "seen": one.seen,
        "company": one.company,
        "participants": one.participants,
        "present": listed(one.present, language),
        "count": len(one.present),
    }


def hosts(reader: Reader) -> dict[str, Any] | None:
    headings = (
        ("institutions", _("Host institutions")),
        ("centres", _("International organisation centres")),
        ("enterprises", _("Enterprise partners")),
        ("others", _("Other hosts")),
    )
    found = reader.hosts
    groups = [
        {"heading": heading, "rows": [_host(one, reader.language) for one in found[code]]}
        for code, heading in headings
        if found[code]
    ]
    beyond = _beyond(reader)
    if not groups and not beyond:
        return None
    return {"groups": groups, "beyond": beyond, "month": dates.month(reader.first, reader.language)}


def _host(one: Host, language: str) -> dict[str, Any]:
    return {
        "party": one.party,
        "short": wording.bracketed(one.party, language),
        "also": one.party.also,
        "note": joined([one.party.other, one.party.city]),
        "visits": [_stay(visit, language) for visit in one.visits],
    }


def _stay(one: Visit, language: str) -> tuple[SafeString, Words]:
    """When and where a host was visited, and what was seen there."""
    day = wording.day(one.date, dates.short(one.date, language)) if one.date else ""
    words = [wording.label(VisitKind, one.kind), day, one.place]
    return joined(words), one.seen


def _beyond(reader: Reader) -> dict[str, Any] | None:
    """What the source says of hosts without naming them."""
    beyond = {
        "planned": listed(reader.planned_hosts, reader.language),
        "unnamed": reader.unnamed,
        "institutions": reader.open["institutions"],
        "enterprises": reader.open["enterprises"],
    }
    return beyond if any(beyond.values()) else None


def themes(reader: Reader) -> dict[str, Any] | None:
    plain, concepts = reader.themes, reader.concepts
    return {"plain": plain, "concepts": concepts} if plain or concepts else None


def organisers(reader: Reader) -> list[dict[str, Any]]:
    """Organisers by role, then the people named."""
    roles = [
        {
            "label": _upper(one.as_printed) or wording.label(OrganiserRole, one.code),
            "parties": _shortened(one.parties, reader.language),
        }
        for one in reader.organisers
    ]
    people = [
        {"label": label, "people": [(one.name, post(one)) for one in reader.persons.values() if one.role == code]}
        for code, label in (
            ("head", _("Head of delegation")),
            ("delegate", _("Delegates")),
            ("staff", _("Accompanying staff")),
        )
    ]
    return roles + [one for one in people if one["people"]]


def _shortened(parties: list[Party], language: str) -> list[tuple[Party, str]]:
    return [(one, wording.bracketed(one, language)) for one in parties]


def _upper(words: Words) -> Words:
    return Words(words[:1].upper() + words[1:], words.lang)

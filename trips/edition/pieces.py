"""One row of the desk, one piece of the public document. Used by ``freeze`` alone."""

import datetime as dt
from collections.abc import Container, Iterable
from contextlib import suppress

from exchange.lib.html import is_web_address, sanitise
from exchange.lib.languages import CODES, column
from institutions.models import Country, Organisation
from trips.choices import Consent
from trips.edition import schema
from trips.models import (
    Coverage,
    Delegate,
    Delegation,
    Document,
    Organising,
    Outcome,
    Photo,
    Report,
    Statement,
    Theme,
    Trip,
    Visit,
)


class Parties:
    """Collects the organisations and states that a document names, under the names valid on a day."""

    def __init__(self, day: dt.date, organisations: dict[int, Organisation]) -> None:
        self.day = day
        self.organisations = organisations
        self.parties: dict[str, schema.Party] = {}
        self.states: dict[str, schema.State] = {}

    def add(self, key: int | None) -> str:
        """Enter the organisation of that key, and its country, once; returns its uid, empty for no key."""
        if key is None:
            return ""
        organisation = self.organisations[key]
        if organisation.uid not in self.parties:
            names = organisation.names_on(self.day)
            self.parties[organisation.uid] = schema.Party(
                uid=organisation.uid,
                kind=organisation.kind,
                type=organisation.type,
                slug=organisation.slug,
                name=both(names["name"]),
                short=both(names["short"]),
                also=organisation.aliases(),
                city=text(organisation.city, "name") if organisation.city else both({}),
                country=self._enter(organisation.country),
            )
        return str(organisation.uid)

    def in_protocol_order(self, delegations: Iterable[Delegation]) -> list[Delegation]:
        """States in English alphabetical order of their short names; senders that stand for no state after them."""
        return sorted(delegations, key=self._protocol_key)

    def _protocol_key(self, delegation: Delegation) -> tuple[bool, str, str]:
        sender = self.organisations[delegation.sender_id]
        name = text(sender.country, "name")["en"].removeprefix("The ") if sender.country else ""
        return sender.country is None, name.casefold(), text(sender, "name")["en"].casefold()

    def uid(self, key: int) -> str:
        """The public identifier of an organisation that need not be entered."""
        return str(self.organisations[key].uid)

    def _enter(self, country: Country | None) -> str:
        if country is None:
            return ""
        self.states[country.iso2] = schema.State(
            iso2=country.iso2,
            slug=country.slug,
            name=text(country, "name"),
            member=country.is_member_on(self.day),
        )
        return country.iso2


def route(trip: Trip, visits: list[Visit]) -> list[schema.Route]:
    stops = []
    for stop in trip.route.all():
        here = [one for one in visits if one.city_id == stop.city_id]
        days = [one.date for one in here if one.date]
        stops.append(
            schema.Route(
                slug=stop.city.slug,
                name=text(stop.city, "name"),
                province=text(stop.city, "province"),
                arrives_on=iso(stop.arrives_on or min(days, default=None)),
                visits=len(here),
            )
        )
    return stops


def report(report: Report, *, body: bool) -> schema.Report:
    """The prose of one language, of an outline without its body, which then makes nothing older either."""
    piece = schema.Report(headline=report.headline, summary=report.summary, body=sanitise(report.body) if body else "")
    if any(body or part != "body" for part in report.stale()):
        piece["older"] = True
    return piece


def delegation(delegation: Delegation, parties: Parties) -> schema.Delegation:
    country = parties.organisations[delegation.sender_id].country
    return schema.Delegation(
        party=parties.add(delegation.sender_id), state=country.iso2 if country else "", size=delegation.size
    )


def person(person: Delegate, attended: list[Delegation], parties: Parties) -> schema.Person:
    delegation = next((one for one in attended if one.pk == person.delegation_id), None)
    return schema.Person(
        role=person.role,
        name=text(person, "name"),
        post=text(person, "post"),
        organisation=parties.add(person.organisation_id),
        delegation=parties.uid(delegation.sender_id) if delegation else "",
    )


def visit(visit: Visit, attended: list[Delegation], parties: Parties) -> schema.Visit:
    away = {one.pk for one in visit.absent.all()}
    present = [parties.uid(one.sender_id) for one in attended if one.pk not in away] if visit.attendance_public else []
    return schema.Visit(
        uid=str(visit.pk),
        kind=visit.kind,
        date=iso(visit.date),
        starts=visit.starts.strftime("%H:%M") if visit.starts else None,
        ends=visit.ends.strftime("%H:%M") if visit.ends else None,
        day_part=visit.day_part,
        city=text(visit.city, "name") if visit.city else both({}),
        host=parties.add(visit.host_id),
        place=text(visit, "place"),
        seen=text(visit, "seen"),
        company=text(visit, "company"),
        participants=[parties.add(one.pk) for one in visit.participants.all()],
        present=present,
    )


def outcome(outcome: Outcome, parties: Parties) -> schema.Outcome:
    return schema.Outcome(
        kind=outcome.kind,
        text=text(outcome, "text"),
        who=text(outcome, "who"),
        parties=[parties.add(one.pk) for one in outcome.parties.all()],
        state=outcome.state,
        due_on=iso(outcome.due_on),
    )


def picture(photo: Photo) -> schema.Picture:
    return schema.Picture(
        width=photo.width,
        height=photo.height,
        alt=text(photo, "alt"),
        caption=text(photo, "caption"),
        credit=text(photo, "credit"),
        illustration=photo.consent == Consent.ILLUSTRATION,
        focus=[photo.focus_x, photo.focus_y],
        renditions=[
            schema.Rendition(format=one.format, width=one.width, height=one.height, name=leaf(one.file.name))
            for one in photo.renditions.all()
        ],
    )


def text(row: object, name: str) -> schema.Text:
    return both({code: getattr(row, column(name, code)) for code in CODES})


def both(texts: dict[str, str]) -> schema.Text:
    return {"en": (texts.get("en") or "").strip(), "zh-hans": (texts.get("zh-hans") or "").strip()}


def iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def leaf(path: str | None) -> str:
    return (path or "").rpartition("/")[2]


def organiser(organising: Organising, parties: Parties) -> schema.Organiser:
    return schema.Organiser(
        party=parties.add(organising.organisation_id),
        role=organising.role,
        as_printed=text(organising, "as_printed"),
    )


def theme(theme: Theme) -> schema.Theme:
    return schema.Theme(
        slug=theme.slug,
        name=text(theme, "name"),
        concept=theme.concept,
        also=text(theme, "also"),
        about=text(theme, "about"),
    )


def statement(statement: Statement, named: Container[str]) -> schema.Statement:
    """``named`` are the people of the document; of any other speaker nothing is said."""
    speaker = statement.speaker
    return schema.Statement(
        kind=statement.kind,
        who=text(statement, "who"),
        person=speaker.uid if speaker and speaker.uid in named else "",
        text=text(statement, "text"),
        quoted=statement.approved,
    )


def document(document: Document) -> schema.Document:
    made = schema.Document(
        uid=document.uid,
        title=text(document, "title"),
        language=document.language,
        name=leaf(document.file.name),
    )
    with suppress(OSError, ValueError):  # the store may be away, and a trip is published all the same
        made["size"] = document.file.size
    return made


def coverage(coverage: Coverage, parties: Parties) -> schema.Coverage:
    return schema.Coverage(
        outlet=parties.add(coverage.outlet_id),
        headline=coverage.headline,
        link=coverage.link if is_web_address(coverage.link) else "",
        date=iso(coverage.date),
        language=coverage.language,
    )

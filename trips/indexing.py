"""From editions to the rows that lists, directories and counts read. Can be rebuilt at any time."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps as current
from django.db import transaction

from exchange.lib import tables as csv
from exchange.lib.languages import CODES
from exchange.lib.tokens import random_id
from institutions.choices import Kind
from trips.edition.reading import HOMES, visits
from trips.edition.schema import Party, Payload, Text
from trips.models import Edition, Extract, IndexState, Listing, Mention, Trip
from trips.models.listing import Subject
from trips.renderings import tables
from trips.search import matching, names, texts

Window = tuple[dt.datetime, dt.datetime | None]
VERSION = 5  # Raise it whenever the rows are written in another way: together with a migration, after which all are.


def ensure(*, apps: Any = current, **_signal: Any) -> None:
    """After ``migrate``: write the index anew where another version of this module wrote it."""
    if _is_current(apps):
        state, _made = IndexState.objects.get_or_create(pk=IndexState.ONLY)
        if state.version != VERSION:
            rebuild()


def _is_current(apps: Any) -> bool:
    """True when the database has all the columns of the record; ``migrate`` may have been asked to stop earlier."""
    try:
        there = [{field.name for field in apps.get_model(one._meta.label)._meta.fields} for one in _record()]
    except LookupError:
        return False
    return there == [{field.name for field in one._meta.fields} for one in _record()]


def _record() -> list[Any]:
    return list(current.get_app_config("trips").get_models())


def rebuild() -> tuple[int, int]:
    """Write all rows anew; returns the number of published trips, and of editions that are ever visible.

    What is public is the same afterwards, so that the index is called another one once, and not for each trip.
    """
    names.rebuild()
    trips = Trip.objects.exclude(editions=None).order_by("pk").distinct()
    visible = sum(_write(trip) for trip in trips.iterator())
    matching.compact()
    renew()
    IndexState.objects.filter(pk=IndexState.ONLY).update(version=VERSION)
    return trips.count(), visible


def renew() -> None:
    """Say that the index changed. Whoever changes its rows calls this in the same transaction, and last."""
    if not IndexState.objects.filter(pk=IndexState.ONLY).update(generation=random_id()):
        IndexState.objects.get_or_create(pk=IndexState.ONLY)


@transaction.atomic
def tidy() -> None:
    """After trips were deleted with their rows: leave nothing of them in the index of words either."""
    names.tidy()
    matching.compact()
    renew()


@transaction.atomic
def index(trip: Trip) -> int:
    """Write the trip's rows anew from its editions and withdrawals; returns how many editions are ever visible."""
    visible = _write(trip)
    renew()
    return visible


@transaction.atomic
def _write(trip: Trip) -> int:
    printed = names.printed(Mention.objects.filter(edition__trip=trip))
    Listing.objects.filter(edition__trip=trip).delete()
    Mention.objects.filter(edition__trip=trip).delete()
    Extract.objects.filter(edition__trip=trip).delete()
    texts.remove(trip)
    windows = visibility(trip)
    for edition in trip.editions.all():
        window = windows.get(edition.pk)
        if window:
            Listing.objects.bulk_create(listings(edition, window))
            Mention.objects.bulk_create(mentions(edition, window))
            Extract.objects.bulk_create(extracts(edition, window))
            texts.write(edition, *window)
        else:  # only so that its files can say that they are gone
            window = edition.public_from, edition.public_from
            Mention.objects.bulk_create(_told(edition, window, _files(edition.payload)))
    names.follow(printed, names.printed(Mention.objects.filter(edition__trip=trip)))
    renew()
    return len(windows)


def visibility(trip: Trip) -> dict[int, Window]:
    """When each edition is the visible one of its trip: ``{pk: (from, until or None)}``, never-visible ones left out.

    An edition gives way at the moment a higher number begins, at its own end, or when it is withdrawn; a
    withdrawn one that was superseded does not bring an older one back. One that was withdrawn before it began
    does not end another.
    """
    windows: dict[int, Window] = {}
    begun: dt.datetime | None = None
    withdrawals = list(trip.withdrawals.all())
    for edition in trip.editions.uncancelled().order_by("-number"):
        ends = [moment for moment in (begun, edition.public_until) if moment]
        until = min(ends, default=None)
        if (until is None or edition.public_from < until) and not any(
            one.covers(edition.number) for one in withdrawals
        ):
            windows[edition.pk] = (edition.public_from, until)
        begun = min(begun, edition.public_from) if begun else edition.public_from
    return windows


def listings(edition: Edition, window: Window) -> list[Listing]:
    """The rows of lists for an edition that is the visible one in that window."""
    payload: Payload = edition.payload
    card = {
        "cities": [one["name"] for one in payload["route"]],
        "destination": payload["destination"],
        "states": [one["state"] for one in payload["delegations"] if one["state"]],
        "delegations": len(payload["delegations"]),
        "picture": _cover(payload),
        "format": payload["format"],
        "extent": payload["extent"],
        "languages": sorted(payload["report"]),
    }
    return [
        Listing(
            edition=edition,
            visible_from=window[0],
            visible_until=window[1],
            language=code,
            slug=payload["slug"],
            title=_in(payload["title"], code),
            summary=_summary(payload, code),
            starts_on=payload["starts_on"],
            ends_on=payload["ends_on"],
            year=int(payload["starts_on"][:4]),
            demo=payload["demo"],
            reported=_is_reported(payload, code),
            visits=visits(payload),
            number=edition.number,
            digest=edition.digest,
            card=card,
        )
        for code in CODES
    ]


def _cover(payload: Payload) -> dict | None:
    """The first picture that was not redacted, with its uid."""
    for uid in payload["photos"]:
        picture = payload["pictures"][uid]
        if not picture.get("redacted"):
            return {"uid": uid, **picture}
    return None


def _is_reported(payload: Payload, code: str) -> bool:
    """There is prose in that language."""
    report = payload["report"].get(code)
    return bool(report and (report["headline"] or report["summary"] or report["body"]))


def _summary(payload: Payload, code: str) -> str:
    """The summary in that language, or empty: a list does not mix languages."""
    report = payload["report"].get(code)
    return report["summary"] if report else ""


def _in(text: Text, code: str) -> str:
    return text[code] or next((one for one in text.values() if one), "")  # type: ignore[literal-required]


def extracts(edition: Edition, window: Window) -> list[Extract]:
    """What an edition that is the visible one in that window says in each table of the open data."""
    record = tables.Record(edition.payload, edition.slug, edition.number, edition.digest, edition.public_from)
    return [
        Extract(
            edition=edition,
            visible_from=window[0],
            visible_until=window[1],
            table=name,
            lines="".join(csv.lines(tables.rows(name, record))),
        )
        for name in tables.TABLES
    ]


def mentions(edition: Edition, window: Window) -> list[Mention]:
    """Who and what an edition names that is the visible one in that window."""
    return _told(edition, window, named_in(edition.payload))


def _told(edition: Edition, window: Window, found: Iterable[Mention]) -> list[Mention]:
    rows = {(one.subject, one.key, one.section): one for one in found}
    for row in rows.values():
        row.edition, (row.visible_from, row.visible_until) = edition, window
        row.starts_on = edition.payload["starts_on"]
    return list(rows.values())


def named_in(payload: Payload) -> Iterator[Mention]:
    """Who and what the document names, each in every directory in which it is listed because of it; not saved."""
    for uid, section in _roles(payload):
        party = payload["parties"][uid]
        yield _named(Subject.ORGANISATION, uid, section, party["slug"], party["name"], home=HOMES[party["kind"]])
    for iso2 in {one["state"] for one in payload["delegations"] if one["state"]}:
        state = payload["states"][iso2]
        yield _named(Subject.STATE, iso2, "member-states", state["slug"], state["name"], member=state["member"])
    for stop in payload["route"]:
        yield _named(Subject.CITY, stop["slug"], "cities", stop["slug"], stop["name"])
    for theme in payload["themes"]:
        yield _named(Subject.THEME, theme["slug"], "themes", theme["slug"], theme["name"])
    for uid in {uid for outcome in payload["outcomes"] for uid in outcome["parties"]}:
        yield Mention(subject=Subject.OUTCOME, key=uid)
    yield from _files(payload)


def _files(payload: Payload) -> Iterator[Mention]:
    for uid in payload["photos"]:
        yield Mention(subject=Subject.PHOTO, key=uid)
    for document in payload["documents"]:
        yield Mention(subject=Subject.DOCUMENT, key=document["uid"])


def _roles(payload: Payload) -> Iterator[tuple[str, str]]:
    """Who is listed in which directory because of this edition; everyone named is listed somewhere."""
    for organiser in payload["organisers"]:
        yield organiser["party"], "organisers"
    for visit in payload["programme"]:
        if visit["host"]:
            yield visit["host"], _host_section(payload["parties"][visit["host"]])
        for uid in visit["participants"]:
            yield uid, HOMES[payload["parties"][uid]["kind"]]
    listed = {one["party"] for one in payload["organisers"]}
    for uid, party in payload["parties"].items():
        if uid not in listed:
            yield uid, HOMES[party["kind"]]


def _host_section(party: Party) -> str:
    """Who receives a delegation is listed as an enterprise or as an institution."""
    return HOMES[Kind.ENTERPRISE] if party["kind"] == Kind.ENTERPRISE else HOMES[Kind.HOST]


def _named(
    subject: str, key: str, section: str, slug: str, name: Text, home: str = "", *, member: bool = False
) -> Mention:
    return Mention(
        subject=subject,
        key=key,
        section=section,
        home=home or section,
        slug=slug,
        name_en=name["en"][:200],
        name_zh_hans=name["zh-hans"][:200],
        member=member,
    )

"""The only door from the desk to the public: a trip's rows become one document.

What is not copied by name, here and in ``pieces``, does not leave the desk. ``freeze`` reads the working copy in a
fixed number of queries and never writes.
"""

import datetime as dt
from collections.abc import Container

from django.db.models import prefetch_related_objects

from exchange.lib.canonical import canonical, digest
from exchange.lib.languages import CODES, column
from institutions.models import Organisation
from trips.choices import Attendance, PersonRole
from trips.edition import pieces, schema
from trips.models import Delegate, Delegation, Report, Statement, Trip


def frozen(trip: Trip, *, public_from: dt.datetime) -> tuple[str, str]:
    """The trip's public document as canonical JSON, and its digest."""
    document = canonical(freeze(trip, public_from=public_from))
    return document, digest(document)


def freeze(trip: Trip, *, public_from: dt.datetime) -> schema.Payload:
    """The public document of a trip as it stands now.

    Made public before the trip's last day it is an outline: days and cities, organisers, themes and summaries, no
    stops and no persons.
    """
    trip = _read(trip)
    parties = pieces.Parties(trip.starts_on, organisations(trip))
    payload = _outline(trip, parties)
    if trip.may_be_full(public_from):
        _fill(payload, trip, parties)
    payload["parties"] = parties.parties
    payload["states"] = parties.states
    return payload


def _read(trip: Trip) -> Trip:
    """The trip with every part loaded afresh, so that no half-edited instance is frozen."""
    fresh = Trip.objects.get(pk=trip.pk)
    prefetch_related_objects(
        [fresh],
        "route__city",
        "themes",
        "reports",
        "documents",
        "photos__renditions",
        "organisings",
        "delegations",
        "delegates",
        "visits__participants",
        "visits__absent",
        "visits__city",
        "outcomes__parties",
        "coverage",
        "statements__speaker",
    )
    return fresh


def organisations(trip: Trip) -> dict[int, Organisation]:
    """Every organisation that the loaded parts of the trip refer to, by key, with its names, in one go."""
    keys: set[int | None] = {one.organisation_id for one in trip.organisings.all()}
    keys |= {one.organisation_id for one in trip.delegates.all()}
    keys |= {one.sender_id for one in trip.delegations.all()} | {one.host_id for one in trip.visits.all()}
    keys |= {one.outlet_id for one in trip.coverage.all()}
    keys |= {party.pk for visit in trip.visits.all() for party in visit.participants.all()}
    keys |= {party.pk for outcome in trip.outcomes.all() for party in outcome.parties.all()}
    return Organisation.objects.labelled().in_bulk([key for key in keys if key])


def _outline(trip: Trip, parties: pieces.Parties) -> schema.Payload:
    return schema.Payload(
        schema=schema.VERSION,
        extent="outline",
        demo=trip.demo,
        slug=trip.slug,
        title=pieces.text(trip, "title"),
        format=trip.format,
        audience=pieces.text(trip, "audience"),
        destination=pieces.text(trip, "destination"),
        starts_on=trip.starts_on.isoformat(),
        ends_on=trip.ends_on.isoformat(),
        time_zone=trip.time_zone,
        route=pieces.route(trip, visits=[]),
        organisers=[pieces.organiser(one, parties) for one in trip.organisings.all()],
        themes=[
            pieces.theme(one)
            for one in sorted(trip.themes.all(), key=lambda one: (pieces.text(one, "name")["en"], one.slug))
        ],
        report={one.language: pieces.report(one, body=False) for one in _written(trip)},
        parties={},
        states={},
        delegations=[],
        persons={},
        people=[],
        programme=[],
        planned_hosts={code: [] for code in CODES},
        open=schema.Open(institutions=False, enterprises=False, outlets=False),
        statements=[],
        outcomes=[],
        pictures={},
        photos=[],
        documents=[],
        coverage=[],
    )


def _fill(payload: schema.Payload, trip: Trip, parties: pieces.Parties) -> None:
    """Add to an outline all that becomes public once the trip is over."""
    visits = list(trip.visits.all())
    attended = parties.in_protocol_order(one for one in trip.delegations.all() if one.status == Attendance.ATTENDED)
    people = _people(trip, attended)
    photos = [one for one in trip.photos.all() if one.consent]
    payload["extent"] = "full"
    payload["route"] = pieces.route(trip, visits)
    payload["report"] = {one.language: pieces.report(one, body=True) for one in _written(trip)}
    payload["delegations"] = [pieces.delegation(one, parties) for one in attended]
    payload["persons"] = {one.uid: pieces.person(one, attended, parties) for one in people}
    payload["people"] = [one.uid for one in people]
    payload["programme"] = [pieces.visit(one, attended, parties) for one in visits]
    payload["planned_hosts"] = {code: _lines(getattr(trip, column("planned_hosts", code))) for code in CODES}
    payload["open"] = schema.Open(
        institutions=trip.more_institutions, enterprises=trip.more_enterprises, outlets=trip.more_outlets
    )
    payload["statements"] = [
        pieces.statement(one, payload["persons"])
        for one in trip.statements.all()
        if _has_public_author(one, payload["persons"])
    ]
    payload["outcomes"] = [pieces.outcome(one, parties) for one in trip.outcomes.all() if one.public]
    payload["pictures"] = {one.uid: pieces.picture(one) for one in photos}
    payload["photos"] = [one.uid for one in photos]
    payload["documents"] = [pieces.document(one) for one in trip.documents.all() if one.public]
    payload["coverage"] = [pieces.coverage(one, parties) for one in trip.coverage.all()]


def _written(trip: Trip) -> list[Report]:
    return [one for one in trip.reports.all() if not one.is_empty]


def _people(trip: Trip, attended: list[Delegation]) -> list[Delegate]:
    """Those to be named, heads first. Who belongs to a delegation that did not attend would give it away."""
    present = {None, *(one.pk for one in attended)}
    named = [one for one in trip.delegates.all() if one.public and one.delegation_id in present]
    return sorted(named, key=lambda one: one.role != PersonRole.HEAD)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _has_public_author(statement: Statement, named: Container[str]) -> bool:
    """A statement whose speaker is not named in public, and that names no group, would be anonymous: leave it out."""
    speaker = statement.speaker
    return any(pieces.text(statement, "who").values()) or bool(speaker and speaker.uid in named)

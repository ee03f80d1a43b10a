"""The demonstration's trips, each written down and published, edition by edition, as a desk would have done it."""

import datetime as dt
from typing import Any

from django.core.files import File
from django.utils import timezone

from exchange.lib.images import clean_upload
from trips import readiness, workflow
from trips.choices import Attendance, Consent
from trips.demo.address_book import AddressBook
from trips.demo.records import body, columns, picture, put, records, steady_id
from trips.models import (
    Coverage,
    Delegate,
    Delegation,
    Edition,
    Organising,
    Outcome,
    Photo,
    Report,
    RouteStop,
    Statement,
    Trip,
    Visit,
)
from trips.pictures import make_renditions

CREDIT = {"en": "ASEAN–China Exchange", "zh-hans": "东盟—中国教育交流"}


def missing() -> list[dict[str, Any]]:
    """The records of those trips at whose address no trip stands or ever stood."""
    taken = {*Trip.objects.values_list("slug", flat=True), *Edition.objects.values_list("slug", flat=True)}
    return [one for one in [*records("siblings"), records("guangdong-2024")] if one["slug"] not in taken]


def write(record: dict[str, Any], book: AddressBook) -> int:
    """Write one trip down and publish it; returns the number of its editions."""
    own = {field: value for field, value in record.items() if field != "editions"}
    trip = put(Trip(demo=True, **columns(own)))
    for edition in record["editions"]:
        for part, values in edition["adds"].items():
            PARTS[part](trip, values, book)
        _publish(trip, edition)
    readiness.count(trip, timezone.now())
    return len(record["editions"])


def _publish(trip: Trip, edition: dict[str, Any]) -> None:
    begins = dt.datetime.fromisoformat(edition["public_from"])
    candidate = workflow.submit(trip, by=None, public_from=begins)
    note = columns({"note": edition.get("note", {})})
    workflow.publish(trip, digest=candidate.digest, by=None, public_from=begins, **note)


def _route(trip: Trip, cities: list[str], book: AddressBook) -> None:
    for position, slug in enumerate(cities, 1):
        put(RouteStop(trip=trip, city=book.cities[slug], position=position))


def _organisings(trip: Trip, values: list[dict[str, Any]], book: AddressBook) -> None:
    for position, value in enumerate(values, 1):
        party = {"organisation": book.organisations[value["organisation"]]}
        put(Organising(trip=trip, position=position, **columns(value | party)))


def _themes(trip: Trip, slugs: list[str], book: AddressBook) -> None:
    trip.themes.set(book.themes[slug] for slug in slugs)


def _delegations(trip: Trip, senders: list[str], book: AddressBook) -> None:
    for reference in senders:
        put(Delegation(trip=trip, sender=book.sender(reference), status=Attendance.ATTENDED))


def _delegates(trip: Trip, values: list[dict[str, Any]], book: AddressBook) -> None:
    for position, value in enumerate(values, 1):
        party = {"organisation": book.organisations[value["organisation"]]}
        uid = steady_id("person", trip.slug, value["name"]["en"])
        put(Delegate(trip=trip, uid=uid, position=position, **columns(value | party)))


def _visits(trip: Trip, values: list[dict[str, Any]], book: AddressBook) -> None:
    for position, value in enumerate(values, 1):
        place = {
            "host": book.organisations[value["host"]] if "host" in value else None,
            "city": book.cities[value["city"]] if "city" in value else None,
        }
        put(Visit(trip=trip, position=position, **columns(value | place)))


def _absent(trip: Trip, values: list[dict[str, Any]], book: AddressBook) -> None:
    """Who was not at a visit, which is then printed with those who were."""
    for value in values:
        visit = trip.visits.get(host=book.organisations[value["host"]])
        visit.attendance_public = True
        put(visit)
        senders = [book.sender(reference) for reference in value["delegations"]]
        visit.absent.set(trip.delegations.filter(sender__in=senders))


def _statements(trip: Trip, values: list[dict[str, Any]], book: AddressBook) -> None:
    for position, value in enumerate(values, 1):
        put(Statement(trip=trip, position=position, **columns(value)))


def _outcomes(trip: Trip, values: list[dict[str, Any]], book: AddressBook) -> None:
    for position, value in enumerate(values, 1):
        own = {field: one for field, one in value.items() if field != "parties"}
        row = put(Outcome(trip=trip, position=position, **columns(own)))
        row.parties.set(book.organisations[reference] for reference in value["parties"])


def _photos(trip: Trip, values: list[dict[str, Any]], book: AddressBook) -> None:
    for position, value in enumerate(values, 1):
        name = value["file"]
        own = {field: one for field, one in value.items() if field != "file"} | {"credit": CREDIT}
        photo = Photo(trip=trip, uid=steady_id("photo", trip.slug, name), position=position, **columns(own))
        photo.consent = Consent.ILLUSTRATION
        with picture(name).open("rb") as file:
            photo.image = clean_upload(File(file))
        make_renditions(put(photo))


def _reports(trip: Trip, values: list[dict[str, Any]], book: AddressBook) -> None:
    for value in values:
        language = value["language"]
        put(Report(trip=trip, body=body(trip.slug, language), **value))


def _coverage(trip: Trip, values: list[dict[str, Any]], book: AddressBook) -> None:
    for position, value in enumerate(values, 1):
        outlet = book.organisations[value["outlet"]]
        own = {field: one for field, one in value.items() if field != "outlet"}
        put(Coverage(trip=trip, outlet_id=outlet.pk, position=position, **own))


PARTS = {
    "route": _route,
    "organisings": _organisings,
    "themes": _themes,
    "delegations": _delegations,
    "delegates": _delegates,
    "visits": _visits,
    "absent": _absent,
    "statements": _statements,
    "outcomes": _outcomes,
    "photos": _photos,
    "reports": _reports,
    "coverage": _coverage,
}

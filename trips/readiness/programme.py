"""The programme against the trip's days, its route and itself."""

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from django.utils.translation import gettext_lazy as _

from trips.choices import VisitKind
from trips.models import Visit
from trips.readiness.finding import Finding, Level, both, found
from trips.readiness.record import Record

SECTION, RELATION = "programme", "visits"
TRAVEL = 60  # minutes between two cities below which somebody should look again


def outside_trip(record: Record) -> Iterator[Finding]:
    """A visit or an arrival on a day that is not one of the trip's."""
    wording = _(
        "%(what)s is on %(day)s, outside the trip (%(first)s to %(last)s). Correct the date or the trip's days."
    )
    trip = record.trip
    days: dict[str, Any] = {"first": trip.starts_on, "last": trip.ends_on}
    for visit in trip.visits.all():
        if visit.date and not trip.starts_on <= visit.date <= trip.ends_on:
            yield _at(
                visit, "visit-outside-trip", Level.BLOCK, wording, what=_what(record, visit), day=visit.date, **days
            )
    for stop in trip.route.all():
        if stop.arrives_on and not trip.starts_on <= stop.arrives_on <= trip.ends_on:
            place = {"relation": "route", "row": stop.pk}
            named = {"what": both(stop.city, "name"), "day": stop.arrives_on, **days}
            yield found("arrival-outside-trip", Level.BLOCK, wording, "facts", "arrives_on", **place, **named)


def overlapping(record: Record) -> Iterator[Finding]:
    """Two visits at one time to which the same delegations are expected."""
    wording = _(
        "%(what)s and %(other)s overlap on %(day)s for the same delegations. "
        "Correct a time, or say which delegations were not present."
    )
    for first, second in combinations(_timed(record), 2):
        at_once = first.date == second.date and first.starts < second.ends and second.starts < first.ends
        if at_once and _meet(record, first, second) and not _is_part(first, second):
            names = {"what": _what(record, first), "other": _what(record, second), "day": second.date}
            yield _at(second, "visits-overlap", Level.WARN, wording, "starts", **names)


def too_little_time(record: Record) -> Iterator[Finding]:
    """Two visits in different cities with less than an hour between them."""
    wording = _(
        "Between %(what)s in %(city)s and %(other)s in %(next_city)s on %(day)s there are %(minutes)s minutes. "
        "Correct a time or a city."
    )
    visits = sorted(_timed(record), key=lambda one: (one.date, one.starts))
    for place, first in enumerate(visits):
        for second in visits[place + 1 :]:
            if second.date != first.date or not _meet(record, first, second):
                continue
            minutes = _minutes(second.starts) - _minutes(first.ends)
            if first.city and second.city and first.city_id != second.city_id and 0 <= minutes < TRAVEL:
                cities = {"city": both(first.city, "name"), "next_city": both(second.city, "name")}
                names = {"what": _what(record, first), "other": _what(record, second), "day": second.date}
                more = {**cities, **names, "minutes": minutes}
                yield _at(second, "visits-too-close", Level.WARN, wording, "starts", **more)


def wrong_city(record: Record) -> Iterator[Finding]:
    """A visit in another city than its host, unless the place that is printed says where it was."""
    wording = _(
        "The visit to %(what)s is in %(city)s, but the address book has this host in %(own)s. "
        "Correct the city, or write the place as printed."
    )
    for visit in record.trip.visits.all():
        host = record.organisation(visit.host_id) if visit.host_id else None
        if host and host.city and visit.city and host.city_id != visit.city_id and not any(both(visit, "place")):
            names = {"city": both(visit.city, "name"), "own": both(host.city, "name")}
            yield _at(visit, "visit-city-differs", Level.WARN, wording, "city", what=_what(record, visit), **names)


def off_route(record: Record) -> Iterator[Finding]:
    """A visit in a city at which the route does not stop."""
    wording = _("The visit to %(what)s is in %(city)s, which is not on the route. Add the city or correct the visit.")
    route = {stop.city_id for stop in record.trip.route.all()}
    for visit in record.trip.visits.all():
        if route and visit.city and visit.city_id not in route:
            names = {"what": _what(record, visit), "city": both(visit.city, "name")}
            yield _at(visit, "city-not-on-route", Level.WARN, wording, "city", **names)


def _at(visit: Visit, rule: str, level: Level, wording: Any, field: str = "date", **data: Any) -> Finding:
    return found(rule, level, wording, SECTION, field, relation=RELATION, row=visit.pk, **data)


def _what(record: Record, visit: Visit) -> Any:
    """How a sentence names a visit: by its host, its place, or its kind."""
    if visit.host_id:
        return record.name(visit.host_id)
    place = both(visit, "place")
    return place if any(place) else VisitKind(visit.kind).label


def _timed(record: Record) -> list[Any]:
    """The visits of which day, beginning and end are known."""
    return [one for one in record.trip.visits.all() if one.date and one.starts and one.ends]


def _meet(record: Record, first: Visit, second: Visit) -> bool:
    """True when somebody was expected at both; without delegations everybody was."""
    return not record.coming or bool(record.present(first) & record.present(second))


def _is_part(first: Any, second: Any) -> bool:
    """True for a talk within a longer stop at the same host."""
    inside = first.starts <= second.starts and second.ends <= first.ends
    around = second.starts <= first.starts and first.ends <= second.ends
    same = first.host_id and first.host_id == second.host_id and first.kind != second.kind
    return bool(same) and (inside or around)


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute

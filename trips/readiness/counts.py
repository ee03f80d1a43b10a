"""Counts in the reports that disagree with the record."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from exchange.lib.languages import column
from institutions.choices import Kind
from trips.readiness.counted import (
    DAYS,
    DIPLOMATS,
    EMBASSIES,
    ENTERPRISES,
    INSTITUTIONS,
    STATES,
    Count,
    counts,
)
from trips.readiness.finding import Finding, Level, both
from trips.readiness.prose import REPORT, Passage
from trips.readiness.record import Record

ATTENDED = _(
    "The text says “%(words)s”. Delegations recorded as attended: %(recorded)s. Correct the text or the record."
)
WORDINGS = {
    EMBASSIES: ATTENDED,
    STATES: ATTENDED,
    DAYS: _("The text says “%(words)s”. Days of the trip: %(recorded)s. Correct the text or the dates."),
    DIPLOMATS: _(
        "The text says “%(words)s”. Delegates by the sizes of the delegations: %(recorded)s. "
        "Correct the text or the record."
    ),
    INSTITUTIONS: _(
        "The text says “%(words)s”. Host institutions in the programme: %(recorded)s. Correct the text or the record."
    ),
    ENTERPRISES: _(
        "The text says “%(words)s”. Enterprises in the programme: %(recorded)s. Correct the text or the record."
    ),
}
EVERYONE = (10, 11)  # member states of which a text speaks are all of ASEAN, as it is or as it was


def wrong_counts(record: Record) -> Iterator[Finding]:
    """How many took part, were visited, or days it took, where the record counts others."""
    recorded = _recorded(record)
    for passage in _reports(record):
        stated = _counts(record, passage)
        for one in stated:
            right = recorded.get(one.subject, set()) | (_memberships(record) if one.subject == STATES else set())
            is_part = one.is_part or any(other.subject == one.subject and other.number in right for other in stated)
            if _is_of_asean(one) or _is_of_the_world(one) or one.subject not in recorded or one.number in right:
                continue
            if one.number > max(recorded[one.subject]) or not is_part:
                figures = {"words": one.words, "recorded": max(recorded[one.subject])}
                yield passage.found("count", Level.WARN, WORDINGS[one.subject], **figures)


def membership(record: Record) -> Iterator[Finding]:
    """A number of member states that ASEAN did not have on the trip's first day."""
    wording = _(
        "The text says “%(words)s”. On the trip's first day, %(day)s, ASEAN had this number of member states: "
        "%(members)s. Correct the text."
    )
    known = _memberships(record)
    attended = len(record.attending_states)
    for passage in _reports(record):
        for one in _counts(record, passage):
            if known and _is_of_asean(one) and one.number not in known and one.number != attended:
                figures = {"words": one.words, "day": record.trip.starts_on, "members": max(known)}
                yield passage.found("membership", Level.WARN, wording, **figures)


def _reports(record: Record) -> list[Passage]:
    return [one for one in record.passages if one.part == REPORT]


def _counts(record: Record, passage: Passage) -> list[Count]:
    route = {stop.city_id: stop.city for stop in record.trip.route.all()}
    cities = [getattr(city, column("name", passage.language)) for city in route.values()] if len(route) > 1 else []
    named = [city for city in cities if city]
    states = tuple(name for one in record.countries if (name := both(one, "name").zh_hans))
    return [one for text in passage.plain for one in counts(text, named, states, english=passage.is_english)]


def _is_of_asean(one: Count) -> bool:
    """True for a number that can only mean all member states, as many as there are or were."""
    return one.subject == STATES and (one.number in EVERYONE or (one.of_asean and one.number > max(EVERYONE)))


def _is_of_the_world(one: Count) -> bool:
    """True for a number of countries that are not, or not only, those of ASEAN."""
    return one.subject == STATES and not one.of_asean and one.number > max(EVERYONE)


def _memberships(record: Record) -> set[int]:
    """How many states ASEAN had on the trip's first day."""
    return {sum(one.is_member_on(record.trip.starts_on) for one in record.countries)} - {0}


def _recorded(record: Record) -> dict[str, set[int]]:
    """What the record counts, by subject; of some subjects two numbers are right. What it leaves open is left out."""
    trip = record.trip
    recorded = {DAYS: {(trip.ends_on - trip.starts_on).days + 1}}
    if not record.full:
        return recorded
    recorded[EMBASSIES] = {len(record.attended), len(record.attending_states)}
    if record.attended:
        recorded[STATES] = {len(record.attending_states)}
        sizes = [one.size for one in record.attended]
        if all(sizes):
            recorded[DIPLOMATS] = {sum(size or 0 for size in sizes)}
    hosts = {visit.host_id for visit in trip.visits.all() if visit.host_id}
    for subject, kind, is_open in (
        (INSTITUTIONS, Kind.HOST, trip.more_institutions),
        (ENTERPRISES, Kind.ENTERPRISE, trip.more_enterprises),
    ):
        if hosts and not is_open:
            recorded[subject] = {sum(record.organisation(key).kind == kind for key in hosts)}
    return recorded

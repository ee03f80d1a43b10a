"""All rules, in the order of the form, and the one question put to them."""

import datetime as dt
from collections.abc import Callable, Iterable

from trips.models import Trip
from trips.readiness import (
    contact,
    counts,
    days,
    files,
    pairs,
    parties,
    persons,
    programme,
    reports,
    states,
    taking_part,
    translations,
)
from trips.readiness.finding import Finding, Level
from trips.readiness.record import Record, load

Rule = Callable[[Record], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    reports.title,
    reports.no_report,
    reports.incomplete_reports,
    reports.summaries,
    reports.one_language,
    reports.stale_chinese,
    contact.contact_data,
    states.short_names,
    states.order,
    taking_part.unrecorded,
    taking_part.unnamed,
    counts.wrong_counts,
    counts.membership,
    days.other_days,
    parties.names_of_the_day,
    parties.not_on_record,
    parties.not_in_text,
    persons.swapped,
    persons.not_to_be_named,
    parties.unchecked,
    parties.open_attendance,
    programme.outside_trip,
    programme.overlapping,
    programme.too_little_time,
    programme.wrong_city,
    programme.off_route,
    files.described,
    files.credited,
    files.held_back,
    files.documents,
    files.broken_links,
    files.hidden_pages,
    pairs.chinese_missing,
    translations.stale_texts,
)
LEVELS = (Level.BLOCK, Level.WARN, Level.NOTE)


def findings(trip: Trip, at: dt.datetime) -> list[Finding]:
    """What to look at before the trip is made public at that time: first what stops it, then warnings, then notes."""
    record = load(trip, at)
    every = {one.key: one for rule in RULES for one in rule(record)}
    return sorted(every.values(), key=lambda one: LEVELS.index(one.level))

"""Days in the reports and captions that are none of the trip's."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from exchange.lib.dates import MONTHS
from trips.readiness.finding import Finding, Level
from trips.readiness.prose import CAPTION, REPORT
from trips.readiness.record import Record

MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
DAY, TO, YEAR = r"(?:st|nd|rd|th)?", r"\s*(?:to|and|until|-)\s*(?:the )?", r"(?:,?\s+(?P<year>\d{4}))?"
ENGLISH = (
    re.compile(rf"(?<![\d.,])\b(?P<first>\d{{1,2}}){DAY}(?:{TO}(?P<last>\d{{1,2}}){DAY})?\s+(?:of )?{MONTH}\b{YEAR}"),
    re.compile(rf"\b{MONTH}\s+(?P<first>\d{{1,2}}){DAY}\b(?:{TO}(?P<last>\d{{1,2}}){DAY}\b(?!\s+[A-Z]))?{YEAR}"),
)
CHINESE = (
    re.compile(
        r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<first>\d{1,2})"
        r"(?:[日号]?\s*(?:至|到|-|~|～|、|和)\s*(?P<last>\d{1,2}))?[日号]"
    ),
)
YEAR_BEFORE = re.compile(r"\b(\d{4})年?$")


class Written(NamedTuple):
    words: str
    month: int
    day: int
    year: int | None


def other_days(record: Record) -> Iterator[Finding]:
    """A day of the trip's year that is neither within the trip nor one of publication, report or appointment."""
    wording = _("The text names %(words)s, which is not a day of the trip (%(first)s to %(last)s). Correct the date.")
    trip = record.trip
    known = record.published_on | {one.due_on for one in trip.outcomes.all() if one.due_on}
    years = {trip.starts_on.year, trip.ends_on.year}
    for passage in record.passages:
        if passage.part not in (REPORT, CAPTION):
            continue
        for one in (one for text in passage.plain for one in dates(text, english=passage.is_english)):
            days = [day for year in years for day in _days(one, year) if one.year in (None, year)]
            if days and not any(trip.starts_on <= day <= trip.ends_on or day in known for day in days):
                span = {"first": trip.starts_on, "last": trip.ends_on}
                yield passage.found("date-outside-trip", Level.WARN, wording, words=one.words, **span)


def dates(text: str, *, english: bool) -> Iterator[Written]:
    """The days named in a text; of a span both ends."""
    for pattern in ENGLISH if english else CHINESE:
        for match in pattern.finditer(text):
            month = MONTHS.index(match["month"]) + 1 if english else int(match["month"])
            year = int(match["year"]) if match["year"] else None
            for end in ("first", "last"):
                if match[end]:
                    yield Written(match[0].strip(), month, int(match[end]), year)


def _days(one: Written, year: int) -> list[dt.date]:
    try:
        return [dt.date(year, one.month, one.day)]
    except ValueError:  # 31 June is no day, and none of ours
        return []

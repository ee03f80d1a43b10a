"""Trips as iCalendar: the programme of one, and all that are coming."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import TRANSP, Calendar, Event, vText

from exchange.lib.bilingual import COMMAS, TAGS, choose
from exchange.lib.plain import plain
from trips.choices import DayPart, VisitKind
from trips.edition import schema
from trips.edition.reading import Reader, Visit
from trips.renderings import wording
from trips.renderings.frame import absolute, site_name
from trips.renderings.identity import identity
from trips.renderings.lists import Row

ASK_AGAIN = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
COLON = {"en": ": ", "zh-hans": "："}


class Issue(NamedTuple):
    """What stands outside a document: whose edition it is, which one, and since when it is public."""

    trip: int
    number: int
    public_from: dt.datetime


def programme(reader: Reader, issue: Issue) -> str:
    """The trip, then its visits; before it is over the cities with the days that are known."""
    with translation.override(reader.language):
        calendar = _calendar(reader.language, f"{reader.headline} · {site_name()}", "trips", issue.trip)
        cities = [one.name for one in reader.route] or [reader.destination]
        calendar.add_component(
            _event(
                issue,
                reader.language,
                reader.slug,
                start=reader.first,
                end=_after(reader.last),
                summary=reader.title,
                location=_line(cities, reader.language),
                description="\n".join([*_standfirst(reader), *_undated(reader)]),
            )
        )
        for event in _stops(reader, issue) if reader.extent == "outline" else _visits(reader, issue):
            calendar.add_component(event)
        year = reader.first.year
        calendar.add_missing_timezones(dt.date(year, 1, 1), dt.date(min(reader.last.year + 1, dt.MAXYEAR), 12, 31))
        return str(calendar.to_ical().decode())


def coming(language: str, trips: Sequence[tuple[Issue, Row]]) -> str:
    """The trips that are not over, a whole-day event each."""
    with translation.override(language):
        calendar = _calendar(language, _("Coming trips · %(site)s") % {"site": site_name()})
        for issue, row in trips:
            cities = [choose(one, language) for one in row.card["cities"]] or [
                choose(row.card["destination"], language)
            ]
            calendar.add_component(
                _event(
                    issue,
                    language,
                    row.slug,
                    start=row.starts_on,
                    end=_after(row.ends_on),
                    summary=row.title,
                    location=_line(cities, language),
                    description=row.summary,
                )
            )
        return str(calendar.to_ical().decode())


def _calendar(language: str, name: str, *what: str | int) -> Calendar:
    """An empty calendar; ``what`` names what is in it for good.

    It is called by its name under the two properties that programs know. The library would not escape it by itself.
    """
    calendar: Calendar = Calendar.new(
        prodid=f"-//Exchange//Exchange//{TAGS[language].upper()}",
        uid=str(identity(language, *what, "calendar")),
        refresh_interval=ASK_AGAIN,
    )
    for called in ("NAME", "X-WR-CALNAME"):
        calendar.add(called, vText(plain(name)))
    return calendar


def _event(
    issue: Issue,
    language: str,
    slug: str,
    *,
    start: dt.date,
    end: dt.date | None = None,
    summary: str,
    location: str,
    description: str = "",
    within: Sequence[str | int] = (),
) -> Event:
    """``within`` names a part of the trip, none for the whole; that takes up nobody's time."""
    event: Event = Event.new(
        uid=str(identity("trips", issue.trip, *within)),  # of the trip, whatever language it is told in
        stamp=issue.public_from,
        last_modified=issue.public_from,
        sequence=issue.number,
        url=absolute(language, f"trips/{slug}/"),
        transparency=None if within else TRANSP.TRANSPARENT,
        start=start,
        end=end,
        summary=plain(summary),
        location=plain(location) or None,
        description=plain(description) or None,
    )
    return event


def _standfirst(reader: Reader) -> list[str]:
    return [str(reader.report.summary)] if reader.report and reader.report.summary else []


def _undated(reader: Reader) -> list[str]:
    """The visits of which no day is recorded."""
    names = [_name(one, reader.language) for one in reader.visits if one.date is None]
    return [_("Day not recorded") + COLON[reader.language] + _line(names, reader.language)] if names else []


def _after(day: dt.date) -> dt.date:
    """The day after, which the last of all days has not."""
    return day + DAY if day < dt.date.max else day


def _stops(reader: Reader, issue: Issue) -> Iterable[Event]:
    """Each city from its first day to the day on which the next one is reached."""
    known = [(one, one.arrives_on) for one in reader.route if one.arrives_on]
    seen: Counter[str] = Counter()
    for place, (city, day) in enumerate(known):
        seen[city.address] += 1
        leaves = known[place + 1][1] if place + 1 < len(known) else reader.last
        yield _event(
            issue,
            reader.language,
            reader.slug,
            within=("city", city.address, seen[city.address]),
            start=day,
            end=_after(max(day, leaves)),
            summary=city.name,
            location=_line([city.name, city.province], reader.language),
        )


def _visits(reader: Reader, issue: Issue) -> Iterable[Event]:
    """A visit stays the same event when it is moved to another hour or place."""
    seen: Counter[tuple[str, ...]] = Counter()
    for one, raw in zip(reader.visits, reader.payload["programme"], strict=True):
        name = _known_by(raw)
        seen[name] += 1
        if one.date:
            yield _event(
                issue,
                reader.language,
                reader.slug,
                within=("visit", *name, seen[name]),
                start=(when := _when(one, one.date, reader))[0],
                end=when[1],
                summary=_name(one, reader.language),
                location=_line([one.place, one.host.name if one.host else "", one.city], reader.language),
                description="\n".join(_seen(one, reader.language)),
            )


def _known_by(raw: schema.Visit) -> tuple[str, ...]:
    """The id of its own; in documents that have none, kind, host and place."""
    if "uid" in raw:
        return (raw["uid"],)
    return raw["kind"], raw["host"], raw["place"]["en"], raw["place"]["zh-hans"]


def _when(one: Visit, date: dt.date, reader: Reader) -> tuple[dt.date, dt.date | None]:
    """The hours where they are known, else the whole day."""
    if not one.starts:
        return date, _after(date)
    return _moment(date, one.starts, reader), _moment(date, one.ends, reader) if one.ends else None


def _moment(date: dt.date, time: str, reader: Reader) -> dt.datetime:
    return dt.datetime.combine(date, dt.time.fromisoformat(time), tzinfo=reader.zone)


def _name(one: Visit, language: str) -> str:
    """What it is, and at whose house."""
    kind, where = wording.label(VisitKind, one.kind), one.host.called if one.host else one.place
    return COLON[language].join(str(text) for text in (kind, where) if text)


def _seen(one: Visit, language: str) -> list[str]:
    part = wording.label(DayPart, one.day_part) if one.day_part and not one.starts else ""
    others = _line([party.called for party in one.participants], language)
    return [str(text) for text in (part, one.seen, one.company, others) if text]


def _line(texts: Iterable[str], language: str) -> str:
    return COMMAS[language].join(str(one) for one in dict.fromkeys(texts) if one)

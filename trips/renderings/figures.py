"""Exchange in figures: every number leads to the trips it counts, and each table has a file to download."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from exchange.lib import dates
from exchange.lib.bilingual import choose
from trips.renderings import charts, wording
from trips.renderings.finding import HEADINGS
from trips.renderings.frame import Link, absolute, frame, rendered
from trips.renderings.tallies import Counts, Item, Overview, Row, Table

PATH = "figures/"
EDITIONS = f"{PATH}editions/"
TRIPS = "trips/"
MEASURES = {
    "trips": gettext_noop("Trips"),
    "visits": gettext_noop("Visits"),
    "states": gettext_noop("Member states"),
    "institutions": gettext_noop("Institutions"),
    "enterprises": gettext_noop("Enterprises"),
    "cities": gettext_noop("Cities"),
}
SPACES = {"en": " ", "zh-hans": ""}  # between sentences
YEARS = 30  # on the page, the latest ones; the files have all
STATE = 8  # letters of the digest in the citation, enough to tell two states of the data apart


class Tables(NamedTuple):
    """All that the page shows."""

    overview: Overview
    years: Mapping[int, Counts]
    states: Table
    hosts: Table
    themes: Table


def render(language: str, tables: Tables, today: dt.date, *, demo: bool) -> str:
    """The page as it was counted on that day."""
    with translation.override(language):
        overview = tables.overview
        context = {
            **frame(
                language,
                PATH,
                title=_("Exchange in figures"),
                description=_("Trips, visits and who took part, year by year."),
                demo=demo,
            ),
            "coverage": _coverage(overview, language),
            "counted": wording.day(today, dates.written(today, language)),
            "editions": editions(overview.counts.trips),
            "editions_href": f"/{language}/{EDITIONS}",
            "files": f"/{language}/{PATH}",
            "panels": _panels(language, tables),
            "measures": [_(label) for label in MEASURES.values()],
            "years": [_year(language, *one) for one in reversed(_latest(tables.years))],
            "is_cut": len(tables.years) > YEARS,
            "states": _matrix(language, _cut(tables.states), level_of=tables.states),
            "joined": [_joined(language, row) for row in tables.states.rows if row.before],
            "hosts": _matrix(language, tables.hosts, level_of=tables.hosts),
            "themes": _matrix(language, _cut(tables.themes), level_of=tables.themes),
            "digest": wording.digest(overview.digest),
            "state": overview.digest[:STATE],
            "address": absolute(language, PATH),
        }
        return rendered("trips/figures.html", context)


def address(language: str, path: str, choice: Mapping[str, str]) -> str:
    """A list with these filters, in the order of the list of trips: of trips, or of the editions behind a number."""
    query = urlencode({name: choice[name] for name in (*HEADINGS, "none", "page") if name in choice})
    return f"/{language}/{path}?{query}" if query else f"/{language}/{path}"


def measured(counts: Counts) -> list[int]:
    """The numbers of the table of years, in its order."""
    return [getattr(counts, measure) for measure in MEASURES]


def editions(count: int) -> str:
    return ngettext("%(count)s edition", "%(count)s editions", count) % {"count": f"{count:,}"}


def span(overview: Overview, language: str) -> str:
    """The years from the first trip to the last."""
    first, last = (dates.year(one or 0, language) for one in (overview.first, overview.last))
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _coverage(overview: Overview, language: str) -> str:
    if overview.first is None:
        return ""
    counted = _("Counted from the published editions of %(trips)s, %(years)s.") % {
        "trips": wording.trips(overview.counts.trips),
        "years": span(overview, language),
    }
    return SPACES[language].join((counted, _("Every number leads to the trips it counts.")))


def _latest(years: Mapping[int, Counts]) -> list[tuple[int, Counts]]:
    return list(years.items())[-YEARS:]


def _cut(table: Table) -> Table:
    """The table with the latest years only, and the latest first: a phone shows what is asked for most."""
    return table._replace(columns=table.columns[: -YEARS - 1 : -1])


def _panels(language: str, tables: Tables) -> list[dict[str, Any]]:
    """Of each measure the number over all, and its course over the years as a picture."""
    course = charts.course({year: counts._asdict() for year, counts in tables.years.items()}, list(MEASURES))
    return [
        {
            "label": _(label),
            "number": f"{getattr(tables.overview.counts, measure):,}",
            "href": f"/{language}/{TRIPS}",
            "chart": course[measure],
        }
        for measure, label in MEASURES.items()
    ]


def _year(language: str, year: int, counts: Counts) -> dict[str, Any]:
    return {
        "label": dates.year(year, language),
        "href": address(language, TRIPS, {"year": str(year)}),
        "numbers": [f"{one:,}" if one else "" for one in measured(counts)],
    }


def _matrix(language: str, table: Table, *, level_of: Table) -> dict[str, Any]:
    """The context of ``trips/_matrix.html``."""
    most = max((count for row in level_of.rows for count in row.cells.values()), default=1)
    rows = [(row.member, _line(language, table, row, most)) for row in table.rows]
    return {
        "columns": [_head(language, table.facets[1], one) for one in table.columns],
        "rows": [line for member, line in rows if member],
        "others": [line for member, line in rows if not member],
        "without": wording.trips(table.without) if table.without else "",
        "without_href": address(language, EDITIONS, {"none": table.facets[0]}),
        "more": table.more,
    }


def _head(language: str, facet: str, item: Item) -> dict[str, Any]:
    """A column: a year leads to its trips, a state to its page."""
    href = f"/{language}/{item.address}" if item.address else address(language, TRIPS, {facet: item.slug})
    return {"name": choose(item.names, language), "flag": wording.flag(item.code), "href": href}


def _line(language: str, table: Table, row: Row, most: int) -> dict[str, Any]:
    of_row = {table.facets[0]: row.item.slug}
    return {
        **_head(language, table.facets[0], row.item),
        "cells": list(_cells(language, table, row, most)),
        "trips": f"{row.trips:,}",
        "all": address(language, TRIPS, of_row),
    }


def _cells(language: str, table: Table, row: Row, most: int) -> Iterable[dict[str, Any] | None]:
    """Each column in its turn; nothing where nothing is on record."""
    for column in table.columns:
        count = row.cells.get(column.slug, 0)
        choice = {table.facets[0]: row.item.slug, table.facets[1]: column.slug}
        yield (
            {
                "count": f"{count:,}",
                "level": charts.level(count, most),
                "href": address(language, TRIPS, choice),
            }
            if count
            else None
        )


def _joined(language: str, row: Row) -> str:
    """That a state belongs to ASEAN by now, and did not on some of the trips."""
    name = choose(row.item.names, language)
    return ngettext(
        "%(name)s: %(count)s of these trips was before it joined ASEAN.",
        "%(name)s: %(count)s of these trips were before it joined ASEAN.",
        row.before,
    ) % {"name": name, "count": row.before}


def crumbs(language: str) -> tuple[Link, ...]:
    """The way to what stands below the page."""
    return Link(_("Home"), f"/{language}/"), Link(_("Exchange in figures"), f"/{language}/{PATH}")

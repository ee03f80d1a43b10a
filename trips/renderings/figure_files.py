"""The tables of the figures as CSV: each number with the addresses of the trips and of the editions that it counts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from exchange.lib.bilingual import choose
from exchange.lib.tables import csv_lines
from trips.renderings.figures import EDITIONS, MEASURES, TRIPS, address, measured
from trips.renderings.footnotes import Footnote
from trips.renderings.tallies import Counts, Item, Table

HEADS = {
    "state": (gettext_noop("ISO code"), gettext_noop("State")),
    "year": (gettext_noop("Year"),),
    "organisation": (gettext_noop("Institution or enterprise"),),
    "theme": (gettext_noop("Theme"),),
}
OF_EDITIONS = (
    gettext_noop("Trip"),
    gettext_noop("First day"),
    gettext_noop("Last day"),
    gettext_noop("Edition"),
    gettext_noop("Published"),
    gettext_noop("Digest (SHA-256)"),
    gettext_noop("Address"),
)


def years(language: str, counted: Mapping[int, Counts]) -> str:
    """A line for each year."""
    with translation.override(language):
        lines = ([year, *measured(counts), *_ways(language, {"year": str(year)})] for year, counts in counted.items())
        return _written([_("Year"), *(_(label) for label in MEASURES.values()), *_way_heads()], lines)


def crossed(language: str, table: Table) -> str:
    """A line for each row as a whole, and one for each of its numbers."""
    with translation.override(language):
        heads = [_(head) for facet in table.facets for head in HEADS[facet]]
        return _written([*heads, _("Trips"), *_way_heads()], _lines(language, table))


def editions(language: str, rows: Iterable[Footnote]) -> str:
    """A line for each edition."""
    with translation.override(language):
        return _written([_(head) for head in OF_EDITIONS], (_footnote(language, row) for row in rows))


def _lines(language: str, table: Table) -> Iterator[list[Any]]:
    of_rows, of_columns = table.facets
    everything = ["" for _head in HEADS[of_columns][1:]] + [_("All")]
    columns = [(one, _told(of_columns, one, language)) for one in table.columns]
    for row in table.rows:
        own, choice = _told(of_rows, row.item, language), {of_rows: row.item.slug}
        yield [*own, *everything, row.trips, *_ways(language, choice)]
        for column, told in columns:
            if count := row.cells.get(column.slug):
                yield [*own, *told, count, *_ways(language, {**choice, of_columns: column.slug})]


def _told(facet: str, item: Item, language: str) -> list[str]:
    return ([item.code] if facet == "state" else []) + [str(choose(item.names, language))]


def _ways(language: str, choice: Mapping[str, str]) -> list[str]:
    return [settings.SITE_URL + address(language, path, choice) for path in (TRIPS, EDITIONS)]


def _way_heads() -> list[str]:
    return [_("Trips counted"), _("Editions counted")]


def _footnote(language: str, row: Footnote) -> list[Any]:
    own = f"{settings.SITE_URL}/{language}/trips/{row.slug}/editions/{row.number}/"
    published = timezone.localtime(row.public_from).isoformat(timespec="seconds")
    return [row.title, row.starts_on, row.ends_on, row.number, published, row.digest, own]


def _written(heading: Iterable[str], lines: Iterable[Iterable[Any]]) -> str:
    return "".join(csv_lines(heading, lines))

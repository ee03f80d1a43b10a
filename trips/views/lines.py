"""The lines of a directory list: sifted by what a reader chose, in the order of the alphabet of the page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from exchange.lib.alphabet import initial, order
from exchange.lib.bilingual import choose
from trips.renderings.directory import PARAMETERS, Query, Row


class Sifted(NamedTuple):
    """The lines that are left, in order, and what was and what can be chosen."""

    rows: Sequence[Row]
    query: Query


def sift(rows: Sequence[Row], wanted: Mapping[str, str], language: str) -> Sifted:
    """Those lines that have all that is wanted; for each filter the number that each value would leave."""
    named = [(row, {**row.values, "letter": initial(str(choose(row.names, language)))}) for row in rows]
    offered = {
        filter: Counter(
            values[filter]
            for _row, values in named
            if values.get(filter) and _has(values, {one: word for one, word in wanted.items() if one != filter})
        )
        for filter in PARAMETERS
    }
    left = [row for row, values in named if _has(values, wanted)]
    labels = {(filter, values[filter]): row.labels[filter] for row, values in named for filter in row.labels}
    left.sort(key=lambda row: (order(str(choose(row.names, language))), row.address))
    return Sifted(left, Query(wanted, offered, labels))


def _has(values: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    return all(values.get(filter) == word for filter, word in wanted.items())

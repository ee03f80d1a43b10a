"""Numbers as pictures: columns of a course over the years, and how strongly a cell is tinted."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

WIDTH, GAP, HEIGHT = 10, 2, 40  # of a column, between two, of the highest one: units of the drawing
SPAN = 30  # years that a course shows at most
LEVELS = 3


class Column(NamedTuple):
    """A column of the drawing, and what it says."""

    x: int
    y: float
    height: float
    told: str


class Chart(NamedTuple):
    """A course over the years, every one of them between the first and the last, with a trip or without."""

    width: int
    height: int
    column: int
    columns: Sequence[Column]
    most: str
    first: int
    last: int


def course(years: Mapping[int, Mapping[str, int]], measures: Sequence[str]) -> dict[str, Chart | None]:
    """A chart for each measure; none where there are not two years to compare."""
    if len(years) < 2:
        return dict.fromkeys(measures)
    last = max(years)
    first = max(min(years), last - SPAN + 1)
    shown = {year: counts for year, counts in years.items() if year >= first}
    return {one: _chart({year: counts[one] for year, counts in shown.items()}, first, last) for one in measures}


def level(count: int, most: int) -> int:
    """From 1 to 3: the third of the way to the highest number in which this one lies."""
    return min(LEVELS, -(-count * LEVELS // max(most, LEVELS)))


def _chart(numbers: Mapping[int, int], first: int, last: int) -> Chart:
    most = max(numbers.values(), default=0) or 1
    columns = [
        Column((year - first) * WIDTH, HEIGHT - (high := round(number * HEIGHT / most, 1)), high, f"{year}: {number:,}")
        for year, number in numbers.items()
        if number
    ]
    return Chart((last - first + 1) * WIDTH - GAP, HEIGHT, WIDTH - GAP, columns, f"{most:,}", first, last)

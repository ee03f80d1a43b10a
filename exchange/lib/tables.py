"""Tables as text that a spreadsheet opens and never runs."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

BOM = "\ufeff"  # tells Excel that what follows is UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def neutral(value: Any) -> str:
    """The value as text; what a spreadsheet would take for a formula is marked as text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_lines(heading: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The table as CSV, line by line, as the rows come."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(heading)
    for row in rows:
        yield writer.writerow([neutral(cell) for cell in row])

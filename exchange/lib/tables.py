"""Tables as text that a spreadsheet opens and never runs."""

import csv
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

BOM = "\ufeff"  # tells Excel that what follows is UTF-8
RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what a cell must not begin with
# Some programs take a semicolon, a tab or the end of a line for the end of a cell, whatever is quoted.
FURTHER = re.compile(r"""([;\t\r\n](?:[^\S\t\r\n]|["'])*)(?=[=+\-@＝＋－＠])""")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def neutral(value: Any) -> str:
    """The value as text; what a spreadsheet would take for a formula is marked as text. A number is a number."""
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    text = "" if value is None else FURTHER.sub(r"\1'", str(value))
    return f"'{text}" if text.lstrip(" ").startswith(RUN) else text


def csv_lines(heading: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The table as CSV, line by line, as the rows come. Every cell is in quotation marks."""
    yield BOM
    yield from lines([heading])
    yield from lines(rows)


def lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Rows of a table as lines of CSV."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    return (writer.writerow([neutral(cell) for cell in row]) for row in rows)

"""A sheet as a file: a workbook, CSV or JSON, with nothing in it that a program would run."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import TextChoices
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from exchange.lib import sheets
from exchange.lib.tables import csv_lines
from exchange.transfer.columns import Column, Sheet

CHUNK = 500
WORKBOOK_ROWS = 5000  # a workbook is made in one piece; a larger list goes as CSV, row by row


class Format(TextChoices):
    """The files a list is taken away as."""

    XLSX = "xlsx", _("Excel workbook (.xlsx)")
    CSV = "csv", _("CSV, for any spreadsheet")
    JSON = "json", _("JSON, for programs")


TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
}


def pieces(form: str, sheet: Sheet, columns: tuple[Column, ...], found: models.QuerySet) -> Iterable[bytes | str]:
    """The file, piece by piece; a workbook is one."""
    records = _pieces(found)
    heading = [one.label() for one in columns]
    if form == Format.JSON:
        return _json(columns, records)
    lines = ([cell(one, record) for one in columns] for record in records)
    if form == Format.CSV:
        return _in_language(csv_lines(heading, lines), get_language())
    return [sheets.workbook(str(sheet.label), heading, lines, [one.width for one in columns])]


def _pieces(found: models.QuerySet) -> Iterator[Any]:
    """The records in queries that end at once: an open one of a slow reader would keep SQLite from writing."""
    keys = list(found.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        piece = keys[start : start + CHUNK]
        records = found.in_bulk(piece)
        yield from (records[key] for key in piece if key in records)


def _in_language(pieces: Iterable[str], language: str) -> Iterator[str]:
    """What is made while it is sent, when the request and its language are over."""
    made = iter(pieces)
    while True:
        with override(language):
            piece = next(made, None)
        if piece is None:
            return
        yield piece


def cell(column: Column, record: Any) -> Any:
    """What stands in the cell: a number, a day or a time as such, a moment by the desk's clock, else text."""
    return column.shown(column.value(record))


def _json(columns: tuple[Column, ...], records: Iterable[Any]) -> Iterator[str]:
    between = "["
    for record in records:
        values = {one.name: _plain(one.value(record)) for one in columns}
        yield f"{between}\n{json.dumps(values, ensure_ascii=False)}"
        between = ","
    yield "[]\n" if between == "[" else "\n]\n"


def _plain(value: Any) -> Any:
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value

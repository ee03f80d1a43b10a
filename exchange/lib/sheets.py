"""Tables as workbooks that nothing in them runs."""

import datetime as dt
import io
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from exchange.lib.tables import neutral

UNWRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # no XML can hold them


def workbook(title: str, heading: Iterable[str], lines: Iterable[Iterable[Any]], widths: Iterable[int] = ()) -> bytes:
    """A workbook of one sheet with a fixed heading; every text is text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(UNWRITTEN.sub("", re.sub(r"[\[\]:*?/\\]", " ", title))[:31] or "1")
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, text, bold=True) for text in heading])
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    if not bold and (value is None or isinstance(value, (int, float, Decimal, dt.date, dt.time))):
        return value
    cell = WriteOnlyCell(sheet, value=UNWRITTEN.sub("", neutral(value)))
    cell.data_type = "s"
    cell.font = Font(bold=True) if bold else None
    return cell

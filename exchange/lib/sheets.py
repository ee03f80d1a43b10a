"""Tables in the files that people have: XLSX and CSV, read row by row within bounds, and written so that nothing runs.

A cell is ``None``, text, a whole number, a fraction, a date, a time or a date with a time. What is wrong with a file is
said in a sentence that a person can act on (:class:`Refused`).
"""

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from exchange.lib.tables import meant, neutral

Cell = str | int | float | dt.date | dt.time | None

LARGEST = 20 * 1024 * 1024  # bytes of a file as it is uploaded
UNPACKED = 120 * 1024 * 1024  # bytes of all parts of a workbook
SHARED = 40 * 1024 * 1024  # bytes of the texts of a workbook, which are read at once
PARTS = 1000
ROWS = 60_000
COLUMNS = 100
CELL = 20_000  # characters
STRETCH = 2 * 1024 * 1024  # bytes of one row of a workbook, which is read at once
ROW_ENDS = re.compile(rb"</(?:\w+:)?row>")
UNWRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Refused(ValueError):
    """The file is not one that is read; the message says why and what to do."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(reason)
        self.reason = reason


def rows(content: bytes) -> Iterator[list[Cell]]:
    """The rows of the first sheet, blank ones too, each as long as its last filled cell.

    Which kind of file it is is told from the content, never from its name.
    """
    if len(content) > LARGEST:
        raise Refused(_("The file is larger than 20 MB. Split it and import the parts."))
    read = _workbook if content.startswith(b"PK") else _text
    for number, row in enumerate(read(content), 1):
        if number > ROWS:
            raise Refused(_("The sheet has more than 60,000 rows. Split it and import the parts."))
        yield row


def _text(content: bytes) -> Iterator[list[Cell]]:
    text = decoded(content)
    if "\0" in text:
        raise Refused(_("This is neither an Excel workbook (.xlsx) nor a CSV file."))
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield _trimmed(row)
    except csv.Error as error:
        raise Refused(
            _("The CSV file cannot be read: a quotation mark is never closed, or a cell is too long.")
        ) from error


def decoded(content: bytes) -> str:
    """The text of a file in one of the encodings that spreadsheets write: UTF-8, UTF-16 with its mark, GB 18030."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"), (b"", "gb18030")):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise Refused(_("The file’s letters cannot be read. Save it as “CSV UTF-8” and try again."))


def _workbook(content: bytes) -> Iterator[list[Cell]]:
    try:
        _weigh(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that are not read: styles, validations, charts
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what a file says of its own size is not believed
            for row in sheet.iter_rows(max_col=COLUMNS, values_only=True):
                yield _trimmed(row)
    except Refused:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ValueError, TypeError, SyntaxError,
            AttributeError, EOFError, OSError, NotImplementedError, RuntimeError, OverflowError) as error:  # fmt: skip
        raise Refused(_("The workbook cannot be read. Open it, save it as .xlsx and try again.")) from error


def _weigh(content: bytes) -> None:
    """Refuse what would unpack to more than it should, before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        entries = parts.infolist()
        large = sum(one.file_size for one in entries) > UNPACKED or len(entries) > PARTS
        if large or any(one.file_size > SHARED for one in entries if one.filename.endswith("sharedStrings.xml")):
            raise Refused(_("The workbook is too large when it is unpacked. Save only the rows that are needed."))
        if any("vbaProject" in one.filename for one in entries):
            raise Refused(_("The workbook holds macros. Save it as .xlsx, which has none."))
        for one in entries:
            if "worksheets/" in one.filename and one.filename.endswith(".xml"):
                _weigh_rows(parts.open(one))


def _weigh_rows(sheet: Any) -> None:
    since, tail = 0, b""
    while piece := sheet.read(256 * 1024):
        ends = [found.end() for found in ROW_ENDS.finditer(tail + piece)]
        since = len(tail + piece) - ends[-1] if ends else since + len(piece)
        tail = piece[-16:]
        if since > STRETCH:
            raise Refused(_("A row of the workbook is too long. Save only the rows that are needed."))


def _trimmed(row: Iterable[Any]) -> list[Cell]:
    cells = [plain(cell) for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    if len(cells) > COLUMNS:
        raise Refused(_("The sheet has more than 100 columns. Keep only those that are needed."))
    return cells


def plain(cell: Any) -> Cell:
    """The cell as it is meant: without blanks around it, without the mark that kept it from being a formula."""
    if isinstance(cell, bool) or cell is None:
        return None if cell is None else str(cell).upper()
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, (int, dt.datetime, dt.date, dt.time)):
        return cell
    text = UNWRITTEN.sub("", str(cell)).strip()
    if len(text) > CELL:
        raise Refused(_("A cell holds more than 20,000 characters. Nothing that is imported is as long."))
    return meant(text) or None


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
    if not bold and (value is None or isinstance(value, (int, float, dt.date, dt.time))):
        return value
    cell = WriteOnlyCell(sheet, value=UNWRITTEN.sub("", neutral(value)))
    cell.data_type = "s"
    cell.font = Font(bold=True) if bold else None
    return cell

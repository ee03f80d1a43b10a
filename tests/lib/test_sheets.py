"""Workbooks and CSV files: read as people make them, refused when they are made to harm."""

import datetime as dt
import io
import struct
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from exchange.lib import sheets
from exchange.lib.sheets import Refused, rows, workbook


def saved(*lines: list) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def repacked(content: bytes, name: str, change) -> bytes:
    """The same workbook with one part changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            part = old.read(one)
            new.writestr(one.filename, change(part) if one.filename == name else part)
    return target.getvalue()


def test_a_workbook_gives_dates_numbers_and_text_as_they_are_meant():
    content = saved(
        ["Name", "日期", "Size"],
        ["  深圳职业技术大学 ", dt.date(2024, 10, 22), 3.0],
        [None, None, None],
        ["x", None, 2.5],
    )
    assert list(rows(content)) == [
        ["Name", "日期", "Size"],
        ["深圳职业技术大学", dt.datetime(2024, 10, 22), 3],
        [],
        ["x", None, 2.5],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_as_any_spreadsheet_saves_it(encoding, delimiter):
    text = f'名称{delimiter}City\r\n"清迈大学{delimiter} 泰国"{delimiter}Chiang Mai\r\n'
    assert list(rows(text.encode(encoding))) == [["名称", "City"], [f"清迈大学{delimiter} 泰国", "Chiang Mai"]]


def test_what_is_written_is_read_back_and_nothing_in_it_is_a_formula():
    hostile = ["a; =1+1", "=1+1", "@SUM(A1)", "+86 20", "-", "＝cmd", "plain", "'quoted'"]
    content = workbook("A list: of [things]", ["One", "Two"], [[text, dt.date(2024, 10, 22)] for text in hostile])
    cells = [row[0] for row in load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value[:1] for cell in cells if cell.value[1:] in hostile] == ["'"] * 5
    assert [row[0] for row in rows(content)][1:] == hostile


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 not a workbook", "cannot be read"),
        (b"a,b\n\0\n", "neither an Excel workbook"),
        (b'a,b\n"never closed', "never closed"),
        (b"\xff\xfe\x00", "letters cannot be read"),
        (b"x" * (sheets.LARGEST + 1), "larger than 20 MB"),
        (b"a," * 200, "more than 100 columns"),
        (b"x" * 30_000, "more than 20,000 characters"),
    ],
)
def test_what_cannot_be_read_says_why(content, words):
    with pytest.raises(Refused, match=words):
        list(rows(content))


def test_a_sheet_of_too_many_rows_is_refused_where_they_begin():
    content = b"a\n" * (sheets.ROWS + 1)
    with pytest.raises(Refused, match="60,000 rows"):
        list(rows(content))


def test_a_workbook_that_unpacks_to_more_than_it_should_is_refused_unread():
    bomb = repacked(saved(["a"]), "xl/worksheets/sheet1.xml", lambda part: part + b" " * (sheets.UNPACKED + 1))
    assert len(bomb) < 400_000
    with pytest.raises(Refused, match="too large when it is unpacked"):
        list(rows(bomb))


def test_a_row_without_an_end_is_refused_before_it_is_held():
    cell = b'<c r="A1"><v>1</v></c>'
    endless = lambda part: part.replace(b"<sheetData>", b'<sheetData><row r="1">' + cell * 200_000)  # noqa: E731
    with pytest.raises(Refused, match="A row of the workbook is too long"):
        list(rows(repacked(saved(["a"]), "xl/worksheets/sheet1.xml", endless)))


def test_what_a_workbook_says_of_its_own_size_is_not_believed():
    far = lambda part: part.replace(b'<row r="2"', b'<row r="1048576"').replace(b'r="A2"', b'r="A1048576"')  # noqa: E731
    with pytest.raises(Refused, match="60,000 rows"):
        list(rows(repacked(saved(["a"], ["b"]), "xl/worksheets/sheet1.xml", far)))


def test_entities_are_not_expanded():
    lol = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    evil = lambda part: part.replace(b'<?xml version="1.0"?>', lol) if b"<?xml" in part else lol + part  # noqa: E731
    with pytest.raises(Refused, match="cannot be read"):
        list(rows(repacked(saved(["a"]), "xl/worksheets/sheet1.xml", evil)))


def test_macros_are_refused():
    target = io.BytesIO(saved(["a"]))
    with zipfile.ZipFile(target, "a") as parts:
        parts.writestr("xl/vbaProject.bin", struct.pack("<I", 0xCFD0))
    with pytest.raises(Refused, match="macros"):
        list(rows(target.getvalue()))

"""Workbooks: what is written stays what it is, and nothing in it runs."""

import datetime as dt
import io

from openpyxl import load_workbook

from exchange.lib.sheets import workbook


def test_numbers_and_days_stay_what_they_are_and_no_text_is_a_formula():
    hostile = ["=1+1", "@SUM(A1)", "+86 20", "-", "＝cmd", "a\x00b"]
    content = workbook(
        "A list: of [things]", ["One", "Two", "Three"], [[one, dt.date(2024, 10, 22), 3] for one in hostile]
    )
    lines = list(load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2))
    assert [line[0].value for line in lines] == ["'=1+1", "'@SUM(A1)", "'+86 20", "'-", "'＝cmd", "ab"]
    assert {line[0].data_type for line in lines} == {"s"}
    assert {(line[1].value, line[2].value) for line in lines} == {(dt.datetime(2024, 10, 22), 3)}

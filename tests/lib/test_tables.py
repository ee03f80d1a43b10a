"""Tables that a spreadsheet opens and never runs, however it divides them."""

import csv
import io
import itertools

import pytest

from exchange.lib.tables import BOM, csv_lines

BEFORE = ["", " ", "a;", "a; ", 'a;"', "a\t", "a\n", "a\r\n ", "a;\u3000"]
RUN = "=+-@＝＠"
RUNS = [before + sign + "1+1" for before, sign in itertools.product(BEFORE, RUN)]
WAYS = [(",", csv.QUOTE_MINIMAL), *itertools.product(";\t", (csv.QUOTE_MINIMAL, csv.QUOTE_NONE))]


@pytest.mark.parametrize(("separator", "quoting"), WAYS)
def test_no_cell_is_a_formula_whatever_divides_the_line(separator, quoting):
    text = "".join(csv_lines(["what", "then"], [[one, 5] for one in RUNS]))
    cells = [cell for line in csv.reader(io.StringIO(text), delimiter=separator, quoting=quoting) for cell in line]
    assert not [cell for cell in cells if cell.strip(' "\u3000\t\r\n').startswith(tuple(RUN))]


def test_what_is_no_formula_stays_as_it_is():
    cells = ["Well-known; and good", "a=b", "https://a.example/?b=1;c=2", "", "深圳；广州"]
    text = "".join(csv_lines(["what"], [[one] for one in cells])).removeprefix(BOM)
    assert [line[0] for line in csv.reader(io.StringIO(text))] == ["what", *cells]

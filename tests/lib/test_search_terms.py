"""Folding, tokens, marking: whatever the text is."""

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exchange.lib.folding import fold, placed
from exchange.lib.marking import marked, passage
from exchange.lib.nearness import allowed, apart, within
from exchange.lib.search_terms import BOUNDARY, LENGTH, PART, TERMS, parts, question, tokens

TEXTS = st.text(alphabet=st.sampled_from(list("aZé ß’-—中國职茶、ไทยﬁＡ１đ<&\x00\u0301\u200b𠮷")), max_size=40)


@given(TEXTS)
@example("Việt Nam’s ﬁne 職業—教育")
def test_marking_changes_nothing_but_the_marks(text):
    found = marked(text, question(text).terms)
    assert unescape(re.sub("</?mark>", "", found)) == text
    assert len(placed(text)[0]) == len(placed(text)[1])


@given(TEXTS)
def test_tokens_are_ascii_and_a_question_stays_within_its_bounds(text):
    assert all(re.fullmatch("[xup][a-z0-9]+", token) for token in tokens(text))
    asked = question(text * 20)
    assert len(asked.text) <= LENGTH
    assert len(asked.terms) <= TERMS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("VIỆT", "viet"),
        ("職業教育", "职业教育"),
        ("ﬁ Ａ１", "fi a1"),
        ("Đà Nẵng", "da nang"),
        ("ß", "ss"),
        ("ไทย", "ไทย"),
    ],
)
def test_folding(one, other):
    assert fold(one) == placed(one)[0] == other


def test_a_long_text_is_cut_with_an_overlap():
    rows = [row.split() for row in parts([[f"x{number}" for number in range(3 * PART)]])]
    assert all(len(row) <= PART + 1 and row[-1] == BOUNDARY for row in rows)
    for row, following in pairwise(rows):
        assert row[-LENGTH - 1 : -1] == following[:LENGTH]


def test_a_passage_is_cut_around_the_first_word_that_is_found():
    text = "word " * 200 + "here it is " + "word " * 200
    shown = passage(["nothing", text], question("here").terms, 100)
    assert "<mark>here</mark>" in shown
    assert shown.startswith("…")
    assert len(shown) < 130


def test_faults_are_counted_and_few_are_allowed():
    assert (apart("dalain", "dalian"), within("dalain", "dalianmaritime")) == (1, 1)
    assert apart("大连海是大学", "大连海事大学") == 1
    assert apart("berlin", "beijing") > allowed("berlin")
    assert allowed("ACC") == allowed("深圳") == 0

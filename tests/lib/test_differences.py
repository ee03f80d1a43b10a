"""Two texts as one, with what went and what came."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.lib.differences import markup_differences, word_differences
from exchange.lib.matching import Effort, opcodes


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Five days.", "Six days.", "<del>Five</del><ins>Six</ins> days."),
        ("五天行程", "六天行程", "<del>五</del><ins>六</ins>天行程"),
        ("", "New", "<ins>New</ins>"),
        ("Old", "", "<del>Old</del>"),
        ("a & b", "a &amp; <b>", "a &amp;<ins>amp;</ins> <ins>&lt;</ins>b<ins>&gt;</ins>"),
    ],
)
def test_words(before, after, told):
    assert word_differences(before, after) == told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            "<p>One two.</p>",
            "<p>One <strong>three</strong>.</p>",
            "<p>One <strong><del>two</del><ins>three</ins></strong>.</p>",
        ),
        ("<p>A b c</p>", "<p>A <em>b</em> c</p>", "<p>A <em>b</em> c</p>"),
        (
            "<p>One.</p><p>Two.</p><p>Three.</p>",
            "<p>One.</p><p>Three.</p>",
            "<p>One<del>. Two </del>.</p><p>Three.</p>",
        ),
        ("<p>One.</p>", "<p>One.</p><ul><li>Two</li></ul>", "<p>One.</p><ul><li><ins>Two</ins></li></ul>"),
        ("<p>One.</p><ul><li>Two</li></ul>", "<p>One.</p>", "<p>One.<del> Two</del></p>"),
        ("<p>One</p><p>two</p>", "<p>One two</p>", "<p>One<ins> </ins>two</p>"),
        ("", "<h3>New</h3>", "<h3><ins>New</ins></h3>"),
        ("<p>Gone</p>", "", "<del>Gone</del>"),
    ],
)
def test_markup_stays_whole(before, after, told):
    assert markup_differences(before, after) == told


def test_hostile_text_stays_text():
    link = '<p><a href="https://x.example/?a>b">here</a></p>'
    told = markup_differences('<p>"><script>alert(1)</script> there</p>', link)
    assert "<script" not in told
    assert 'href="https://x.example/?a' in told
    assert told.count("<a ") == 1
    assert "<img" not in word_differences("", "<img src=x onerror=alert(1)>")


def test_a_long_text_does_not_take_long():
    before = "".join(f"<p>The day {number} of the trip to the city and the college.</p>" for number in range(1500))
    began = time.process_time()
    assert "<ins>village</ins>" in markup_differences(
        before, before.replace("day 7 of the trip to the city", "day 7 of the trip to the village")
    )
    assert time.process_time() - began < 2


HUNDRED = [f"word{number % 100}" for number in range(6000)]
PROSE = ("the group saw a college in this city and met students there " * 75).split()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x " * 800 + "y", "x," * 800),
        (" ".join(PROSE), " ".join(f"new{place}" if place % 9 == 8 else word for place, word in enumerate(PROSE))),
        (" ".join(HUNDRED), " ".join(reversed(HUNDRED))),
        (" ".join(f"u{n} s{n % 60}" for n in range(3000)), " ".join(f"v{n} s{n % 60}" for n in range(3000))),
        ("a b " * 10_000, "b c " * 10_000),
    ],
)
def test_texts_made_to_take_long_do_not(before, after):
    began = time.process_time()
    told = word_differences(before, after)
    assert time.process_time() - began < 2
    assert re.sub("<del>.*?</del>|</?ins>", "", told) == after
    assert re.sub("<ins>.*?</ins>|</?del>", "", told) == before


def test_every_change_in_a_long_prose_is_marked():
    words = [f"word{number * number % 509}" for number in range(900)]
    changed = [f"new{place}" if place % 9 == 8 else word for place, word in enumerate(words)]
    told = word_differences(" ".join(words), " ".join(changed))
    assert told.count("<ins>") == told.count("<del>") == 100


@settings(max_examples=200, deadline=None)
@given(st.text("ab ,", max_size=60), st.text("ab ,", max_size=60), st.integers(0, 300))
def test_however_little_effort_is_left_the_texts_are_told_whole(before, after, steps):
    found = opcodes(before, after, str.isspace, Effort(steps))
    assert "".join(before[i:j] for _kind, i, j, _k, _m in found) == before
    assert "".join(after[k:m] for _kind, _i, _j, k, m in found) == after
    assert all((kind == "equal") == (before[i:j] == after[k:m]) for kind, i, j, k, m in found)

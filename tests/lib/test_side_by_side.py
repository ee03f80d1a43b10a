"""Two texts beside each other."""

import time

import pytest

from exchange.lib.side_by_side import beside


def test_two_texts_stand_side_by_side_without_what_both_say():
    assert beside(["Same.", "Five days."], ["Same.", "Six days.", "More."]) == (
        "<p>…</p><p><del>Five</del> days.</p>",
        "<p>…</p><p><ins>Six</ins> days.<ins>\nMore.</ins></p>",
    )
    assert beside([], ["New."]) == ("", "<p><ins>New.</ins></p>")


def test_long_texts_cost_no_more():
    start = time.monotonic()
    assert beside(["a " * 20_000], ["b " * 20_000])[1].startswith("<p><ins>b b ")
    beside(["a"] * 20_000, ["b"] * 20_000)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["x " * 400 + "y"], ["x," * 400]),
        (["x " * 800 + "y"], ["x," * 800]),
        (["x"] * 800 + ["y"], ["x", ","] * 800),
        ([f"x{number} " + "x " * 400 for number in range(50)], [f"y{number} " + "x," * 400 for number in range(50)]),
    ],
)
def test_texts_made_to_take_long_do_not(before, after):
    began = time.process_time()
    assert "<ins>" in beside(before, after)[1]
    assert time.process_time() - began < 2

"""What differs between two texts, marked for those who read it."""

import time

from exchange.lib.differences import beside, together


def test_what_went_and_what_came_stand_in_one_text():
    assert together("five days", "six days") == "<del>five</del><ins>six</ins> days"
    assert together("五天", "六天") == "<del>五</del><ins>六</ins>天"
    assert together("<b>", "<i>") == "&lt;<del>b</del><ins>i</ins>&gt;"


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

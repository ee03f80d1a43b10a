"""Which source a translation was made from: each rule of remembering."""

import pytest

from exchange.lib.freshness import outdated, remember

OLD, NEW = {"seen": "A line."}, {"seen": "Two lines."}
CHINESE = {"seen": "一条线。"}


def kept(made_from, *, was=OLD, seen=None, now=NEW, translations=CHINESE, looked_at=()):
    return remember(made_from, was=was, seen=seen or now, now=now, translations=translations, looked_at=looked_at)


def test_the_former_source_is_remembered_when_the_source_changes():
    assert kept({}) == OLD
    assert outdated(OLD, NEW, CHINESE) == OLD


def test_what_is_remembered_stays_through_later_changes():
    assert kept(OLD, was=NEW, now={"seen": "Three lines."}) == OLD


def test_a_source_that_comes_back_makes_fresh():
    assert outdated(kept(OLD, was=NEW, now=OLD), OLD, CHINESE) == {}


def test_a_translation_looked_at_is_made_from_what_was_seen():
    assert kept(OLD, looked_at={"seen"}) == NEW
    assert kept({}, looked_at={"seen"}) == NEW
    assert kept({}, was=NEW, seen=OLD, looked_at={"seen"}) == OLD


@pytest.mark.parametrize(
    ("before", "after"), [("A line.", " A \n line. "), ("<p>A line.</p>", "<p>A <strong>line</strong>.</p>")]
)
def test_white_space_and_markup_make_nothing_stale(before, after):
    was, now = {"seen": before}, {"seen": after}
    assert kept({}, was=was, now=now) == {}
    assert outdated(was, now, CHINESE) == {}
    assert kept(was, was=was, now=now) == now


def test_of_unknown_origin_is_fresh():
    assert outdated({}, NEW, CHINESE) == {}


def test_a_source_not_known_any_more_is_stale():
    assert outdated({"seen": ""}, NEW, CHINESE) == {"seen": ""}
    assert kept({"seen": ""}, was=NEW, now=NEW) == {"seen": ""}


def test_what_is_not_translated_is_not_stale_and_remembers_nothing():
    assert outdated(OLD, NEW, {"seen": ""}) == {}
    assert kept(OLD, translations={"seen": ""}) == {}


def test_a_translation_that_came_first_was_made_from_nothing():
    assert kept({}, was={"seen": ""}) == {}
    assert kept({}, now={"seen": ""}, seen={"seen": ""}, looked_at={"seen"}) == {}

"""Translations at the desk: which source text they were made from, and what makes them stale and fresh again."""

import pytest
from zeal import zeal_ignore

from tests import cast
from tests.admin.test_conflicts import fresh, opened, saved
from tests.admin.test_desk import client
from trips import workflow
from trips.admin.reports import standing
from trips.choices import TripState
from trips.models import Report, Trip, Visit

__all__ = ["client"]

pytestmark = pytest.mark.django_db
LINE = "visits-1-seen_"


@pytest.fixture(autouse=True)
def _several_requests_in_one_test():
    with zeal_ignore():
        yield


@pytest.fixture
def trip() -> Trip:
    """The cast's trip; what was seen at its second stop is written in both languages."""
    made = cast.trip()
    made.visits.filter(seen_en="A line.").update(seen_zh_hans="一条线。")
    return made


def save(client, trip, **changes):
    assert saved(client, trip, opened(client, trip) | changes) == {}


def line(trip: Trip) -> Visit:
    return trip.visits.get(position=2)


def chinese(trip: Trip) -> Report:
    return trip.reports.get(language="zh-hans")


# Rows


def test_a_changed_source_makes_its_translation_stale(client, trip):
    assert line(trip).stale() == {}
    save(client, trip, **{LINE + "en": "Two lines."})
    assert line(trip).stale() == {"seen": "A line."}
    save(client, trip, **{LINE + "en": "Three lines."})
    assert line(trip).stale() == {"seen": "A line."}


def test_a_translation_saved_anew_is_made_from_the_source_saved_with_it(client, trip):
    save(client, trip, **{LINE + "en": "Two lines."})
    save(client, trip, **{LINE + "zh_hans": "两条线。"})
    assert line(trip).stale() == {}
    save(client, trip, **{LINE + "en": "Three lines.", LINE + "zh_hans": "三条线。"})
    assert line(trip).stale() == {}
    assert line(trip).made_from == {"seen": "Three lines."}


def test_a_translation_changed_alone_never_makes_the_source_stale(client, trip):
    save(client, trip, title_zh_hans="广东行")
    assert fresh(trip).stale() == {}
    assert fresh(trip).made_from == {"title": "Exchange Trip to Guangdong"}


def test_white_space_makes_nothing_stale(client, trip):
    save(client, trip, **{LINE + "en": "A   line."})
    assert line(trip).stale() == {}


def test_names_are_facts_and_not_translated(client, trip):
    trip.delegates.update(name_zh_hans="林梅", post_zh_hans="主任")
    save(client, trip, **{"delegates-0-name_en": "Lin May", "delegates-0-post_en": "Deputy Director"})
    assert trip.delegates.get().stale() == {"post": "Director"}


def test_a_new_row_is_made_from_its_own_source(client, trip):
    new = {
        "kind": "site-visit",
        "seen_en": "A yard.",
        "seen_zh_hans": "一个院子。",
        "position": "3",
        "place_en": "Yard",
    }
    rows = {f"visits-2-{name}": value for name, value in new.items()} | {"visits-TOTAL_FORMS": "3"}
    save(client, trip, **rows)
    assert trip.visits.get(position=3).made_from == {"seen": "A yard."}


def test_a_source_changed_elsewhere_is_noticed(client, trip):
    save(client, trip, **{LINE + "zh_hans": "一条生产线。"})
    trip.visits.filter(position=2).update(seen_en="Two lines.")
    assert line(trip).stale() == {"seen": "A line."}


# Two people


def test_a_translation_of_a_source_that_somebody_else_changed_meanwhile_is_stale(client, trip):
    ivy, edo = opened(client, trip), opened(client, trip)
    assert saved(client, trip, ivy | {LINE + "en": "Two lines."}) == {}
    assert saved(client, trip, edo | {LINE + "zh_hans": "一条生产线。"}) == {}
    assert (line(trip).seen_en, line(trip).seen_zh_hans) == ("Two lines.", "一条生产线。")
    assert line(trip).stale() == {"seen": "A line."}


def test_a_source_changed_while_somebody_else_translated_it_makes_stale(client, trip):
    ivy, edo = opened(client, trip), opened(client, trip)
    assert saved(client, trip, ivy | {LINE + "zh_hans": "一条生产线。"}) == {}
    assert saved(client, trip, edo | {LINE + "en": "Two lines."}) == {}
    assert line(trip).stale() == {"seen": "A line."}


def test_two_people_at_the_two_reports(client, trip):
    ivy, edo = opened(client, trip), opened(client, trip)
    assert saved(client, trip, ivy | {"report-en-0-summary": "Six days."}) == {}
    assert saved(client, trip, edo | {"report-zh-hans-0-summary": "五天行程。"}) == {}
    assert chinese(trip).stale() == {"summary": "Five days."}


# The report


def test_each_part_of_the_report_is_stale_by_itself(client, trip):
    save(client, trip, **{"report-en-0-summary": "Six days.", "report-en-0-body": "<p>They came by train.</p>"})
    assert chinese(trip).stale() == {"summary": "Five days.", "body": "<p>They came.</p>"}
    assert standing(fresh(trip)) == {"en": "ok", "zh-hans": "stale"}
    save(client, trip, **{"report-zh-hans-0-body": "<p>他们坐火车来了。</p>"})
    assert chinese(trip).stale() == {"summary": "Five days."}
    save(client, trip, **{"report-zh-hans-0-summary": "六天。"})
    assert standing(fresh(trip)) == {"en": "ok", "zh-hans": "ok"}


def test_markup_alone_makes_no_report_stale(client, trip):
    save(client, trip, **{"report-en-0-body": "<p>They <strong>came</strong>.</p>"})
    assert chinese(trip).stale() == {}


def test_both_reports_written_at_once_are_in_step(client, trip):
    trip.reports.all().delete()
    english = {"report-en-0-headline": "At last", "report-en-0-body": "<p>Here <b>we</b> are.</p>"}
    save(client, trip, **english, **{"report-zh-hans-0-headline": "终于", "report-zh-hans-0-body": "<p>我们来了。</p>"})
    assert chinese(trip).made_from == {"headline": "At last", "body": trip.reports.get(language="en").body}
    assert chinese(trip).stale() == {}


def test_a_chinese_report_without_an_english_one_is_not_stale(client, trip):
    save(client, trip, **{"report-en-0-summary": "Six days."})
    trip.reports.filter(language="en").delete()
    assert standing(fresh(trip)) == {"en": "missing", "zh-hans": "ok"}


# What is public


def test_what_a_translation_is_made_from_is_no_newer_change_by_itself(client, trip):
    cast.published(trip)
    before = fresh(trip).changed_at
    line(trip).save()
    Trip.objects.get(pk=trip.pk).save(update_fields=["made_from"])
    assert fresh(trip).changed_at == before
    assert workflow.state_of(trip, before) == TripState.PUBLISHED

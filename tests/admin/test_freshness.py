"""Translations at the desk: which source text they were made from, and what makes them stale and fresh again."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from zeal import zeal_ignore

from tests import cast
from tests.admin.test_conflicts import fresh, opened, saved
from tests.admin.test_desk import change, client
from trips import workflow
from trips.admin.reports import standing
from trips.choices import TripState
from trips.models import Report, Trip, Visit
from trips.readiness import Level, findings

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


# The form


def marks(html: str) -> dict[str, str]:
    """The marks on the form by the name of their box, as markup."""
    found = re.findall(r'<div class="finding [a-z]+ stale".*?</div>', html, re.DOTALL)
    return {re.search(r'name="([^"]+)"', one)[1]: one for one in found}


def test_the_mark_shows_what_changed_and_the_box_clears_it(client, trip):
    assert marks(client.get(change(trip)).content.decode()) == {}
    save(client, trip, **{LINE + "en": "Two lines.", "title_en": "A trip to Guangdong", "more_outlets": "on"})
    html = client.get(change(trip)).content.decode()
    assert set(marks(html)) == {"visits-1-still_valid_seen", "still_valid_title"}
    assert "<del>A</del><ins>Two</ins> <del>line</del><ins>lines</ins>." in marks(html)["visits-1-still_valid_seen"]
    save(client, trip, **{"visits-1-still_valid_seen": "on", "still_valid_title": "on", "note": "Typed beside it"})
    assert marks(client.get(change(trip)).content.decode()) == {}
    assert line(trip).made_from == {"seen": "Two lines."}
    assert fresh(trip).made_from == {"title": "A trip to Guangdong"}
    assert (line(trip).seen_zh_hans, fresh(trip).note) == ("一条线。", "Typed beside it")


def test_the_tab_and_the_row_say_that_something_is_stale(client, trip):
    save(client, trip, **{LINE + "en": "Two lines."})
    page = client.get(change(trip))
    assert {one["slug"]: one["stale"] for one in page.context["sections"] if one["stale"]} == {"programme": 1}
    assert (
        page.content.decode().count('<span class="mark note" title="Made from an older English text">stale</span>') == 1
    )


def test_a_box_stays_ticked_with_all_that_was_typed_where_something_is_wrong(client, trip):
    save(client, trip, **{LINE + "en": "Two lines."})
    wrong = {"visits-1-still_valid_seen": "on", "title_en": "", "audience_en": "Typed"}
    html = client.post(change(trip), opened(client, trip) | wrong).content.decode()
    assert "checked" in marks(html)["visits-1-still_valid_seen"]
    assert 'value="Typed"' in html
    assert line(trip).stale() == {"seen": "A line."}


def test_still_valid_means_the_source_that_was_seen(client, trip):
    save(client, trip, **{LINE + "en": "Two lines."})
    ivy, edo = opened(client, trip), opened(client, trip)
    assert saved(client, trip, ivy | {LINE + "en": "Three lines."}) == {}
    assert saved(client, trip, edo | {"visits-1-still_valid_seen": "on"}) == {}
    assert line(trip).seen_en == "Three lines."
    assert line(trip).stale() == {"seen": "Two lines."}


def test_a_box_of_what_is_fresh_is_nothing(client, trip):
    before = fresh(trip).changed_at
    save(client, trip, **{"visits-1-still_valid_seen": "on", "still_valid_nothing": "on"})
    assert fresh(trip).changed_at == before
    assert line(trip).made_from == {}


def test_still_valid_is_no_newer_change(client, trip):
    save(client, trip, **{LINE + "en": "Two lines.", "title_en": "A trip to Guangdong"})
    cast.published(trip, public_from=timezone.now())
    save(client, trip, **{"visits-1-still_valid_seen": "on", "still_valid_title": "on"})
    assert line(trip).stale() == {}
    assert fresh(trip).stale() == {}
    assert workflow.state_of(trip, timezone.now()) == TripState.PUBLISHED
    save(client, trip, **{LINE + "zh_hans": "两条线。"})
    assert workflow.state_of(trip, timezone.now()) == TripState.CHANGED


def test_the_source_of_the_report_marks_its_words(client, trip):
    save(client, trip, **{"report-en-0-summary": "Six days.", "report-en-0-body": "<p>They came <em>back</em>.</p>"})
    html = client.get(change(trip)).content.decode()
    assert set(marks(html)) == {"report-zh-hans-0-still_valid_summary", "report-zh-hans-0-still_valid_body"}
    source = html.split('<aside class="source"')[1].split("</aside>")[0]
    assert "<p><del>Five</del><ins>Six</ins> days.</p>" in source
    assert "<p>They came<ins> </ins><em><ins>back</ins></em>.</p>" in source
    assert "What changed after the Chinese report was made from it is marked." in source
    save(client, trip, **{"report-zh-hans-0-still_valid_summary": "on", "report-zh-hans-0-still_valid_body": "on"})
    html = client.get(change(trip)).content.decode()
    assert "<ins>" not in html
    assert standing(fresh(trip))["zh-hans"] == "ok"


def test_of_a_report_whose_source_is_not_known_any_more_that_is_said(client, trip):
    trip.reports.filter(language="zh-hans").update(made_from={"summary": ""})
    html = client.get(change(trip)).content.decode()
    assert set(marks(html)) == {"report-zh-hans-0-still_valid_summary"}
    assert "the former text is not known any more" in html
    assert "<ins>" not in html


def test_somebody_who_may_only_look_sees_no_box(trip):
    trip.visits.filter(position=2).update(made_from={"seen": "Another line."})
    user = User.objects.create_user("intern", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_trip", "any_trip", "view_visit"]))
    looking = Client()
    looking.force_login(user)
    assert "still_valid" not in looking.get(change(trip)).content.decode()


def test_what_is_stale_is_noted_before_publication(client, trip):
    save(client, trip, **{LINE + "en": "Two lines.", "title_en": "A trip to Guangdong", "report-en-0-summary": "Six."})
    found = [
        (one.level, one.section, one.field) for one in findings(trip, timezone.now()) if one.rule == "chinese-stale"
    ]
    assert found == [
        (Level.WARN, "report-zh", "report-zh-hans-0-summary"),
        (Level.NOTE, "facts", "title_zh_hans"),
        (Level.NOTE, "programme", "seen_zh_hans"),
    ]


def test_what_never_becomes_public_is_not_noted(client, trip):
    trip.outcomes.update(public=False, text_zh_hans="合作项目。", made_from={"text": "Another."})
    assert [one for one in findings(trip, timezone.now()) if one.rule == "chinese-stale"] == []


def test_no_browser_keeps_the_box_that_says_still_valid(client):
    trip = cast.trip()
    Trip.objects.filter(pk=trip.pk).update(title_zh_hans="广东", made_from={"title": "What it said before"})
    box = client.get(change(trip)).context["adminform"].form["still_valid_title"]
    assert 'data-unkept="yes"' in str(box)

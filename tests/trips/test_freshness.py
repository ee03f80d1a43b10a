"""A language version that is older than the other: frozen with the edition, and said on its page alone."""

import datetime as dt
import json
import re

import pytest
from django.test import Client

from tests import cast
from tests.examples import small
from trips.edition.diff import changes
from trips.edition.freeze import freeze, frozen
from trips.models import Trip
from trips.renderings import page

AFTER = dt.datetime(2024, 11, 1, tzinfo=dt.UTC)
BEFORE = dt.datetime(2024, 10, 1, tzinfo=dt.UTC)


def make_stale(trip: Trip, **texts: str) -> None:
    trip.reports.filter(language="zh-hans").update(made_from=texts or {"body": "<p>They had come.</p>"})


def older(trip: Trip, at: dt.datetime = AFTER) -> dict[str, bool]:
    return {code: one.get("older", False) for code, one in freeze(trip, public_from=at)["report"].items()}


@pytest.mark.django_db
def test_the_document_of_a_fresh_trip_does_not_change_by_a_byte():
    trip = cast.trip()
    document, digest = frozen(trip, public_from=AFTER)
    assert "older" not in document
    trip.reports.filter(language="zh-hans").update(made_from=trip.reports.get(language="en").texts())
    trip.visits.update(made_from={"seen": "Another."})
    assert frozen(trip, public_from=AFTER) == (document, digest)


@pytest.mark.django_db
def test_the_document_of_a_stale_report_says_so():
    trip = cast.trip()
    make_stale(trip)
    assert older(trip) == {"en": False, "zh-hans": True}
    assert freeze(trip, public_from=AFTER)["report"]["zh-hans"]["older"] is True


@pytest.mark.django_db
def test_an_outline_is_older_only_in_what_it_shows():
    trip = cast.trip()
    make_stale(trip)
    assert older(trip, BEFORE) == {"en": False, "zh-hans": False}
    make_stale(trip, summary="Four days.")
    assert older(trip, BEFORE) == {"en": False, "zh-hans": True}


@pytest.mark.django_db
def test_without_an_english_report_nothing_is_older():
    trip = cast.trip()
    make_stale(trip)
    trip.reports.filter(language="en").delete()
    assert older(trip) == {"zh-hans": False}


@pytest.mark.django_db
def test_it_is_a_difference_in_words():
    trip = cast.trip()
    before = freeze(trip, public_from=AFTER)
    make_stale(trip)
    (change,) = changes(before, freeze(trip, public_from=AFTER))
    assert (change.section, change.before, change.after) == ("report", "", "")
    assert change.said == "The Chinese page now says that the version in the other language is newer."


@pytest.mark.django_db
def test_the_pages_say_what_was_frozen_and_nothing_else():
    trip = cast.trip()
    make_stale(trip)
    cast.published(trip)
    make_stale(trip, body="<p>They came.</p>")  # edits at the desk change nothing public
    html = Client().get(f"/zh-hans/trips/{trip.slug}/").content.decode()
    note = re.search(r'<p class="note note--first">(.*?)</p>', html, re.DOTALL)[1]
    assert f'<a href="/en/trips/{trip.slug}/" hreflang="en">' in note
    assert "他们来了。" in html
    assert "note--first" not in Client().get(f"/en/trips/{trip.slug}/").content.decode()
    assert json.loads(Client().get(f"/api/v1/trips/{trip.slug}/").content)["trip"]["report"]["zh-hans"]["older"] is True
    cast.published(trip, public_from=cast.PUBLISHED_AT + dt.timedelta(days=1))
    assert "note--first" not in Client().get(f"/zh-hans/trips/{trip.slug}/").content.decode()
    old = Client().get(f"/zh-hans/trips/{trip.slug}/editions/1/").content.decode()
    assert f'<a href="/en/trips/{trip.slug}/editions/1/" hreflang="en">' in old


@pytest.mark.django_db
def test_what_becomes_stale_at_the_desk_is_not_public():
    trip = cast.trip()
    cast.published(trip)
    address = f"/zh-hans/trips/{trip.slug}/"
    before = Client().get(address).content
    make_stale(trip)
    assert Client().get(address).content == before


def chinese(body: str) -> dict:
    return {"headline": "走进车间", "summary": "五天。", "body": body, "older": True}


@pytest.mark.parametrize("body", ["<p>他们来了。</p>", ""])
def test_it_is_said_once_with_or_without_a_body(body):
    payload = small()
    payload["report"]["zh-hans"] = chinese(body)
    assert page.render(payload, "zh-hans").count("note--first") == 1
    assert page.render(payload, "en").count("note--first") == 0


def test_a_language_without_a_report_borrows_as_before():
    payload = small()
    payload["report"]["zh-hans"] = {"headline": "", "summary": "", "body": "", "older": True}
    html = page.render(payload, "zh-hans")
    assert "They came." in html
    assert html.count("note--first") == 1
    assert "hreflang" in html

"""Trips and their languages: what is missing, what is stale, for whom, and at what cost."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from institutions.choices import Kind
from tests import cast
from tests.admin.test_conflicts import opened, saved
from tests.admin.test_desk import change, client
from trips.models import Trip
from trips.readiness.translations import Gap, gaps, lacking

__all__ = ["client"]

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/trips/trip/languages/"


@pytest.fixture
def trip() -> Trip:
    """The cast's trip with every public text in both languages."""
    return complete(cast.trip())


def complete(trip: Trip) -> Trip:
    trip.delegates.update(post_zh_hans="主任")
    trip.visits.filter(position=2).update(place_zh_hans="实训基地", seen_zh_hans="一条线。")
    trip.statements.update(text_zh_hans="全貌。", who_zh_hans="东盟外交官")
    trip.outcomes.update(text_zh_hans="合作项目。")
    return trip


def found(trip: Trip) -> dict[str, list[Gap]]:
    """What the languages lack; the two ways of asking, by page and in the database, agree."""
    (loaded,) = Trip.objects.filter(pk=trip.pk).translated()
    told = gaps(loaded)
    every = [one for gaps in told.values() for one in gaps]
    asked = {what: lacking(Trip.objects.filter(pk=trip.pk), what).exists() for what in ("missing", "stale")}
    assert asked == {"missing": any(one.missing for one in every), "stale": any(one.stale for one in every)}
    return told


def test_a_complete_trip_lacks_nothing(trip):
    assert found(trip) == {"en": [], "zh-hans": []}


@pytest.mark.parametrize(
    ("relation", "change", "expected"),
    [
        ("visits", {"seen_zh_hans": ""}, {"en": [], "zh-hans": [Gap("programme", 1, 0)]}),
        ("visits", {"seen_en": ""}, {"en": [Gap("programme", 1, 0)], "zh-hans": []}),
        ("outcomes", {"text_zh_hans": "", "public": False}, {"en": [], "zh-hans": []}),
        ("delegates", {"post_zh_hans": ""}, {"en": [], "zh-hans": [Gap("people", 1, 0)]}),
        ("delegates", {"post_zh_hans": "", "public": False}, {"en": [], "zh-hans": []}),
        ("visits", {"made_from": {"seen": "Another."}}, {"en": [], "zh-hans": [Gap("programme", 0, 1)]}),
        ("visits", {"made_from": {"seen": "A line."}}, {"en": [], "zh-hans": []}),
        ("outcomes", {"made_from": {"text": "Another."}, "public": False}, {"en": [], "zh-hans": []}),
    ],
)
def test_rows_with_a_text_in_one_language_or_from_an_older_one(trip, relation, change, expected):
    getattr(trip, relation).filter(pk=getattr(trip, relation).last().pk).update(**change)
    assert found(trip) == expected


def test_the_trips_own_texts(trip):
    Trip.objects.update(audience_en="Diplomats", made_from={"title": "Another"})
    assert found(trip) == {"en": [], "zh-hans": [Gap("facts", 1, 1)]}


def test_reports(trip):
    chinese = trip.reports.filter(language="zh-hans")
    chinese.update(summary="", made_from={"headline": "Another", "body": "<p>They came.</p>"})
    assert found(trip) == {"en": [], "zh-hans": [Gap("report-zh", 1, 1)]}
    chinese.update(headline="", body="")
    assert found(trip) == {"en": [], "zh-hans": [Gap("report-zh", 3, 0, is_whole=True)]}
    trip.reports.all().delete()
    whole = [Gap("report-en", 3, 0, is_whole=True)], [Gap("report-zh", 3, 0, is_whole=True)]
    assert found(trip) == dict(zip(("en", "zh-hans"), whole, strict=True))


@zeal_ignore()
def test_the_page_says_it_and_leads_to_the_place(client, trip):
    other = complete(cast.trip("other", title_en="Another trip"))
    assert (
        saved(
            client, trip, opened(client, trip) | {"visits-1-seen_en": "Two lines.", "report-en-0-body": "<p>Six.</p>"}
        )
        == {}
    )
    other.reports.filter(language="zh-hans").delete()
    html = client.get(ADDRESS).content.decode()
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "Another trip 22–26 October 2024 English complete 中文 Report 中文 , Another trip missing" in text
    assert "English complete 中文 Report 中文 , Exchange Trip to Guangdong 1 stale Programme , " in text
    assert f'href="{change(trip)}#programme"' in html
    assert f'href="{change(other)}#report-zh"' in html
    for show, here, away in (("stale", trip, other), ("missing", other, trip)):
        html = client.get(ADDRESS, {"show": show}).content.decode()
        assert change(here) in html
        assert change(away) not in html
    assert client.get(ADDRESS, {"show": "nonsense", "page": "9" * 500}).status_code == 200


def test_nothing_to_do_is_said(client, trip):
    assert "No text is older than its English source." in client.get(ADDRESS, {"show": "stale"}).content.decode()
    assert "No text is missing." in client.get(ADDRESS, {"show": "missing"}).content.decode()


def test_a_contributor_sees_own_trips_alone():
    user = User.objects.create_user("edo", is_staff=True)
    user.groups.add(Group.objects.get(name="Contributor"))
    cast.trip("mine", owner=user, title_en="A trip of my own")
    cast.trip("theirs", title_en="A trip of theirs")
    contributor = Client()
    contributor.force_login(user)
    text = contributor.get(ADDRESS).content.decode()
    assert "A trip of my own" in text
    assert "A trip of theirs" not in text


def test_the_list_of_trips_and_today_lead_there(client, trip):
    trip.reports.filter(language="zh-hans").delete()
    for name in ("admin:trips_trip_changelist", "admin:index"):
        assert f'href="{ADDRESS}"' in client.get(reverse(name)).content.decode()


@pytest.mark.parametrize("show", ["", "missing", "stale"])
@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_whatever_it_shows(client, count, show, django_assert_num_queries):
    for number in range(count):
        made = cast.trip(f"trip-{number}")
        for row in range(count):
            host = cast.organisation(Kind.HOST, f"College {row}")
            made.visits.create(host=host, seen_en="A yard.", seen_zh_hans="院子", made_from={"seen": "Yards."})
    with django_assert_num_queries(12):
        assert client.get(ADDRESS, {"show": show}).status_code == 200

"""Related trips: which, why, and only those that are public at this moment."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from institutions.choices import Kind
from institutions.models import City
from tests import cast
from trips import workflow
from trips.choices import Attendance
from trips.models import Theme, Trip

pytestmark = pytest.mark.django_db
PAGE = "/en/trips/guangdong-2024/"


def told() -> list[tuple[str, str]]:
    """The related trips as the page prints them: address and what is in common."""
    page = Client().get(PAGE).content.decode()
    section = page.partition('id="related"')[2].partition("</section>")[0]
    return re.findall(r'href="/en/trips/([a-z0-9-]+)/".*?In common: (.*?)</small>', section)


def other(slug: str, *, year: int = 2023, hosts=(), themes=(), cities=(), states=()) -> Trip:
    first = dt.date(year, 3, 1)
    made = Trip.objects.create(slug=slug, title_en=slug.title(), starts_on=first, ends_on=first)
    made.reports.create(language="en", summary="A day.")
    for name in hosts:
        made.visits.create(host=cast.organisation(Kind.HOST, name))
    made.themes.add(*Theme.objects.filter(slug__in=themes))
    for city in City.objects.filter(slug__in=cities):
        made.route.create(city=city)
    for name in states:
        made.delegations.create(
            sender=cast.organisation(Kind.EMBASSY, f"Embassy of {name}"), status=Attendance.ATTENDED
        )
    return made


def test_those_with_most_in_common_come_first_and_say_why():
    cast.published(cast.trip())
    college, theme = "Shenzhen Polytechnic University", "vocational-education"
    for trip in (
        other("theme-only", themes=[theme]),
        other("theme-later", year=2024, themes=[theme]),
        other("host-and-theme", hosts=[college], themes=[theme], states=["Lao PDR"]),
        other("city-and-theme", cities=["shenzhen"], themes=[theme]),
        other("nothing", hosts=["Another College"]),
        other("state-only", states=["Lao PDR", "Viet Nam"]),
    ):
        cast.published(trip)
    assert told() == [
        ("host-and-theme", "1 organisation, 1 theme, 1 state"),
        ("city-and-theme", "1 theme, 1 city"),
        ("theme-later", "1 theme"),
    ]


def test_one_that_is_not_public_at_this_moment_is_not_named():
    cast.published(cast.trip())
    themes = ["vocational-education"]
    soon = timezone.now() + dt.timedelta(days=1)
    draft, coming, gone = (other(slug, themes=themes) for slug in ("draft", "coming", "gone"))
    cast.published(coming, public_from=soon)
    cast.published(gone)
    assert [slug for slug, _why in told()] == ["gone"]
    workflow.withdraw(gone, by=None, reason_en="Wrong.")
    assert told() == []
    assert 'id="related"' not in Client().get(PAGE).content.decode()
    assert not draft.editions.exists()


def test_it_appears_at_the_very_moment_it_becomes_public(monkeypatch):
    cast.published(cast.trip())
    soon = timezone.now() + dt.timedelta(minutes=5)
    cast.published(other("coming", themes=["vocational-education"]), public_from=soon)
    assert told() == []
    monkeypatch.setattr("django.utils.timezone.now", lambda: soon)
    assert [slug for slug, _why in told()] == ["coming"]

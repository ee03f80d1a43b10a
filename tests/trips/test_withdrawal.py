"""What visitors find when the clock passes a boundary, and after a withdrawal: on the next request, with no job."""

import datetime as dt
import itertools
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from trips import workflow
from trips.admin import aftermath
from trips.models import Edition, Trip

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)
START = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
SLUG = "guangdong-2024"
DIRECTORY = ("institutions", "enterprises", "organisers", "media-outlets")  # member states are always listed


@pytest.fixture
def at(monkeypatch):
    """``at(moment)`` sets the clock of this site, which goes on by a millionth of a second whenever it is read."""
    ticks = itertools.count()

    def set_clock(moment: dt.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment + dt.timedelta(microseconds=next(ticks)))

    return set_clock


def named() -> dict[str, Any]:
    """What a visitor finds of the trip: the page, the list, the data and the directories in both languages."""
    client, found = Client(), {}
    for language in ("en", "zh-hans"):
        found[f"{language} page"] = client.get(f"/{language}/trips/{SLUG}/").status_code
        found[f"{language} list"] = f"/trips/{SLUG}/" in client.get(f"/{language}/trips/").content.decode()
        for section in DIRECTORY:
            page = client.get(f"/{language}/{section}/")
            found[f"{language} {section}"] = page.status_code == 200 and f"/{section}/" in links(page, section)
    found["data"] = client.get(f"/api/v1/trips/{SLUG}/").status_code
    return found


def links(page: Any, section: str) -> str:
    """The part of a directory page that lists its parties."""
    text = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return text if f'href="/en/{section}/' in text or f'href="/zh-hans/{section}/' in text else ""


def is_nowhere(found: dict[str, Any], status: int) -> bool:
    return all(value in (False, status) for value in found.values())


def is_everywhere(found: dict[str, Any]) -> bool:
    return all(value in (True, 200) for value in found.values())


def edited(trip: Trip, title: str) -> Trip:
    fresh = Trip.objects.get(pk=trip.pk)
    fresh.title_en = title
    fresh.save()
    return fresh


def test_both_boundaries_take_effect_on_the_next_request(at):
    at(START - 9 * DAY)
    cast.published(cast.trip(), public_from=START, public_until=START + DAY)
    for moment, check in (
        (START - SECOND, lambda found: is_nowhere(found, 404)),
        (START, is_everywhere),
        (START + DAY - SECOND, is_everywhere),
        (START + DAY, lambda found: is_nowhere(found, 410)),
    ):
        at(moment)
        assert check(named()), (moment, named())


def test_a_withdrawal_takes_effect_on_the_next_request(at):
    at(START)
    trip = cast.trip()
    cast.published(trip, public_from=START)
    assert is_everywhere(named())
    workflow.withdraw(trip, by=None, reason_en="A mistake.")
    at(START + SECOND)
    assert is_nowhere(named(), 410), named()


@pytest.mark.parametrize("number", [None, 1])
def test_a_withdrawal_beats_a_schedule(at, number):
    at(START - 9 * DAY)
    trip = cast.trip()
    cast.published(trip, public_from=START)
    at(START - DAY)
    workflow.withdraw(trip, by=None, reason_en="Not ready.", number=number)
    for moment in (START, START + 99 * DAY):
        at(moment)
        assert is_nowhere(named(), 404), (moment, named())


def test_the_whole_trip_takes_its_schedule_along(at):
    at(START - 9 * DAY)
    trip = cast.trip()
    cast.published(trip, public_from=START - 9 * DAY)
    cast.published(edited(trip, "Second"), public_from=START)
    workflow.withdraw(trip, by=None, reason_en="All of it.")
    for moment in (START - 8 * DAY, START, START + 99 * DAY):
        at(moment)
        assert is_nowhere(named(), 410), (moment, named())


def test_an_older_edition_does_not_come_back_when_the_newer_one_ends_or_goes(at):
    at(START - 9 * DAY)
    trip = cast.trip()
    cast.published(trip, public_from=START - 9 * DAY)
    cast.published(edited(trip, "Second"), public_from=START, public_until=START + DAY)
    for moment, title in ((START - SECOND, "Exchange Trip to Guangdong"), (START, "Second")):
        at(moment)
        assert is_everywhere(named())
        assert Client().get(f"/api/v1/trips/{SLUG}/").json()["trip"]["title"]["en"] == title
    for moment in (START + DAY, START + 99 * DAY):
        at(moment)
        assert is_nowhere(named(), 410), (moment, named())
    cast.published(edited(trip, "Third"), public_from=START + 99 * DAY)
    assert is_everywhere(named())
    workflow.withdraw(trip, by=None, reason_en="A mistake.", number=3)
    assert is_nowhere(named(), 410)


def test_a_newer_one_that_is_cancelled_before_its_time_leaves_what_is_public(at):
    at(START - 9 * DAY)
    trip = cast.trip()
    cast.published(trip, public_from=START - 9 * DAY)
    cast.published(edited(trip, "Second"), public_from=START)
    workflow.withdraw(trip, by=None, reason_en="Not yet.", number=2)
    for moment in (START - 9 * DAY, START, START + 99 * DAY):
        at(moment)
        assert is_everywhere(named()), (moment, named())
        assert Client().get(f"/api/v1/trips/{SLUG}/").json()["trip"]["title"]["en"] == "Exchange Trip to Guangdong"


def desk() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("mei"))
    return client


def test_what_will_be_published_is_compared_with_what_readers_saw(at):
    """Not with an edition that was cancelled before its time, nor with one that is still to come."""
    at(START)
    trip = cast.trip()
    cast.published(trip, public_from=START)
    cast.published(edited(trip, "Second"), public_from=START + DAY)
    workflow.withdraw(trip, by=None, reason_en="Not yet.", number=2)
    what = desk().get(reverse("admin:trips_trip_publish", args=[trip.pk])).context["what"]
    assert (what.before.number, what.newest.number, what.number) == (1, 1, 3)
    assert [one["after"] for one in what.differences() if "Second" in one["after"]]
    assert not what.is_unchanged
    cast.published(edited(trip, "Third"), public_from=START + DAY)
    page = Client()
    page.force_login(User.objects.get(username="mei"))
    what = page.get(reverse("admin:trips_trip_publish", args=[trip.pk])).context["what"]
    assert (what.before.number, what.newest.number, what.number, what.is_unchanged) == (1, 3, 4, True)


STORIES = {
    "public": [(0, None)],
    "scheduled": [(5, None)],
    "superseded": [(-9, None), (-5, None)],
    "newer to come": [(-9, None), (5, None)],
    "two to come": [(-9, None), (8, None), (5, None)],
    "overtaken": [(-9, None), (5, None), (-3, None)],
    "expired": [(-9, -5)],
    "expired before a newer one": [(-9, -5), (-3, None)],
    "ends soon": [(-9, 1)],
    "moved": [(-9, None), (-5, None, "new-address")],
    "moved later": [(-9, None), (5, None, "new-address")],
}


@pytest.mark.parametrize("withdrawn_before", [None, 1])
@pytest.mark.parametrize("story", STORIES)
def test_the_page_says_what_visitors_then_find_at_each_address(at, story, withdrawn_before):
    """Every choice is made for real, and every address asked for in both languages, at once and later."""
    expected = {
        str(aftermath.WITHDRAWN): (410, "The new reason."),
        str(aftermath.WITHDRAWN_BEFORE): (410, "The old reason."),
        str(aftermath.EXPIRED): (410, "no longer published"),
        str(aftermath.NOTHING): (404, ""),
    }
    trip = cast.trip()
    at(START - 10 * DAY)
    for number, (begins, ends, *slug) in enumerate(STORIES[story]):
        changed = edited(trip, f"Title {number}")
        changed.slug = slug[0] if slug else changed.slug
        changed.save()
        until = START + ends * DAY if ends is not None else None
        cast.published(changed, public_from=START + begins * DAY, public_until=until)
    at(START)
    if withdrawn_before and len(STORIES[story]) > 1:
        workflow.withdraw(trip, by=None, reason_en="The old reason.", number=withdrawn_before)
    at(START + SECOND)
    chosen = desk().get(reverse("admin:trips_trip_withdraw", args=[trip.pk])).context["choices"]
    assert chosen
    for choice in chosen:
        with transaction.atomic():
            workflow.withdraw(trip, by=None, reason_en="The new reason.", number=choice.number)
            for place in choice.places:
                for moment, said in ((START + 2 * SECOND, place.now), (place.at, place.later)):
                    if moment:
                        at(moment)
                        for address in place.addresses:
                            check(address, str(said), expected)
            at(START + SECOND)
            transaction.set_rollback(True)


def check(address: str, said: str, expected: dict[str, tuple[int, str]]) -> None:
    response = Client().get(address)
    if said in expected:
        status, words = expected[said]
        assert response.status_code == status, (address, said)
        assert "/zh-hans/" in address or words in response.content.decode(), (address, said)
    elif said.startswith("The way to edition"):
        assert response.status_code == 301, (address, said)
    else:
        number = said.split()[1].rstrip(",")
        assert response.status_code == 200, (address, said)
        assert "/zh-hans/" in address or f"Edition {number}," in response.content.decode(), (address, said)


def test_a_draft_has_nothing_to_withdraw_and_says_so():
    trip = cast.trip()
    page = desk().get(reverse("admin:trips_trip_withdraw", args=[trip.pk]))
    assert page.context["choices"] == []
    assert "No edition is public or scheduled." in page.content.decode()
    assert not Edition.objects.exists()

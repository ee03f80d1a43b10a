"""What the desk says of where a trip and its editions stand: all that is true at once, not only the latest act."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.admin.test_desk import change, client  # noqa: F401
from tests.admin.test_moments import words
from trips.models import Trip

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_the_list_of_editions_calls_overtaken_what_never_becomes_public(client):  # noqa: F811
    trip, now = cast.trip(), timezone.now()
    for headline, begins in (("First", now - DAY), ("Second", now + DAY), ("Third", now)):
        trip.reports.update(headline=headline)
        cast.published(trip, public_from=begins)
    page = client.get(reverse("admin:trips_edition_changelist"))
    assert page.content.decode().count("is-overtaken") == 1
    assert "is-scheduled" not in page.content.decode()
    edition = trip.editions.get(number=2)
    assert "Overtaken" in words(client, reverse("admin:trips_edition_change", args=[edition.pk]))


def test_a_trip_that_is_public_and_scheduled_says_both(client):  # noqa: F811
    trip = cast.trip()
    cast.published(trip)
    trip.reports.update(headline="Second")
    begins = dt.datetime(2035, 1, 1, tzinfo=dt.UTC)
    cast.published(trip, public_from=begins)
    both = ("Edition 1 is public.", "Edition 2 becomes public: 1 January 2035, 08:00 Asia/Shanghai")
    newer = "There are newer changes, which are not part of it."
    places = change(trip), reverse("admin:trips_trip_changelist"), reverse("admin:trips_trip_publish", args=[trip.pk])
    for address in places[:2]:
        said = words(client, address)
        assert all(one in said for one in both), address
        assert newer not in said
    Trip.objects.get().save()
    for address in places[:2]:
        assert newer in words(client, address), address
    said = words(client, places[2])
    assert both[0] in said
    assert "Edition 2 is scheduled" in said


def test_what_is_scheduled_can_be_read_as_it_will_be(client):  # noqa: F811
    trip = cast.trip()
    trip.reports.update(headline="As approved")
    cast.published(trip, public_from=timezone.now() + DAY)
    trip.reports.update(headline="Slipped in")
    address = reverse("admin:trips_trip_scheduled", args=[trip.pk, "en"])
    assert f'href="{address}"' in client.get(change(trip)).content.decode()
    page = words(client, address)
    assert "As approved" in page
    assert "Slipped in" not in page
    beside = client.get(reverse("admin:trips_trip_compare", args=[trip.pk]), {"of": "scheduled"})
    assert beside.context["of"] == "scheduled"

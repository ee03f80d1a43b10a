"""What the desk says of where a trip and its editions stand: all that is true at once, not only the latest act."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from tests import cast
from tests.admin.test_desk import client  # noqa: F401
from tests.admin.test_moments import words

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

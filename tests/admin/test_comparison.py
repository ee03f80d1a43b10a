"""The page as it would be beside the page that is public: what is marked, and what may stand in a frame."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from tests import cast
from tests.admin.test_desk import change, client  # noqa: F401
from trips import workflow
from trips.models import Candidate, Edition, Trip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_pages_are_frozen_twice():
    with zeal_ignore():
        yield


def compare(trip: Trip, **asked: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('admin:trips_trip_compare', args=[trip.pk])}?{query}"


def side(trip: Trip, which: str, of: str = "preview", language: str = "en") -> str:
    return reverse("admin:trips_trip_side", args=[trip.pk, of, language, which])


def marks(page: Any) -> list[str]:
    return re.findall(r'<(?:ins|del) class="marked"[^>]*>(.*?)</(?:ins|del)>', page.content.decode())


def test_no_page_of_the_demonstration_differs_from_itself(client):  # noqa: F811
    call_command("load_demo", verbosity=0)
    for trip in Trip.objects.all():
        for language in ("en", "zh-hans"):
            assert client.get(compare(trip, language=language)).context["count"] == 0, (trip.slug, language)
    trip = Trip.objects.get(slug="guangdong-2024")
    report = trip.reports.get(language="en")
    assert "officials" in report.summary
    report.summary = report.summary.replace("officials", "diplomats", 1)
    report.save()
    assert client.get(compare(trip, language="en")).context["count"] == 1
    assert marks(client.get(side(trip, "live"))) == ["officials"]
    assert marks(client.get(side(trip, "desk"))) == ["diplomats"]
    assert client.get(compare(trip, language="zh-hans")).context["count"] == 0


def test_the_page_says_how_many_differences_there_are(client):  # noqa: F811
    trip = cast.trip()
    cast.published(trip)
    assert "Both pages say the same in this language." in client.get(compare(trip)).content.decode()
    trip.reports.filter(language="en").update(headline="In the new workshop")
    assert "1 difference" in client.get(compare(trip)).content.decode()
    assert not Candidate.objects.filter(submitted_at__gt=timezone.now()).exists()
    assert Edition.objects.count() == 1


def test_what_was_submitted_can_be_compared_too(client):  # noqa: F811
    trip = cast.trip()
    cast.published(trip)
    trip.reports.filter(language="en").update(headline="Submitted words")
    Trip.objects.get(pk=trip.pk).save()
    workflow.submit(trip, by=None)
    trip.reports.filter(language="en").update(headline="Later words")
    assert "Submitted" in "".join(marks(client.get(side(trip, "desk", "candidate"))))
    assert "Later" in "".join(marks(client.get(side(trip, "desk"))))
    page = client.get(compare(trip, of="candidate")).content.decode()
    assert 'aria-current="true">What was submitted' in page
    assert "/compare/candidate/en/desk/" in page


def test_with_nothing_public_the_working_copy_stands_alone(client):  # noqa: F811
    trip = cast.trip()
    page = client.get(compare(trip)).content.decode()
    assert "Nothing of this trip is public now" in page
    assert page.count("<iframe") == 1
    assert marks(client.get(side(trip, "desk"))) == []
    assert client.get(side(trip, "live")).status_code == 404
    assert client.get(side(trip, "desk", "candidate")).status_code == 404
    assert client.get(compare(trip, of="candidate", language="fr", width="1px")).status_code == 200


@pytest.mark.parametrize("wrong", [("other", "preview", "en"), ("desk", "other", "en"), ("desk", "preview", "fr")])
def test_other_addresses_are_unknown(client, wrong):  # noqa: F811
    trip = cast.trip()
    cast.published(trip)
    assert client.get(side(trip, *wrong)).status_code == 404


def test_only_the_two_pages_may_stand_in_a_frame_and_only_of_this_site(client):  # noqa: F811
    trip = cast.trip()
    cast.published(trip)
    workflow.submit(trip, by=None)
    page = client.get(compare(trip))
    policy = page.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["X-Frame-Options"] == "DENY"
    for which in ("desk", "live"):
        answer = client.get(side(trip, which))
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        assert "frame-src" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "no-store" in answer.headers["Cache-Control"]
    preview = client.get(reverse("admin:trips_trip_preview", args=[trip.pk, "en"]))
    for other in (preview, client.get(change(trip)), client.get("/en/trips/guangdong-2024/")):
        assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
        assert "frame-src" not in other.headers["Content-Security-Policy"]
        assert other.headers["X-Frame-Options"] == "DENY"
    assert "no-store" in page.headers["Cache-Control"]


def test_hostile_words_stay_words_in_both_pages(client):  # noqa: F811
    hostile = '</main></head><script>alert(1)</script><ins class="marked">'
    trip = cast.trip(title_en=f"Calm {hostile}"[:200])
    cast.published(trip)
    trip.reports.filter(language="en").update(headline=f"Loud {hostile}", body=f"<p>Kept {hostile}</p>")
    for which in ("desk", "live"):
        page = client.get(side(trip, which)).content.decode()
        assert "<script>alert" not in page
        assert page.count("</main>") == page.count("</head>") == 1
        assert len(marks(client.get(side(trip, which)))) > 0


def test_the_form_and_the_previews_lead_there(client):  # noqa: F811
    trip = cast.trip()
    assert "Compare with the public page" not in client.get(change(trip)).content.decode()
    cast.published(trip)
    assert reverse("admin:trips_trip_compare", args=[trip.pk]) in client.get(change(trip)).content.decode()
    preview = client.get(reverse("admin:trips_trip_preview", args=[trip.pk, "en"])).content.decode()
    assert f"{reverse('admin:trips_trip_compare', args=[trip.pk])}?of=preview&amp;language=en" in preview
    assert Client().get(compare(trip)).status_code == 302

"""Rows of a form: two people at one trip, and addresses that ask for too much."""

import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from zeal import zeal_ignore

from exchange.lib.images import clean_upload
from tests import cast
from tests.admin.test_desk import change, client, errors_of, form_of, picture  # noqa: F401  client is a fixture
from trips.models import Coverage, Photo, Trip, Visit

pytestmark = pytest.mark.django_db
SENTENCE = "Somebody else removed this row meanwhile."


@pytest.fixture
def trip() -> Trip:
    """A trip with four visits."""
    trip = cast.trip()
    for number in (3, 4):
        trip.visits.create(seen_en=f"Stop {number}", position=number, kind="site-visit", place_en=f"Place {number}")
    return trip


def row(html: str, name: str) -> str:
    """The markup of the row in which a control of this name stands."""
    return next(part for part in html.split('class="inline-related row')[1:] if f'name="{name}"' in part)


def test_a_row_that_somebody_removed_meanwhile_is_shown_with_a_sentence(client, trip):  # noqa: F811
    data = form_of(client, change(trip)) | {"visits-1-seen_en": "Half an hour of typing"}
    Visit.objects.filter(pk=data["visits-1-id"]).delete()
    response = client.post(change(trip), data)
    assert response.status_code == 200
    assert errors_of(response)["visits-1-id"].startswith(SENTENCE)
    html = response.content.decode()
    gone = row(html, "visits-1-seen_en")
    assert SENTENCE in gone
    assert "Half an hour of typing" in gone
    assert 'name="visits-1-DELETE"' in gone
    for place in (0, 2, 3):  # the others are there, each under its own name
        words = str(Visit.objects.get(pk=data[f"visits-{place}-id"]))
        other = row(html, f"visits-{place}-seen_en")
        assert SENTENCE not in other
        assert words in re.sub(r"\s+", " ", other)


def test_removing_it_lets_the_rest_be_saved(client, trip):  # noqa: F811
    data = form_of(client, change(trip)) | {"visits-1-DELETE": "on", "visits-2-seen_en": "Kept"}
    Visit.objects.filter(pk=data["visits-1-id"]).delete()
    response = client.post(change(trip), data)
    assert response.status_code == 302, errors_of(response)
    assert trip.visits.count() == 3
    assert Visit.objects.get(pk=data["visits-2-id"]).seen_en == "Kept"


def test_it_can_be_put_back_as_it_was_typed(client, trip):  # noqa: F811
    data = form_of(client, change(trip)) | {"visits-1-seen_en": "Half an hour of typing"}
    Visit.objects.filter(pk=data["visits-1-id"]).delete()
    assert 'name="visits-1-again"' in row(client.post(change(trip), data).content.decode(), "visits-1-seen_en")
    response = client.post(change(trip), data | {"visits-1-again": "yes"})
    assert response.status_code == 302, errors_of(response)
    assert trip.visits.count() == 4
    back = trip.visits.get(seen_en="Half an hour of typing")
    assert str(back.pk) != data["visits-1-id"]
    other = cast.trip("other")
    theirs = {"visits-0-id": str(other.visits.first().pk), "visits-0-again": "yes"}
    client.post(change(trip), form_of(client, change(trip)) | theirs)
    assert other.visits.count() == 2  # a key that is another trip's is only a row that is not here


def test_a_row_that_somebody_added_meanwhile_moves_no_name(client, trip):  # noqa: F811
    data = form_of(client, change(trip)) | {"title_en": ""}
    trip.visits.create(seen_en="New", position=0, kind="site-visit", place_en="Elsewhere")
    html = client.post(change(trip), data).content.decode()
    for place in range(4):
        words = str(Visit.objects.get(pk=data[f"visits-{place}-id"]))
        assert words in re.sub(r"\s+", " ", row(html, f"visits-{place}-seen_en").split('class="row-body"')[0])


def test_a_row_of_another_trip_cannot_be_taken(client, trip):  # noqa: F811
    other = cast.trip("other")
    data = form_of(client, change(trip)) | {"visits-0-id": str(other.visits.first().pk), "visits-0-seen_en": "Taken"}
    response = client.post(change(trip), data)
    assert SENTENCE in errors_of(response)["visits-0-id"]
    assert not Visit.objects.filter(seen_en="Taken").exists()


@pytest.mark.parametrize("key", ["9" * 5000, "x", "1\x00"])
def test_a_key_that_is_none_is_refused(client, trip, key):  # noqa: F811
    response = client.post(change(trip), form_of(client, change(trip)) | {"visits-0-id": key})
    assert response.status_code == 200
    assert "visits-0-id" in errors_of(response)


def test_every_kind_of_row_can_be_gone(client, trip):  # noqa: F811
    """Also those without a name of their own, and those whose line or picture needs what is no longer there."""
    trip.documents.create(title_en="Agenda", file=ContentFile(b"%PDF-1.7", name="a.pdf"))
    with zeal_ignore():
        Photo.objects.create(trip=trip, image=clean_upload(picture()))
        data = form_of(client, change(trip))
        for name in ("visits", "delegations", "delegates", "photos", "documents", "coverage", "statements", "outcomes"):
            getattr(trip, name).all().delete()
        response = client.post(change(trip), data)
    assert response.status_code == 200
    errors = errors_of(response)
    assert {"visits-0-id", "photos-0-id", "documents-0-id", "coverage-0-id"} <= set(errors)
    assert response.content.decode().count(SENTENCE) >= 7
    assert not Coverage.objects.exists()


@pytest.mark.parametrize("more", ["9" * 5000, "٣", "-1", "", "1\x00"])
def test_the_number_of_empty_rows_is_bounded(client, trip, more):  # noqa: F811
    response = client.get(change(trip), {"more": more})
    assert response.status_code == 200
    assert response.context["inline_admin_formsets"][0].formset.total_form_count() <= 20 + 10


def test_three_empty_rows_can_be_asked_for(client, trip):  # noqa: F811
    formset = next(
        one.formset
        for one in client.get(change(trip), {"more": "3"}).context["inline_admin_formsets"]
        if one.formset.prefix == "visits"
    )
    assert formset.total_form_count() == 4 + 3


@pytest.mark.parametrize("term", ["a\x00b", "\x00"])
def test_null_characters_in_a_search_find_nothing(client, trip, term):  # noqa: F811
    asked = {"app_label": "trips", "model_name": "visit", "field_name": "host", "term": f"{term}zzz"}
    response = client.get(reverse("admin:autocomplete"), asked)
    assert (response.status_code, response.json()["results"]) == (200, [])
    assert client.get(reverse("admin:trips_trip_changelist"), {"q": term}).status_code == 200

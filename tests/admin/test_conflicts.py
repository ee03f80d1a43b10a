"""Two people, one trip: what each of them wrote is kept or shown, and nothing is overwritten unseen."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from tests import cast
from tests.admin.test_desk import change, client, errors_of, form_of
from trips.models import Trip

__all__ = ["client"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _several_requests_in_one_test():
    with zeal_ignore():
        yield


def opened(client: Client, trip: Trip) -> dict:
    return form_of(client, change(trip))


def saved(client: Client, trip: Trip, data: dict) -> dict:
    """Send the form; the errors it gives back, empty where it was saved."""
    response = client.post(change(trip), data)
    return {} if response.status_code == 302 else errors_of(response)


def fresh(trip: Trip) -> Trip:
    return Trip.objects.get(pk=trip.pk)


def test_what_each_of_two_changed_is_kept(client):
    trip = cast.trip()
    ivy, edo = opened(client, trip), opened(client, trip)
    assert saved(client, trip, ivy | {"title_en": "Ivy's title", "report-en-0-headline": "Ivy's headline"}) == {}
    assert saved(client, trip, edo | {"audience_en": "Edo's audience", "report-en-0-body": "<p>Edo's body.</p>"}) == {}
    report = trip.reports.get(language="en")
    assert (fresh(trip).title_en, fresh(trip).audience_en) == ("Ivy's title", "Edo's audience")
    assert (report.headline, report.body) == ("Ivy's headline", "<p>Edo's body.</p>")


def test_what_both_changed_is_shown_and_nothing_is_saved(client):
    trip = cast.trip()
    ivy, edo = opened(client, trip), opened(client, trip)
    saved(client, trip, ivy | {"title_en": "Ivy's title"})
    response = client.post(change(trip), edo | {"title_en": "Edo's title", "note": "Edo's note"})
    assert errors_of(response) == {
        "title_en": "Somebody else saved this meanwhile: “Ivy's title”. To keep what stands here, save again."
    }
    page = response.content.decode()
    assert 'value="Edo&#x27;s title"' in page
    assert "Edo&#x27;s note" in page
    assert (fresh(trip).title_en, fresh(trip).note) == ("Ivy's title", "")


def test_sent_again_it_is_meant(client):
    trip = cast.trip()
    ivy, edo = opened(client, trip), opened(client, trip)
    saved(client, trip, ivy | {"title_en": "Ivy's title"})
    response = client.post(change(trip), edo | {"title_en": "Edo's title"})
    again = edo | {"title_en": "Edo's title", "seen": response.context["adminform"].form["seen"].value()}
    assert saved(client, trip, again) == {}
    assert fresh(trip).title_en == "Edo's title"


def test_rows_are_compared_one_by_one(client):
    trip = cast.trip()
    first, second = trip.visits.all()
    ivy, edo = opened(client, trip), opened(client, trip)
    assert saved(client, trip, ivy | {"visits-0-seen_en": "Seen by Ivy", "visits-1-seen_en": "A line, says Ivy."}) == {}
    errors = saved(client, trip, edo | {"visits-1-seen_en": "A line, says Edo.", "visits-0-place_en": "hall"})
    assert list(errors) == ["visits-1-seen_en"]
    first.refresh_from_db()
    assert (first.seen_en, first.place_en) == ("Seen by Ivy", "")
    assert saved(client, trip, edo | {"visits-0-place_en": "hall"}) == {}
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.seen_en, first.place_en, second.seen_en) == ("Seen by Ivy", "hall", "A line, says Ivy.")


def test_choices_are_compared_too(client):
    trip = cast.trip()
    ivy, edo = opened(client, trip), opened(client, trip)
    owner = User.objects.create_user("owner")
    assert saved(client, trip, ivy | {"owner": owner.pk, "themes": []}) == {}
    assert saved(client, trip, edo | {"more_outlets": "on"}) == {}
    assert (fresh(trip).owner, fresh(trip).themes.count(), fresh(trip).more_outlets) == (owner, 0, True)


def test_rows_that_somebody_added_stay(client):
    trip = cast.trip()
    edo = opened(client, trip)
    trip.statements.create(who_en="Students", text_en="A new row.")
    assert saved(client, trip, edo | {"title_en": "Edo's title"}) == {}
    assert trip.statements.filter(text_en="A new row.").exists()


def test_a_form_without_fingerprints_is_still_a_form(client):
    trip = cast.trip()
    data = {name: value for name, value in opened(client, trip).items() if not name.endswith("seen")}
    assert saved(client, trip, data | {"title_en": "Sent by a script"}) == {}


@pytest.mark.parametrize("seen", ["{", "[]", '{"title_en": 3}', "x" * 30_000])
def test_fingerprints_are_not_trusted(client, seen):
    trip = cast.trip()
    assert client.post(change(trip), opened(client, trip) | {"seen": seen}).status_code in (200, 302)


def test_the_address_book_is_kept_the_same_way(client):
    trip = cast.trip()
    college = trip.visits.first().host
    address = reverse("admin:institutions_hostinstitution_change", args=[college.pk])
    ivy, edo = form_of(client, address), form_of(client, address)
    assert client.post(address, ivy | {"website": "https://ivy.example"}).status_code == 302
    assert client.post(address, edo | {"about_en": "By Edo."}).status_code == 302
    college.refresh_from_db()
    assert (college.website, college.about_en) == ("https://ivy.example", "By Edo.")

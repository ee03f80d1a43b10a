"""Two people, one trip: what each of them wrote is kept or shown, and nothing is overwritten unseen."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from tests import cast
from tests.admin.test_desk import change, client, errors_of, form_in, form_of
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
    assert list(errors_of(response)) == ["title_en"]
    page = response.content.decode()
    assert "<p><del>Ivy</del>&#x27;s title</p>" in page
    assert "<p><ins>Edo</ins>&#x27;s title</p>" in page
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


def both_changed(client: Client, trip: Trip, **more: str) -> tuple[dict, Any]:
    """What Edo sent after Ivy had saved another title, and the answer."""
    ivy, edo = opened(client, trip), opened(client, trip)
    saved(client, trip, ivy | {"title_en": "Ivy's title"})
    sent = edo | {"title_en": "Edo's title", **more}
    return sent, client.post(change(trip), sent)


def seen_in(response: Any) -> dict[str, str]:
    return {"seen": response.context["adminform"].form["seen"].value()}


def test_theirs_can_be_taken(client):
    trip = cast.trip()
    sent, response = both_changed(client, trip, audience_en="Edo's audience")
    assert 'name="theirs:title_en" value="yes"' in response.content.decode()
    assert saved(client, trip, sent | seen_in(response) | {"theirs:title_en": "yes"}) == {}
    assert (fresh(trip).title_en, fresh(trip).audience_en) == ("Ivy's title", "Edo's audience")


def test_theirs_can_be_taken_although_the_own_text_is_wrong(client):
    trip = cast.trip()
    sent, response = both_changed(client, trip)
    wrong = {"title_en": "x" * 900, "theirs:title_en": "yes"}
    assert saved(client, trip, sent | seen_in(response) | wrong) == {}
    assert fresh(trip).title_en == "Ivy's title"


@pytest.mark.parametrize("choice", ["", "yes"])
def test_what_changed_again_is_shown_again(client, choice):
    trip = cast.trip()
    sent, response = both_changed(client, trip)
    Trip.objects.update(title_en="Ann's title")
    again = client.post(change(trip), sent | seen_in(response) | {"theirs:title_en": choice})
    assert list(errors_of(again)) == ["title_en"]
    assert "<del>Ann</del>" in again.content.decode()
    assert fresh(trip).title_en == "Ann's title"
    assert again.context["adminform"].form.conflicts["title_en"].takes == bool(choice)
    assert saved(client, trip, sent | seen_in(again) | {"theirs:title_en": choice}) == {}
    assert fresh(trip).title_en == ("Ann's title" if choice else "Edo's title")


def test_the_summary_names_both_changed_and_merged_and_by_whom(client):
    trip = cast.trip()
    edo = opened(client, trip)
    ivy = Client()
    ivy.force_login(User.objects.create_superuser("ivy", first_name="Ivy", last_name="Tan"))
    theirs = {"title_en": "Ivy's title", "audience_en": "Officials", "visits-1-seen_en": "Seen by Ivy"}
    assert saved(ivy, trip, opened(ivy, trip) | theirs) == {}
    response = client.post(change(trip), edo | {"title_en": "Edo's title"})
    page = " ".join(response.content.decode().split())
    assert "Ivy Tan saved this while you were writing." in page
    assert '<a href="#conflict-title_en">Title, English</a>' in page
    assert "Also saved meanwhile by Ivy Tan: Who travelled, English, Visit 2: What was seen, English" in page
    assert 'value="Officials"' in page  # what was merged is what the form shows now
    assert saved(client, trip, form_in(response)) == {}
    assert (fresh(trip).title_en, fresh(trip).audience_en) == ("Edo's title", "Officials")
    assert trip.visits.all()[1].seen_en == "Seen by Ivy"


def test_what_others_saved_before_is_not_told(client):
    trip = cast.trip()
    ivy = Client()
    ivy.force_login(User.objects.create_superuser("ivy", first_name="Ivy"))
    saved(ivy, trip, opened(ivy, trip) | {"title_en": "Ivy's title"})
    edo = opened(client, trip)
    Trip.objects.update(title_en="Ann's title")
    page = client.post(change(trip), edo | {"title_en": "Edo's title"}).content.decode()
    assert "Somebody else saved this while you were writing." in page
    assert "Ivy" not in page.split('class="finding warn conflict"')[1].split("</section>")[0]


def test_versions_are_shown_in_words(client):
    trip = cast.trip()
    ivy, edo = opened(client, trip), opened(client, trip)
    owners = [User.objects.create_user(f"user{n}", first_name=name) for n, name in enumerate(("Ann", "Bao"))]
    body = "<p>They came.</p><p>{}</p>"
    theirs = {"owner": owners[0].pk, "format": "day-visit", "report-en-0-body": body.format("Ivy <b>was</b> here.")}
    mine = {"owner": owners[1].pk, "format": "delegation", "report-en-0-body": body.format("Edo was here.")}
    assert saved(client, trip, ivy | theirs) == {}
    page = client.post(change(trip), edo | mine).content.decode()
    assert page.count('class="versions"') == 3
    for shown in ("<p>…</p><p><del>Ivy</del> was here.</p>", "<p>…</p><p><ins>Edo</ins> was here.</p>"):
        assert shown in page
    for word in ("user0", "user1"):
        assert f"{word}</" in page.split('id="conflict-owner"')[1].split("</fieldset>")[0]


def test_a_row_that_somebody_changed_is_not_removed_unseen(client):
    trip = cast.trip()
    ivy, edo = opened(client, trip), opened(client, trip)
    assert saved(client, trip, ivy | {"visits-1-seen_en": "Seen by Ivy"}) == {}
    response = client.post(change(trip), edo | {"visits-1-DELETE": "on"})
    page = response.content.decode()
    assert "Somebody else changed a row that you remove." in page
    assert "Seen by Ivy" in page
    assert trip.visits.count() == 2
    assert saved(client, trip, form_in(response) | {"visits-1-DELETE": "on"}) == {}
    assert trip.visits.count() == 1


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

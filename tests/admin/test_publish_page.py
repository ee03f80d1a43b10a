"""The publish page says which text goes out, and acts on no other: above all while an edition is scheduled."""

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from exchange.models import AuditEntry
from institutions.choices import Kind
from tests import cast
from tests.admin.test_desk import client  # noqa: F401
from tests.admin.test_moments import words
from trips import workflow
from trips.choices import VisitKind
from trips.models import Edition, Trip

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def page_of(trip: Trip) -> str:
    return reverse("admin:trips_trip_publish", args=[trip.pk])


def edit(trip: Trip, destination: str) -> None:
    fresh = Trip.objects.get(pk=trip.pk)
    fresh.destination_en = destination
    fresh.save()


def fields(response: Any) -> dict[str, Any]:
    """What a browser would send from this page."""
    form, what = response.context["form"], response.context["what"]
    asked = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    return asked | {"digest": what.digest, "seen": what.text, "number": what.newest.number if what.newest else ""}


def scheduled(*, notes: str = "Names put right.") -> tuple[Trip, Edition]:
    """A public trip with a second edition for tomorrow, and an edit that nobody reviewed."""
    trip = cast.trip()
    cast.published(trip)
    edit(trip, "Approved")
    candidate = workflow.submit(trip, by=None)
    workflow.approve(trip, digest=candidate.digest, by=None)
    when, said = timezone.now() + DAY, {"note_en": notes, "note_zh_hans": "名称更正。"}
    coming = workflow.publish(trip, digest=candidate.digest, by=None, public_from=when, **said)
    edit(trip, "Slipped in")
    return trip, coming


def test_moving_publishes_what_was_approved_and_never_what_is_saved(client):  # noqa: F811
    trip, coming = scheduled()
    page = client.get(page_of(trip))
    said = words(client, page_of(trip))
    assert "Edition 2 is scheduled" in said
    assert "Names put right. · 名称更正。" in said
    assert "Newer changesFacts. They are not part of this and wait." in said
    assert "Move edition 2" in said
    assert page.context["what"].digest == coming.digest
    response = client.post(page_of(trip), fields(page) | {"when": "now"})
    assert response.status_code == 302, response.context["form"].errors
    public = Edition.objects.public(timezone.now()).get(trip=trip)
    assert (public.document, public.note_en, public.note_zh_hans) == (coming.document, "Names put right.", "名称更正。")
    assert not Edition.objects.ahead(timezone.now()).exists()
    assert AuditEntry.objects.get(verb="move").details["former"] == 2
    assert workflow.state_of(trip, timezone.now()) == "changed"


def test_the_working_copy_in_place_of_a_scheduled_edition_says_what_that_means(client):  # noqa: F811
    trip, coming = scheduled()
    said = words(client, f"{page_of(trip)}?text=saved")
    assert "It was not reviewed." in said
    assert "Differences from edition 2, which is scheduled" in said
    assert "Differences from edition 1" in said
    assert "it is overtaken and never becomes public" in said
    page = client.get(f"{page_of(trip)}?text=saved")
    changed = [(one["before"], one["after"]) for one in page.context["what"].comparisons()[0][2]]
    assert changed == [("Approved", "Slipped in")]
    assert page.context["form"].initial["when"] == "at"
    response = client.post(f"{page_of(trip)}?text=saved", fields(page) | {"when": "now"} | cast.waivers(trip))
    assert response.status_code == 302, response.context["form"].errors
    assert [one.number for one in Edition.objects.public(coming.public_from)] == [3]
    assert Edition.objects.marked().get(number=2).is_overtaken


def test_what_is_under_review_goes_first_and_the_schedule_can_still_be_moved(client):  # noqa: F811
    trip, coming = scheduled()
    candidate = workflow.submit(trip, by=None)
    page = client.get(page_of(trip))
    assert page.context["what"].digest == candidate.digest
    assert [one["href"] for one in page.context["texts"]] == ["?text=scheduled", "?text=reviewed"]
    moving = client.get(f"{page_of(trip)}?text=scheduled")
    later = {"when": "at", "public_from": "2035-01-01T09:00"}
    assert client.post(page_of(trip), fields(moving) | later).status_code == 302
    assert Edition.objects.get(number=3).document == coming.document
    assert workflow.state_of(trip, timezone.now()) == "review"


@zeal_ignore()  # refusing shows the page again in the same request
def test_an_edition_that_is_scheduled_no_more_is_not_moved(client):  # noqa: F811
    trip, _coming = scheduled()
    seen = fields(client.get(page_of(trip)))
    workflow.withdraw(trip, by=None, reason_en="Not yet.", number=2)
    edit(trip, "Approved")
    response = client.post(page_of(trip), seen | {"when": "now"})
    assert "nothing to move" in response.content.decode()
    assert Edition.objects.count() == 2


@zeal_ignore()  # refusing shows the page again in the same request
def test_sent_without_a_reason_the_page_comes_back_to_where_one_is_missing(client):  # noqa: F811
    trip = cast.trip()
    trip.reports.filter(language="zh-hans").delete()
    page = client.get(page_of(trip))
    assert "autofocus" not in page.content.decode()
    response = client.post(page_of(trip), fields(page) | {"when": "now"})
    (box,) = re.findall(r"<input[^>]* autofocus>", response.content.decode())
    assert f'name="waive:{next(iter(cast.reasons(trip)))}"' in box
    assert not Edition.objects.exists()


def test_a_working_copy_that_nobody_reviewed_is_called_that(client):  # noqa: F811
    trip = cast.trip()
    assert "It was not reviewed." in words(client, page_of(trip))
    candidate = workflow.submit(trip, by=None)
    assert "It was not reviewed." not in words(client, page_of(trip))
    workflow.send_back(trip, digest=candidate.digest, by=None, comment="More.")
    assert "It was not reviewed." in words(client, page_of(trip))


def test_scheduling_and_moving_are_called_that(client, mailoutbox, django_capture_on_commit_callbacks):  # noqa: F811
    ivy = User.objects.create_user("ivy", "ivy@example.org", is_staff=True)
    trip = cast.trip(owner=ivy, time_zone="Asia/Tokyo")
    begins = dt.datetime(2035, 1, 1, tzinfo=dt.UTC)
    with django_capture_on_commit_callbacks(execute=True):
        cast.published(trip, public_from=begins)
        workflow.move(
            trip, number=1, digest=trip.editions.get().digest, by=None, public_from=begins + dt.timedelta(hours=1)
        )
    subjects = [one.subject for one in mailoutbox]
    assert [one.split(":")[0] for one in subjects if "review" not in one] == ["Scheduled", "Moved to another time"]
    bodies = "\n".join(one.body for one in mailoutbox)
    assert "published" not in bodies
    assert "It is not public yet." in bodies
    assert "It is edition 2 now." in bodies
    trail = words(client, reverse("admin:exchange_auditentry_changelist"))
    assert "scheduled edition 1 of Exchange Trip to Guangdong for 1 January 2035, 09:00 Asia/Tokyo" in trail
    assert "moved edition 1 of Exchange Trip to Guangdong, now edition 2, to 1 January 2035, 10:00 Asia/Tokyo" in trail
    exported = client.post(reverse("admin:exchange_auditentry_export"))
    table = b"".join(exported.streaming_content).decode()
    assert '"published"' not in table
    assert '"scheduled"' in table
    history = words(client, reverse("admin:trips_trip_history", args=[trip.pk]))
    assert "scheduled Edition 1, public from 1 January 2035, 09:00 Asia/Tokyo" in history


def test_the_page_names_whose_pages_become_public_with_it(client):  # noqa: F811
    trip = cast.trip()
    assert "Shenzhen Polytechnic University" in client.get(page_of(trip)).context["what"].new_pages
    assert "Named in public for the first time" in words(client, page_of(trip))
    cast.published(trip)
    edit(trip, "Elsewhere")
    assert client.get(page_of(trip)).context["what"].new_pages == []
    college = cast.organisation(Kind.HOST, "Zhuhai College", "珠海学院")
    trip.visits.create(kind=VisitKind.CAMPUS_VISIT, host=college, position=3)
    assert client.get(page_of(trip)).context["what"].new_pages == ["Zhuhai College"]
    assert "珠海学院" in client.get(page_of(trip), headers={"Accept-Language": "zh-hans"}).content.decode()


@pytest.mark.parametrize("verb", ["approve", "send_back", "publish"])
def test_what_was_said_to_the_reviewers_stands_where_they_decide(client, verb):  # noqa: F811
    trip = cast.trip()
    first = workflow.submit(trip, by=None, comment="An earlier word.")
    workflow.send_back(trip, digest=first.digest, by=None, comment="More.")
    edit(trip, "Second")
    workflow.submit(trip, by=None, comment="Please look at the names.")
    said = words(client, reverse(f"admin:trips_trip_{verb}", args=[trip.pk]))
    assert "Please look at the names." in said
    assert "An earlier word." not in said
    assert "“Please look at the names.”" in words(client, reverse("admin:index"))


def test_the_time_of_a_submission_is_a_wish(client):  # noqa: F811
    said = words(client, reverse("admin:trips_trip_submit", args=[cast.trip().pk]))
    assert "When it should become public" in said
    assert "As soon as somebody publishes it" in said


def test_a_text_found_still_valid_is_a_sentence_about_freshness(client):  # noqa: F811
    trip = cast.trip()
    chinese, english = (trip.reports.get(language=code) for code in ("zh-hans", "en"))
    chinese.made_from = english.texts() | {"summary": "Four days."}
    chinese.save()
    cast.published(trip)
    chinese.made_from = english.texts()
    chinese.save()
    (line,) = client.get(page_of(trip)).context["what"].differences()
    assert (line["before"], line["after"]) == ("", "")
    sentence = "The Chinese page no longer says that the version in the other language is newer."
    assert sentence in words(client, page_of(trip))
    assert f"Report removed {sentence}" not in words(client, page_of(trip))

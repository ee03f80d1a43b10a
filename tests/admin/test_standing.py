"""What the desk says of where a trip and its editions stand: all that is true at once, not only the latest act."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.admin.test_desk import change, client, form_of  # noqa: F401
from tests.admin.test_moments import words
from trips import workflow
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
    assert "Public nowEdition 1" in said
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


def test_the_form_says_what_was_withdrawn_by_whom_why_and_what_can_still_be_read(client):  # noqa: F811
    trip, pia = cast.trip(), cast.person("pia", "Publisher")
    cast.published(trip)
    assert "withdrew" not in words(client, change(trip))
    trip.reports.update(headline="Second")
    cast.published(trip, public_from=timezone.now() - DAY)
    workflow.withdraw(trip, by=pia, reason_en="A wrong name.", reason_zh_hans="名称有误。", number=2)
    said = words(client, change(trip))
    assert "Pia withdrew edition 2" in said
    assert "A wrong name." in said
    assert "名称有误。" in said
    assert "Still to be read at their own addresses: Edition 1" in said
    trip.reports.update(headline="Third")
    cast.published(trip, public_from=timezone.now() + DAY)
    assert "withdrew" not in words(client, change(trip))
    workflow.withdraw(trip, by=pia, reason_en="All of it.")
    said = words(client, change(trip))
    assert "Pia withdrew edition 1" in said
    assert "Edition 3 went along before its time came: it was never public." in said
    assert "No edition can be read." in said


def test_a_schedule_that_was_cancelled_or_moved_leaves_its_trace(client):  # noqa: F811
    trip = cast.trip()
    edition = cast.published(trip, public_from=timezone.now() + DAY)
    workflow.move(trip, number=1, digest=edition.digest, by=None, public_from=timezone.now() + 2 * DAY)
    assert "withdrew" not in words(client, change(trip))
    workflow.withdraw(trip, by=None, reason_en="Not yet.")
    said = words(client, change(trip))
    assert "A command withdrew edition 2 before its time came: it was never public" in said
    assert "Not yet." in said


def test_only_what_can_be_done_is_offered(client):  # noqa: F811
    trip = cast.trip()

    def offered() -> set[str]:
        page = client.get(change(trip)).content.decode()
        return {
            one
            for one in ("withdraw", "delete")
            if f'href="{reverse(f"admin:trips_trip_{one}", args=[trip.pk])}"' in page
        }

    assert offered() == {"delete"}
    workflow.submit(trip, by=None)
    assert offered() == set()
    assert 'big" disabled' in client.get(reverse("admin:trips_trip_withdraw", args=[trip.pk])).content.decode()
    edition = cast.published(trip, public_from=timezone.now() + DAY)
    assert offered() == {"withdraw"}
    assert "disabled" not in client.get(reverse("admin:trips_trip_withdraw", args=[trip.pk])).content.decode()
    workflow.withdraw(trip, by=None, reason_en="Not yet.", number=edition.number)
    assert offered() == set()


def test_handing_a_trip_over_ends_in_a_sentence():
    ivy, ben, own = cast.person("ivy", "Contributor"), cast.person("ben", "Contributor"), Client()
    own.force_login(ivy)
    trip = cast.trip(owner=ivy)
    response = own.post(change(trip), form_of(own, change(trip)) | {"owner": ben.pk}, follow=True)
    assert response.redirect_chain == [(reverse("admin:trips_trip_changelist"), 302)]
    told = [str(one) for one in response.context["messages"]]
    assert told == [
        "“Exchange Trip to Guangdong” is saved. It now belongs to Ben, and is not among your trips any more."
    ]
    assert Trip.objects.get().owner == ben


def test_the_mail_about_a_withdrawal_gives_the_reason_in_each_language(mailoutbox, django_capture_on_commit_callbacks):
    trip = cast.trip(owner=cast.person("ivy", "Contributor"))
    cast.published(trip)
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw(trip, by=None, reason_en="A wrong name.", reason_zh_hans="名称有误。")
    english, chinese = mailoutbox[0].body.split("名称有误。")[0].split("A wrong name.")
    assert "withdrew edition 1 of" in english
    assert "撤回" in chinese
    assert "第1版" in chinese.replace(" ", "")

"""Several trips published at one moment, or withdrawn for one reason: all of them or none."""

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from exchange.models import AuditEntry
from tests import cast
from tests.admin.test_desk import client  # noqa: F401
from trips import together, workflow
from trips.models import Edition, Trip, Withdrawal

pytestmark = pytest.mark.django_db
MOMENT = {"when": "at", "public_from": "2035-01-01T09:00", "time_zone": "Asia/Tokyo", "note_en": "All at once."}
NOW = {"when": "now", "time_zone": "UTC"}
REASON = {"reason_en": "A mistake in all of them."}
LIST = "admin:trips_trip_changelist"


@pytest.fixture(autouse=True)
def _many_trips_many_queries():
    with zeal_ignore():  # each trip is frozen on its own
        yield


@pytest.fixture
def trips() -> list[Trip]:
    """One in Tokyo as it was submitted, one in Shanghai as it is saved, one with warnings."""
    submitted, saved = cast.trip("submitted", title_en="Submitted", time_zone="Asia/Tokyo"), cast.trip("saved")
    for one in (submitted, saved):
        cast.without_warnings(one)
    workflow.submit(submitted, by=None)
    warned = cast.trip("warned", title_en="Warned")
    warned.reports.filter(language="zh-hans").update(made_from={"body": "What the English report said before."})
    return [submitted, saved, warned]


def page_of(verb: str, trips: list[Trip]) -> str:
    keys = "&".join(f"trip={one.pk}" for one in trips)
    return f"{reverse(f'admin:trips_trip_{verb}_together')}?{keys}"


def shown(client: Client, address: str) -> dict[str, str]:  # noqa: F811
    """What the page would send back of each trip that is possible."""
    lines = client.get(address).context["possible"]
    return {f"seen-{one.trip.pk}": f"{one.history} {one.what.digest if one.what else ''}".strip() for one in lines}


def test_the_list_leads_to_the_page(client, trips):  # noqa: F811
    asked = {"action": "publish_together", "_selected_action": [one.pk for one in trips]}
    response = client.post(reverse(LIST), asked)
    assert response.headers["Location"] == page_of("publish", trips)
    page = client.get(response.headers["Location"])
    assert [one.trip.slug for one in page.context["possible"]] == ["submitted", "saved"]
    text = page.content.decode()
    assert "What was submitted, word for word." in text
    assert "The working copy as it is saved. It was not reviewed." in text
    assert "There are warnings. Say on its own page why it is published all the same." in text
    assert reverse("admin:trips_trip_publish", args=[trips[2].pk]) in text


def test_all_become_public_at_one_moment_each_with_its_entry_and_mail(
    client,  # noqa: F811
    trips,
    mailoutbox,
    django_capture_on_commit_callbacks,
):
    for number, one in enumerate(trips):
        owner = User.objects.create_user(f"owner{number}", f"owner{number}@example.org", is_staff=True)
        Trip.objects.filter(pk=one.pk).update(owner=owner)
    address = page_of("publish", trips)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address, MOMENT | shown(client, address), follow=True)
    begins = dt.datetime(2035, 1, 1, tzinfo=dt.UTC)
    assert list(Edition.objects.order_by("pk").values_list("slug", "public_from", "note_en")) == [
        ("submitted", begins, "All at once."),
        ("saved", begins, "All at once."),
    ]
    assert AuditEntry.objects.filter(verb="schedule").count() == 2
    assert sorted(mail.to[0] for mail in mailoutbox) == ["owner0@example.org", "owner1@example.org"]
    said = " ".join(str(one) for one in response.context["messages"])
    assert said == "2 trips become public: 1 January 2035, 09:00 Asia/Tokyo · 08:00 Asia/Shanghai · 00:00 UTC."


def test_what_was_submitted_is_published_as_it_was_seen_and_now(client, trips):  # noqa: F811
    Trip.objects.filter(pk=trips[0].pk).update(title_en="Edited since")
    address = page_of("publish", trips[:1])
    client.post(address, NOW | shown(client, address))
    assert Edition.objects.public(timezone.now()).get().payload["title"]["en"] == "Submitted"


@pytest.mark.parametrize("meanwhile", ["edited", "published", "withdrawn"])
def test_if_one_changed_meanwhile_none_is_published_and_all_are_shown_again(client, trips, meanwhile):  # noqa: F811
    address, (first, second, _third) = page_of("publish", trips), trips
    if meanwhile == "withdrawn":
        cast.published(second, public_from=timezone.now() + dt.timedelta(days=9))
        Trip.objects.filter(pk=second.pk).update(title_en="Newer", changed_at=timezone.now())
    asked = MOMENT | shown(client, address)
    if meanwhile == "edited":
        second.reports.update(headline="Changed")
    elif meanwhile == "published":
        cast.published(first, public_from=timezone.now() + dt.timedelta(days=9))
    else:
        workflow.withdraw(second, by=None, reason_en="Stop.")
    before = Edition.objects.count()
    response = client.post(address, asked)
    assert response.status_code == 200
    assert "This is not what you saw" in response.content.decode()
    assert ("“Submitted”" in response.content.decode()) == (meanwhile == "published")
    assert Edition.objects.count() == before


@pytest.mark.parametrize("meanwhile", ["sent back", "submitted"])
def test_the_working_copy_is_not_published_for_what_was_under_review_nor_the_other_way_round(
    client,  # noqa: F811
    trips,
    meanwhile,
):
    """The words are the same; whether somebody has agreed to them is not."""
    one = trips[0 if meanwhile == "sent back" else 1]
    address = page_of("publish", [one])
    asked = NOW | shown(client, address)
    if meanwhile == "sent back":
        workflow.send_back(one, digest=one.candidates.get().digest, by=None, comment="More.")
    else:
        workflow.submit(one, by=None)
    response = client.post(address, asked)
    assert "This is not what you saw" in response.content.decode()
    assert not Edition.objects.exists()
    assert client.post(address, NOW | shown(client, address)).status_code == 302


@pytest.mark.parametrize("meanwhile", ["sent back", "submitted"])
def test_the_page_of_one_trip_says_too_which_text_it_showed(client, trips, meanwhile):  # noqa: F811
    one = trips[0 if meanwhile == "sent back" else 1]
    address = reverse("admin:trips_trip_publish", args=[one.pk])

    def sent() -> dict[str, str]:
        page = client.get(address).content.decode()
        fields = (re.search(rf'name="{name}" value="(\w+)"', page) for name in ("digest", "seen"))
        return {"when": "now"} | dict(zip(("digest", "seen"), (found[1] for found in fields if found), strict=True))

    asked = sent()
    if meanwhile == "sent back":
        workflow.send_back(one, digest=asked["digest"], by=None, comment="More.")
    else:
        workflow.submit(one, by=None)
    response = client.post(address, asked)
    assert "This is not what you saw" in response.content.decode()
    assert not Edition.objects.exists()
    asked = sent()
    for _press in range(2):  # twice is once
        assert client.post(address, asked).status_code == 302
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "1989-12-31T23:59", "2200-01-01T00:00", "9999-12-31T23:59"])
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "UTC"])
def test_years_that_no_calendar_of_ours_reaches_are_refused(client, trips, typed, zone):  # noqa: F811
    address = page_of("publish", trips)
    asked = MOMENT | shown(client, address) | {"public_from": typed, "time_zone": zone}
    assert client.post(address, asked).context["form"].errors["public_from"]
    for verb in ("publish", "submit"):
        page = reverse(f"admin:trips_trip_{verb}", args=[trips[1].pk])
        assert client.post(page, {"when": "at", "public_from": typed}).context["form"].errors["public_from"]


def test_a_failure_in_the_last_undoes_the_first(client, trips, mailoutbox, django_capture_on_commit_callbacks):  # noqa: F811
    second = trips[1]
    address = page_of("publish", trips)
    asked = MOMENT | shown(client, address)
    asked[f"seen-{second.pk}"] = asked[f"seen-{second.pk}"][:-1] + "x"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, asked)
    assert not Edition.objects.exists()
    assert not AuditEntry.objects.filter(verb__in=("publish", "schedule")).exists()
    assert mailoutbox == []


def test_what_has_warnings_is_refused_here_whatever_is_sent(client, trips):  # noqa: F811
    warned = trips[2]
    digest = workflow.frozen(warned, public_from=timezone.now())[1]
    response = client.post(page_of("publish", [warned]), NOW | {f"seen-{warned.pk}": f"0-0 saved {digest}"})
    assert "“Warned”: Put right what is marked" in response.content.decode()
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"public_from": "2035-03-25T01:30", "time_zone": "Europe/London"}, "does not exist on that day"),
        ({"public_from": "2035-03-25T01:30"}, ""),
        ({"time_zone": "Europe/Paris"}, "valid choice"),
        ({"public_from": ""}, "Say when it becomes public."),
    ],
)
def test_the_moment_is_read_in_the_zone_that_was_chosen(client, trips, asked, sentence):  # noqa: F811
    Trip.objects.filter(slug="saved").update(time_zone="Europe/London")
    address = page_of("publish", trips)
    response = client.post(address, MOMENT | shown(client, address) | asked)
    assert Edition.objects.exists() == (not sentence)
    if sentence:
        assert sentence in str(response.context["form"].errors)


def test_four_eyes_are_said_before_the_button_is_pressed(client, trips, settings):  # noqa: F811
    settings.FOUR_EYES = True
    Trip.objects.filter(slug="saved").update(edited_by=User.objects.get(username="mei"))
    page = client.get(page_of("publish", trips))
    assert [str(one.obstacle)[:30] for one in page.context["impossible"]] == [
        "You made the last change to th", "There are warnings. Say on its",
    ]  # fmt: skip


def test_several_are_withdrawn_with_their_schedules_for_one_reason(client, trips):  # noqa: F811
    public, scheduled, draft = trips
    cast.published(public)
    cast.published(scheduled, public_from=timezone.now() + dt.timedelta(days=30))
    address = page_of("withdraw", trips)
    page = client.get(address)
    assert [one.trip.pk for one in page.context["impossible"]] == [draft.pk]
    assert "there is nothing to withdraw" in page.content.decode()
    asked = shown(client, address)
    assert client.post(address, asked).status_code == 200  # without a reason
    assert not Withdrawal.objects.exists()
    assert client.post(address, asked | REASON).status_code == 302
    assert list(Withdrawal.objects.order_by("trip").values_list("trip", "reason_en", "withdrawn_by__username")) == [
        (public.pk, REASON["reason_en"], "mei"), (scheduled.pk, REASON["reason_en"], "mei"),
    ]  # fmt: skip
    assert not Edition.objects.public(timezone.now() + dt.timedelta(days=60)).exists()
    assert AuditEntry.objects.filter(verb="withdraw").count() == 2


def test_a_withdrawal_of_several_is_refused_if_one_was_published_meanwhile(client, trips):  # noqa: F811
    for one in trips[:2]:
        cast.published(one)
    address = page_of("withdraw", trips[:2])
    asked = shown(client, address) | REASON
    trips[1].reports.update(headline="Newer")
    cast.published(Trip.objects.get(pk=trips[1].pk), public_from=timezone.now() + dt.timedelta(days=1))
    assert "This is not what you saw" in client.post(address, asked).content.decode()
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize("role", ["Contributor", "Editor"])
def test_only_who_may_publish_is_offered_it_and_answered(role, trips):
    user = User.objects.create_user("ivy", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    Trip.objects.update(owner=user)
    client = Client()  # noqa: F811
    client.force_login(user)
    assert "publish_together" not in client.get(reverse(LIST)).content.decode()
    client.post(reverse(LIST), {"action": "publish_together", "_selected_action": [trips[0].pk]})
    digest = trips[0].candidates.get().digest
    for verb in ("publish", "withdraw"):
        asked: dict[str, Any] = MOMENT | REASON | {f"seen-{trips[0].pk}": f"0-0 reviewed {digest}"}
        assert client.post(page_of(verb, trips), asked).status_code == 403
    assert not Edition.objects.exists()


def test_nobody_deletes_several_at_once(client, trips):  # noqa: F811
    client.post(reverse(LIST), {"action": "delete_selected", "_selected_action": [trips[2].pk], "post": "yes"})
    assert Trip.objects.count() == 3
    assert "delete_selected" not in client.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("tail", ["", "?trip=x&trip=-1&trip=%00", "?trip=99999999999999999999", "?trip=999999"])
def test_an_address_without_trips_says_what_to_do(client, tail):  # noqa: F811
    for verb in ("publish", "withdraw"):
        page = client.get(reverse(f"admin:trips_trip_{verb}_together") + tail)
        assert (page.status_code, "Tick trips in the list, 50 at most" in page.content.decode()) == (200, True)


def test_too_many_are_refused_and_more_cost_in_proportion(client, trips):  # noqa: F811
    counts = []
    for chosen in (trips[:1], trips[:2]):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page_of("publish", chosen))
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 60, counts
    many = "&".join(f"trip={number}" for number in range(1, together.MOST + 2))
    page = client.get(f"{reverse('admin:trips_trip_publish_together')}?{many}")
    assert not page.context["possible"] + page.context["impossible"]


def test_the_page_says_what_becomes_of_an_edition_that_is_scheduled(client):  # noqa: F811
    trip = cast.without_warnings(cast.trip("coming"))
    cast.published(trip, public_from=timezone.now() + dt.timedelta(days=9))
    Trip.objects.filter(pk=trip.pk).update(destination_en="Slipped in")
    page = client.get(page_of("publish", [trip])).content.decode()
    assert "Edition 1 is scheduled" in page
    assert "It was not reviewed." in page
    assert "it is overtaken and never becomes public" in page

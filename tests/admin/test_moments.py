"""Times that cannot be misread: in the trip's zone by its name, and beside it in the desk's zone and in UTC."""

import datetime as dt
import json
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import strip_tags
from zeal import zeal_ignore

from exchange.desk import moments
from exchange.models import AuditEntry
from tests import cast
from tests.admin.test_desk import change, client  # noqa: F401
from trips import workflow
from trips.models import Edition

pytestmark = pytest.mark.django_db
TOKYO = "Asia/Tokyo"
MOMENT = dt.datetime(2035, 1, 1, 0, 0, tzinfo=dt.UTC)
TOLD = "1 January 2035, 09:00 Asia/Tokyo · 08:00 Asia/Shanghai · 00:00 UTC"


def words(client: Client, address: str) -> str:  # noqa: F811
    """What somebody reads there, without the markup."""
    return " ".join(unescape(strip_tags(client.get(address).content.decode())).split())


def test_a_moment_is_told_in_its_zone_the_desks_and_utc():
    assert moments.told(MOMENT, TOKYO) == TOLD
    with translation.override("zh-hans"):
        assert moments.told(MOMENT, TOKYO).startswith("2035年1月1日 09:00 Asia/Tokyo · 08:00 ")
    assert moments.told(MOMENT, "America/New_York") == (
        "31 December 2034, 19:00 America/New_York · 1 January 2035, 08:00 Asia/Shanghai · 1 January 2035, 00:00 UTC"
    )
    assert moments.told(MOMENT, "Asia/Shanghai") == "1 January 2035, 08:00 Asia/Shanghai · 00:00 UTC"


@pytest.mark.parametrize(
    ("zone", "typed", "sentence"),
    [
        ("Europe/London", "2035-03-25T01:30", "01:30 does not exist on that day in Europe/London"),
        ("Europe/London", "2035-10-28T01:30", "01:30 comes twice on that day in Europe/London"),
        ("Australia/Sydney", "2035-10-07T02:30", "02:30 does not exist on that day in Australia/Sydney"),
        ("Australia/Sydney", "2035-04-01T02:30", "02:30 comes twice on that day in Australia/Sydney"),
        ("Europe/London", "2035-03-25T02:00", ""),
        ("Europe/London", "2035-10-28T02:00", ""),
        ("Asia/Shanghai", "2035-03-25T01:30", ""),
    ],
)
def test_a_time_that_clocks_skip_or_show_twice_is_refused(client, zone, typed, sentence):  # noqa: F811
    trip = cast.trip(time_zone=zone)
    address = reverse("admin:trips_trip_publish", args=[trip.pk])
    asked = {**cast.waivers(trip), "digest": client.get(address).context["what"].digest, "when": "at"}
    for field in ("public_from", "public_until"):
        response = client.post(address, asked | {"public_from": "2034-01-01T09:00", field: typed})
        if sentence:
            assert sentence in " ".join(response.context["form"].errors[field])
            assert not Edition.objects.exists()
        else:
            assert response.status_code == 302


@zeal_ignore()  # refusing freezes twice: once to compare, once to show
@pytest.mark.parametrize("typed", ["2035-02-30T09:00", "9999-12-31T23:59", "tomorrow", "0001-01-01T00:00"])
def test_what_is_no_time_is_refused_too(client, typed):  # noqa: F811
    trip = cast.trip(time_zone="America/New_York")
    address = reverse("admin:trips_trip_publish", args=[trip.pk])
    asked = {"digest": client.get(address).context["what"].digest, "when": "at", "public_from": typed}
    assert client.post(address, asked).status_code == 200
    assert not Edition.objects.filter(public_from__gt=timezone.now()).exists()


def test_clocks_are_checked_in_the_zone_that_is_given():
    with pytest.raises(ValidationError):
        moments.check_clocks(dt.datetime(2035, 3, 25, 1, 30), moments.ZoneInfo("Europe/London"))
    moments.check_clocks(dt.datetime(2035, 3, 25, 1, 30), moments.ZoneInfo("UTC"))


def test_what_was_meant_at_submission_is_offered_in_the_trips_zone(client):  # noqa: F811
    trip = cast.trip(time_zone=TOKYO)
    workflow.submit(trip, by=None, public_from=MOMENT)
    address = reverse("admin:trips_trip_publish", args=[trip.pk])
    assert 'value="2035-01-01T09:00"' in client.get(address).content.decode()
    assert TOLD in words(client, address)
    assert f"Submitted to become public: {TOLD}" in words(client, change(trip))


def test_every_page_of_the_desk_tells_a_scheduled_moment_the_same_way(client):  # noqa: F811
    trip = cast.trip(time_zone=TOKYO)
    edition = cast.published(trip, public_from=MOMENT, public_until=MOMENT + dt.timedelta(days=1))
    for address in (
        reverse("admin:index"),
        reverse("admin:trips_trip_changelist"),
        reverse("admin:trips_edition_changelist"),
        reverse("admin:trips_edition_change", args=[edition.pk]),
        reverse("admin:trips_trip_withdraw", args=[trip.pk]),
        reverse("admin:exchange_auditentry_change", args=[AuditEntry.objects.get(verb="schedule").pk]),
        change(trip),
    ):
        assert TOLD in words(client, address), address
    assert f"Public until: {TOLD.replace('1 January', '2 January')}" in words(client, change(trip))


def test_the_confirmation_and_the_mail_tell_it_too(client, mailoutbox, django_capture_on_commit_callbacks):  # noqa: F811
    ivy = User.objects.create_user("ivy", "ivy@example.org", is_staff=True)
    trip = cast.trip(time_zone=TOKYO, owner=ivy)
    address = reverse("admin:trips_trip_publish", args=[trip.pk])
    asked = {
        **cast.waivers(trip), "digest": client.get(address).context["what"].digest, "when": "at",
        "public_from": "2035-01-01T09:00", "public_until": "2035-01-02T09:00",
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(address, asked, follow=True)
    said = " ".join(str(one) for one in page.context["messages"])
    until = TOLD.replace("1 January", "2 January")
    assert f"Edition 1 becomes public: {TOLD}." in said
    assert f"It stays public until: {until}." in said
    assert f"Public from: {TOLD}" in mailoutbox[0].body
    assert f"Public until: {until}" in mailoutbox[0].body
    assert "2035年1月1日 09:00 Asia/Tokyo" in mailoutbox[0].body


def test_an_entry_of_the_audit_trail_keeps_the_zone_in_which_it_was_said():
    trip = cast.trip(time_zone=TOKYO)
    cast.published(trip, public_from=MOMENT)
    details = AuditEntry.objects.get(verb="schedule").details
    assert json.loads(json.dumps(details))["time_zone"] == TOKYO
    assert moments.recorded(details) == [("public_from", MOMENT, TOKYO)]
    assert moments.recorded({"public_from": MOMENT.isoformat()}) == [("public_from", MOMENT, "Asia/Shanghai")]

"""What nobody types: numbers no column holds, text for keys, searches without end. Answered, never a failure."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse
from zeal import zeal_ignore

from exchange.desk.labels import SEARCH_LENGTH, SEARCH_WORDS, bounded
from institutions.choices import Kind
from tests import cast
from tests.admin.test_desk import change, client, errors_of, form_of
from trips.models import Theme, Trip
from trips.models.trip import check_time_zone

__all__ = ["client"]

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:DateTimeField Edition.public_from received")]

BIG = "9" * 20
ASKED = [
    "trips/trip/?q=" + "+".join(["word"] * 3000),
    "trips/trip/?q=" + "x" * 8000,
    "trips/trip/?q=%00",
    f"trips/trip/?themes__id__in=1,{BIG}999",
    "trips/trip/?themes__id__exact=abc",
    f"trips/trip/?themes__id__exact={BIG}",
    "trips/trip/?title_en__icontains=" + "x" * 60_000,
    "trips/trip/?title_en__icontains=%00",
    "trips/trip/?year=%00",
    "trips/trip/?p=1000000000",
    f"trips/trip/?p={'9' * 5000}",
    "trips/trip/?o=999.-1",
    "trips/edition/?o=" + ".".join(["1"] * 3000),
    "trips/trip/?_facets=True",
    "trips/edition/?public_from__gte=9999-12-31T23:59:59-12:00",
    "trips/edition/?public_from__gte=0001-01-01",
    "trips/edition/?public_from__year=99999999999",
    "trips/edition/?public_from__year__gte=0",
    f"institutions/hostinstitution/?city__id__in={BIG}",
    "auth/user/?q=" + "+".join(["word"] * 3000),
    "trips/trip/add/?owner=abc",
    f"trips/trip/add/?owner={BIG}",
    "trips/trip/add/?owner=%00",
    f"trips/trip/add/?themes={BIG}",
    "trips/trip/add/?themes=abc,%00",
    "trips/trip/add/?starts_on=x",
    f"trips/trip/{BIG}/change/",
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked[:50])
def test_a_list_or_an_empty_form_answers_whatever_its_address_asks(client, asked):
    cast.published(cast.trip())
    Theme.objects.create(slug="another", name_en="Another")  # with one theme alone there is no filter of themes
    response = client.get(f"/admin/{asked}")
    assert response.status_code in (200, 302)
    if response.status_code == 302:
        assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize("term", ["+".join(["word"] * 3000), "x" * 8000, "%00"], ids=["words", "long", "null"])
def test_choices_are_searched_whatever_is_typed(client, term):
    asked = f"app_label=trips&model_name=visit&field_name=host&term={term}"
    assert client.get(f"{reverse('admin:autocomplete')}?{asked}").status_code == 200


def test_a_search_costs_no_more_than_ten_words():
    assert bounded('a "b c" d') == 'a "b c" d'
    assert bounded("a\0b") == "ab"
    assert len(bounded("x" * 8000)) == SEARCH_LENGTH
    assert bounded("a " * 100).split() == ["a"] * SEARCH_WORDS


def test_a_list_cannot_be_asked_for_a_pattern(client):
    assert client.get("/admin/trips/trip/?title_en__regex=(a%2B)%2B$").status_code == 400


def test_a_failure_that_nobody_asked_for_is_not_hidden(client, monkeypatch):
    def broken(*args):
        raise ValueError

    monkeypatch.setattr("trips.admin.trip.TripAdmin.get_queryset", broken)
    for asked in ("", "?e=1"):
        with pytest.raises(ValueError):  # noqa: PT011 the one above
            client.get(f"/admin/trips/trip/{asked}")


@pytest.mark.parametrize(
    ("section", "action"),
    [
        ("institutions/hostinstitution", "mark_checked"),
        ("trips/theme", "delete_selected"),
        ("auth/user", "delete_selected"),
    ],
)
def test_an_action_on_what_is_no_record_changes_nothing(client, section, action):
    trip = cast.trip()
    for ticked in ("abc", "", BIG, "\0", "0"):
        for more in ({}, {"index": "0"}, {"post": "yes"}):
            asked = {"action": action, "_selected_action": ticked, **more}
            assert client.post(f"/admin/{section}/", asked).status_code in (200, 302), (ticked, more)
    assert trip.themes.exists()
    assert User.objects.exists()
    assert not trip.visits.filter(host__checked_at__isnull=False).exists()


CHOICES = [
    "owner",
    "themes",
    "colleagues",
    "visits-0-participants",
    "visits-0-absent",
    "visits-0-host",
    "visits-0-id",
    "route-0-city",
    "delegates-0-organisation",
    "delegates-0-delegation",
    "outcomes-0-parties",
]


@pytest.mark.parametrize("value", ["abc", BIG, "\0"], ids=["text", "big", "null"])
def test_a_choice_that_is_none_is_refused_at_its_field(client, value):
    trip = cast.trip()
    with zeal_ignore():
        response = client.post(change(trip), form_of(client, change(trip)) | {field: [value] for field in CHOICES})
    assert response.status_code == 200
    assert {*CHOICES} <= {*errors_of(response)}


# Rows that are told apart within their trip


def with_row(client, trip, **values) -> dict:
    """The form of a trip with one more row: ``with_row(client, trip, delegations={...})``."""
    data = form_of(client, change(trip))
    for rows, row in values.items():
        number = int(data[f"{rows}-TOTAL_FORMS"])
        data[f"{rows}-TOTAL_FORMS"] = str(number + 1)
        data |= {f"{rows}-{number}-{name}": value for name, value in row.items()}
    return data


def test_a_row_that_somebody_else_added_meanwhile_is_told(client):
    trip = cast.trip()
    sender = cast.organisation(Kind.EMBASSY, "Embassy of Japan", country=cast.country("JP", "Japan", "日本"))
    centre = trip.organisings.get().organisation
    data = with_row(
        client,
        trip,
        delegations={"sender": sender.pk, "status": "invited"},
        organisings={"organisation": centre.pk, "role": "supporter", "position": "2"},
    )
    trip.delegations.create(sender=sender)
    trip.organisings.create(organisation=centre, role="supporter")
    with zeal_ignore():
        response = client.post(change(trip), data)
    assert response.status_code == 200
    told = errors_of(response)
    assert told["delegations-2-sender"] == "This sender already has a delegation on the trip."
    assert told["organisings-1-__all__"] == "This organisation already has this role."


def test_two_new_rows_that_are_the_same_are_told(client):
    trip = cast.trip()
    sender = cast.organisation(Kind.EMBASSY, "Embassy of Japan", country=cast.country("JP", "Japan", "日本"))
    data = with_row(client, trip, delegations={"sender": sender.pk, "status": "invited"})
    data |= {"delegations-TOTAL_FORMS": "4", "delegations-3-sender": sender.pk, "delegations-3-status": "invited"}
    with zeal_ignore():
        response = client.post(change(trip), data)
    assert "already has a delegation" in errors_of(response)["delegations-3-sender"]


def test_a_row_that_is_deleted_makes_room_for_another(client):
    trip = cast.trip()
    gone = trip.delegations.first()
    data = with_row(client, trip, delegations={"sender": gone.sender_id, "status": "declined"})
    row = next(number for number in "01" if data[f"delegations-{number}-id"] == gone.pk)
    with zeal_ignore():
        response = client.post(change(trip), data | {f"delegations-{row}-DELETE": "on"})
    assert response.status_code == 302, errors_of(response)
    assert trip.delegations.get(sender=gone.sender_id).status == "declined"


@pytest.mark.parametrize("rows", ["organisings", "delegations"])
def test_a_form_that_miscounts_its_rows_adds_none(client, rows):
    trip = cast.trip()
    data = form_of(client, change(trip))
    for count in ("0", "-1", "abc"):
        with zeal_ignore():
            response = client.post(change(trip), data | {f"{rows}-INITIAL_FORMS": count})
        assert response.status_code == 200, count
    assert (trip.organisings.count(), trip.delegations.count()) == (1, 2)


def test_rows_sent_as_new_ones_keep_what_they_say(client):
    trip = cast.trip()
    with zeal_ignore():
        response = client.post(change(trip), form_of(client, change(trip)) | {"visits-INITIAL_FORMS": "0"})
    assert response.status_code == 302, errors_of(response)
    assert trip.visits.filter(place_en="training bases").count() == 2


def test_two_who_save_at_once_are_both_answered(client, monkeypatch):
    trip = cast.trip()
    save, raced = Trip.save, []

    def late(self, *args, **kwargs):
        """Somebody else was a moment earlier."""
        if not raced:
            raced.append(1)
            raise IntegrityError
        return save(self, *args, **kwargs)

    monkeypatch.setattr(Trip, "save", late)
    data = form_of(client, change(trip)) | {"title_en": "New title"}
    assert client.post(change(trip), data).status_code == 302
    assert Trip.objects.get().title_en == "New title"


@pytest.mark.parametrize("seen", ["[" * 15_000, "[]", '{"title_en":[]}', "9" * 5000, "\0"])
def test_what_a_form_says_it_was_opened_with_is_only_believed_where_it_can_be_read(client, seen):
    trip = cast.trip()
    assert client.post(change(trip), form_of(client, change(trip)) | {"seen": seen}).status_code in (200, 302)


def test_what_is_not_found_on_the_desk_is_kept_by_nobody(client):
    assert "no-store" in client.get("/admin/nothing/").headers["Cache-Control"]
    assert "public" in client.get("/en/nothing/").headers["Cache-Control"]


# Names of time zones


@pytest.mark.parametrize("name", ["Asia/Shanghai", "America/Argentina/Buenos_Aires", "UTC"])
def test_places_and_utc_are_time_zones(name):
    check_time_zone(name)


@pytest.mark.parametrize("name", ["localtime", "Factory", "EST5EDT", "Etc/GMT+8", "Asia/Nowhere", "../etc", ""])
def test_what_is_no_place_is_no_time_zone(name):
    with pytest.raises(ValidationError):
        check_time_zone(name)

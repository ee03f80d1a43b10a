"""Who else has a trip's form open: told to those who may see the trip, and about nobody else."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from exchange.models import OpenForm
from tests import cast
from tests.admin.test_roles import MINE, OTHER, OWN, PEOPLE, person
from trips.models import Trip

pytestmark = pytest.mark.django_db


def staff(username: str, **more: str) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser(username, **more))
    return client


def ask(client: Client, trip: Trip, **data: str):
    return client.post(reverse("admin:trips_trip_open", args=[trip.pk]), data)


def also(client: Client, trip: Trip, **data: str) -> str:
    return ask(client, trip, **data).json()["also"]


def test_two_people_are_told_of_each_other():
    trip, other = cast.trip(), cast.trip("another")
    ivy, edo = staff("ivy", first_name="Ivy", last_name="O'Tan"), staff("edo")
    assert also(ivy, trip) == ""
    assert also(edo, trip) == "Also open by Ivy O'Tan"
    assert also(ivy, trip) == "Also open by edo"
    assert also(edo, other) == ""
    assert OpenForm.objects.count() == 3  # one for each person and trip, however often they ask
    assert "no-store" in ask(ivy, trip)["Cache-Control"]


def test_who_left_or_fell_silent_is_not_named_and_not_kept():
    trip = cast.trip()
    ivy, edo, ann = staff("ivy"), staff("edo"), staff("ann")
    for client in (ivy, edo, ann):
        ask(client, trip)
    ask(edo, trip, left="yes")
    assert also(ivy, trip) == "Also open by ann"
    OpenForm.objects.filter(user__username="ann").update(at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    assert also(ivy, trip) == ""
    assert [one.user.username for one in OpenForm.objects.select_related("user")] == ["ivy"]


@pytest.mark.parametrize("kind", PEOPLE)
def test_only_who_may_see_the_trip_is_noted_and_told(kind):
    client, user = person(kind)
    trip = cast.trip(owner=user if kind == OWN else None)
    ask(staff("ivy", first_name="Ivy"), trip)
    answer = ask(client, trip)
    assert (answer.status_code == 200) == (kind in MINE)
    assert ("Ivy" in answer.content.decode()) == (kind in MINE)
    assert OpenForm.objects.filter(user=user).exists() == (kind in MINE)
    assert kind != OTHER or answer.status_code in (403, 404)


def test_it_is_asked_by_post_with_a_token():
    trip = cast.trip()
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("ivy"))
    assert ask(client, trip).status_code == 403
    assert client.get(reverse("admin:trips_trip_open", args=[trip.pk])).status_code == 405
    assert not OpenForm.objects.exists()

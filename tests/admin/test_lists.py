"""Every list of the desk costs as many queries with three entries as with one: the number is written down."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from zeal import zeal_ignore

from exchange import audit
from institutions.choices import Kind
from institutions.models import City, Country
from tests import cast
from tests.admin.test_desk import client
from trips.models import Theme

__all__ = ["client"]

pytestmark = pytest.mark.django_db

# Of each, two are for the session and the person.
COST = {
    "index": 13,
    "trips_trip": 16,
    "trips_edition": 8,
    "trips_theme": 7,
    "trips_plainpage": 9,
    "institutions_hostinstitution": 8,
    "institutions_enterprisepartner": 8,
    "institutions_embassy": 8,
    "institutions_organiser": 8,
    "institutions_mediaoutlet": 8,
    "institutions_country": 7,
    "institutions_city": 8,
    "auth_user": 8,
    "auth_group": 7,
    "exchange_auditentry": 10,
}


def entries(count: int) -> None:
    """So many of everything."""
    with zeal_ignore():
        for number in range(count):
            trip = cast.trip(f"trip-{number}")
            cast.published(trip)
            for kind in (Kind.HOST, Kind.ENTERPRISE, Kind.EMBASSY, Kind.ORGANISER, Kind.MEDIA):
                country = Country.objects.get(iso2="LA") if kind == Kind.EMBASSY else None
                cast.organisation(kind, f"{kind} {number}", country=country).names.create(text=f"Name {number}")
            cast.country(f"X{number}", f"Country {number}", f"国家{number}")
            City.objects.create(slug=f"city-{number}", name_en=f"City {number}", country=Country.objects.first())
            Theme.objects.create(slug=f"theme-{number}", name_en=f"Theme {number}")
            cast.page(f"page-{number}")
            user = User.objects.create_user(f"user-{number}")
            user.groups.add(Group.objects.create(name=f"Group {number}"))
            audit.record("submit", trip, by=user)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), COST.items())
def test_a_list_costs_what_is_written_here(client, name, queries, count, django_assert_num_queries):
    entries(count)
    address = reverse("admin:index" if name == "index" else f"admin:{name}_changelist")
    client.get(address)  # what is asked once and kept, such as content types, is not counted
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200

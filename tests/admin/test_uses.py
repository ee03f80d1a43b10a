"""Nothing in use is deleted by accident: the page says where it is used, and what to do instead."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from exchange import audit
from exchange.desk.relations import relations
from institutions.choices import Kind
from institutions.models import City, Country, HostInstitution, Organisation
from tests import cast
from trips import workflow
from trips.admin.parts import EDITIONS, PARTS
from trips.choices import TripState
from trips.models import Theme, Trip

pytestmark = pytest.mark.django_db


def signed_in(role: str, name: str = "mei") -> tuple[Client, User]:
    user = User.objects.create_user(name, is_staff=True, is_superuser=role == "superuser")
    if role != "superuser":
        user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client, user


@pytest.fixture
def client(db) -> Client:
    return signed_in("Editor")[0]


def page_of(client: Client, section: str, pk: int, asked: dict | None = None) -> str:
    """The delete page as words; with ``asked`` it is sent."""
    address = reverse(f"admin:{section}_delete", args=[pk])
    answer = client.post(address, asked) if asked else client.get(address)
    return words_of(answer)


def words_of(answer) -> str:
    text = answer.content.decode()
    main = text[text.index('id="content-main"') :] if 'id="content-main"' in text else text
    return re.sub(r"\s+", " ", strip_tags(main.replace("<", " <")))


def test_every_relation_that_can_name_a_trip_is_put_in_words():
    models = (Organisation, City, Theme, User)
    named = {one.name for model in models for one in relations(model) if one.name.startswith("trips.")}
    of_pages = {"trips.plainpage.edited_by", "trips.pageedition.published_by", "trips.pagewithdrawal.withdrawn_by"}
    assert named - {*PARTS, *EDITIONS} == {"trips.redaction.redacted_by", *of_pages}


def test_a_host_in_use_stays_and_the_page_says_in_which_trips_in_what_part_and_in_how_many_editions(client):
    trip = cast.trip()
    cast.published(trip)
    college = HostInstitution.objects.get()
    trip.visits.create(host=college)
    trip.visits.first().participants.add(college)
    for asked in (None, {"post": "yes"}):
        told = page_of(client, "institutions_hostinstitution", college.pk, asked)
        assert "In use in 1 trip: Exchange Trip to Guangdong Published, with newer changes" in told or (
            "In use in 1 trip: Exchange Trip to Guangdong Published 22–26 October 2024" in told
        )
        assert "host of 2 visits" in told
        assert "takes part in 1 visit" in told
        assert "Named in 1 published edition; of these, public now: 1." in told
        assert "What is in use cannot be deleted." in told
    assert HostInstitution.objects.filter(pk=college.pk).exists()


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        (Kind.EMBASSY, "sends a delegation"),
        (Kind.MEDIA, "outlet of 1 press item"),
        (Kind.ORGANISER, "organises it, organisation of 1 person"),
        (Kind.ENTERPRISE, "host of 1 visit"),
    ],
)
def test_the_part_of_every_kind_of_organisation_is_named(client, kind, part):
    cast.trip()
    one = Organisation.objects.filter(kind=kind).first()
    sections = {
        "embassy": "embassy",
        "media": "mediaoutlet",
        "organiser": "organiser",
        "enterprise": "enterprisepartner",
    }
    assert part in page_of(client, f"institutions_{sections[kind]}", one.pk)


def test_a_city_and_a_country_name_the_records_of_the_address_book_that_stand_there(client):
    cast.trip()
    told = page_of(client, "institutions_city", City.objects.get().pk)
    assert "on the route, place of 1 visit" in told
    assert "In use in 1 organisation: Shenzhen Polytechnic University" in told
    told = page_of(client, "institutions_country", Country.objects.get(iso2="LA").pk)
    assert "Embassy of Lao PDR" in told
    assert "in this country" in told


def test_a_use_by_a_record_that_was_merged_is_told_as_that(client):
    city = City.objects.create(slug="foshan", name_en="Foshan")
    stays = cast.organisation(Kind.HOST, "A")
    cast.organisation(Kind.HOST, "B", city=city, merged_into=stays)
    told = page_of(client, "institutions_city", city.pk)
    assert "B (host institution) merged into “A” in this city" in told.replace("Host institution", "host institution")


def test_a_withdrawn_trip_is_named_with_its_state(client):
    cast.in_state(TripState.WITHDRAWN)
    told = page_of(client, "institutions_hostinstitution", HostInstitution.objects.get().pk)
    assert "Withdrawn 22–26 October 2024" in told
    assert "published edition" not in told  # nothing of it is public


def test_a_theme_names_the_trips_it_would_be_taken_off_and_can_be_deleted(client):
    trip, theme = cast.trip(), Theme.objects.get
    told = page_of(client, "trips_theme", theme().pk)
    assert "It will be taken off 1 trip: Exchange Trip to Guangdong" in told
    assert "cannot be deleted" not in told
    client.post(reverse("admin:trips_theme_delete", args=[theme().pk]), {"post": "yes"})
    assert not trip.themes.exists()


def test_several_ticked_at_once_are_told_one_by_one_and_stay_while_one_is_in_use(client):
    cast.trip()
    used, unused = HostInstitution.objects.get(), cast.organisation(Kind.HOST, "Unused College")
    asked = {"action": "delete_selected", "_selected_action": [used.pk, unused.pk]}
    for more in ({}, {"post": "yes"}):
        answer = client.post(reverse("admin:institutions_hostinstitution_changelist"), asked | more)
        told = words_of(answer)
        assert "host of 1 visit" in told
        assert "Unused College Nothing uses it." in told
    assert Organisation.objects.filter(kind=Kind.HOST).count() == 2
    client.post(
        reverse("admin:institutions_hostinstitution_changelist"),
        {"action": "delete_selected", "_selected_action": [unused.pk], "post": "yes"},
    )
    assert [*HostInstitution.objects.all()] == [used]


def test_a_user_is_told_with_what_would_lose_its_owner_and_the_way_to_close_the_account():
    client, _root = signed_in("superuser", "root")
    _client, mei = signed_in("Editor")
    trip = cast.trip(owner=mei)
    audit.record("submit", trip, by=mei)
    told = page_of(client, "auth_user", mei.pk)
    assert "It will no longer stand in 1 trip: Exchange Trip to Guangdong Draft" in told
    assert "1 entry, which keeps the person’s name in words" in told
    assert "Untick “Active” instead" in told


def test_only_trips_that_the_person_may_see_are_named():
    user = User.objects.create_user("li", is_staff=True)
    user.groups.add(Group.objects.get(name="Contributor"))
    from django.contrib.auth.models import Permission

    user.user_permissions.add(Permission.objects.get(codename="delete_theme"))
    client = Client()
    client.force_login(user)
    cast.trip("mine", owner=user, title_en="My own trip")
    cast.trip("theirs", title_en="A trip of theirs")
    told = page_of(client, "trips_theme", Theme.objects.get().pk)
    assert "taken off 2 trips: My own trip" in told
    assert "1 that you may not see" in told
    assert "A trip of theirs" not in told


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_whatever_uses_the_record(client, count, django_assert_max_num_queries):
    for number in range(count):
        trip = cast.trip(f"trip-{number}")
        trip.visits.first().participants.add(HostInstitution.objects.get())
    for section, pk in (
        ("institutions_hostinstitution", HostInstitution.objects.get().pk),
        ("institutions_city", City.objects.get().pk),
        ("trips_theme", Theme.objects.get().pk),
        ("trips_trip", Trip.objects.first().pk),
    ):
        with django_assert_max_num_queries(46):
            told = page_of(client, section, pk)
        if count > 12 and section != "trips_trip":
            assert "and 18 more" in told


def test_a_trip_is_summed_up_by_kinds_and_numbers(client):
    trip = cast.trip()
    told = page_of(client, "trips_trip", trip.pk)
    for words in ("2 delegations", "2 visits", "2 reports", "1 press item", "1 city of the route"):
        assert words in told
    assert "never submitted or published" in told
    client.post(reverse("admin:trips_trip_delete", args=[trip.pk]), {"post": "yes"})
    assert not Trip.objects.exists()


def test_a_trip_that_was_published_offers_withdrawal_only_while_something_stands():
    client, _mei = signed_in("Publisher")
    trip = cast.trip()
    cast.published(trip)
    address = reverse("admin:trips_trip_delete", args=[trip.pk])
    withdraw = reverse("admin:trips_trip_withdraw", args=[trip.pk])
    assert withdraw in client.get(address).content.decode()
    workflow.withdraw(trip, by=None, reason_en="Wrong.")
    told = client.get(address).content.decode()
    assert "it cannot be deleted" in told
    assert "Nothing of it is public now" in told
    assert withdraw not in told
    assert workflow.state_of(trip, timezone.now()) == TripState.WITHDRAWN

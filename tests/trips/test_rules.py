"""The rules of the record: in the database where it can hold them, in sentences where people read them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from institutions.choices import Kind
from tests import cast
from trips.models import Delegate, Delegation, Organising, RouteStop, Statement, Trip, Visit

pytestmark = pytest.mark.django_db
OUTSIDE = dt.date(2024, 10, 27)


def test_the_database_holds_the_rules_it_can():
    trip = cast.trip()
    centre = trip.organisings.get().organisation
    embassy = trip.delegations.first().sender
    edition = cast.published(trip)
    impossible = {
        "ends before it starts": lambda: Trip.objects.filter(pk=trip.pk).update(ends_on=dt.date(2024, 10, 21)),
        "address taken": lambda: Trip.objects.create(
            slug=trip.slug, title_en="T", starts_on=trip.starts_on, ends_on=trip.ends_on
        ),
        "second delegation of a sender": lambda: trip.delegations.create(sender=embassy),
        "same role twice": lambda: trip.organisings.create(organisation=centre, role="initiator"),
        "second report in a language": lambda: trip.reports.create(language="en"),
        "visit ends before it starts": lambda: trip.visits.create(starts=dt.time(10), ends=dt.time(9)),
        "focal point outside": lambda: trip.photos.create(image="x", width=1, height=1, focus_x=101),
        "link that is none": lambda: trip.coverage.update(link="javascript:alert(1)"),
        "withdrawal of nothing": lambda: trip.withdrawals.create(
            first=2, last=1, reason_en="R", withdrawn_at=edition.published_at
        ),
        "edition that ends before it begins": lambda: trip.editions.update(
            public_until=edition.public_from - dt.timedelta(1)
        ),
    }
    held = []
    for rule, attempt in impossible.items():
        try:
            with transaction.atomic():
                attempt()
        except IntegrityError:
            held.append(rule)
    assert held == list(impossible)


@pytest.mark.parametrize("part", [RouteStop, Visit], ids=["route", "visit"])
def test_a_day_outside_the_trip_is_refused_at_its_field(part):
    trip = cast.trip()
    field = "arrives_on" if part is RouteStop else "date"
    row = part(trip=trip, city=trip.route.get().city, **{field: OUTSIDE})
    with pytest.raises(ValidationError, match=r"outside the trip \(2024-10-22 to 2024-10-26\)") as refusal:
        row.full_clean()
    assert list(refusal.value.message_dict) == [field]


def test_reversed_days_and_unknown_zones_are_refused_at_their_fields():
    trip = Trip(slug="a", title_en="A", starts_on=OUTSIDE, ends_on=dt.date(2024, 10, 1), time_zone="Asia/Guangzhou")
    with pytest.raises(ValidationError) as refusal:
        trip.full_clean(validate_constraints=False)
    assert sorted(refusal.value.message_dict) == ["ends_on", "time_zone"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("title_en", "x" * 100_000), ("slug", "not an address"), ("title_en", ""), ("starts_on", None)],
    ids=["long title", "bad address", "no title", "no day"],
)
def test_bad_input_is_refused_at_its_field(field, value):
    trip = cast.trip()
    setattr(trip, field, value)
    with pytest.raises(ValidationError) as refusal:
        trip.full_clean()
    assert field in refusal.value.message_dict


def test_parts_of_another_trip_are_refused():
    trip, other = cast.trip(), cast.trip("other")
    delegation, person = other.delegations.first(), other.delegates.first()
    for row, field in (
        (Delegate(trip=trip, name_en="A", delegation=delegation), "delegation"),
        (Statement(trip=trip, text_en="A", speaker=person), "speaker"),
    ):
        with pytest.raises(ValidationError, match="another trip") as refusal:
            row.full_clean()
        assert list(refusal.value.message_dict) == [field]


def test_a_statement_says_who_and_a_company_sends_no_delegation():
    trip = cast.trip()
    with pytest.raises(ValidationError, match="Say who"):
        Statement(trip=trip, text_en="A").full_clean()
    company = cast.organisation(Kind.ENTERPRISE, "BYD Company Limited")
    with pytest.raises(ValidationError, match="does not send a delegation"):
        Delegation(trip=trip, sender=company).full_clean()


def test_a_person_on_the_desk_cannot_be_deleted_from_under_a_trip():
    trip = cast.trip()
    for organisation in (trip.organisings.get().organisation, trip.visits.first().host):
        with pytest.raises(IntegrityError):
            organisation.delete()


def test_a_published_trip_cannot_be_deleted():
    trip = cast.trip()
    cast.published(trip)
    with pytest.raises(IntegrityError):
        trip.delete()


@pytest.mark.parametrize("count", [1, 100])
def test_a_list_of_trips_costs_the_same_queries_whatever_its_length(count, django_assert_num_queries):
    for number in range(count):
        cast.trip(f"trip-{number}") if number < 5 else Trip.objects.create(
            slug=f"trip-{number}", title_en="T", starts_on=dt.date(2024, 1, 1), ends_on=dt.date(2024, 1, 2)
        )
    at = dt.datetime(2024, 11, 1, tzinfo=dt.UTC)
    with django_assert_num_queries(4):
        shown = [
            (
                str(trip),
                trip.state,
                [str(stop.city) for stop in trip.route.all()],
                [one.sender.country.iso2 for one in trip.delegations.all()],
                [one.language for one in trip.reports.all()],
            )
            for trip in Trip.objects.stated(at).listed()
        ]
    assert len(shown) == count


def test_order_of_delegations_is_the_protocol_order():
    trip = cast.trip()
    for iso2, name in (("TH", "Thailand"), ("PH", "Philippines"), ("BN", "Brunei Darussalam")):
        country = cast.country(iso2, name, name)
        trip.delegations.create(sender=cast.organisation(Kind.EMBASSY, f"Embassy {iso2}", country=country))
    order = [one.sender.country.iso2 for one in trip.delegations.select_related("sender__country")]
    assert order == ["BN", "LA", "PH", "TH", "VN"]
    assert Organising._meta.ordering == ["position", "id"]

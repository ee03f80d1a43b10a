"""Submit, publish, withdraw: what each does, and when it refuses."""

import datetime as dt
import itertools

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests import cast
from trips import workflow
from trips.indexing import index
from trips.models import Edition, Listing, Mention, Trip, Withdrawal

pytestmark = pytest.mark.django_db
LATER = timezone.now() + dt.timedelta(days=30)


def public(at: dt.datetime | None = None) -> list[int]:
    return list(Edition.objects.public(at or timezone.now()).values_list("number", flat=True))


def test_what_was_seen_is_what_is_published():
    trip = cast.trip()
    candidate = workflow.submit(trip, by=None)
    trip.reports.update(headline="Changed after it was read")
    edition = workflow.publish(trip, digest=candidate.digest, by=None)
    assert (edition.number, edition.document) == (1, candidate.document)
    assert "Changed after" not in edition.document


def test_a_digest_nobody_submitted_is_refused():
    trip = cast.trip()
    workflow.submit(trip, by=None)
    with pytest.raises(workflow.Refused, match="not what you saw"):
        workflow.publish(trip, digest="0" * 64, by=None)


def test_a_draft_cannot_be_published_or_withdrawn():
    trip = cast.trip()
    for attempt in (
        lambda: workflow.publish(trip, digest="0" * 64, by=None),
        lambda: workflow.withdraw(trip, by=None, reason_en="No."),
    ):
        with pytest.raises(workflow.Refused, match="not possible"):
            attempt()


def test_publishing_twice_publishes_once():
    trip = cast.trip()
    first = cast.published(trip)
    again = workflow.publish(trip, digest=first.digest, by=None, public_from=cast.PUBLISHED_AT)
    assert (again.pk, Edition.objects.count()) == (first.pk, 1)


def test_edits_after_publication_leave_the_edition_alone_until_the_next():
    trip = cast.trip()
    first = cast.published(trip)
    trip.title_en = "Another title"
    trip.save()
    assert Edition.objects.get(pk=first.pk).document == first.document
    assert workflow.state_of(trip, timezone.now()) == "changed"
    second = cast.published(trip)
    assert (second.number, second.payload["title"]["en"]) == (2, "Another title")
    assert public() == [2]


def test_a_scheduled_edition_takes_over_at_its_moment_and_not_before():
    trip = cast.trip()
    cast.published(trip)
    trip.reports.update(headline="Later")
    cast.published(trip, public_from=LATER)
    assert workflow.state_of(trip, timezone.now()) == "scheduled"
    assert public(LATER - dt.timedelta(seconds=1)) == [1]
    assert public(LATER) == [2]


def test_before_the_trip_is_over_only_an_outline_can_be_published():
    today = timezone.localdate()
    trip = cast.trip(starts_on=today, ends_on=today + dt.timedelta(days=9))
    trip.visits.update(date=None)
    edition = cast.published(trip, public_from=timezone.now())
    assert edition.payload["extent"] == "outline"
    full = workflow.submit(trip, by=None, public_from=timezone.now() + dt.timedelta(days=20))
    with pytest.raises(workflow.Refused, match="only its days and cities"):
        workflow.publish(trip, digest=full.digest, by=None)


def test_a_withdrawn_edition_does_not_bring_an_older_one_back():
    trip = cast.trip()
    cast.published(trip)
    trip.reports.update(headline="Second")
    cast.published(trip)
    workflow.withdraw(trip, by=None, reason_en="A mistake.", number=2)
    assert public() == []
    assert workflow.state_of(trip, timezone.now()) == "withdrawn"
    assert list(Edition.objects.readable(timezone.now()).values_list("number", flat=True)) == [1]


def test_withdrawing_the_trip_takes_its_scheduled_editions_too_and_a_new_one_is_public_again():
    trip = cast.trip()
    cast.published(trip)
    trip.reports.update(headline="Later")
    cast.published(trip, public_from=LATER)
    workflow.withdraw(trip, by=None, reason_en="All of it.")
    assert public() == public(LATER) == []
    trip.reports.update(headline="Corrected")
    cast.published(trip, public_from=timezone.now())
    assert public() == [3]


def test_withdrawing_needs_a_reason_and_an_edition_that_exists():
    trip = cast.trip()
    cast.published(trip)
    with pytest.raises(workflow.Refused, match="reason"):
        workflow.withdraw(trip, by=None, reason_en="  ")
    with pytest.raises(workflow.Refused, match="no edition of this number"):
        workflow.withdraw(trip, by=None, reason_en="Yes.", number=7)


def test_an_edition_expires():
    trip = cast.trip()
    cast.published(trip, public_until=LATER)
    assert public() == [1]
    assert public(LATER) == []
    with pytest.raises(workflow.Refused, match="end of publication"):
        cast.published(trip, public_from=LATER, public_until=LATER)


def test_an_address_belongs_to_the_trip_that_was_published_there():
    first, second = cast.trip("first"), cast.trip("second")
    cast.published(first)
    first.slug = "moved"
    first.save()
    second.slug = "first"
    with pytest.raises(ValidationError, match="Another trip was published at this address"):
        second.full_clean()
    second.save()
    with pytest.raises(workflow.Refused, match="Another trip"):
        cast.published(second)


def test_editions_are_neither_edited_nor_deleted():
    edition = cast.published(cast.trip())
    with pytest.raises(ValidationError):
        edition.save()
    with pytest.raises(ValidationError):
        edition.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(
            trip=edition.trip, number=1, slug="x", document="{}", digest="", frozen_at=LATER,
            public_from=LATER, published_at=LATER,
        )  # fmt: skip


def test_the_index_and_the_editions_agree_at_every_moment():
    """Random histories of publishing, scheduling and withdrawing: both ways of asking give the same answer."""
    day = dt.timedelta(days=1)
    start = dt.datetime(2024, 11, 1, tzinfo=dt.UTC)
    for number, (first, second, end, gone, third) in enumerate(
        itertools.product((0, 3), (0, 2, 5), (None, 1), ((), ((1, 1),), ((2, 2),), ((1, 2),)), (None, 1))
    ):
        trip = Trip.objects.create(
            slug=f"trip-{number}", title_en="T", starts_on=dt.date(2024, 1, 1), ends_on=dt.date(2024, 1, 2)
        )
        for place, offset in enumerate((first, second, third), start=1):
            if offset is None:
                continue
            trip.editions.create(
                number=place, slug=trip.slug, document=cast_document(trip), digest="", frozen_at=start,
                public_from=start + offset * day, published_at=start,
                public_until=start + (offset + end) * day if end else None,
            )  # fmt: skip
        for low, high in gone:
            Withdrawal.objects.create(trip=trip, first=low, last=high, reason_en="R", withdrawn_at=start)
        index(trip)
    for hours in range(-12, 24 * 10, 12):
        moment = start + dt.timedelta(hours=hours)
        asked = set(Edition.objects.public(moment).values_list("pk", flat=True))
        listed = set(Listing.objects.public(moment).values_list("edition", flat=True))
        assert asked == listed, moment
        readable = set(Edition.objects.readable(moment).values_list("pk", flat=True))
        had_its_turn = Listing.objects.filter(visible_from__lte=moment, edition__in=Edition.objects.lasting(moment))
        assert readable == set(had_its_turn.values_list("edition", flat=True)), moment


def overtaken(*, gone: str = "") -> Trip:
    """A trip whose second edition was scheduled, and whose third was published before that time came."""
    trip = cast.trip()
    cast.published(trip)
    for headline, when in (("Second", LATER), ("Third", timezone.now())):
        trip.reports.update(headline=headline)
        cast.published(trip, public_from=when)
    if gone:
        workflow.withdraw(trip, by=None, reason_en="A mistake.", number=3)
    return trip


@pytest.mark.parametrize("gone", ["", "the newer one was withdrawn"])
def test_what_was_overtaken_before_its_time_never_becomes_public(gone, monkeypatch):
    trip = overtaken(gone=gone)
    after = LATER + dt.timedelta(days=1)
    for question in ("due", "begun", "readable"):
        assert 2 not in getattr(Edition.objects, question)(after).values_list("number", flat=True), question
    assert not Edition.objects.ahead(timezone.now()).filter(number=2).exists()
    assert [one.number for one in Edition.objects.marked() if one.is_overtaken] == [2]
    monkeypatch.setattr(timezone, "now", lambda: after)
    visitor, shown = Client(), 410 if gone else 200
    assert visitor.get(f"/en/trips/{trip.slug}/editions/2/").status_code == 404
    assert visitor.get(f"/api/v1/trips/{trip.slug}/editions/2/").status_code == 404
    assert visitor.get(f"/en/trips/{trip.slug}/").status_code == shown
    assert "editions/2/" not in visitor.get(f"/en/trips/{trip.slug}/editions/1/").content.decode()
    with pytest.raises(workflow.Refused, match=r"no edition of this number|nothing to withdraw"):
        workflow.withdraw(trip, by=None, reason_en="Never seen.", number=2)


def test_what_is_cancelled_before_its_time_overtakes_nothing():
    trip = cast.trip()
    for headline, when in (("First", LATER), ("Second", LATER - dt.timedelta(days=9))):
        trip.reports.update(headline=headline)
        cast.published(trip, public_from=when)
    assert [one.number for one in Edition.objects.marked() if one.is_overtaken] == [1]
    workflow.withdraw(trip, by=None, reason_en="Not yet.", number=2)
    assert public(LATER - dt.timedelta(seconds=1)) == []
    assert public(LATER) == [1]
    assert workflow.state_of(trip, timezone.now()) == "scheduled"


def test_an_edition_that_was_public_is_not_overtaken_by_one_for_the_same_time():
    trip = cast.trip()
    cast.published(trip)
    trip.reports.update(headline="Second")
    cast.published(trip)
    assert not Edition.objects.marked().filter(is_overtaken=True).exists()
    trip.reports.update(headline="Scheduled")
    cast.published(trip, public_from=LATER)
    trip.reports.update(headline="Before what readers saw already")
    with pytest.raises(workflow.Refused, match="public since a later time"):
        cast.published(trip, public_from=cast.PUBLISHED_AT - dt.timedelta(days=1))


def cast_document(trip: Trip) -> str:
    return workflow.frozen(trip, public_from=dt.datetime(2024, 11, 1, tzinfo=dt.UTC))[0]


def test_the_index_can_be_rebuilt_and_names_every_party_once_per_role():
    trip = cast.trip()
    cast.published(trip)
    before = list(Mention.objects.values_list("subject", "key", "section", "slug").order_by("subject", "key"))
    assert index(trip) == 1
    after = list(Mention.objects.values_list("subject", "key", "section", "slug").order_by("subject", "key"))
    assert before == after
    sections = sorted(Mention.objects.values_list("section", "name_en"))
    assert sections == [
        ("cities", "Shenzhen"),
        ("enterprises", "BYD Company Limited"),
        ("institutions", "Shenzhen Polytechnic University"),
        ("media-outlets", "Southern Daily"),
        ("member-states", "Embassy of Lao PDR"),
        ("member-states", "Embassy of Viet Nam"),
        ("member-states", "Lao PDR"),
        ("member-states", "Viet Nam"),
        ("organisers", "ASEAN-China Centre"),
        ("themes", "Vocational education"),
    ]

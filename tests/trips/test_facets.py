"""The facets in memory: never behind what is published, and exact."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from institutions.choices import Kind
from institutions.models import Organisation
from tests import cast
from trips import facets, workflow
from trips.facets import reading
from trips.models import IndexState, Listing

pytestmark = pytest.mark.django_db


def now() -> facets.Snapshot:
    return facets.snapshot(timezone.now())


def test_what_is_asked_again_costs_two_queries(django_assert_num_queries):
    cast.published(cast.trip())
    first = now()
    with django_assert_num_queries(2):
        assert now() is first
    assert first.counts("organisation", first.everything) == {
        "shenzhen-polytechnic-university": 1,
        "byd-company-limited": 1,
        "asean-china-centre": 1,
    }
    assert first.label("state", "lao-pdr") == {"en": "Lao PDR", "zh-hans": "老挝"}


def test_every_publication_and_withdrawal_is_seen_at_once():
    trip = cast.trip()
    assert now().editions == ()
    edition = cast.published(trip)
    assert now().editions == (edition.pk,)
    workflow.withdraw(trip, by=None, reason_en="Wrong.")
    assert now().editions == ()


def test_what_was_rolled_back_is_forgotten():
    first = cast.published(cast.trip("first"))
    assert now().editions == (first.pk,)
    with transaction.atomic():
        cast.published(cast.trip("second"))
        assert len(now().editions) == 2
        transaction.set_rollback(True)
    third = cast.published(cast.trip("third"))
    assert set(now().editions) == {first.pk, third.pk}


def test_a_moment_at_which_an_edition_begins_or_ends_is_kept_to_the_second():
    begins = timezone.now() + dt.timedelta(days=1)
    ends = begins + dt.timedelta(days=1)
    edition = cast.published(cast.trip(), public_from=begins, public_until=ends)
    second = dt.timedelta(seconds=1)
    seen = [facets.snapshot(at).editions for at in (begins - second, begins, ends - second, ends, begins)]
    assert seen == [(), (edition.pk,), (edition.pk,), (), (edition.pk,)]


def test_a_merge_and_its_undoing_are_seen_at_once():
    cast.published(cast.trip())
    stays = cast.organisation(Kind.HOST, "Another College")
    gone = Organisation.objects.filter(slug="shenzhen-polytechnic-university")
    before = now()
    gone.update(merged_into=stays)
    value = now().known["organisation"]["shenzhen-polytechnic-university"]
    assert value.key == stays.uid
    gone.update(merged_into=None)
    assert now() is not before
    assert now().values == before.values


def test_a_change_while_the_rows_are_read_is_not_missed(monkeypatch):
    trip = cast.trip()
    read, late = reading.read, []

    def slow(at, merged):
        found = read(at, merged)
        if not late:
            late.append(cast.published(trip))
        return found

    monkeypatch.setattr(reading, "read", slow)
    assert now().editions == (late[0].pk,)


def test_an_index_that_another_version_wrote_is_written_anew_when_the_database_is_brought_up_to_date():
    cast.published(cast.trip())
    IndexState.objects.update(version=1)
    Listing.objects.update(reported=False)
    call_command("migrate", verbosity=0)
    assert set(now().values["language"]) == {"en", "zh-hans"}

"""Two people at the very same moment: one of them is second, and is told. Each race is run over and over.

RACE_ROUNDS sets how often; the figures of a release are measured with 500.
"""

import os
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from exchange.models import AuditEntry
from tests import cast
from tests.admin.test_desk import change, form_of
from trips import together, workflow
from trips.models import Edition, Trip

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("RACE_ROUNDS", "8"))


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave back, or the exception it raised; all begin together, each on a connection of its own."""
    start, results = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        start.wait()
        try:
            results[place] = act()
        except Exception as raised:  # what went wrong is the result
            results[place] = raised
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return results


@pytest.fixture
def editors() -> list[Client]:
    clients = []
    for name in ("ivy", "edo"):
        client = Client()
        client.force_login(User.objects.create_superuser(name))
        clients.append(client)
    return clients


def fresh(trip: Trip) -> Trip:
    return Trip.objects.get(pk=trip.pk)


def test_two_editors_change_different_things(editors):
    trip = cast.trip()
    for turn in range(ROUNDS):
        ivy, edo = (form_of(client, change(trip)) for client in editors)
        answers = at_once(
            lambda data=ivy, n=turn: editors[0].post(change(trip), data | {"title_en": f"Title {n}"}).status_code,
            lambda data=edo, n=turn: editors[1].post(change(trip), data | {"audience_en": f"Audience {n}"}).status_code,
        )
        assert answers == [302, 302], turn
        assert (fresh(trip).title_en, fresh(trip).audience_en) == (f"Title {turn}", f"Audience {turn}")


def test_two_editors_change_the_same_thing(editors):
    trip = cast.trip()
    for turn in range(ROUNDS):
        forms = [form_of(client, change(trip)) for client in editors]
        words = [f"By Ivy {turn}", f"By Edo {turn}"]
        answers = at_once(
            *(
                lambda client=client, data=data, said=said: (
                    client.post(change(trip), data | {"report-en-0-headline": said}).status_code
                )
                for client, data, said in zip(editors, forms, words, strict=True)
            )
        )
        assert sorted(answers) == [200, 302], turn  # one is saved, one is shown what was saved
        assert trip.reports.get(language="en").headline == words[answers.index(302)]


def test_two_publishers_publish_once():
    trip = cast.trip()
    people = [User.objects.create_superuser(name) for name in ("pia", "pat")]
    for turn in range(ROUNDS):
        changed = fresh(trip)
        changed.title_en = f"Title {turn}"
        changed.save()
        digest = workflow.submit(changed, by=None).digest
        why = cast.reasons(trip)
        editions = at_once(
            *(lambda by=by, d=digest, w=why: workflow.publish(trip, digest=d, by=by, waived=w) for by in people)
        )
        assert Edition.objects.filter(trip=trip).count() == turn + 1, editions
        assert {one.number for one in editions} == {turn + 1}


def test_an_editor_and_a_publisher(editors):
    """What is published is what was seen, whatever is saved at that moment; what is saved is kept."""
    trip = cast.trip()
    for turn in range(ROUNDS):
        edited = fresh(trip)
        edited.title_en = f"Seen {turn}"
        edited.save()
        digest = workflow.frozen(trip, public_from=timezone.now())[1]
        data = form_of(editors[0], change(trip)) | {"title_en": f"Saved {turn}"}
        published, status = at_once(
            lambda d=digest: workflow.publish(trip, digest=d, by=None, unreviewed=True),
            lambda d=data: editors[0].post(change(trip), d).status_code,
        )
        assert status == 302, turn
        assert fresh(trip).title_en == f"Saved {turn}"
        if isinstance(published, Exception):
            assert "not what you saw" in str(published)
        else:
            assert published.payload["title"]["en"] == f"Seen {turn}"


def test_the_database_is_one_that_can_race():
    assert connection.vendor in ("postgresql", "sqlite")
    assert ":memory:" not in str(connection.settings_dict["NAME"])


def test_two_publishers_with_overlapping_sets():
    """One publishes all of theirs, the other none; nobody waits for ever."""
    trips = [cast.without_warnings(cast.trip(f"trip-{number}")) for number in range(3)]
    people = [User.objects.create_superuser(name) for name in ("pia", "pat")]
    for turn in range(ROUNDS):
        seen = []
        for one in trips:
            changed = fresh(one)
            changed.title_en = f"{one.slug}, {turn}"
            changed.save()
            seen.append(together.Seen(one, together.history(one), workflow.submit(changed, by=None).digest))
        sets = (seen[:2], seen[:0:-1])  # the first two, and the last two in the other order
        results = at_once(*(lambda by=by, s=s: together.publish(s, by=by) for by, s in zip(people, sets, strict=True)))
        refused = [one for one in results if isinstance(one, Exception)]
        assert [type(one) for one in refused] == [workflow.Refused], results
        assert "not what you saw" in str(refused[0])
        winners = next(one for one in results if not isinstance(one, Exception))
        published = Edition.objects.filter(pk__in=[one.pk for one in winners]).count()
        assert (published, Edition.objects.count()) == (2, 2 * (turn + 1))
        assert AuditEntry.objects.filter(verb="publish").count() == 2 * (turn + 1)

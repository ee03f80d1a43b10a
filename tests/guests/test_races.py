"""A reader answers at the very moment when the desk submits another text, or twice at once."""

import pytest
from django.db import connection

from tests import cast
from tests.trips.test_races import ROUNDS, at_once
from trips import review_links, workflow
from trips.models import Agreement, Trip

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_nobody_agrees_to_a_text_that_was_replaced(number):
    trip = cast.trip()
    first = workflow.submit(trip, by=None)
    link, _token = review_links.make(trip, by=None, for_whom="Somebody")
    Trip.objects.filter(pk=trip.pk).update(title_en="Second version")
    fresh = Trip.objects.get(pk=trip.pk)

    def agree() -> Agreement:
        return review_links.agree(link, digest=first.digest, name="Somphone")

    given, second, again = at_once(agree, lambda: workflow.submit(fresh, by=None), agree)
    connection.close()
    for one in (given, again):
        assert isinstance(one, workflow.Refused) or one.at <= second.submitted_at, one
    taken = [one for one in (given, again) if isinstance(one, Agreement)]
    assert link.agreements.count() == min(1, len(taken))

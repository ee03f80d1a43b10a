"""What differs between two documents, in lines that people can read."""

import datetime as dt
import json

import pytest

from tests import cast
from trips.edition.diff import Change, changes
from trips.edition.freeze import freeze, frozen

pytestmark = pytest.mark.django_db
AFTER = dt.datetime(2024, 11, 1, tzinfo=dt.UTC)


def test_only_what_changed_is_told_and_in_words():
    trip = cast.trip()
    body = "<p>They came.</p><h3>Then</h3><p>They left.</p>"
    trip.reports.filter(language="en").update(body=body)
    before = freeze(trip, public_from=AFTER)
    assert changes(before, before) == []
    trip.reports.filter(language="en").update(body=body.replace("They left", "They stayed"))
    trip.coverage.all().delete()
    told = changes(before, freeze(trip, public_from=AFTER))
    assert told[0] == Change("report", "They left.", "They stayed.")
    assert [(one.section, one.after) for one in told[1:]] == [("coverage", "")]
    assert "Southern Daily" in told[1].before


def test_a_stored_document_is_compared_with_a_fresh_one_by_what_they_say():
    trip = cast.trip()
    stored = json.loads(frozen(trip, public_from=AFTER)[0])
    assert changes(stored, freeze(trip, public_from=AFTER)) == []
    trip.reports.filter(language="en").update(summary="Six days.")
    assert changes(stored, freeze(trip, public_from=AFTER)) == [Change("report", "Five days.", "Six days.")]

"""What keeping versions costs: the same form saved with and without, in one run."""

import statistics
import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from exchange.versions import pages
from institutions.choices import Kind
from tests import cast
from tests.admin.test_desk import change, client, errors_of, form_of
from trips.models import Trip

__all__ = ["client"]

pytestmark = pytest.mark.django_db
ROWS, TURNS = 50, 7


def big_trip() -> Trip:
    trip = cast.trip()
    hosts = [cast.organisation(Kind.HOST, f"College {n}") for n in range(10)]
    for n in range(ROWS):
        trip.visits.create(host=hosts[n % 10], seen_en=f"Seen {n}", date=trip.starts_on, position=n)
    return trip


def saved(client: Client, trip: Trip, words: str) -> tuple[int, float]:
    """Queries and seconds of one save of the title and a row."""
    data = form_of(client, change(trip)) | {"title_en": words, "visits-3-seen_en": words}
    with CaptureQueriesContext(
        connection,
    ) as queries:
        began = time.process_time()
        response = client.post(change(trip), data)
        took = time.process_time() - began
    assert response.status_code == 302, errors_of(response)
    return len(queries), took


def test_a_trip_of_fifty_rows_saves_in_at_most_twice_the_time_and_queries(client, monkeypatch):
    trip = big_trip()
    figures: dict[str, list[tuple[int, float]]] = {"with": [], "without": []}
    with zeal_ignore():
        saved(client, trip, "Warm")
        for turn in range(TURNS):
            figures["with"].append(saved(client, trip, f"With {turn}"))
            with monkeypatch.context() as patch:
                patch.setattr(pages, "keep", lambda *args, **kwargs: None)
                patch.setattr(pages, "keep_first", lambda *args: None)
                figures["without"].append(saved(client, trip, f"Without {turn}"))
    queries = {name: max(count for count, _time in all_) for name, all_ in figures.items()}
    seconds = {name: statistics.median(took for _count, took in all_) for name, all_ in figures.items()}
    told = f"queries {queries}, seconds of CPU {seconds}"
    print(told)
    assert queries["with"] <= 2 * queries["without"], told
    assert seconds["with"] <= 2 * seconds["without"], told

"""Thousands of published trips in seconds: editions and their index, made from one real document and written in bulk.

The desk has next to nothing of them. For each thousand trips there are a hundred organisations, so that lists and
filters grow as those of a real site do: more trips, and more to choose from.
"""

import datetime as dt
import random
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from exchange.lib.canonical import canonical, digest
from institutions.choices import Kind
from trips import indexing
from trips.edition.schema import Payload
from trips.models import Edition, Extract, Listing, Mention, SearchText, Trip
from trips.search import matching, names, texts

BATCH = 500
FIRST_YEAR, YEARS = 2005, 20
CITIES, THEMES, PRESENT = 60, 24, 6
BEGAN = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
WINDOW = (BEGAN, None)


def publish(count: int, base: Payload, *, whole: bool = False) -> None:
    """That many more published trips, each of its own days, cities, themes, hosts and states.

    Their ``whole`` index, with words and open data, takes several times as long to write.
    """
    drawn, done = random.Random(count), Trip.objects.count()  # noqa: S311  the same trips every time
    for start in range(0, count, BATCH):
        size = min(BATCH, count - start)
        _store([_drawn(base, done + start + number, count, drawn) for number in range(size)], whole=whole)
    if whole:
        matching.compact()
        _analyse()


@transaction.atomic
def _store(payloads: list[Payload], *, whole: bool) -> None:
    trips = Trip.objects.bulk_create(_trip(one) for one in payloads)
    editions = Edition.objects.bulk_create(_edition(*one) for one in zip(trips, payloads, strict=True))
    _insert(Listing, [row for one in editions for row in indexing.listings(one, WINDOW)])
    mentions = [row for one in editions for row in indexing.mentions(one, WINDOW)]
    _insert(Mention, mentions)
    if whole:
        _insert(Extract, [row for one in editions for row in indexing.extracts(one, WINDOW)])
        _insert(SearchText, [row for one in editions for row in texts.rows(one, WINDOW)])
        names.follow(set(), names.printed(mentions))
    indexing.renew()


def _analyse() -> None:
    """PostgreSQL counts its rows by itself, but later than a measurement begins."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _insert(model: type[Model], rows: list[Any]) -> None:
    """One statement for all rows: ``bulk_create`` makes one for every few of them, which takes far longer."""
    fields = [one for one in model._meta.concrete_fields if not one.primary_key]
    columns = ", ".join(connection.ops.quote_name(one.column) for one in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = [[one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields] for row in rows]
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608  names of ours


def _trip(payload: Payload) -> Trip:
    return Trip(
        slug=payload["slug"],
        title_en=payload["title"]["en"],
        starts_on=dt.date.fromisoformat(payload["starts_on"]),
        ends_on=dt.date.fromisoformat(payload["ends_on"]),
    )


def _edition(trip: Trip, payload: Payload) -> Edition:
    text = canonical(payload)
    made = Edition(
        trip=trip, number=1, slug=trip.slug, document=text, digest=digest(text), frozen_at=BEGAN, published_at=BEGAN,
        public_from=BEGAN,
    )  # fmt: skip
    made.payload = payload  # known already: it is not read back
    return made


def _drawn(base: Payload, number: int, count: int, drawn: random.Random) -> Payload:
    """The base document on other days, with other cities, themes, hosts and states."""
    first = dt.date(FIRST_YEAR + number % YEARS, 1 + number % 12, 1 + number % 28)
    hosts = [_host(one) for one in drawn.sample(range(max(10, count // 10)), 3)]
    present = drawn.sample(base["delegations"], min(PRESENT, len(base["delegations"])))
    named = {one["party"] for one in (*base["organisers"], *present)}
    like = next(one for one in base["parties"].values() if one["kind"] == Kind.HOST)
    parties = {uid: base["parties"][uid] for uid in named} | {one["uid"]: {**like, **one} for one in hosts}
    visit = base["programme"][0]
    return base | {
        "slug": f"bench-{number}",
        "title": {"en": f"Study Visit {number}", "zh-hans": f"考察团第{number}期"},
        "starts_on": first.isoformat(),
        "ends_on": (first + dt.timedelta(3)).isoformat(),
        "route": [_named("City", "城市", one, base["route"][0]) for one in drawn.sample(range(CITIES), 2)],
        "themes": [_named("Theme", "主题", one, base["themes"][0]) for one in drawn.sample(range(THEMES), 2)],
        "parties": dict(sorted(parties.items())),  # in the order in which a document keeps them
        "delegations": present,
        "programme": [visit | {"host": one["uid"], "participants": [], "present": []} for one in hosts],
        "report": base["report"] if number % 3 else {"en": base["report"]["en"]},
        "coverage": [],
        "persons": {},
        "people": [],
        "statements": [],
        "outcomes": [],
        "demo": False,
    }


def _named(english: str, chinese: str, number: int, like: Mapping[str, Any]) -> dict[str, Any]:
    name = {"en": f"{english} {number}", "zh-hans": f"{chinese}{number}"}
    return {**like, "slug": f"{english.lower()}-{number}", "name": name}


def _host(number: int) -> dict:
    return {
        "uid": f"host{number:08}",
        "slug": f"college-{number}",
        "name": {"en": f"College of Place {number}", "zh-hans": f"第{number}学院"},
    }

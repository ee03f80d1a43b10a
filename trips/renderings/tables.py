"""The public data as tables for a spreadsheet: an edition in, its rows of each table out."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from trips.edition.reading import visits
from trips.edition.schema import Payload

BOTH = ("en", "zh_hans")


class Record(NamedTuple):
    """An edition: its document, and what stands outside of it."""

    payload: Payload
    slug: str
    number: int
    digest: str
    public_from: dt.datetime


class Table(NamedTuple):
    """A file: its columns after ``trip`` and ``edition``, and the cells of its rows."""

    columns: Sequence[str]
    cells: Callable[[Record], Iterator[tuple[Any, ...]]]


def heading(name: str) -> list[str]:
    return ["trip", "edition", *TABLES[name].columns]


def rows(name: str, record: Record) -> Iterator[tuple[Any, ...]]:
    """The rows that an edition has in a table; the first two cells say which edition that is."""
    return ((record.slug, record.number, *cells) for cells in TABLES[name].cells(record))


def _trips(record: Record) -> Iterator[tuple[Any, ...]]:
    payload = record.payload
    report = {code: payload["report"].get(code) for code in ("en", "zh-hans")}
    yield (
        *_both(payload["title"]),
        payload["starts_on"],
        payload["ends_on"],
        payload["time_zone"],
        payload["format"],
        payload["extent"],
        *_both(payload["audience"]),
        *_both(payload["destination"]),
        *_joined([one["name"] for one in payload["route"]]),
        *_joined([one["name"] for one in payload["themes"]]),
        len(payload["delegations"]),
        visits(payload),
        *(one["summary"] if one else "" for one in report.values()),
        record.public_from.astimezone(dt.UTC).isoformat(),
        record.digest,
        "demonstration" if payload["demo"] else "",
    )


def _delegations(record: Record) -> Iterator[tuple[Any, ...]]:
    parties, states = record.payload["parties"], record.payload["states"]
    for one in record.payload["delegations"]:
        sender, state = parties[one["party"]], states.get(one["state"])
        named = (*_both(state["name"]), "yes" if state["member"] else "no") if state else ("", "", "")
        yield one["state"], *named, sender["uid"], *_both(sender["name"]), one["size"]


def _visits(record: Record) -> Iterator[tuple[Any, ...]]:
    parties = record.payload["parties"]
    for place, one in enumerate(record.payload["programme"], start=1):
        host = parties.get(one["host"])
        yield (
            place,
            one["kind"],
            one["date"],
            one["starts"],
            one["ends"],
            one["day_part"],
            *_both(one["city"]),
            one["host"],
            *(_both(host["name"]) if host else ("", "")),
            *_both(one["place"]),
            *_both(one["seen"]),
            *_joined([parties[uid]["name"] for uid in one["participants"] if uid in parties]),
        )


def _organisations(record: Record) -> Iterator[tuple[Any, ...]]:
    roles = _roles(record.payload)
    for uid, one in record.payload["parties"].items():
        names = (*_both(one["name"]), *_both(one["short"]), *_both(one["city"]))
        yield uid, one["kind"], one["type"], *names, one["country"], " ".join(roles.get(uid, ()))


def _roles(payload: Payload) -> dict[str, list[str]]:
    """What each party was on the trip."""
    named = [
        *((one["party"], one["role"]) for one in payload["organisers"]),
        *((one["party"], "sender") for one in payload["delegations"]),
        *((one["host"], "host") for one in payload["programme"]),
        *((uid, "participant") for one in payload["programme"] for uid in one["participants"]),
        *((one["outlet"], "outlet") for one in payload["coverage"]),
    ]
    roles: dict[str, list[str]] = {}
    for uid, role in dict.fromkeys(named):
        roles.setdefault(uid, []).append(role)
    return roles


def _coverage(record: Record) -> Iterator[tuple[Any, ...]]:
    for one in record.payload["coverage"]:
        outlet = record.payload["parties"][one["outlet"]]
        yield outlet["uid"], *_both(outlet["name"]), one["headline"], one["link"], one["date"], one["language"]


def _both(text: Any) -> tuple[str, str]:
    return text["en"], text["zh-hans"]


def _joined(texts: Sequence[Any]) -> tuple[str, str]:
    """Several names in one cell, in each language."""
    return "; ".join(one["en"] for one in texts if one["en"]), "；".join(
        one["zh-hans"] for one in texts if one["zh-hans"]
    )


def _pairs(*names: str) -> list[str]:
    return [f"{name}_{code}" for name in names for code in BOTH]


TABLES: dict[str, Table] = {
    "trips": Table(
        [
            *_pairs("title"),
            "starts_on",
            "ends_on",
            "time_zone",
            "format",
            "extent",
            *_pairs("audience", "destination", "cities", "themes"),
            "delegations",
            "visits",
            *_pairs("summary"),
            "public_from",
            "digest",
            "note",
        ],
        _trips,
    ),
    "delegations": Table(["state", *_pairs("state"), "member", "sender", *_pairs("sender"), "delegates"], _delegations),
    "visits": Table(
        [
            "place_in_programme",
            "kind",
            "date",
            "starts",
            "ends",
            "day_part",
            *_pairs("city"),
            "host",
            *_pairs("host", "place", "seen", "participants"),
        ],
        _visits,
    ),
    "organisations": Table(
        ["organisation", "kind", "type", *_pairs("name", "short", "city"), "country", "roles"], _organisations
    ),
    "coverage": Table(["outlet", *_pairs("outlet"), "headline", "link", "date", "language"], _coverage),
}

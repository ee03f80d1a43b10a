"""What is public as JSON: an edition's document exactly as it was frozen, in an envelope of what stands outside it."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings

from exchange.lib.languages import CODES
from trips.renderings.frame import absolute

VERSION = "v1"


class Issued(NamedTuple):
    """An edition: its document, and what stands outside of it."""

    document: str
    slug: str
    number: int
    digest: str
    public_from: dt.datetime
    notes: Mapping[str, str]


class Page(NamedTuple):
    """A page of a list: its number, how many pages and rows there are, and what the list was asked for besides."""

    number: int
    pages: int
    rows: int
    asked: Sequence[tuple[str, str]] = ()


def trip(issued: Issued) -> str:
    """The answer as JSON text, on one line. ``trip`` is the very text whose SHA-256 is ``digest``."""
    envelope = {
        "licence": licence(),
        "number": issued.number,
        "digest": issued.digest,
        "public_from": issued.public_from.astimezone(dt.UTC).isoformat(),
        "note": issued.notes,
        "pages": pages(f"trips/{issued.slug}/editions/{issued.number}/"),
    }
    return f'{written(envelope)[:-1]}, "trip": {issued.document}}}'


def listed(name: str, rows: Sequence[Mapping[str, Any]], page: Page) -> str:
    """A page of a list as JSON text; the rows stand under its name, as it does in the address."""
    return written(
        {
            "licence": licence(),
            "count": page.rows,
            "page": page.number,
            "pages": page.pages,
            "previous": _turned(name, page, -1) if page.number > 1 else None,
            "next": _turned(name, page, 1) if page.number < page.pages else None,
            name.replace("-", "_"): rows,
        }
    )


def entry(titles: Mapping[str, str], slug: str, starts_on: dt.date, ends_on: dt.date) -> dict[str, Any]:
    """One trip of the list."""
    return {
        "slug": slug,
        "title": titles,
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
        "url": address("trips", slug),
        "pages": pages(f"trips/{slug}/"),
    }


class Party(NamedTuple):
    """An organisation: its uid in the documents, kind, slug, names, trips, address of its page below the language.

    ``value`` is what the filter of trips calls it, empty where it has none; ``profile`` is what its record tells
    besides, none where no editor has checked it.
    """

    uid: str
    kind: str
    slug: str
    names: Mapping[str, str]
    trips: int
    path: str
    value: str = ""
    profile: Mapping[str, Any] | None = None


def party(one: Party) -> dict[str, Any]:
    return {
        "uid": one.uid,
        "kind": one.kind,
        "slug": one.slug,
        "name": one.names,
        "trips": trips_of("organisation", one.value, one.trips),
        "url": address("organisations", one.kind, one.slug),
        "pages": pages(one.path),
        "profile": one.profile,
    }


def trips_of(facet: str, value: str, count: int) -> dict[str, Any]:
    """How many trips, and where they are listed."""
    return {"count": count, "url": f"{address('trips')}?{urlencode({facet: value})}" if value else None}


def problem(status: int, detail: str, **more: Any) -> str:
    """Why there is no answer, as RFC 9457 writes it."""
    return written(
        {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    )


def address(*parts: str | int) -> str:
    """Where something is found as JSON."""
    return f"{settings.SITE_URL}/api/{VERSION}/{'/'.join(map(str, parts))}/"


def pages(path: str) -> dict[str, str]:
    """Where it is found as a page, in each language."""
    return {code: absolute(code, path) for code in CODES}


def licence() -> str | None:
    """What the installation states, if it does."""
    return settings.DATA_LICENCE or None


def written(answer: Mapping[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False)


def _turned(name: str, page: Page, by: int) -> str:
    return f"{address(name)}?{urlencode([*page.asked, ('page', page.number + by)])}"

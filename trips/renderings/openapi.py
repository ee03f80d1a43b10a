"""What the JSON interface answers, as an OpenAPI 3.1 document, made of one table."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings

from exchange.lib.languages import CODES
from institutions.choices import Kind
from trips.renderings import shapes
from trips.renderings.api import VERSION
from trips.renderings.frame import UNNAMED, absolute

SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 120}
FILTERS = {
    "year": "The year of the first day.",
    "state": "The address of a country that sent a delegation, such as viet-nam.",
    "city": "The address of a city of the route.",
    "theme": "The address of a theme.",
    "organisation": "The address of a host, enterprise or organiser.",
    "language": "A language in which there is a report.",
}
ABOUT = """\
Read-only, without a key. Trips are what was published: a document that is never edited, each correction being a new
edition with a digest of its own. Something that was withdrawn answers 410 with the reason that was given.

Every answer has an ETag: ask again with If-None-Match, and what has not changed costs a 304 without a body. Pages of
other sites may read it too. What cannot be answered is told as RFC 9457 (application/problem+json). Parameters that
are not described here are ignored. A field may be added; none changes its meaning in this version."""


class Operation(NamedTuple):
    """One address: what it gives, what may be asked, the shape of its answer, and how else it may answer."""

    path: str
    name: str
    summary: str
    answer: str
    asked: tuple[dict[str, Any], ...] = ()
    besides: tuple[int, ...] = ()


def _in_path(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(name: str, about: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": about, "schema": schema}


def _filter(name: str, about: str) -> dict[str, Any]:
    """Several values are alternatives."""
    kinds = {"year": {"type": "string", "pattern": "^[0-9]{1,4}$"}, "language": {"enum": [*CODES]}}
    several = {"type": "array", "items": kinds.get(name, SLUG), "maxItems": 20}
    return _in_query(name, f"{about} Several are alternatives.", several) | {"style": "form", "explode": True}


PAGE = _in_query("page", "Which page, of a hundred each.", {"type": "integer", "minimum": 1, "default": 1})
KIND = {"enum": Kind.values}
OPERATIONS = (
    Operation(
        "trips/",
        "listTrips",
        "All public trips, the latest first, or those that a filter leaves",
        "EntryList",
        (PAGE, *(_filter(*one) for one in FILTERS.items())),
        (400, 404),
    ),
    Operation(
        "trips/{slug}/",
        "readTrip",
        "A trip as its current edition tells it",
        "Edition",
        (_in_path("slug", SLUG),),
        (301, 404, 410),
    ),
    Operation(
        "trips/{slug}/editions/{number}/",
        "readEdition",
        "One edition, superseded or not",
        "Edition",
        (_in_path("slug", SLUG), _in_path("number", {"type": "integer", "minimum": 1})),
        (301, 404, 410),
    ),
    Operation(
        "organisations/",
        "listOrganisations",
        "Everyone whom a public trip names, by English name",
        "OrganisationList",
        (PAGE, _in_query("kind", "Of one kind only.", KIND)),
        (400, 404),
    ),
    Operation(
        "organisations/{kind}/{slug}/",
        "readOrganisation",
        "One organisation",
        "OneOrganisation",
        (_in_path("kind", KIND), _in_path("slug", SLUG)),
        (301, 404),
    ),
    Operation("member-states/", "listMemberStates", "The member states of ASEAN, in protocol order", "MemberStateList"),
)
WORDS = {
    301: "It lives at another address now.",
    400: "What was asked cannot be meant.",
    404: "There is nothing public at this address.",
    405: "This address can only be read.",
    410: "It was public and is so no longer.",
}


def document() -> dict[str, Any]:
    """The whole of it."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.SITE_NAME if settings.SITE_NAME != UNNAMED else "ASEAN-China Exchange",
            "version": VERSION,
            "summary": "Education-exchange trips, as they were published.",
            "description": ABOUT,
            **_licence(),
        },
        "externalDocs": {
            "url": absolute(CODES[0], "data/"),
            "description": "The open data, and all of it in one file.",
        },
        "servers": [{"url": f"{settings.SITE_URL}/api/{VERSION}"}],
        "paths": {f"/{one.path}": {"get": _operation(one)} for one in OPERATIONS},
        "components": {"schemas": shapes.everything()},
    }


def _licence() -> dict[str, Any]:
    licence = settings.DATA_LICENCE
    if not licence:
        return {}
    return {"license": {"name": licence, **({"url": licence} if licence.startswith("http") else {})}}


def _operation(one: Operation) -> dict[str, Any]:
    return {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": list(one.asked),
        "responses": {
            "200": {
                "description": one.summary,
                "headers": {"ETag": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": shapes.ref(one.answer)}},
            },
            "304": {"description": "As it was when it had the tag that was sent."},
            **{str(status): _otherwise(status) for status in (*one.besides, 405)},
        },
    }


def _otherwise(status: int) -> dict[str, Any]:
    if status < 400:
        return {"description": WORDS[status], "headers": {"Location": {"schema": {"type": "string"}}}}
    return {
        "description": WORDS[status],
        "content": {"application/problem+json": {"schema": shapes.ref("Problem")}},
    }

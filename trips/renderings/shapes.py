"""The shapes of the JSON interface as JSON Schema: those of the document are read off ``trips.edition.schema``."""

import types
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from institutions.choices import Kind
from trips.edition import schema

Shape = dict[str, Any]
PLAIN: dict[Any, str] = {str: "string", int: "integer", bool: "boolean"}


def of(kind: Any, found: dict[str, Shape]) -> Shape:
    """The shape of a type; those of typed dictionaries are put into ``found`` and referred to by name."""
    if kind in PLAIN:
        return {"type": PLAIN[kind]}
    if is_typeddict(kind):
        if kind.__name__ not in found:
            found[kind.__name__] = {}  # it may refer to itself
            found[kind.__name__] = _dictionary(kind, found)
        return ref(kind.__name__)
    origin, given = get_origin(kind), get_args(kind)
    if origin is NotRequired:
        return of(given[0], found)
    if origin is Literal:
        return {"enum": list(given)}
    if origin is list:
        return {"type": "array", "items": of(given[0], found)}
    if origin is dict:
        return {"type": "object", "additionalProperties": of(given[1], found)}
    if origin in (Union, types.UnionType):
        return either(*(of(one, found) if one is not type(None) else {"type": "null"} for one in given))
    raise TypeError(kind)


def _dictionary(kind: Any, found: dict[str, Shape]) -> Shape:
    """What can be redacted may lack everything else."""
    hints = get_type_hints(kind, include_extras=True)
    shape: Shape = {"type": "object", "properties": {name: of(one, found) for name, one in hints.items()}}
    if "redacted" not in hints:
        shape["required"] = sorted(name for name, one in hints.items() if get_origin(one) is not NotRequired)
    return shape


def ref(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


def either(*shapes: Shape) -> Shape:
    return {"anyOf": list(shapes)}


def maybe(shape: Shape) -> Shape:
    return either(shape, {"type": "null"})


def record(properties: dict[str, Shape], *, optional: tuple[str, ...] = ()) -> Shape:
    """An object that has all these, but for the optional ones."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def paged(name: str, row: str) -> Shape:
    """A page of a list."""
    return record(
        {
            "licence": LICENCE,
            "count": COUNT,
            "page": COUNT,
            "pages": COUNT,
            "previous": maybe(ADDRESS),
            "next": maybe(ADDRESS),
            name: {"type": "array", "items": ref(row)},
        }
    )


TEXT: Shape = {"type": "string"}
COUNT: Shape = {"type": "integer", "minimum": 0}
DAY: Shape = {"type": "string", "format": "date"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
ADDRESS: Shape = {"type": "string", "format": "uri"}
LICENCE: Shape = {"type": ["string", "null"], "description": "Of the data: an address or a name. Null: none is stated."}
BOTH = ref("Text")


def everything() -> dict[str, Shape]:
    """All shapes by name."""
    found: dict[str, Shape] = {}
    of(schema.Payload, found)
    return found | _of_trips() | _of_organisations() | _of_states() | _of_problems()


def _of_trips() -> dict[str, Shape]:
    digest = {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "SHA-256 of the text of trip."}
    edition = {
        "licence": LICENCE,
        "number": {"type": "integer", "minimum": 1},
        "digest": digest,
        "public_from": MOMENT,
        "note": BOTH,
        "pages": BOTH,
        "trip": ref("Payload"),
    }
    return {
        "Trips": record({"count": COUNT, "url": maybe(ADDRESS)}),
        "Edition": record(edition),
        "Entry": record({"slug": TEXT, "title": BOTH, "starts_on": DAY, "ends_on": DAY, "url": ADDRESS, "pages": BOTH}),
        "EntryList": paged("trips", "Entry"),
    }


def _of_organisations() -> dict[str, Shape]:
    profile = {
        "type": maybe(TEXT),
        "short": BOTH,
        "city": maybe(BOTH),
        "country": maybe(TEXT),
        "website": maybe(ADDRESS),
        "founded": maybe(COUNT),
        "ror": maybe(TEXT),
        "wikidata": maybe(TEXT),
        "about": BOTH,
    }
    organisation = {
        "uid": TEXT,
        "kind": {"enum": Kind.values},
        "slug": TEXT,
        "name": BOTH,
        "trips": ref("Trips"),
        "url": ADDRESS,
        "pages": BOTH,
        "profile": maybe(record(profile)),
    }
    further = {"licence": LICENCE, **organisation, "further_names": {"type": "array", "items": ref("Name")}}
    name = {"kind": TEXT, "language": TEXT, "name": TEXT, "valid_from": maybe(DAY), "valid_until": maybe(DAY)}
    return {
        "Organisation": record(organisation),
        "OrganisationList": paged("organisations", "Organisation"),
        "OneOrganisation": record(further),
        "Name": record(name),
    }


def _of_states() -> dict[str, Shape]:
    state = {
        "iso2": TEXT,
        "iso3": TEXT,
        "slug": TEXT,
        "name": BOTH,
        "full_name": BOTH,
        "joined_asean_on": maybe(DAY),
        "trips": ref("Trips"),
        "pages": BOTH,
    }
    return {"MemberState": record(state), "MemberStateList": paged("member_states", "MemberState")}


def _of_problems() -> dict[str, Shape]:
    problem = {
        "type": TEXT,
        "title": TEXT,
        "status": COUNT,
        "detail": TEXT,
        "editions": {"type": "array", "items": COUNT, "description": "410: the editions that are gone."},
        "reason": {**maybe(BOTH), "description": "410: why, by language. Null: its time of publication ran out."},
    }
    return {"Problem": record(problem, optional=("editions", "reason"))}

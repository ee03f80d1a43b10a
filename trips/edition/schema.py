"""The public document of a trip, version 1: what ``freeze`` makes and every rendering reads.

Nothing private has a place here. Persons and pictures stand in blocks of their own under random ids, so that a
redaction can replace one block by ``{"redacted": true}`` and leave the rest alone. Dates are ISO 8601, days in
the trip's own time zone; ``Text`` is one text per content language, empty where there is none.
"""

from typing import Literal, NotRequired, TypedDict

VERSION = 1

Text = TypedDict("Text", {"en": str, "zh-hans": str})
Extent = Literal["outline", "full"]


class Route(TypedDict):
    """A city of the route. ``from`` is the first known day there; ``visits`` counts the stops recorded in it."""

    slug: str
    name: Text
    province: Text
    arrives_on: str | None
    visits: int


class Party(TypedDict):
    """An organisation as it stood on the trip's first day."""

    uid: str
    kind: str
    type: str
    slug: str
    name: Text
    short: Text
    also: dict[str, list[str]]
    city: Text
    country: str


class Organiser(TypedDict):
    party: str
    role: str
    as_printed: Text


class State(TypedDict):
    """A country as it is called here, with its own address."""

    iso2: str
    slug: str
    name: Text
    member: bool


class Delegation(TypedDict):
    """``party`` is the sender; ``state`` the ISO code of the country it stands for, or empty."""

    party: str
    state: str
    size: int | None


class Person(TypedDict):
    redacted: NotRequired[bool]
    role: str
    name: Text
    post: Text
    organisation: str
    delegation: str


class Visit(TypedDict):
    """One stop, under an id of its own, which older documents lack.

    ``present`` lists the senders that took part, only where staff chose to print it.
    """

    uid: NotRequired[str]
    kind: str
    date: str | None
    starts: str | None
    ends: str | None
    day_part: str
    city: Text
    host: str
    place: Text
    seen: Text
    company: Text
    participants: list[str]
    present: list[str]


class Theme(TypedDict):
    slug: str
    name: Text
    concept: bool
    also: Text
    about: Text


class Statement(TypedDict):
    """``person`` is the speaker's id, or empty where ``who`` names a group. ``quoted``: the wording is approved."""

    kind: str
    who: Text
    person: str
    text: Text
    quoted: bool


class Outcome(TypedDict):
    kind: str
    text: Text
    who: Text
    parties: list[str]
    state: str
    due_on: str | None


class Report(TypedDict):
    """The prose of one language; ``body`` is sanitised HTML.

    ``older`` stands only where the prose was made from a text in the other language that says something else by now.
    """

    older: NotRequired[bool]
    headline: str
    summary: str
    body: str


class Rendition(TypedDict):
    format: str
    width: int
    height: int
    name: str


class Picture(TypedDict):
    """``renditions`` name files under ``/media/photos/<id>/``."""

    redacted: NotRequired[bool]
    width: int
    height: int
    alt: Text
    caption: Text
    credit: Text
    illustration: bool
    focus: list[int]
    renditions: list[Rendition]


class Document(TypedDict):
    """A file; ``name`` is its name under ``/media/documents/<uid>/``, ``size`` its bytes where they were known."""

    size: NotRequired[int]

    uid: str
    title: Text
    language: str
    name: str


class Coverage(TypedDict):
    outlet: str
    headline: str
    link: str
    date: str | None
    language: str


class Open(TypedDict):
    """Which lists the source leaves open ("and other companies")."""

    institutions: bool
    enterprises: bool
    outlets: bool


class Payload(TypedDict):
    """The whole document. An ``outline`` has days, cities, organisers, themes and summaries only."""

    schema: int
    extent: Extent
    demo: bool
    slug: str
    title: Text
    format: str
    audience: Text
    destination: Text
    starts_on: str
    ends_on: str
    time_zone: str
    route: list[Route]
    organisers: list[Organiser]
    themes: list[Theme]
    report: dict[str, Report]
    parties: dict[str, Party]
    states: dict[str, State]
    delegations: list[Delegation]
    persons: dict[str, Person]
    people: list[str]
    programme: list[Visit]
    planned_hosts: dict[str, list[str]]
    open: Open
    statements: list[Statement]
    outcomes: list[Outcome]
    pictures: dict[str, Picture]
    photos: list[str]
    documents: list[Document]
    coverage: list[Coverage]


class PagePayload(TypedDict):
    """A page that staff write.

    ``place``: ``menu``, ``footer`` or ``nowhere``. ``older``: the language whose text is older than the other's, or
    empty.
    """

    schema: int
    slug: str
    title: Text
    body: Text
    older: str
    place: str
    position: int
    demo: bool

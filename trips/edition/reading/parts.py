"""What a reader gives out: the pieces of a document in one language."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from exchange.lib.bilingual import Words
from trips.edition import schema


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation under the names of the trip's first day; ``address`` is its profile's, below the language.

    ``also`` is the markup of its other names in the page's language.
    """

    uid: str
    kind: str
    type: str
    name: Words
    other: Words
    short: Words
    also: str
    city: Words
    address: str

    @property
    def called(self) -> Words:
        """The name for running lists: the short one where it has one."""
        return self.short or self.name


class State(NamedTuple):
    iso2: str
    name: Words
    member: bool
    address: str


class Delegation(NamedTuple):
    """A sender's delegation; ``state`` is the country it stands for, if any."""

    party: Party
    state: State | None
    size: int | None


class Person(NamedTuple):
    role: str
    name: Words
    post: Words
    organisation: Party | None


class City(NamedTuple):
    """A stop of the route; ``visits`` counts what was recorded there."""

    name: Words
    province: Words
    arrives_on: dt.date | None
    visits: int
    address: str


class Visit(NamedTuple):
    kind: str
    date: dt.date | None
    starts: str
    ends: str
    day_part: str
    city: Words
    host: Party | None
    place: Words
    seen: Words
    company: Words
    participants: list[Party]
    present: list[Words]


class Day(NamedTuple):
    """The visits of a date, or, last and without a date, those of which no day is recorded."""

    date: dt.date | None
    cities: list[Words]
    visits: list[Visit]


class Host(NamedTuple):
    """Whom the delegations visited, with all visits there; they say what was seen."""

    party: Party
    visits: list[Visit]


class Prose(NamedTuple):
    """The report. ``lang`` is a language tag where it is not in the page's language; ``body`` is HTML.

    ``older``: what it was made from, in the other language, says something else by now.
    """

    headline: Words
    summary: Words
    body: str
    lang: str
    older: bool


class Theme(NamedTuple):
    name: Words
    other: Words
    also: Words
    about: Words
    address: str


class Role(NamedTuple):
    """Organisers in one role, under the words printed for it, if any."""

    code: str
    as_printed: Words
    parties: list[Party]


class Statement(NamedTuple):
    """What was said by ``who``; ``speaker`` is the person, none where that is a group."""

    kind: str
    who: Words
    text: Words
    quoted: bool
    speaker: Person | None


class Outcome(NamedTuple):
    kind: str
    text: Words
    who: Words
    parties: list[Party]
    state: str
    due_on: dt.date | None


class Picture(NamedTuple):
    uid: str
    alt: Words
    caption: Words
    credit: Words
    illustration: bool
    focus: list[int]
    renditions: list[schema.Rendition]


class Document(NamedTuple):
    """A file to download; ``size`` is in bytes, none where it is not known."""

    uid: str
    title: Words
    language: str
    name: str
    size: int | None


class Coverage(NamedTuple):
    outlet: Party
    headline: str
    link: str
    date: dt.date | None
    language: str

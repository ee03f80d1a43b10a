"""What the rules of one language find in a report, before it becomes a proposal."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from trips.intake.mentions import Group
from trips.intake.people import Person


class Certainty(StrEnum):
    """How far the text says a thing: in so many words; by what stands around it; it only names it."""

    SURE = "sure"
    LIKELY = "likely"
    MENTIONED = "mentioned"


@dataclass
class Found:
    """Something with its place in the text, and why it was taken for what it is."""

    start: int
    end: int
    certainty: Certainty
    why: Any
    value: str = ""  # a key of a record, an ISO code, a role
    more: list[tuple[int, int]] = field(default_factory=list)  # further passages that bear it out


@dataclass
class Part:
    """An organisation and its part in the trip."""

    group: Group
    certainty: Certainty
    why: Any
    role: tuple[int, int] | None = None
    sentence: tuple[int, int] | None = None


@dataclass
class Findings:
    """All that was found."""

    title: Found | None = None
    people: list[Person] = field(default_factory=list)
    organisers: list[Part] = field(default_factory=list)
    stops: list[Part] = field(default_factory=list)
    others: list[Part] = field(default_factory=list)
    media: list[Found] = field(default_factory=list)
    states: list[Found] = field(default_factory=list)
    cities: list[Found] = field(default_factory=list)
    concepts: list[Found] = field(default_factory=list)
    statements: list[Found] = field(default_factory=list)
    outcomes: list[Found] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    goals: set[str] = field(default_factory=set)  # ISO codes of countries that the trip went to

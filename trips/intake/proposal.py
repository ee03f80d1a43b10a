"""What the reader proposes: values, each with the words it comes from, how sure it is, and why."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from trips.intake.found import Certainty

Passage = tuple[int, int]


@dataclass(frozen=True)
class Value:
    """``printed`` is as in the text; ``key`` the matched record's, where one is known."""

    printed: str
    passages: tuple[Passage, ...]
    certainty: Certainty
    why: Any
    key: str = ""

    @property
    def counts(self) -> bool:
        return self.certainty != Certainty.MENTIONED


@dataclass(frozen=True)
class Organisation(Value):
    """With the section and type it has, or seems to have; ``role`` and ``seen`` as the text says them."""

    kind: str = ""
    type: str = ""
    role: str = ""
    seen: str = ""
    short: str = ""


@dataclass(frozen=True)
class State(Value):
    """``key`` is the ISO code, ``name`` the short name in ASEAN usage."""

    name: str = ""


@dataclass(frozen=True)
class Human(Value):
    title: str = ""
    leads: bool = False


@dataclass(frozen=True)
class Day(Value):
    day: dt.date | None = None


@dataclass
class Proposal:
    """Everything that was read. What the text does not say is empty."""

    language: str
    title: Value | None = None
    start: Day | None = None
    end: Day | None = None
    organisers: list[Organisation] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    cities: list[Value] = field(default_factory=list)
    people: list[Human] = field(default_factory=list)
    media: list[Organisation] = field(default_factory=list)
    concepts: list[Value] = field(default_factory=list)
    themes: list[Value] = field(default_factory=list)
    statements: list[Value] = field(default_factory=list)
    outcomes: list[Value] = field(default_factory=list)
    abbreviations: dict[str, str] = field(default_factory=dict)

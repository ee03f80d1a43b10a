"""How well reports are read: each of a folder's texts against the reading that a person made of it.

A text has a JSON file of the same name: the fields of the proposal as they should be, ``must_not_extract`` for what
only looks like one, ``scoring_ignore`` for fields that can be read in two ways, and ``catalogue``, the address book
that goes with it.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trips.intake.catalogue import Catalogue
from trips.intake.mentions import Party
from trips.intake.printing import printed
from trips.intake.reading import read

SINGLE = ("title", "start_date", "end_date")
LISTS = ("organisers", "member_states", "institutions", "enterprises", "cities", "media")
FIELDS = (*SINGLE, *LISTS, "people", "titles of people")


@dataclass
class Tally:
    """What was found rightly, wrongly, and not at all."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def both(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


@dataclass
class Score:
    """The tallies of all fields, and the traps that were taken."""

    fields: dict[str, Tally]
    traps: list[str]

    @property
    def all(self) -> Tally:
        return Tally(
            *(sum(getattr(one, part) for one in self.fields.values()) for part in ("right", "wrong", "missed"))
        )


def measure(folder: Path, *, with_catalogue: bool) -> Score:
    """The score over all texts of a folder, with one address book of all their parties or with none."""
    wanted = {path: json.loads(path.with_suffix(".json").read_text("utf-8")) for path in sorted(folder.glob("*.txt"))}
    catalogue = joined(one["catalogue"] for one in wanted.values()) if with_catalogue else Catalogue()
    score = Score({name: Tally() for name in FIELDS}, [])
    for path, reading in wanted.items():
        text = path.read_text("utf-8")
        found = printed(read(text, catalogue), text)
        for name, right, got in compared(reading, found):
            tally = score.fields[name]
            tally.right += len(right & got) or (not right and not got)
            tally.wrong += len(got - right)
            tally.missed += len(right - got)
        score.traps += [f"{path.stem}: {one}" for one in taken(reading, found)]
    return score


def joined(catalogues: Any) -> Catalogue:
    """One catalogue of several."""
    parties: dict[str, Party] = {}
    cities: list[tuple[str, str]] = []
    for one in catalogues:
        for party in one["organisations"]:
            names = [party["name_en"], party["name_zh_hans"], party["short_en"], party["short_zh_hans"]]
            names += [*party["aliases"], *party["former"]]
            key = f"{party['kind']}/{party['name_en']}"
            earlier = parties[key].names if key in parties else ()
            parties[key] = Party(key, party["kind"], "", tuple(dict.fromkeys([*earlier, *filter(None, names)])))
        cities += [(name, city["name_en"]) for city in one["cities"] for name in city.values() if name]
    return Catalogue(parties.values(), cities)


def compared(reading: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[tuple[str, set[str], set[str]]]:
    """Of each field that counts what was wanted and what was found, as they are compared."""
    for name in (*SINGLE, *LISTS):
        if name not in reading["scoring_ignore"]:
            yield name, _plain(reading[name]), _plain(found[name])
    if "people" not in reading["scoring_ignore"]:
        right, got = _titles(reading["people"]), _titles(found["people"])
        yield "people", set(right), set(got)
        wanted = {f"{one}: {title}" for one, title in right.items() if title}
        yield "titles of people", wanted, {f"{one}: {title}" for one, title in got.items() if title}


def taken(reading: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    """What was found and had to be left alone."""
    for name, traps in reading["must_not_extract"].items():
        days = {found["start_date"], found["end_date"]}
        got = days if name == "dates" else set(_titles(found[name])) if name == "people" else _plain(found[name])
        yield from (f"{name}: {one}" for one in traps if _same(one) in got)


def _titles(people: list[dict[str, Any]]) -> dict[str, str]:
    return {_same(one["name"]): _same(one["title"] or "", "the ", "a ", "an ") for one in people}


def _plain(value: Any) -> set[str]:
    return {_same(one) for one in (value if isinstance(value, list) else [value] if value else [])}


def _same(text: str, *articles: str) -> str:
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().replace("’", "'").split())
    return next((words[len(one) :] for one in articles or ("the ",) if words.startswith(one)), words)

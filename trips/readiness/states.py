"""Member states as the text names them: by their short names in ASEAN usage, in protocol order, and no others."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from exchange.lib.names import Hit
from institutions.models import Country
from trips.readiness.finding import Both, Finding, Level, Listed, both
from trips.readiness.prose import CAPTION, FACT, REPORT, SAID, Passage
from trips.readiness.record import Record

USAGE = (
    (re.compile(r"\bLaos\b"), "Laos", "Lao PDR"),
    (re.compile(r"\bVietnam\b"), "Vietnam", "Viet Nam"),
    (
        re.compile(r"(?<!Universiti )(?<!Politeknik )(?<!Teknologi )\bBrunei\b(?! Darussalam)"),
        "Brunei",
        "Brunei Darussalam",
    ),
    (re.compile(r"\bBurma\b"), "Burma", "Myanmar"),
    (re.compile(r"\bEast Timor\b"), "East Timor", "Timor-Leste"),
)
PROPER = re.compile(
    r"(?:[ -][A-Z]\w*){0,3}?[ -](?:University|Institute|Academy|College|Airlines|Railway|Agency|Bank|Times|News|Bay)\b"
)
ENGLISH_JOINT = re.compile(
    r"(?:,? (?:and|or|as well as|&) |[,;] )(?:the |from (?:the )?)?(?:Republic of )?", re.IGNORECASE
)
CHINESE_JOINT = re.compile(r"\s*(?:(?:驻华)?(?:大)?使馆)?\s*(?:[、，,]|[、，,]?\s*(?:以及|和|及|与|暨))\s*")
ENGLISH_JOURNEY = re.compile(
    r"\b(?:visit|tour|travel|journey|trip)\w*(?: (?:of|to|through|around))?(?: the)? $", re.IGNORECASE
)
CHINESE_JOURNEY = re.compile(r"(?:访问|走访|到访|出访|参访|赴|前往|抵达)了?$")
FEWEST = 3  # states in a row that make a list


def short_names(record: Record) -> Iterator[Finding]:
    """Names of the press in place of the short names that ASEAN uses; adjectives are fine."""
    wording = _("Write “%(name)s”, the short name in ASEAN usage, for “%(found)s”. Occurrences: %(count)s.")
    for passage in _english(record):
        proper = [_organisations(record, text) for text in passage.plain]
        for pattern, written, name in USAGE:
            count = sum(
                not PROPER.match(text, hit.end()) and not _within(hit.start(), spans)
                for text, spans in zip(passage.plain, proper, strict=True)
                for hit in pattern.finditer(text)
            )
            if count:
                yield passage.found("short-name", Level.WARN, wording, name=name, found=written, count=count)


def order(record: Record) -> Iterator[Finding]:
    """Three or more member states in a row that are not in the order of their English short names."""
    wording = _(
        "The states are not in English alphabetical order of their ASEAN short names: %(found)s. "
        "The order is: %(order)s."
    )
    for passage in record.passages:
        for names in _lists(record, passage):
            wanted = sorted(names, key=protocol_key)
            if names != wanted and not is_journey(record, names):
                lists = {"found": named(names), "order": named(wanted)}
                yield passage.found("order", Level.WARN, wording, **lists)


def protocol_key(country: Country) -> str:
    return both(country, "name").en.removeprefix("The ").casefold()


def _english(record: Record) -> list[Passage]:
    parts = (REPORT, CAPTION, SAID)
    return [one for one in record.passages if one.is_english and (one.part in parts or one.section == "programme")]


def _organisations(record: Record, text: str) -> list[tuple[int, int]]:
    """Where organisations are named, embassies apart: a state within such a name is not written by us."""
    return [(hit.start, hit.end) for hit in record.names.find(text) if not hit.keys & record.embassies]


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def is_foreign(record: Record, text: str, hit: Hit[str]) -> bool:
    """True for the name of a state within that of an organisation."""
    return bool(PROPER.match(text, hit.end)) or _within(hit.start, _organisations(record, text))


def _lists(record: Record, passage: Passage) -> Iterator[list[Country]]:
    """The lists of three or more member states in a text, each in the order in which it is written."""
    if passage.part == FACT and passage.section == "facts":
        return  # a title or a destination is not ours to arrange
    for text in passage.plain:
        for chain in chains(passage, record.state_names.find(text), text):
            members = members_of(record, chain)
            if len(members) >= FEWEST and not is_tour(passage, text[: chain[0].start]):
                yield members


def members_of(record: Record, chain: list[Hit[str]]) -> list[Country]:
    """The member states among those that were found."""
    states = [record.states[next(iter(hit.keys))] for hit in chain]
    return [one for one in states if one.joined_asean_on]


def is_tour(passage: Passage, before: str) -> bool:
    """True where the words before a list make it one of places that were travelled to."""
    return bool((ENGLISH_JOURNEY if passage.is_english else CHINESE_JOURNEY).search(before))


def chains(passage: Passage, hits: list[Hit[str]], text: str) -> Iterator[list[Hit[str]]]:
    """What was found, in rows: joined by commas and the like."""
    joint = ENGLISH_JOINT if passage.is_english else CHINESE_JOINT
    chain: list[Hit[str]] = []
    for hit in hits:
        if chain and not joint.fullmatch(text, chain[-1].end, hit.start):
            yield chain
            chain = []
        chain.append(hit)
    if chain:
        yield chain


def is_journey(record: Record, states: list[Country]) -> bool:
    """True for the states of the trip's own destination in the order of travel."""
    for text in both(record.trip, "destination"):
        there = [next(iter(hit.keys)) for hit in record.state_names.find(text)]
        if [one.iso2 for one in states] == [iso2 for iso2 in there if iso2 in {one.iso2 for one in states}]:
            return True
    return False


def named(states: list[Country]) -> Listed:
    return Listed(Both(*both(one, "name")) for one in states)

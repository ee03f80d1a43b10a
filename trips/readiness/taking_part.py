"""Member states that the text says took part, against the delegations on record, and the other way round."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from institutions.models import Country
from trips.readiness.finding import LANGUAGES, Finding, Level, both, found
from trips.readiness.prose import REPORT, SECTIONS, Passage, report_field
from trips.readiness.record import Record
from trips.readiness.states import (
    FEWEST,
    chains,
    is_foreign,
    is_journey,
    is_tour,
    members_of,
    named,
    protocol_key,
)

SENTENCE = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])")
PEOPLE = (
    r"officials?|diplomats?|representatives?|delegates|delegations?|participants?|ambassadors?|embass(?:y|ies)|envoys?"
    r"|counsellors?|guests"
)
COMING = (
    r"(?:took|take|taking) part|participat\w+|attend(?:ed|ing|s)|joined|came|visited|toured|travelled|arrived"
    r"|were represented|was represented"
)
FROM = re.compile(rf"\b(?:{PEOPLE})\b(?:[ -][a-z]+){{0,4}} (?:of|from|representing)(?: the)? $", re.IGNORECASE)
CAME = re.compile(rf"\b(?:{COMING})\b", re.IGNORECASE)
CAME_AFTER = re.compile(r"^(?: (?:all|also|both|each))? (?:took part|participated|attended|joined|were represented)\b")
PEOPLE_AFTER = re.compile(
    r"^(?:等?[\d一二三四五六七八九十两多]*个?(?:东盟)?(?:成员国|国家|国)?|等)(?:的)?(?:驻华)?(?:大?使馆|使节|外交官|官员|代表|参赞|大使)"
)
CAME_CHINESE = re.compile(r"参加|出席|参与|参访|走访|考察|参观|访问|到访|来到|与会|同行|随行")
OTHER_TIMES = re.compile(
    r"\b(?:last|next|previous|earlier|future|later) (?:year|trip|visit|time|edition)s?\b"
    r"|\b(?:had|will|would|hopes?|plans?)\b"
    r"|\bnot?\b|\bnobody\b|去年|明年|上次|下次|往届|曾|将|未|没有|计划|希望",
    re.IGNORECASE,
)
SOME = re.compile(
    r"\b(?:such as|including|among them|for example|like) (?:the )?$|(?:包括|例如|比如|如|其中)$", re.IGNORECASE
)


class Said(NamedTuple):
    """Member states in a row, whether the text says that they took part, and that these are all."""

    states: list[Country]
    took_part: bool
    are_all: bool


def unrecorded(record: Record) -> Iterator[Finding]:
    """A state that took part by the text and not by the record; one that is only mentioned asks for nothing."""
    listed = _(
        "The text lists %(states)s, of which no delegation is recorded as attended. Correct the text or the record."
    )
    mentioned = _("The text mentions %(states)s, of which no delegation is recorded as attended.")
    places = _places(record)
    for passage in _reports(record):
        told = list(_said(record, passage))
        came = {one.iso2: one for said in told if said.took_part for one in said.states}
        others = {one.iso2: one for said in told if not said.took_part for one in said.states}
        passing = {iso2: one for iso2, one in others.items() if iso2 not in places | came.keys()}
        for rule, level, wording, states in (
            ("state-not-recorded", Level.WARN, listed, came),
            ("state-mentioned", Level.NOTE, mentioned, passing),
        ):
            missing = [one for iso2, one in states.items() if iso2 not in record.attending_states]
            if missing:
                yield passage.found(rule, level, wording, states=named(sorted(missing, key=protocol_key)))


def unnamed(record: Record) -> Iterator[Finding]:
    """A report that names those who took part, most of them, and leaves out one whose delegation attended."""
    wording = _("The report in %(language)s names those who took part, but not: %(states)s.")
    for code in record.reports if record.full else ():
        texts = [one for one in _reports(record) if one.language == code]
        every = {one.iso2 for text in texts for words in text.plain for one in _states(record, words)}
        lists = [{one.iso2 for one in said.states} for text in texts for said in _said(record, text) if said.are_all]
        most = any(2 * len(one & record.attending_states) > len(record.attending_states) for one in lists)
        left = [record.states[iso2] for iso2 in record.attending_states - every]
        missing = [one for one in left if one.joined_asean_on]
        if most and missing:
            place = SECTIONS[code], report_field(code, "body")
            states = named(sorted(missing, key=protocol_key))
            yield found("state-not-named", Level.WARN, wording, *place, language=LANGUAGES[code], states=states)


def _places(record: Record) -> set[str]:
    """The states that the trip led to: they are written of as places."""
    there = {stop.city.country_id for stop in record.trip.route.all()}
    texts = [*both(record.trip, "title"), *both(record.trip, "destination")]
    named_so = {one.iso2 for text in texts for one in _states(record, text)}
    return named_so | {one.iso2 for one in record.countries if one.pk in there}


def _reports(record: Record) -> list[Passage]:
    return [one for one in record.passages if one.part == REPORT] if record.full else []


def _said(record: Record, passage: Passage) -> Iterator[Said]:
    for text in passage.plain:
        for sentence in SENTENCE.split(text):
            hits = [one for one in record.state_names.find(sentence) if not is_foreign(record, sentence, one)]
            for chain in chains(passage, hits, sentence):
                if members := members_of(record, chain):
                    before, after = sentence[: chain[0].start], sentence[chain[-1].end :]
                    came = _came(passage, sentence, before, after)
                    is_list = came or (_is_list(record, members) and not is_tour(passage, before))
                    yield Said(members, is_list, came and len(members) >= FEWEST and not SOME.search(before))


def _is_list(record: Record, states: list[Country]) -> bool:
    """True for several states most of which took part: the others are meant in the same way."""
    missing = [one for one in states if one.iso2 not in record.attending_states]
    return len(states) >= FEWEST and 2 * len(missing) < len(states) and not is_journey(record, states)


def _came(passage: Passage, sentence: str, before: str, after: str) -> bool:
    """True where the text says that those named between came along, and not at another time."""
    if OTHER_TIMES.search(sentence) or after.startswith("'"):
        return False
    if passage.is_english:
        return bool(CAME_AFTER.search(after) or (FROM.search(before) and CAME.search(sentence)))
    return bool((PEOPLE_AFTER.search(after) or CAME_CHINESE.match(after)) and CAME_CHINESE.search(sentence))


def _states(record: Record, text: str) -> Iterator[Country]:
    for hit in record.state_names.find(text):
        yield record.states[next(iter(hit.keys))]

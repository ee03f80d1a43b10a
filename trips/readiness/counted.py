"""Counts as they stand in running text: how many of what, and whether only a part of them is meant."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from exchange.lib.numbers import CHINESE, ENGLISH, number

EMBASSIES, STATES, DAYS, DIPLOMATS = "embassies", "states", "days", "diplomats"
INSTITUTIONS, ENTERPRISES = "institutions", "enterprises"

# English

NOUNS = {
    EMBASSIES: r"embass(?:y|ies)|delegations?",
    STATES: r"member states|member countries|countries",
    DAYS: r"days?",
    DIPLOMATS: r"diplomats",
}
QUALIFIED = r"(?:(?:ASEAN|South-?[Ee]ast|Asian|participating|foreign|resident|visiting|different|full)\s+){0,3}"
COUNTED = {
    subject: re.compile(rf"(?<![\w.,'-])(?P<n>{ENGLISH})[ -]{QUALIFIED}(?:{nouns})\b", re.IGNORECASE)
    for subject, nouns in NOUNS.items()
}
OTHER_WORDS = r"(?:(?!(?:of|and|or|to|from|in|at|with|by|for)\b)[A-Za-z'-]+\s+){0,3}?"
GENERAL = r"institutions|universities and colleges|colleges and universities"
VISITED = {
    INSTITUTIONS: re.compile(
        rf"(?<![\w.,'-])(?P<n>{ENGLISH}) {OTHER_WORDS}(?:(?P<general>{GENERAL})|universities|colleges)\b", re.IGNORECASE
    ),
    ENTERPRISES: re.compile(
        rf"(?<![\w.,'-])(?P<n>{ENGLISH}) {OTHER_WORDS}(?P<general>enterprises|companies|firms)\b", re.IGNORECASE
    ),
}
VISITING = re.compile(
    r"\b(?:visit(?:s|ed|ing)?(?: to)?|tour(?:s|ed|ing)?(?: of)?|called (?:at|on)|went to|stopped at)\b"
    r"(?:(?!\b(?:of|from|with|where|which|that|who|whose|by|to|for|met)\b)[^.;:!?]){0,60}$",
    re.IGNORECASE,
)
LEAST = {STATES: 2}  # "the two countries" are as a rule two others; one of anything is no count
A_PART = re.compile(rf"\b(?:{ENGLISH}|some|most|many|several|each|half|part|majority) of (?:the )?$", re.IGNORECASE)
OTHERS = re.compile(r"\b(?:other|another|remaining|further|first|last|next|past|final|opening|these)\s$", re.IGNORECASE)
NOT_ITS_DAYS = re.compile(r"^(?:'|\s(?:later|earlier|before|after|ago|of|a week)\b)", re.IGNORECASE)
EVENT = re.compile(
    r"^-days?(?! (?:[\w+-]+ ){0,2}(?:trip|visit|tour|programme|program|journey|exchange|mission|stay)\b)", re.IGNORECASE
)  # "a three-day workshop" is not the trip
STUDENTS = re.compile(r"\b(?:student|trainee|learner|guest)s?\b[^.;]{0,30}$", re.IGNORECASE)

# Chinese

BEFORE = r"(?<![\d第几百千万每多余\-+—一二三四五六七八九十两])"
SIGNED = {
    EMBASSIES: re.compile(
        rf"{BEFORE}(?P<n>{CHINESE})(?:国驻华使馆|国驻华大使馆|国使馆|家驻华使馆|家使馆|个使馆|个代表团)"
    ),
    STATES: re.compile(rf"{BEFORE}(?P<n>{CHINESE})(?:个(?:东盟)?(?:成员国|国家)|国(?!驻华(?:大)?使馆|使馆|集团|语))"),
    DAYS: re.compile(rf"{BEFORE}(?P<n>{CHINESE})天(?![津气后前内才然空])"),
    DIPLOMATS: re.compile(rf"{BEFORE}(?P<n>{CHINESE})[名位](?:驻华)?外交官"),
}
CALLED_ON = r"(?:走访|参观|访问|考察|参访|到访|调研)了?[^，。；、！？\d一二三四五六七八九十两]{0,10}"
SEEN = {
    INSTITUTIONS: re.compile(rf"{CALLED_ON}(?P<n>{CHINESE})所(?:(?P<general>院校)|高校|大学|学院)(?!中)"),
    ENTERPRISES: re.compile(rf"{CALLED_ON}(?P<n>{CHINESE})家(?P<general>企业|公司)(?!中)"),
}
ELSEWHERE = re.compile(r"(?:金砖|澜湄|湄公河|中亚|海湾|非洲|欧洲|世界|其他|其余|其中|另外?|[前后头首])$")
LEARNERS = re.compile(r"^[^，。；]{0,10}(?:学生|学员|留学)")
CLAUSE = re.compile(r"[^，。；！？]*$")


class Count(NamedTuple):
    """How many of what a text says. Of a part only a number that exceeds the whole is wrong."""

    subject: str
    number: int
    words: str
    is_part: bool
    of_asean: bool


def counts(text: str, cities: list[str], states: tuple[str, ...] = (), *, english: bool) -> Iterator[Count]:
    """The counts in a paragraph. ``cities`` are those of the route, where it has several.

    ``states`` are the Chinese names of states: in 泰国、越南两国 the number is that of those just named.
    """
    yield from _english(text, cities) if english else _chinese(text, cities, states)


def _english(text: str, cities: list[str]) -> Iterator[Count]:
    for subject, pattern in COUNTED.items():
        for match in pattern.finditer(text):
            before, after = text[: match.start()], text[match.end() :]
            foreign = subject == STATES and STUDENTS.search(before) and "ASEAN" not in match[0]
            if A_PART.search(before) or foreign or (subject == DAYS and NOT_ITS_DAYS.search(after)):
                continue
            of_event = subject == DAYS and EVENT.search(text[match.end("n") :])
            is_part = bool(OTHERS.search(before) or of_event) or _is_in(after, cities)
            of_asean = subject == STATES and ("ASEAN" in match[0] or "member" in match[0].lower())
            yield from _count(subject, match, is_part=is_part, of_asean=of_asean)
    for subject, pattern in VISITED.items():
        for match in pattern.finditer(text):
            if VISITING.search(text[: match.start()]):
                is_part = not match["general"] or _is_in(text[match.end() :], cities)
                yield from _count(subject, match, is_part=is_part)


def _chinese(text: str, cities: list[str], states: tuple[str, ...]) -> Iterator[Count]:
    for subject, pattern in {**SIGNED, **SEEN}.items():
        for match in pattern.finditer(text):
            before, after = text[: match.start()], text[match.end() :]
            foreign = subject == STATES and LEARNERS.search(after) and not before.endswith("东盟")
            if ELSEWHERE.search(before) or foreign:
                continue
            here = CLAUSE.search(before)
            named = any(city in (here[0] if here else "") + match[0] for city in cities)
            is_part = named or before.endswith(states) or (subject in SEEN and not match["general"])
            of_asean = subject == STATES and (before.endswith("东盟") or "成员国" in match[0] or "东盟" in match[0])
            yield from _count(subject, match, is_part=is_part, of_asean=of_asean)


def _count(subject: str, match: re.Match[str], *, is_part: bool, of_asean: bool = False) -> Iterator[Count]:
    value = number(match["n"])
    if value is not None and value > LEAST.get(subject, 1):
        yield Count(subject, value, match[0], is_part, of_asean)


def _is_in(after: str, cities: list[str]) -> bool:
    """True for "... in Shenzhen" on a trip to several cities: those are some of them."""
    return any(after.startswith((f" in {city}", f" at {city}")) for city in cities)

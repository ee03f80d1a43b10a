"""Persons in English sentences: with a salutation, with a title before or after the name, or as speakers."""

import re

from trips.intake.catalogue import Catalogue
from trips.intake.english import titles
from trips.intake.english.words import CLOSED, NAME, SALUTATION, STRONG, TITLE, TITLE_LEAD, WEAK
from trips.intake.people import Person

SALUTED = re.compile(
    rf"(?<![\w'.])(?:{SALUTATION} ?(?:\([^()]{{1,20}}\) ?)?){{1,5}}(?<![a-z])(?<=[ .])(?P<name>{NAME})"
)
TITLED = re.compile(
    rf"\b(?!(?i:student|member|partner|guide|fellow|teacher|master|assistant|leader|trainer|delegate|chair|executive|representative|founder)\b)(?i:{TITLE})(?<!s) (?P<name>{NAME})"
)
NAMED = re.compile(
    rf"(?<![\w'.-])(?P<name>{NAME})(?=,? ?[,(:|-] ?(?:(?:the|a|an|then|who is(?: the)?|current|its|our|newly appointed) )?(?P<title>(?:[\w'&-]+ ){{0,5}}?(?i:{TITLE})\b))"
)
SPEAKS = re.compile(
    rf"(?<![\w'.-])(?P<name>{NAME})(?=,? (?:from [A-Z]\w+(?: \w+)? )?(?:said|told|noted|added|explained|remarked|recalled|thanked|stressed|"
    r"commented|observed that|emphasi[sz]ed|concluded|briefed|wrote|asked|joked|agreed that)\b)"
)
LED = re.compile(
    rf"\b(?:led|headed|chaired|accompanied|received|welcomed|hosted|greeted|guided|moderated|presided over|joined) by (?P<name>{NAME})(?![\w'])"
)
LED_BY = re.compile(
    r"\b(?:led|headed) (?:\w+ ){0,2}by (?:[\w.',-]+ ){0,14}$|\bhead(?:ed)? (?:of )?(?:the )?(?:delegation|group|team|mission)\W+(?:\w+\W+){0,6}$",
    re.IGNORECASE,
)
LEADS = re.compile(
    r"^[^.;]{0,120}?\b(?:led|headed|headed up|heads|leads) (?:the|a|an|its|this|that|their|[A-Z])", re.IGNORECASE
)
ENQUIRIES = re.compile(
    r"\b(?:(?:more|further) (?:information|details)|(?:e|i)nquiries|please (?:contact|write)|contact person|media contact)\b|@",
    re.IGNORECASE,
)


def people(text: str, offset: int, catalogue: Catalogue) -> list[Person]:
    """The persons of a sentence, in order."""
    found: list[Person] = []
    if ENQUIRIES.search(text):
        return found
    for start, end, sure in _names(text, catalogue):
        left = found[-1].end - offset if found else 0
        if found and found[-1].title:
            left = max(left, found[-1].title[1] - offset)
        if start < left:
            continue
        title = titles.before(text, start, left) or titles.behind(text, end)
        if not sure and not title:
            continue
        leads = bool(LED_BY.search(text[max(0, start - 120) : start])) or bool(
            LEADS.match(text[(title or (0, end))[1] :]) if title and title[0] > start else LEADS.match(text[end:])
        )
        shifted = (offset + title[0], offset + title[1]) if title else None
        found.append(Person(offset + start, offset + end, shifted, sure, leads, sure))
    return found


def _names(text: str, catalogue: Catalogue) -> list[tuple[int, int, bool]]:
    """Where names of persons stand, and whether that is sure without a title."""
    found: dict[int, tuple[int, int, bool]] = {}
    for pattern, fewest, sure in (
        (SALUTED, 1, True),
        (TITLED, 2, True),
        (NAMED, 2, False),
        (LED, 2, True),
        (SPEAKS, 2, True),
    ):
        for match in pattern.finditer(text):
            place = _trimmed(text, *match.span("name"), catalogue)
            if place and len(text[slice(*place)].split()) >= fewest:
                start, end = place
                if not any(one[0] < end and start < one[1] for one in found.values()):
                    found[start] = (start, end, sure)
    return [found[start] for start in sorted(found)]


def _trimmed(text: str, start: int, end: int, catalogue: Catalogue) -> tuple[int, int] | None:
    """The name without titles in front and honours behind; None where it is no name of a person."""
    while True:
        lead = re.match(rf"(?:{TITLE}|{TITLE_LEAD}|{SALUTATION}) (?=\S)", text[start:end])
        if not lead:
            break
        start += lead.end()
    name = text[start:end]
    honours = titles.HONOURS.search(name)
    if honours and honours.start() > 3:
        name = name[: honours.start()]
    name = name.rstrip(" ,")
    while name.split() and name.split()[-1].lower() in {"and", "of", "e", "al", "de", "da", "la"}:
        name = name.rsplit(" ", 1)[0]
    words = [one.strip(".,").lower() for one in name.split()]
    if not words or len(words) > 7 or any(one in titles.NO_NAME or one in STRONG or one in WEAK for one in words):
        return None
    if words[0] in CLOSED and not (
        words[0] in {"he", "you", "so", "may", "an", "her", "jan", "june", "april", "august"}
        and len(words) > 1
        and not text[start:end].isupper()
    ):
        return None
    if words[0] in {"he", "her", "an", "so", "you"} and text[:start].rstrip()[-1:] in {"!", "?"}:
        return None
    if any(
        hit.start == 0 and hit.end >= len(name)
        for hit in (*catalogue.find_countries(name), *catalogue.find_cities(name))
    ):
        return None
    if any(first == 0 and last >= len(name) for first, last, _party in catalogue.find_parties(name)):
        return None
    return start, start + len(name)

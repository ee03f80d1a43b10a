"""What was looked for, marked in the original text; and the passage of a text to show for it."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from exchange.lib.folding import fold, placed
from exchange.lib.search_terms import RUN, UNSPACED, Term, spellings

LETTER = rf"[^\W_{UNSPACED}]"
APOSTROPHE = "['’ʼ]?"
DASH = "[-–—―·•]*"
BETWEEN = r"[\W_]{0,9}"
BREAKS = " ,.;:!?，。；：！？、”）"
NEAR = 24  # characters within which a passage begins at the beginning of a word or clause


@lru_cache(maxsize=512)
def pattern(term: Term) -> re.Pattern[str]:
    """What finds a term in a folded text as the index does."""
    *before, final = term.pieces
    return re.compile(BETWEEN.join([*(_piece(one) for one in before), _final(term, final)]))


def _final(term: Term, final: str) -> str:
    if RUN.match(final):
        return _piece(final)
    allowed = {form.tokens[-1][1:] for form in term.forms if form.tokens[-1].startswith("x")}
    others = [one for one in spellings(final) if one != final and one in allowed]
    own = _spelt(final) + (f"{LETTER}*" if term.forms[0].open else "")
    return f"(?<!{LETTER})(?:{'|'.join([*map(_spelt, sorted(others, key=len, reverse=True)), own])})(?!{LETTER})"


def _piece(piece: str) -> str:
    return DASH.join(map(re.escape, piece)) if RUN.match(piece) else f"(?<!{LETTER}){_spelt(piece)}(?!{LETTER})"


def _spelt(word: str) -> str:
    return APOSTROPHE.join(map(re.escape, word))


def contained(text: str, terms: Iterable[Term]) -> list[Term]:
    """Those of the terms that are in a text."""
    folded = fold(text)
    return [term for term in terms if pattern(term).search(folded)]


def marked(text: str, terms: Sequence[Term]) -> SafeString:
    """The whole text, escaped, with the terms in it marked."""
    return _marked(text, _spans(text, terms))


def passage(texts: Sequence[str], terms: Sequence[Term], room: int) -> SafeString:
    """From the text with most of the terms, the first such, as much as there is room for; or nothing."""
    counts = [len(contained(text, terms)) for text in texts]
    most = max(counts, default=0)
    if not most:
        return SafeString("")
    text = texts[counts.index(most)]
    spans = _spans(text, terms)
    start, end = _cut(text, spans[0][0], room) if spans else (0, room)
    shown = [
        (max(first, start) - start, min(last, end) - start) for first, last in spans if first < end and last > start
    ]
    middle = _marked(text[start:end], shown)
    return mark_safe(f"{'…' if start else ''}{middle}{'…' if end < len(text) else ''}")  # noqa: S308


def _spans(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where the terms are, from and to; those with nothing but white space between them are joined."""
    folded, places = placed(text)
    ends = [*places, len(text)]
    found = sorted(
        (places[match.start()], ends[match.end()])
        for term in terms
        for match in pattern(term).finditer(folded)
        if match.end() > match.start()
    )
    spans: list[tuple[int, int]] = []
    for first, last in found:
        if spans and not text[spans[-1][1] : first].strip():
            spans[-1] = (spans[-1][0], max(spans[-1][1], last))
        else:
            spans.append((first, last))
    return spans


def _cut(text: str, hit: int, room: int) -> tuple[int, int]:
    if len(text) <= room:
        return 0, len(text)
    start = max(0, min(hit - room // 3, len(text) - room))
    if start:
        start = next((place + 1 for place in range(start, min(hit, start + NEAR)) if text[place] in BREAKS), start)
    end = min(len(text), start + room)
    if end < len(text):
        end = next((place for place in range(end, max(hit, end - NEAR), -1) if text[place] in BREAKS), end)
    return start, end


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> SafeString:
    parts, place = [], 0
    for first, last in spans:
        parts += [escape(text[place:first]), "<mark>", escape(text[first:last]), "</mark>"]
        place = last
    return mark_safe("".join([*parts, escape(text[place:])]))  # noqa: S308  every piece is escaped

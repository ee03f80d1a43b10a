"""A report as the rules see it: signs of one kind, lines, sentences; and of each place the one in the original."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from exchange.lib.folding import TABLE, UNSEEN
from exchange.lib.names import CHINESE

LONGEST = 60_000  # characters that are read; no report is longer
LONGEST_SENTENCE = 2_000
SIGNS = {
    **{chr(one): chr(one - 0xFEE0) for one in range(0xFF01, 0xFF5F)},  # full width
    **dict.fromkeys("’‘`´ʼ", "'"),
    **dict.fromkeys("“”„«»「」『』", '"'),
    **dict.fromkeys("—–‑－―‒−~～〜", "-"),
    **dict.fromkeys("\u00a0\u3000\u2002\u2003\u2009\u202f\t", " "),
    **dict.fromkeys("•・‧", "·"),
    "﹑": "、",
}
TRADITIONAL = {chr(old): new for old, new in TABLE.items() if isinstance(new, str) and CHINESE.match(chr(old))}
TRANSLATED = str.maketrans({**TRADITIONAL, **SIGNS})
DROPPED = {chr(one) for one in UNSEEN} | {chr(one) for one in range(0xD800, 0xE000)}
NO_STOP = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Mdm|Mme|Messrs|Dr|Prof|Assoc|Asst|H\.E|Hon|St|Jr|Sr|Atty|Fr|Rev|Engr|Gen|Col|Lt|Maj|Sen|Gov|Amb|"
    r"Ir|Ts|Drs|Dra|Hj|No|vs|al|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Co|Corp|Inc|Mohd|Md|Ma|Pg|Capt|Abd|Bt|S\.Pd|M\.Pd|Ph\.D|M\.Sc|"
    r"B\.C\.M|P\.J\.K)|(?<![A-Za-z])[A-Za-z])\.$"
)
STOP = re.compile(r"[.!?]+[\"')]*(?=\s+[\"'(]*[A-ZÀ-Þ0-9])|[。!?！？]+[\"')]*")


@dataclass(frozen=True)
class Sentence:
    """A sentence and where it stands; ``line`` is the number of its line, counted without what is no report."""

    start: int
    end: int
    line: int
    text: str


@dataclass
class Paper:
    """``text`` has one sign for each of the original that is seen; noise is blanked out in ``body`` at equal length."""

    original: str
    text: str
    places: list[int]
    body: str = ""
    title: tuple[int, int] | None = None
    years: list[int] = field(default_factory=list)  # that a dateline, a headline or a date of publication gives
    published: list[tuple[int, int, int]] = field(default_factory=list)

    @cached_property
    def is_chinese(self) -> bool:
        han = len(CHINESE.findall(self.text))
        return han * 3 > sum(one.isascii() and one.isalpha() for one in self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original."""
        return (self.places[start], self.places[end - 1] + 1) if end > start else (0, 0)

    def printed(self, start: int, end: int) -> str:
        """The words as they are printed, without what nobody sees."""
        first, last = self.span(start, end)
        return " ".join("".join(one for one in self.original[first:last] if one not in DROPPED).split())

    @cached_property
    def sentences(self) -> list[Sentence]:
        found = []
        for number, (start, end) in enumerate(lines(self.body)):
            for first, last in _sentences(self.body, start, end):
                found.append(Sentence(first, last, number, self.body[first:last]))
        return found


def laid_out(original: str) -> Paper:
    """The report with signs of one kind, and nothing taken out of it yet."""
    original = original[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    places = [place for place, one in enumerate(original) if one not in DROPPED and (one >= " " or one in "\n\t")]
    text = "".join(original[place] for place in places).translate(TRANSLATED)
    return Paper(original, text, places, text)


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Lines with something on them, without the spaces around."""
    for match in re.finditer(r"[^\n]+", text):
        words = match[0].strip()
        if words:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield start, start + len(words)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in STOP.finditer(text, start, end):
        if match[0][0] == "." and NO_STOP.search(text, max(first, match.start() - 12), match.start() + 1):
            continue
        yield from _pieces(text, first, match.end())
        first = match.end()
    yield from _pieces(text, first, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence without spaces around it; what is far too long for one is cut."""
    while start < end and text[start] == " ":
        start += 1
    for first in range(start, end, LONGEST_SENTENCE):
        yield first, min(end, first + LONGEST_SENTENCE)

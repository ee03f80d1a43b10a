"""Texts without what readers do not type: case, accents, widths, the older forms of Chinese characters.

Folding a text and folding its characters one by one give the same, so that a place in the folded text has a place in
the original.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

TRADITIONAL = Path(__file__).parent / "chinese" / "traditional.txt"
ACCENTS = range(0x300, 0x370)  # only these: the marks of Thai, Khmer or Burmese are letters of their words
UNSEEN = [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF]
VOICED = "\uff9e\uff9f"  # marks of narrow Japanese letters
LETTERS = {"đ": "d", "ł": "l", "ø": "o", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}


def _simplified() -> dict[str, str]:
    old, new = [line for line in TRADITIONAL.read_text("utf-8").splitlines() if not line.startswith("#")]
    return dict(zip(old, new, strict=True))


TABLE = str.maketrans({**dict.fromkeys(map(chr, [*ACCENTS, *UNSEEN]), ""), **LETTERS, **_simplified()})
FOLDED = re.compile(f"[{''.join(map(chr, TABLE))}]")


def fold(text: str) -> str:
    """The text as it is compared."""
    if text.isascii():
        return text.lower()
    wide = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFD", wide)
    return unicodedata.normalize("NFC", apart.translate(TABLE) if FOLDED.search(apart) else apart)


def placed(text: str) -> tuple[str, list[int]]:
    """The folded text, and of each of its characters the place of the one it comes from."""
    folded, places = [], []
    for place, part in _parts(text):
        piece = _fold_part(part)
        folded.append(piece)
        places += [place] * len(piece)
    return "".join(folded), places


@lru_cache(maxsize=4096)
def _fold_part(part: str) -> str:
    return fold(part)


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Each character with the marks that follow it, which may belong to it."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not (unicodedata.combining(text[place]) or text[place] in VOICED):
            yield start, text[start:place]
            start = place

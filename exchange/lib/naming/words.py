"""Words of names: in one of their spellings, and whether they are known."""

from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from exchange.lib.search_terms import RUN, pieces, spellings

LIST = Path(__file__).parent / "known_words.txt"
SHORTENED = {
    "univ": "university", "uni": "university", "inst": "institute", "coll": "college", "poly": "polytechnic",
    "tech": "technology", "intl": "international", "natl": "national", "dept": "department", "ctr": "center",
    "assoc": "association", "voc": "vocational", "min": "ministry",
}  # fmt: skip


@cache
def known() -> frozenset[str]:
    """Words in one spelling, and pairs of Chinese characters."""
    lines = [line for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#")]
    found: set[str] = set()
    for piece in pieces(" ".join(lines)):
        found |= pairs(piece) if RUN.match(piece) else {piece, canonical(piece)}
    return frozenset(found)


def is_known(word: str) -> bool:
    """A known place or word of such names, or a number."""
    return word in known() or not word.isalpha()


@lru_cache(maxsize=16_384)
def canonical(word: str) -> str:
    """A word in one of its spellings: singular, American, not shortened."""
    return min(spellings(SHORTENED.get(word, word)), key=lambda one: (len(one), one))


def pairs(characters: str) -> set[str]:
    """The pairs of neighbours."""
    return {one + other for one, other in pairwise(characters)}

"""Known names in running text: whole words in English, any place in Chinese, the longest first."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)
ALIKE = str.maketrans("’‘`´–—‑－―\u00a0\u3000０１２３４５６７８９", "''''-----  0123456789")
CHINESE = re.compile(r"[㐀-鿿]")
LETTER = "A-Za-z0-9À-ɏḀ-ỿ"
SHORTEST = 2  # one letter or character is nobody's name


def alike(text: str) -> str:
    """The text with every apostrophe, dash, space and digit of one kind; its length does not change."""
    return text.translate(ALIKE)


class Hit(NamedTuple, Generic[Key]):
    """A name in a text: where, as it is written in the list of names, and of whom."""

    start: int
    end: int
    name: str
    keys: frozenset[Key]


class Names(Generic[Key]):
    """A list of names, each with the keys of those who bear it."""

    def __init__(self, names: Iterable[tuple[str, Key]]) -> None:
        self._keys: dict[str, set[Key]] = defaultdict(set)
        self._written: dict[str, str] = {}
        for written, key in names:
            name = " ".join(alike(written).split())
            if len(name) >= SHORTEST:
                self._keys[name].add(key)
                self._written.setdefault(name, written)
        self._small = {name: name.lower() for name in self._keys}
        self._found: dict[str, list[Hit[Key]]] = {}

    def find(self, text: str) -> list[Hit[Key]]:
        """Where the names stand in the text, without one that is only a part of a longer one."""
        if text not in self._found:
            self._found[text] = self._look(alike(text))
        return self._found[text]

    def _look(self, text: str) -> list[Hit[Key]]:
        small = text.lower()
        there = sorted((name for name, lower in self._small.items() if lower in small), key=len, reverse=True)
        if not there:
            return []
        pattern = re.compile("|".join(f"(?P<n{place}>{_pattern(name)})" for place, name in enumerate(there)))
        hits = []
        for match in pattern.finditer(text):
            name = there[int((match.lastgroup or "n0")[1:])]
            hits.append(Hit(match.start(), match.end(), self._written[name], frozenset(self._keys[name])))
        return hits


def _pattern(name: str) -> str:
    if CHINESE.search(name):
        return re.escape(name)
    return rf"(?<![{LETTER}]){_cased(name)}(?![{LETTER}])"


def _cased(name: str) -> str:
    """An acronym as it is written, another single word with its capital, a longer name in any case."""
    if " " in name:
        return f"(?i:{re.escape(name)})"
    if sum(letter.isupper() for letter in name) > 1:
        return re.escape(name)
    return f"{re.escape(name[0])}(?i:{re.escape(name[1:])})"

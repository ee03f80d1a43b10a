"""Known names in running text: whole words in English, any place in Chinese, the longest first.

The names are kept as a tree of words and characters, so that a text is read once, however many names there are.
"""

import re
from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from exchange.lib.folding import fold

Key = TypeVar("Key", bound=Hashable)
ALIKE = str.maketrans("’‘`´–—‑－―\u00a0\u3000０１２３４５６７８９", "''''-----  0123456789")
CHINESE = re.compile(r"[㐀-鿿]")
LETTER = "A-Za-z0-9À-ɏḀ-ỿ"
PIECE = re.compile(rf"[{LETTER}]+|[^\s{LETTER}]")
SHORTEST = 2  # one letter or character is nobody's name
SPELLINGS = {"center": "centre", "programme": "program", "organization": "organisation"}


def alike(text: str) -> str:
    """The text with every apostrophe, dash, space and digit of one kind; its length does not change."""
    return text.translate(ALIKE)


class Hit(NamedTuple, Generic[Key]):
    """A name in a text: where, as it is written in the list of names, and of whom."""

    start: int
    end: int
    name: str
    keys: frozenset[Key]


class _Node(Generic[Key]):
    """A place in the tree: what may follow, and the names that end here, each as written with its bearers."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Key]] = {}
        self.ends: dict[str, tuple[str, set[Key]]] = {}


class Names(Generic[Key]):
    """A list of names, each with the keys of those who bear it."""

    def __init__(self, names: Iterable[tuple[str, Key]]) -> None:
        self._root: _Node[Key] = _Node()
        self._found: dict[str, list[Hit[Key]]] = {}
        for written, key in names:
            name = " ".join(alike(written).split())
            if len(name) >= SHORTEST:
                node = self._root
                for piece in PIECE.findall(name):
                    node = node.next.setdefault(_folded(piece), _Node())
                node.ends.setdefault(name, (written, set()))[1].add(key)

    def find(self, text: str) -> list[Hit[Key]]:
        """Where the names stand in the text, without one that is only a part of a longer one."""
        if text not in self._found:
            self._found[text] = list(self._look(alike(text)))
        return self._found[text]

    def _look(self, text: str) -> Iterator[Hit[Key]]:
        pieces = [(match.start(), match.end(), _folded(match[0])) for match in PIECE.finditer(text)]
        place = 0
        while place < len(pieces):
            hit, past = self._longest(text, pieces, place)
            if hit:
                yield hit
            place = past

    def _longest(self, text: str, pieces: list[tuple[int, int, str]], first: int) -> tuple[Hit[Key] | None, int]:
        """The longest name that begins with that piece, and the piece behind it."""
        node, found, past = self._root, None, first + 1
        start = pieces[first][0]
        for place in range(first, len(pieces)):
            _start, end, piece = pieces[place]
            following = node.next.get(piece)
            if following is None:
                break
            node = following
            bearers = [one for name, one in node.ends.items() if _is_so_written(text[start:end], name)]
            if bearers:
                keys = frozenset(key for _written, keys in bearers for key in keys)
                found, past = Hit(start, end, bearers[0][0], keys), place + 1
        return found, past


@lru_cache(maxsize=20_000)
def _folded(piece: str) -> str:
    small = fold(piece)
    return SPELLINGS.get(small, small)


def _is_so_written(found: str, name: str) -> bool:
    """An acronym is found as it is written, another single word with its capital, a longer name in any case."""
    if " " in name or CHINESE.search(name):
        return True
    if sum(letter.isupper() for letter in name) > 1:
        return found == name
    return found[:1] == name[:1]

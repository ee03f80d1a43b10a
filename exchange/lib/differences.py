"""Two texts as one: what went is struck out and what came is underlined, word by word or sign by sign."""

import re
from bisect import bisect_left
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from exchange.lib.html import sanitise
from exchange.lib.matching import Effort, opcodes

BREAK = r"</?(?:p|br|h3|h4|ul|ol|li|blockquote|table|caption|thead|tbody|tr|th|td)\b(?:\"[^\"]*\"|[^>\"])*>"
TAG = r"<(?:\"[^\"]*\"|[^>\"])+>"  # an address in quotes may have any sign in it
TOKENS = re.compile(rf"(?P<gap>\s*(?:{BREAK}\s*)+)|(?P<tag>{TAG})|&#?\w+;|[㐀-鿿]|[^\W㐀-鿿]+|\s+|[^\w\s]")
GAP = "\n"


class Token(NamedTuple):
    """A piece of markup, and the word as which it is compared; empty for a tag inside a line."""

    piece: str
    word: str

    @property
    def is_text(self) -> bool:
        return self.piece == self.word


def word_differences(before: str, after: str, effort: Effort | None = None) -> SafeString:
    """The later one of two plain texts with its differences."""
    return _marked(escape(before), escape(after), effort)


def markup_differences(before: str, after: str) -> SafeString:
    """The later one of two rich texts with its differences. Its markup is kept, that of the earlier one is not."""
    return _marked(sanitise(before), sanitise(after))


def _marked(before: str, after: str, effort: Effort | None = None) -> SafeString:
    old = [token.word for token in _tokens(before) if token.word]
    new = _tokens(after)
    places = [place for place, token in enumerate(new) if token.word]
    words, pieces = [new[place].word for place in places], [token.piece for token in new]
    texts = [place for place, token in enumerate(new) if token.is_text]
    for kind, i, j, k, m in opcodes(old, words, str.isspace, effort):
        if kind != "equal":
            for first, last in _runs([place for place in places[k:m] if new[place].is_text]):
                pieces[first] = "<ins>" + pieces[first]
                pieces[last] += "</ins>"
            _put(old[i:j], pieces, texts, places[k] if k < len(places) else len(new))
    return mark_safe("".join(pieces))  # noqa: S308  what came in was escaped or sanitised


def _tokens(markup: str) -> list[Token]:
    return [
        Token(found[0], GAP if found["gap"] else "" if found["tag"] else found[0]) for found in TOKENS.finditer(markup)
    ]


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """The first and the last of those that follow each other without a tag between them."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = runs[-1][0], place
        else:
            runs.append((place, place))
    return runs


def _put(gone: list[str], pieces: list[str], texts: list[int], follows: int) -> None:
    """Set what went before the text that follows, or at the end of a line behind what stands there."""
    words = "".join(gone).strip(GAP).replace(GAP, " ")
    if not words:
        return
    apart = " " if GAP in gone else ""
    ahead, behind = f"<del>{words}{apart}</del>", f"<del>{apart}{words}</del>"
    later = bisect_left(texts, follows)
    if later < len(texts) and (texts[later] == follows or not later):
        pieces[texts[later]] = ahead + pieces[texts[later]]
    elif later:
        pieces[texts[later - 1]] += behind
    else:
        pieces.append(f"<del>{words}</del>")

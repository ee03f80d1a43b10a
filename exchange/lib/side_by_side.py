"""Two texts beside each other, with what only one of them says marked word by word or sign by sign."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from exchange.lib.matching import Effort, opcodes

TOKENS = re.compile(r"[㐀-鿿]|[^\W㐀-鿿]+|\s+|[^\w\s]")
LEFT_OUT = "…"
Pieces = list[tuple[bool, str, str]]


def beside(before: list[str], after: list[str]) -> tuple[SafeString, SafeString]:
    """Two texts in paragraphs, with what only one of them says marked; paragraphs that both have are left out."""
    effort = Effort()
    runs = [
        None if is_equal else list(_pieces("\n".join(old), "\n".join(new), effort))
        for is_equal, old, new in _runs(before, after, effort)
    ]
    return _side(runs, "del", 1), _side(runs, "ins", 2)


def _side(runs: list[Pieces | None], tag: str, at: int) -> SafeString:
    paragraphs = (LEFT_OUT if pieces is None else _one_side(pieces, tag, at) for pieces in runs)
    return format_html_join("", "<p>{}</p>", ((one,) for one in paragraphs if one))


def _one_side(pieces: Pieces, tag: str, at: int) -> SafeString:
    return _join(piece[at] if piece[0] else _marked(tag, str(piece[at])) for piece in pieces)


def _pieces(before: str, after: str, effort: Effort) -> Iterator[tuple[bool, str, str]]:
    for is_equal, old, new in _runs(TOKENS.findall(before), TOKENS.findall(after), effort, str.isspace):
        yield is_equal, "".join(old), "".join(new)


def _runs(
    old: list[str], new: list[str], effort: Effort, isjunk: Callable[[str], bool] | None = None
) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Runs that are equal, and runs that are not, in order."""
    for kind, i, j, k, m in opcodes(old, new, isjunk, effort):
        yield kind == "equal", old[i:j], new[k:m]


def _marked(tag: str, text: str) -> SafeString:
    return format_html(f"<{tag}>{{}}</{tag}>", text) if text else SafeString("")


def _join(pieces: Iterable[Any]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))

"""Two texts beside each other, with what only one of them says marked word by word or sign by sign."""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

TOKENS = re.compile(r"[㐀-鿿]|[^\W㐀-鿿]+|\s+|[^\w\s]")
LEFT_OUT = "…"
MOST = 1_000_000  # comparisons; what would need more is shown as wholly replaced


def beside(before: list[str], after: list[str]) -> tuple[SafeString, SafeString]:
    """Two texts in paragraphs, with what only one of them says marked; paragraphs that both have are left out."""
    runs = list(_runs(before, after))
    return _side(runs, "del", 1), _side(runs, "ins", 2)


def _side(runs: list[tuple[bool, list[str], list[str]]], tag: str, at: int) -> SafeString:
    paragraphs = (LEFT_OUT if is_equal else _one_side(old, new, tag, at) for is_equal, old, new in runs)
    return format_html_join("", "<p>{}</p>", ((one,) for one in paragraphs if one))


def _one_side(old: list[str], new: list[str], tag: str, at: int) -> SafeString:
    pieces = _pieces("\n".join(old), "\n".join(new))
    return _join(piece[at] if piece[0] else _marked(tag, str(piece[at])) for piece in pieces)


def _pieces(before: str, after: str) -> Iterator[tuple[bool, str, str]]:
    for is_equal, old, new in _runs(TOKENS.findall(before), TOKENS.findall(after)):
        yield is_equal, "".join(old), "".join(new)


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Runs that are equal, and runs that are not, in order."""
    if len(old) * len(new) > MOST:
        yield old == new, old, new
        return
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield kind == "equal", old[i:j], new[k:m]


def _marked(tag: str, text: str) -> SafeString:
    return format_html(f"<{tag}>{{}}</{tag}>", text) if text else SafeString("")


def _join(pieces: Iterable[Any]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))

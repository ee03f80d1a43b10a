"""Whether one spelling may be a mistyping of another.

The same few letters make a slip of the hand in one pair of names and another place in the next. What tells them apart
is whether both are words: one that is known, as a place, as a word of such names, or because names of others have it,
is no mistyping of another word that is known.
"""

from collections.abc import Callable

from exchange.lib.naming.words import pairs
from exchange.lib.nearness import allowed, apart

LEAST = 4  # characters of a Chinese name in which one may be wrong
PROPER = 2  # its first ones, which tell it from others of the kind: lists of words never know all of them
NUMERALS = set("一二三四五六七八九十")


def letters(word: str) -> int:
    """The letters of a word as bits: words of which many differ need not be compared further."""
    bits = 0
    for one in word:
        bits |= 1 << (ord(one) & 31)
    return bits


def is_slip(one: str, other: str) -> bool:
    """A word is the other one but for the few faults that are allowed in words of that length."""
    most = min(allowed(one), allowed(other))
    return bool(most) and abs(len(one) - len(other)) <= most and 0 < apart(one, other) <= most


def are_mistyped(one: str, other: str, is_word: Callable[[str], bool]) -> bool:
    """Two Chinese names differ by a slip: a character missing, too many, or wrong.

    ``is_word`` says of a pair of characters that it makes a word.
    """
    if min(len(one), len(other)) < LEAST or abs(len(one) - len(other)) > 1:
        return False
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    mine, theirs = one[start : len(one) - end], other[start : len(other) - end]
    if len(one) != len(other):
        return not mine or not theirs
    if len(mine) != 1 or start < PROPER or {mine, theirs} <= NUMERALS:
        return False
    return not all(any(map(is_word, pairs(text[max(0, start - 1) : start + 2]))) for text in (one, other))


def are_misheard(one: str, other: str, is_word: Callable[[str], bool]) -> bool:
    """Of two Chinese names that sound the same, no other characters make another word."""
    if len(one) != len(other) or min(len(one), len(other)) < LEAST:
        return False
    places = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    near = [[pairs(text[max(0, place - 1) : place + 2]) for text in (one, other)] for place in places]
    return not any(all(any(map(is_word, side)) for side in sides) for sides in near)


def _alike(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)

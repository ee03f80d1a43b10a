"""Names near to what was typed, for those who mistyped one. The work is bounded, whatever was typed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db.models import Count
from django.db.models.functions import Length

from exchange.lib.nearness import LETTERS, allowed, apart, may_be_part, within
from exchange.lib.search_terms import Question, Term, compact
from trips.models import NameGram, SearchName
from trips.search import names
from trips.search.asking import public

CANDIDATES = 30  # names that are compared letter by letter
LOOKED_AT = 300  # names of which it is asked whether anyone may read them
SUGGESTIONS = 3


class Near(NamedTuple):
    """A name that may have been meant: how far it is from what was typed, and how far the whole of it; whose it is."""

    faults: int
    apart: int
    text: str
    of: tuple[str, str]


def suggested(asked: Question, unfound: Iterable[Term], at: dt.datetime) -> list[str]:
    """Questions that may have been meant: names near to all of it, else all of it with one word put right."""
    typed = compact(asked.text)
    whole = _near(typed, at)
    if whole and (len(asked.terms) > 1 or whole[0].apart <= allowed(typed)):
        nearest: dict[tuple[str, str], str] = {}
        for one in whole:
            nearest.setdefault(one.of, one.text)
        return list(dict.fromkeys(nearest.values()))[:SUGGESTIONS]
    for term in unfound:
        if found := _word(term, at):
            return [" ".join(found if one == term else one.text for one in asked.terms)]
    return [one.text for one in whole[:SUGGESTIONS]]


def _near(typed: str, at: dt.datetime) -> list[Near]:
    """The names that are near to what was typed, or have a piece that is; the nearest first."""
    found = []
    for row in _candidates(typed, at):
        forms = [form for form in (compact(row.text), row.sound) if form]
        whole = min(apart(typed, form) for form in forms)
        faults = min(within(typed, form) for form in forms) if may_be_part(typed) else whole
        if faults <= allowed(typed):
            found.append(Near(faults, whole, row.text, (row.subject, row.key)))
    best = min((one.faults for one in found), default=0)
    return sorted(one for one in found if one.faults == best)


def _word(term: Term, at: dt.datetime) -> str:
    """The word of a name that is near to a term, or nothing."""
    typed = "".join(term.pieces)
    words = (word.strip("()（）,，.“”\"'") for row in _candidates(typed, at) for word in row.text.split())
    found = sorted((apart(typed, compact(word)), word) for word in dict.fromkeys(words))
    return found[0][1] if found and found[0][0] <= allowed(typed) else ""


def _candidates(typed: str, at: dt.datetime) -> Sequence[SearchName]:
    """The visible names with most of the pairs of letters that were typed. A fault changes three of them at most."""
    pairs = names.grams(typed[:LETTERS])
    least = len(pairs) - 3 * allowed(typed)
    if not allowed(typed):
        return []
    shared = NameGram.objects.filter(gram__in=pairs, name__hidden=False).values("name").annotate(n=Count("pk"))
    most = shared.filter(n__gte=max(1, least)).annotate(length=Length("name__text")).order_by("-n", "length", "name")
    keys = [one["name"] for one in most[:LOOKED_AT]]
    rows = SearchName.objects.in_bulk(keys)
    return public((rows[key] for key in keys if key in rows), at)[:CANDIDATES]

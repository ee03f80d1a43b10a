"""Pairs of records that may be the same organisation or city, until somebody says that they are not."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils import timezone

from exchange import audit
from exchange.lib.naming import is_known
from exchange.lib.naming.index import Entry
from institutions.matching import ORDER, WEBSITE, Book, current
from institutions.models import Distinction

MANY = 40  # records that share one thing, such as a website: then it says nothing of two of them


class Pair(NamedTuple):
    """Two records by their keys, the smaller first, and why they may be the same."""

    one: int
    other: int
    reason: str
    text: str


def suspects(model: type[models.Model]) -> list[Pair]:
    """What may be the same and was not told apart; the strongest reasons first."""
    told = set(Distinction.objects.filter(model=model._meta.label_lower).values_list("one", "other"))
    with current(model) as book:
        found: dict[tuple[int, int], Pair] = {}
        for pair in _pairs(book):
            key = pair.one, pair.other
            if key not in told and (key not in found or _rank(pair) < _rank(found[key])):
                found[key] = pair
    return sorted(found.values(), key=lambda pair: (*_rank(pair), pair.text, pair.one, pair.other))


def tell_apart(one: models.Model, other: models.Model, *, by: Any) -> None:
    """Note that the two are not the same."""
    with transaction.atomic():
        noted = {"by": by, "by_name": by.get_full_name() or by.get_username() if by else "", "at": timezone.now()}
        _noted, is_new = Distinction.objects.get_or_create(**_of(one, other), defaults=noted)
        if is_new:
            audit.record("told_apart", one, by=by, other={"pk": other.pk, "label": str(other)})


def doubt(one: models.Model, other: models.Model, *, by: Any) -> None:
    """Take that back."""
    with transaction.atomic():
        gone, _kinds = Distinction.objects.filter(**_of(one, other)).delete()
        if gone:
            audit.record("doubted", one, by=by, other={"pk": other.pk, "label": str(other)})


def _of(one: models.Model, other: models.Model) -> dict[str, Any]:
    smaller, larger = sorted((one.pk, other.pk))
    return {"model": one._meta.concrete_model._meta.label_lower, "one": smaller, "other": larger}  # type: ignore[union-attr]


def _rank(pair: Pair) -> tuple[int]:
    return (ORDER.index(pair.reason),)


def _pairs(book: Book) -> Iterator[Pair]:
    """Only names that share something with a name of another record, or have a doubtful word, are asked about."""
    for entry in dict.fromkeys(_doubtful(book)):
        for found in book.similar(entry.text, language=entry.language, but=entry.of):  # type: ignore[arg-type]
            yield Pair(*sorted((int(str(entry.of)), found.key)), found.reason, found.text)  # type: ignore[arg-type]
    for host, keys in book.hosts.items():
        together = sorted(keys) if len(keys) <= MANY else []
        yield from (Pair(one, other, WEBSITE, host) for one in together for other in together if one < other)


def _doubtful(book: Book) -> Iterator[Entry]:
    index = book.index
    for table in (index.forms, index.bags, index.kernels, index.heads, index.tails, index.heard()):
        for entries in table.values():
            if 1 < len({entry.of for entry in entries[: MANY + 1]}) <= MANY:
                yield from entries
    spelt = {word for words in index.vocabulary.values() for word in words}
    rare = {word for word in spelt if 0 < index.counts[word] <= 2 and not is_known(word)}
    doubtful = {word for word in rare if index.slips_of(word)}
    for entries in index.names.values():
        yield from (entry for entry in entries if index.has_any(entry, doubtful))

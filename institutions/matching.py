"""Records that may be the same organisation or city as one that is being entered, or as each other, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.lib.languages import CODES, column
from exchange.lib.naming import host_of
from exchange.lib.naming.index import INITIALS, SAME, SOUND, SPELLING, TRADE, Entry, Index, Likeness
from exchange.lib.search_terms import RUN
from institutions.choices import NameKind
from institutions.models import City, Name, Organisation

SHOWN = 8
NAME, SHORT = "name", "short"
LANGUAGE, CHARACTERS, WEBSITE = "language", "characters", "website"
REASONS = {
    SAME: _("the same name"),
    LANGUAGE: _("the name in the other language"),
    CHARACTERS: _("the same name in other Chinese characters"),
    NameKind.FORMER.value: _("a former name"),
    NameKind.ALIAS.value: _("another name"),
    SHORT: _("a short name"),
    NameKind.ACRONYM.value: _("an acronym or short name"),
    NameKind.VARIANT.value: _("a variant of the name"),
    WEBSITE: _("the same website"),
    SOUND: _("the same sound"),
    SPELLING: _("nearly the same name"),
    TRADE: _("the same name but for the kind of school"),
    INITIALS: _("the same initials"),
}
ORDER = [*REASONS]
KEPT: dict[type[models.Model], "Book"] = {}
LOCK = RLock()


class Alike(NamedTuple):
    """That the record with this key is like what was asked about: the reason, see ``REASONS``, and its name for it."""

    key: int
    reason: str
    text: str


class Similar(NamedTuple):
    """A record that is like what was asked about, the reason in words, and its name for it."""

    record: Any
    why: str
    text: str


class Book:
    """The names and websites of all records of a table. For one question or for many."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.index = Index()
        self.stored: dict[int, tuple] = {}  # what the index was made of
        self.hosts: dict[str, dict[int, None]] = defaultdict(dict)
        self.refresh()

    def refresh(self) -> None:
        """Bring it in step with the table: two queries, and work for what changed."""
        found = _organisations() if self.model is Organisation else _cities()
        for key in self.stored.keys() - found.keys():
            self._forget(key)
        for key, values in found.items():
            if self.stored.get(key) != values:
                self._forget(key)
                self.stored[key] = values
                self.index.put(key, [Entry(key, *name) for name in values[-1]])
                if host := self._host(key):
                    self.hosts[host][key] = None

    def _forget(self, key: int) -> None:
        if key in self.stored:
            self.hosts[self._host(key)].pop(key, None)
            self.index.drop(key)
            del self.stored[key]

    def _host(self, key: int) -> str:
        return host_of(self.stored[key][1])

    def kind(self, key: int) -> str:
        """The section; empty of a city."""
        return str(self.stored[key][0])

    def similar(
        self,
        name: str,
        *,
        kind: str | None = None,
        language: str | None = None,
        website: str = "",
        but: int | None = None,
    ) -> list[Alike]:
        """Those that are like it, each once with the reason that says most; those of the section ``kind`` first."""
        found = [_alike(likeness, name, language) for likeness in self.index.like(name, but)] if name else []
        host = host_of(website)
        found += [Alike(key, WEBSITE, host) for key in self.hosts.get(host, ()) if host and key != but]
        best: dict[int, Alike] = {}
        for one in sorted(found, key=lambda one: ORDER.index(one.reason)):
            best.setdefault(one.key, one)
        return self._ordered(best.values(), kind)

    def like_any(self, names: Iterable[tuple[str, str]], **more: Any) -> list[Alike]:
        """As ``similar``, of something with several names, each with its language."""
        best: dict[int, Alike] = {}
        for text, code in names:
            for one in self.similar(text, language=code, **more):
                known = best.get(one.key)
                if known is None or ORDER.index(one.reason) < ORDER.index(known.reason):
                    best[one.key] = one
        return self._ordered(best.values(), more.get("kind"))

    def _ordered(self, found: Iterable[Alike], kind: str | None) -> list[Alike]:
        return sorted(found, key=lambda one: (bool(kind) and self.kind(one.key) != kind, ORDER.index(one.reason)))


def loaded(model: type[models.Model], found: Iterable[Alike]) -> list[Similar]:
    """With their records, the first of them, in one query."""
    first = list(found)[:SHOWN]
    records = model._base_manager.in_bulk([one.key for one in first]) if first else {}
    return [Similar(records[one.key], str(REASONS[one.reason]), one.text) for one in first if one.key in records]


@contextmanager
def current(model: type[models.Model]) -> Iterator[Book]:
    """The book as the table is now, kept in memory from one question to the next. One thread reads it at a time."""
    with LOCK:
        if model not in KEPT:
            KEPT[model] = Book(model)
        else:
            KEPT[model].refresh()
        yield KEPT[model]


def similar(name: str, kind: str | None = None, language: str | None = None, website: str = "") -> list[Similar]:
    """The organisations that may be the one of this name, of any section; those of ``kind`` first.

    ``language`` is the one that the name is in. Whoever asks about many names makes a ``Book`` of their own.
    """
    with current(Organisation) as book:
        found = book.similar(name, kind=kind, language=language, website=website)
    return loaded(Organisation, found)


def _alike(found: Likeness, name: str, language: str | None) -> Alike:
    entry, reason = found.entry, found.way
    if reason == SAME:
        reason = entry.kind if entry.kind != NAME else _same(entry, name, language)
    return Alike(entry.of, reason, entry.text)  # type: ignore[arg-type]


def _same(entry: Entry, name: str, language: str | None) -> str:
    if language and language != entry.language:
        return LANGUAGE
    others = RUN.search(name) and "".join(RUN.findall(name)) != "".join(RUN.findall(entry.text))
    return CHARACTERS if others else SAME


def _organisations() -> dict[int, tuple]:
    """By keys: section, website, and all names, each with its kind and language."""
    columns = [(part, code, column(part, code)) for part in (NAME, SHORT) for code in CODES]
    further = defaultdict(list)
    names = Name.objects.filter(organisation__merged_into=None).order_by("pk")
    for key, *name in names.values_list("organisation", "text", "kind", "language"):
        further[key].append(tuple(name))
    found = {}
    rows = Organisation.objects.current().order_by("pk")
    for key, kind, website, *texts in rows.values_list("pk", "kind", "website", *(name for *_part, name in columns)):
        own = [(text, part, code) for (part, code, _name), text in zip(columns, texts, strict=True) if text]
        found[key] = (kind, website, (*own, *further[key]))
    return found


def _cities() -> dict[int, tuple]:
    rows = City.objects.order_by("pk").values_list("pk", *(column(NAME, code) for code in CODES))
    return {
        key: ("", "", tuple((text, NAME, code) for code, text in zip(CODES, texts, strict=True) if text))
        for key, *texts in rows
    }

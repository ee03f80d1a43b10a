"""What differs between two documents of a trip, in lines that people can read."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext

from exchange.lib.html import paragraphs
from trips.edition.schema import Payload

SECTIONS = {
    "title": ("title", "slug", "format", "audience", "destination", "starts_on", "ends_on", "time_zone"),
    "route": ("route",),
    "organisers": ("organisers",),
    "themes": ("themes",),
    "delegations": ("delegations",),
    "people": ("people",),
    "programme": ("programme", "planned_hosts", "open"),
    "report": ("report",),
    "photos": ("photos",),
    "documents": ("documents",),
    "coverage": ("coverage",),
    "statements": ("statements",),
    "outcomes": ("outcomes",),
}
UNREAD = {"uid", "renditions", "width", "height", "focus", "visits", "size"}


class Change(NamedTuple):
    """One line of a section before and after; empty where it was added or went. ``said``: a sentence instead."""

    section: str
    before: str
    after: str
    said: str = ""


def changes(old: Payload, new: Payload) -> list[Change]:
    """Every line that differs, section by section."""
    lines = [
        Change(section, before, after)
        for section, keys in SECTIONS.items()
        for before, after in _unequal(list(_lines(old, keys)), list(_lines(new, keys)))
    ]
    return [*lines, *_freshness(old, new)]


def _freshness(old: Payload, new: Payload) -> Iterator[Change]:
    """Whether the page of a language says that the other one is newer: a mark on a text, not a part of it."""
    marked = gettext("The %(language)s page now says that the version in the other language is newer.")
    cleared = gettext("The %(language)s page no longer says that the version in the other language is newer.")
    names = {"en": gettext("English"), "zh-hans": gettext("Chinese")}
    for code in sorted(old["report"].keys() & new["report"].keys()):
        was, is_now = ("older" in payload["report"][code] for payload in (old, new))
        if was != is_now:
            yield Change("report", "", "", (marked if is_now else cleared) % {"language": names[code]})


def _unequal(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, come = old[i:j], new[k:m]
        for place in range(max(len(gone), len(come))):
            yield "".join(gone[place : place + 1]), "".join(come[place : place + 1])


def _lines(payload: Payload, keys: tuple[str, ...]) -> Iterator[str]:
    for key in keys:
        value: Any = payload[key]  # type: ignore[literal-required]
        if key == "report":
            for _language, report in sorted(payload["report"].items()):
                yield from (report["headline"], report["summary"], *paragraphs(report["body"]))
        elif isinstance(value, list):
            yield from (_line(one, payload) for one in value)
        elif isinstance(value, Mapping):
            yield from (_line(one, payload) for _key, one in sorted(value.items()) if one)
        else:
            yield _line(value, payload)


def _line(value: Any, payload: Payload) -> str:
    return " · ".join(word for word in _words(value, payload) if word)


def _words(value: Any, payload: Payload) -> Iterator[str]:
    """The words of a piece; ids give way to the names they stand for. In the order of their keys."""
    if isinstance(value, Mapping):
        for key, one in sorted(value.items()):
            if one is True:
                yield key.replace("_", " ")
            elif key not in UNREAD:
                yield from _words(one, payload)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one, payload)
    elif value not in (None, False):
        yield from _named(str(value), payload)


def _named(word: str, payload: Payload) -> Iterator[str]:
    if word in payload["parties"]:
        yield from _words(payload["parties"][word]["name"], payload)
    elif word in payload["persons"]:
        yield from _words(payload["persons"][word], payload)
    elif word in payload["pictures"]:
        yield from _words(payload["pictures"][word], payload)
    else:
        yield word

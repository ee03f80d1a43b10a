"""What of a document can be searched, in one language: its titles, the names in it, and all else that it says."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from exchange.lib.html import paragraphs
from exchange.lib.languages import CODES
from trips.edition.schema import Payload


class Searchable(NamedTuple):
    """Texts without markup, in the order in which a passage is looked for; nothing of the other language."""

    title: list[str]
    names: list[str]
    body: list[str]


def searchable(payload: Payload, language: str) -> Searchable:
    """The texts of a document in one language."""
    title, report = payload["title"], payload["report"].get(language)
    titles = [report["headline"] if report else "", title[language]]  # type: ignore[literal-required]
    return Searchable(_told(titles), _told(_names(payload, language)), _told(_body(payload, language)))


def _told(texts: Iterable[str]) -> list[str]:
    return [one for one in dict.fromkeys(texts) if one]


def _in(texts: Iterable[Mapping[str, Any]], language: str) -> Iterator[str]:
    for one in texts:
        yield one[language]


def _names(payload: Payload, language: str) -> Iterator[str]:
    yield from _in(_named(payload), language)
    for party in payload["parties"].values():
        yield from party["also"].get(language, [])


def _named(payload: Payload) -> Iterator[Mapping[str, Any]]:
    yield payload["destination"]
    for stop in payload["route"]:
        yield from (stop["name"], stop["province"])
    for state in payload["states"].values():
        yield state["name"]
    for party in payload["parties"].values():
        yield from (party["name"], party["short"], party["city"])
    for theme in payload["themes"]:
        yield from (theme["name"], theme["also"])


def _body(payload: Payload, language: str) -> Iterator[str]:
    report = payload["report"].get(language)
    if report:
        yield report["summary"]
        yield from paragraphs(report["body"])
    yield from _in(_said(payload), language)
    yield from payload["planned_hosts"].get(language, [])
    for item in payload["coverage"]:
        if item["language"] == language or item["language"] not in CODES:
            yield item["headline"]
    yield from _in((one["title"] for one in payload["documents"]), language)


def _said(payload: Payload) -> Iterator[Mapping[str, Any]]:
    yield payload["audience"]
    for visit in payload["programme"]:
        yield from (visit["city"], visit["place"], visit["seen"], visit["company"])
    for organiser in payload["organisers"]:
        yield organiser["as_printed"]
    for statement in payload["statements"]:
        yield from (statement["who"], statement["text"])
    for outcome in payload["outcomes"]:
        yield from (outcome["who"], outcome["text"])
    for uid in payload["photos"]:
        picture = payload["pictures"][uid]
        if not picture.get("redacted"):
            yield from (picture["caption"], picture["credit"])
    for theme in payload["themes"]:
        yield theme["about"]

"""The texts of a trip that would become public, each with its place on the form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

from exchange.lib.html import paragraphs
from exchange.lib.languages import CODES, column
from exchange.lib.names import alike
from trips.models import Report, Trip
from trips.readiness.finding import Level, found

REPORT, CAPTION, SAID, FACT = "report", "caption", "said", "fact"
PARTS = ("headline", "summary", "body")
SECTIONS = {"en": "report-en", "zh-hans": "report-zh"}
BREAKS = re.compile(r"<br\s*/?>|</t[dh]>")


@dataclass(frozen=True)
class Passage:
    """One text in one language, as markup, and its place on the form. ``part`` says what sort of text it is."""

    language: str
    part: str
    words: str
    section: str
    field: str
    relation: str = ""
    row: int | None = None

    @cached_property
    def written(self) -> list[str]:
        """Its paragraphs without markup, as they are written."""
        return paragraphs(BREAKS.sub("</p>", self.words))

    @cached_property
    def plain(self) -> list[str]:
        """Its paragraphs, letter for letter as long as ``written``, with signs that look alike made one."""
        return [alike(one) for one in self.written]

    @property
    def is_english(self) -> bool:
        return self.language == CODES[0]

    def found(self, rule: str, level: Level, wording: Any, **data: Any) -> Any:
        """A finding at this place."""
        place = {"relation": self.relation, "row": self.row}
        return found(rule, level, wording, self.section, self.field, **place, **data)


def report_field(language: str, part: str) -> str:
    """The name of a report's field in the form, where each language has one form of its own."""
    return f"report-{language}-0-{part}"


def passages(trip: Trip, *, full: bool) -> list[Passage]:
    """Every text that would be published, empty ones left out; of an outline only what it shows."""
    texts = [*_facts(trip, full), *_reports(trip, full), *(_parts(trip) if full else ())]
    return [one for one in texts if one.words.strip()]


def _facts(trip: Trip, full: bool) -> Iterator[Passage]:
    names = ("title", "audience", "destination", *(("planned_hosts",) if full else ()))
    yield from _columns(trip, FACT, "facts", "", names)
    for row in trip.organisings.all():
        yield from _columns(row, FACT, "facts", "organisings", ("as_printed",))


def _reports(trip: Trip, full: bool) -> Iterator[Passage]:
    for report in trip.reports.all():
        for part in PARTS if full else PARTS[:2]:
            yield report_passage(report, part)


def report_passage(report: Report, part: str) -> Passage:
    words = getattr(report, part)
    words = words if part == "body" else _as_markup(words)
    return Passage(report.language, REPORT, words, SECTIONS[report.language], report_field(report.language, part))


def _parts(trip: Trip) -> Iterator[Passage]:
    for visit in trip.visits.all():
        yield from _columns(visit, FACT, "programme", "visits", ("place", "seen", "company"))
    for person in trip.delegates.all():
        if person.public:
            yield from _columns(person, FACT, "people", "delegates", ("name", "post"))
    for photo in trip.photos.all():
        if photo.consent:
            yield from _columns(photo, CAPTION, "photos", "photos", ("caption", "alt"))
            yield from _columns(photo, FACT, "photos", "photos", ("credit",))
    for statement in trip.statements.all():
        yield from _columns(statement, SAID, "statements", "statements", ("who", "text"))
    for outcome in trip.outcomes.all():
        if outcome.public:
            yield from _columns(outcome, SAID, "outcomes", "outcomes", ("who", "text"))
    for document in trip.documents.all():
        if document.public:
            yield from _columns(document, FACT, "documents", "documents", ("title",))


def _columns(row: Any, part: str, section: str, relation: str, names: tuple[str, ...]) -> Iterator[Passage]:
    for name in names:
        for code in CODES:
            field = column(name, code)
            words = _as_markup(getattr(row, field) or "")
            yield Passage(code, part, words, section, field, relation, row.pk if relation else None)


def _as_markup(text: str) -> str:
    """Plain text so that it can be read like rich text: its lines as paragraphs."""
    lines = text.replace("&", "&amp;").replace("<", "&lt;").splitlines()
    return "".join(f"<p>{line}</p>" for line in lines if line.strip())


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append(((dict(attrs).get("href") or "").strip(), ""))
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._open:
            address, words = self.found[-1]
            self.found[-1] = address, words + data


def links(markup: str) -> list[tuple[str, str]]:
    """The links of rich text: ``(address, words)``."""
    parser = _Links()
    parser.feed(markup)
    parser.close()
    return parser.found

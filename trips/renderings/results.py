"""What came of a trip, as its page wants it: coverage, statements, outcomes, documents."""

import datetime as dt
from itertools import groupby
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from exchange.lib import dates
from exchange.lib.bilingual import COMMAS, Words, joined, listed
from institutions.choices import Type
from trips.choices import OutcomeKind, OutcomeState, SourceLanguage, StatementKind
from trips.edition.reading import Coverage, Document, Outcome, Party, Reader, Statement
from trips.renderings import wording
from trips.renderings.sections import post

DOCUMENTS = "/media/documents"
KILOBYTE, MEGABYTE = 1000, 1_000_000


def coverage(reader: Reader) -> dict[str, Any] | None:
    """By outlet, in the order in which each is first named, with all its items."""
    outlets: dict[str, list[Coverage]] = {}
    for one in reader.coverage:
        outlets.setdefault(one.outlet.uid, []).append(one)
    rows = [_outlet(items, reader.language) for items in outlets.values()]
    return {"rows": rows, "open": reader.open["outlets"]} if rows or reader.open["outlets"] else None


def _outlet(items: list[Coverage], language: str) -> dict[str, Any]:
    outlet = items[0].outlet
    is_newspaper = outlet.type == Type.NEWSPAPER
    described = (_item(one, language) for one in items)
    return {
        "name": wording.titled(outlet.name, is_newspaper=is_newspaper, language=language),
        "address": outlet.address,
        "note": joined([outlet.other, wording.label(Type, outlet.type) if outlet.type else ""]),
        "items": [one for one in described if one["link"] or one["headline"] or one["note"]],
    }


def _item(one: Coverage, language: str) -> dict[str, Any]:
    written_in = wording.label(SourceLanguage, one.language) if one.language else ""
    return {
        "headline": one.headline,
        "link": one.link,
        "lang": one.language if one.language != language else "",
        "note": joined([written_in, _written(one.date, language)], COMMAS[language]),
    }


def outcomes(reader: Reader) -> list[dict[str, Any]]:
    """Statements, then what came of the trip; neighbours of one kind under one label."""
    said: list[dict[str, Any]] = [
        {"label": wording.label(StatementKind, one.kind), "text": one.text, "quoted": one.quoted, "note": _speaker(one)}
        for one in reader.statements
    ]
    came: list[dict[str, Any]] = [
        {"label": wording.label(OutcomeKind, one.kind), "text": one.text, "note": standing(one, reader.language)}
        for one in reader.outcomes
    ]
    return [{"label": label, "rows": list(rows)} for label, rows in groupby(said + came, key=lambda one: one["label"])]


def _speaker(one: Statement) -> SafeString | Words:
    """Who said it, a person with the post held at the time."""
    return joined([one.speaker.name, post(one.speaker)]) if one.speaker else one.who


def standing(one: Outcome, language: str) -> SafeString:
    """Between whom, how far it has come, and until when."""
    who = one.who or listed([_linked(party, language) for party in one.parties], language)
    due = _written(one.due_on, language)
    return joined([who, wording.label(OutcomeState, one.state), format_html(_("Due {day}"), day=due) if due else ""])


def _linked(party: Party, language: str) -> SafeString:
    return format_html('<a href="/{}/{}">{}</a>', language, party.address, party.called)


def _written(day: dt.date | None, language: str) -> SafeString | str:
    return wording.day(day, dates.written(day, language)) if day else ""


def documents(reader: Reader, base: str = DOCUMENTS) -> list[dict[str, Any]]:
    """The files to download; ``base`` is the address under which they are found."""
    return [
        {"title": one.title, "href": f"{base}/{one.uid}/{one.name}", "note": joined(_kind(one))}
        for one in reader.documents
    ]


def _kind(one: Document) -> list[str]:
    """What sort of file it is, in which language, and how long it takes to fetch."""
    ending = one.name.rpartition(".")[2].upper()
    return [ending, wording.label(SourceLanguage, one.language), _size(one.size) if one.size else ""]


def _size(count: int) -> str:
    """340 kB; 1.2 MB."""
    if count < MEGABYTE:
        return f"{max(1, round(count / KILOBYTE))} kB"
    return f"{number_format(count / MEGABYTE, 1)} MB"

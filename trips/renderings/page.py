"""A document as the public page of its trip. The page of the site and the desk's preview are both made here."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from exchange.lib import dates
from exchange.lib.bilingual import TAGS, Words, choose
from exchange.lib.html import sanitise
from exchange.lib.languages import NAMES, other
from trips.choices import SourceLanguage
from trips.edition.reading import Reader
from trips.edition.schema import Payload
from trips.renderings import jsonld, pictures, sections, wording
from trips.renderings.frame import Alternate, Link, absolute, frame, rendered


class Issue(NamedTuple):
    """An edition in a trip's history. ``readable``: it can be opened at its own address."""

    number: int
    slug: str
    public_from: dt.datetime
    note: dict[str, str]
    readable: bool
    withdrawn: bool


@dataclass(frozen=True)
class Facts:
    """What stands outside a document: which edition it is, and the others, newest first.

    ``own_address``: the page is asked for as this edition, not as the trip's current one.
    """

    number: int
    digest: str
    public_from: dt.datetime
    history: list[Issue] = field(default_factory=list)
    superseded: bool = False
    own_address: bool = False


def render(
    payload: Payload,
    language: str,
    *,
    edition: Facts | None = None,
    preview: Any = "",
    media_base: str = pictures.MEDIA,
    documents_base: str = sections.DOCUMENTS,
    switch: str = "",
    template: str = "trips/trip.html",
    beside: dict[str, Any] | None = None,
) -> str:
    """The page as HTML.

    Without ``edition`` nothing is published yet. ``preview`` is the sentence that says on the page what it is and that
    it is not public; ``media_base`` and ``documents_base`` are the addresses under which pictures and documents are
    found, each as ``<base>/<uid>/<name>``; ``switch`` is the address of the page in the other language. Pages with more
    around the text extend ``trips/trip.html`` as ``template``, which is given what stands ``beside`` it.
    """
    with translation.override(language):
        reader = Reader(payload, language)
        context = describe(reader, edition, preview=preview, media_base=media_base, documents_base=documents_base)
        if switch:
            context["switch"] = Alternate(TAGS[other(language)], NAMES[other(language)], switch)
        return rendered(template, {**context, **(beside or {})})


def headings(payload: Payload, language: str) -> list[tuple[str, str]]:
    """The sections that the page shows, in order: id and heading."""
    with translation.override(language):
        context = describe(Reader(payload, language), None, preview="", media_base="", documents_base="")
        return [one for one in all_headings() if context[one[0]]]


def all_headings() -> list[tuple[str, str]]:
    """Every section that a page can have, in order: id and heading, in the language in force."""
    return [("report", _("Report")), *contents()]


def describe(
    reader: Reader, edition: Facts | None, *, preview: Any, media_base: str, documents_base: str
) -> dict[str, Any]:
    """The context of ``trips/trip.html``; a section that is empty is not shown."""
    language, path = reader.language, f"trips/{reader.slug}/"
    shown = pictures_of(reader, media_base)
    parts: dict[str, Any] = {
        "report": report(reader, shown[:1]),
        "route": sections.route(reader),
        "delegations": sections.delegations(reader),
        "programme": sections.programme(reader),
        "hosts": sections.hosts(reader),
        "themes": sections.themes(reader),
        "pictures": shown[1:],
        "coverage": sections.coverage(reader),
        "outcomes": sections.outcomes(reader),
        "organisers": sections.organisers(reader),
        "documents": sections.documents(reader, documents_base),
        "edition": citation(reader, edition) if edition else None,
    }
    own = f"{path}editions/{edition.number}/" if edition and edition.own_address else path
    return {
        **frame(
            language,
            own,
            title=f"{reader.title} · {dates.span(reader.first, reader.last, language)}",
            description=str((reader.report and reader.report.summary) or reader.title),
            canonical=own if edition and edition.superseded else path,
            crumbs=crumbs(reader),
            noindex=bool(preview) or bool(edition and edition.superseded),
            demo=reader.demo,
        ),
        **parts,
        **sections.head(reader),
        "newer": newer(reader),
        "title": reader.title,
        "slug": reader.slug,
        "preview": preview,
        "api": f"/api/v1/{own}",
        "programme_file": f"/{language}/{path}programme.ics" if edition and not edition.superseded else "",
        "jsonld": _data(reader, edition) if edition and not edition.superseded and not preview else "",
        "contents": [one for one in contents() if parts[one[0]]],
    }


def _data(reader: Reader, edition: Facts) -> str:
    """What the page says, for other programs."""
    address = absolute(reader.language, f"trips/{reader.slug}/")
    steps = jsonld.breadcrumbs(crumbs(reader), str(reader.title), address)
    return jsonld.block(*jsonld.trip(reader, edition.public_from), steps)


def crumbs(reader: Reader) -> tuple[Link, ...]:
    base, year = f"/{reader.language}/", reader.first.year
    return (
        Link(_("Home"), base),
        Link(_("Trips"), f"{base}trips/"),
        Link(dates.year(year, reader.language), f"{base}trips/?year={year}"),
    )


def contents() -> list[tuple[str, str]]:
    """The sections that a page can have, in order: id and heading."""
    return [
        ("route", _("Route")),
        ("delegations", _("Delegations")),
        ("programme", _("Programme")),
        ("hosts", _("Hosts and partners")),
        ("themes", _("Themes")),
        ("pictures", _("Pictures")),
        ("coverage", _("Press coverage")),
        ("outcomes", _("Outcomes and statements")),
        ("organisers", _("Organisers")),
        ("documents", _("Documents")),
        ("edition", _("Edition and citation")),
    ]


def pictures_of(reader: Reader, media_base: str) -> list[dict[str, Any]]:
    """The first picture wide, above the report; the others in rows."""
    found = [one for one in reader.pictures if one.renditions]
    layout = ["wide", *pictures.places(len(found) - 1)]
    shown = (
        pictures.shown(one, place, media_base=media_base, first=place == "wide")
        for one, place in zip(found, layout, strict=False)
    )
    return [one for one in shown if one]


def report(reader: Reader, cover: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The prose with its picture. ``borrowed`` names its language where that is not the page's own."""
    prose = reader.report
    if not cover and not (prose and prose.body):
        return None
    borrowed = bool(prose and prose.lang)
    return {
        "cover": cover[0] if cover else None,
        "headline": prose.headline if prose and borrowed else Words(""),
        "body": sanitise(prose.body) if prose else "",
        "lang": prose.lang if prose else "",
        "borrowed": wording.label(SourceLanguage, other(reader.language)) if borrowed else "",
    }


def newer(reader: Reader) -> str:
    """The other language, where the report in it is newer than the one on this page."""
    return wording.label(SourceLanguage, other(reader.language)) if reader.report and reader.report.older else ""


def citation(reader: Reader, edition: Facts) -> dict[str, Any]:
    """Which edition this is, how to cite it, and what became of the others."""
    language = reader.language

    def day(moment: dt.datetime) -> Any:
        date = moment.astimezone(reader.zone).date()
        return wording.day(date, dates.written(date, language))

    return {
        "number": edition.number,
        "date": day(edition.public_from),
        "days": dates.span(reader.first, reader.last, language),
        "address": absolute(language, f"trips/{reader.slug}/editions/{edition.number}/"),
        "digest": wording.digest(edition.digest),
        "superseded": edition.superseded,
        "history": [
            {
                "number": one.number,
                "href": _href(language, one) if one.readable and one.number != edition.number else "",
                "date": day(one.public_from),
                "note": choose(one.note, language) or (_("First published.") if one.number == 1 else ""),
                "withdrawn": one.withdrawn,
            }
            for one in edition.history
        ],
    }


def _href(language: str, one: Issue) -> str:
    return f"/{language}/trips/{one.slug}/editions/{one.number}/"

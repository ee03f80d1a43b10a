"""A document as the public page of its trip. The page of the site and the desk's preview are both made here."""

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from exchange.lib import dates
from exchange.lib.bilingual import TAGS, Words
from exchange.lib.html import sanitise
from exchange.lib.languages import NAMES, other
from trips.choices import SourceLanguage
from trips.edition.reading import Reader
from trips.edition.schema import Payload
from trips.renderings import jsonld, pictures, results, sections, wording
from trips.renderings.citation import citation
from trips.renderings.facts import Facts
from trips.renderings.frame import Alternate, Image, Link, frame, rendered
from trips.renderings.photo import called
from trips.renderings.related import Related, related
from trips.renderings.sharing import sharing

CARD = (1200, 630)  # pixels, of the picture that other sites show with a link


def render(
    payload: Payload,
    language: str,
    *,
    edition: Facts | None = None,
    near: Sequence[Related] = (),
    preview: Any = "",
    media_base: str = pictures.MEDIA,
    documents_base: str = results.DOCUMENTS,
    switch: str = "",
    template: str = "trips/trip.html",
    beside: dict[str, Any] | None = None,
) -> str:
    """The page as HTML.

    Without ``edition`` nothing is published yet. ``near`` are the trips to read next. ``preview`` is the sentence that
    says on the page what it is and that it is not public; ``media_base`` and ``documents_base`` are the addresses under
    which pictures and documents are found, each as ``<base>/<uid>/<name>``; ``switch`` is the address of the page in
    the other language. Pages with more around the text extend ``trips/trip.html`` as ``template``, which is given what
    stands ``beside`` it.
    """
    with translation.override(language):
        reader = Reader(payload, language)
        context = describe(reader, edition, preview=preview, media_base=media_base, documents_base=documents_base)
        context |= {"related": related(near, language)} if near else {}
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
    shown = pictures_of(reader, media_base, own_pages=bool(edition and not edition.superseded))
    parts: dict[str, Any] = {
        "report": report(reader, shown[:1]),
        "route": sections.route(reader),
        "delegations": sections.delegations(reader),
        "programme": sections.programme(reader),
        "hosts": sections.hosts(reader),
        "themes": sections.themes(reader),
        "pictures": shown[1:],
        "coverage": results.coverage(reader),
        "outcomes": results.outcomes(reader),
        "organisers": sections.organisers(reader),
        "documents": results.documents(reader, documents_base),
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
            image=Image(f"/{language}/{path}card.png", *CARD, str(reader.title)) if edition else None,
        ),
        **parts,
        **sections.head(reader),
        "newer": newer(reader),
        "title": reader.title,
        "slug": reader.slug,
        "preview": preview,
        "sharing": sharing(reader, edition) if edition else None,
        "api": f"/api/v1/{own}",
        "programme_file": f"/{language}/{path}programme.ics" if edition and not edition.superseded else "",
        "jsonld": _data(reader, edition) if edition and not edition.superseded and not preview else "",
        "contents": [one for one in contents() if parts[one[0]]],
    }


def _data(reader: Reader, edition: Facts) -> str:
    """What the page says, for other programs."""
    steps = jsonld.breadcrumbs(crumbs(reader), str(reader.title))
    return jsonld.block(*jsonld.trip(reader, edition.history[-1].public_from, edition.public_from), steps)


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


def pictures_of(reader: Reader, media_base: str, *, own_pages: bool) -> list[dict[str, Any]]:
    """The first picture wide, above the report; the others in rows. Each leads to its own page, else to its file."""
    found = pictures.visible(reader)
    layout = ["wide", *pictures.places(len(found) - 1)]
    shown = []
    for number, (one, place) in enumerate(zip(found, layout, strict=False), 1):
        page = f"/{reader.language}/trips/{reader.slug}/photos/{one.uid}/"
        href = page if own_pages else pictures.address(one, pictures.largest(one), media_base)
        described = pictures.shown(one, place, media_base=media_base, first=number == 1, href=href)
        shown.append({**(described or {}), "called": called(number, len(found))})
    return shown


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

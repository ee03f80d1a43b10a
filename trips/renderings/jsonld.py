"""What pages say, in the vocabulary of schema.org, for search engines and other programs."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from exchange.lib.bilingual import TAGS
from institutions.choices import Type
from trips.choices import VisitKind
from trips.edition.reading import HOMES, Party, Picture, Reader, Visit
from trips.renderings import wording
from trips.renderings.frame import Link, absolute, site_name
from trips.renderings.pictures import MEDIA

Node = dict[str, Any]
SECTIONS = {
    "institutions": "EducationalOrganization",
    "enterprises": "Corporation",
    "media-outlets": "NewsMediaOrganization",
    "member-states": "Country",
    "cities": "City",
    "themes": "DefinedTerm",
}
PLACES = ("member-states", "cities", "themes")  # whose pages are about no organisation
TYPES: dict[str, str] = {
    Type.UNIVERSITY: "CollegeOrUniversity",
    Type.VOCATIONAL_UNIVERSITY: "CollegeOrUniversity",
    Type.POLYTECHNIC: "CollegeOrUniversity",
    Type.COLLEGE: "CollegeOrUniversity",
    Type.SCHOOL: "School",
    Type.COMPANY: "Corporation",
    Type.EMBASSY: "GovernmentOrganization",
    Type.CONSULATE: "GovernmentOrganization",
    Type.AUTHORITY: "GovernmentOrganization",
    Type.NEWSPAPER: "NewsMediaOrganization",
    Type.BROADCASTER: "NewsMediaOrganization",
    Type.NEWS_SITE: "NewsMediaOrganization",
    Type.AGENCY: "NewsMediaOrganization",
}
FORMATS = ("jpg", "png", "webp")
UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def block(*nodes: Node | None) -> SafeString:
    """The nodes as the text of a data block. No words of anyone can end it: what opens a tag is written in code."""
    graph = {"@context": "https://schema.org", "@graph": [_full(one) for one in nodes if one]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(UNSAFE))  # noqa: S308  see UNSAFE


def _full(value: Any) -> Any:
    """Without what is empty."""
    if isinstance(value, dict):
        return {key: _full(one) for key, one in value.items() if one not in ("", None, [], {})}
    if isinstance(value, list):
        return [_full(one) for one in value]
    return str(value) if isinstance(value, str) else value


def breadcrumbs(crumbs: Sequence[Link], title: str) -> Node:
    """The way to a page, the page itself being its last step, which is where it is told."""
    steps = [*((one.label, settings.SITE_URL + one.href) for one in crumbs), (title, "")]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": item}
            for place, (name, item) in enumerate(steps, start=1)
        ],
    }


def publisher(language: str) -> Node:
    """Whoever runs the site."""
    own = f"{settings.SITE_URL}/#publisher"
    return {"@type": "Organization", "@id": own, "name": site_name(), "url": absolute(language, "")}


def site(language: str) -> Node:
    """The site as a whole, told on its front page."""
    return {
        "@type": "WebSite",
        "@id": f"{settings.SITE_URL}/#site",
        "name": site_name(),
        "url": absolute(language, ""),
        "inLanguage": TAGS[language],
        "publisher": publisher(language),
    }


def trip(reader: Reader, first: dt.datetime, latest: dt.datetime) -> list[Node]:
    """The trip, the event that it was with what happened in it, and the report: when first published, and when last."""
    language, path = reader.language, f"trips/{reader.slug}/"
    here = _here(language, path)
    about = {"name": reader.title, "url": absolute(language, path)}
    organisers = [_party(one, language) for role in reader.organisers for one in role.parties]
    places = [
        {"@id": f"{here}#city-{number}", **_place(one.name, one.province)}
        for number, one in enumerate(reader.route, start=1)
    ]
    return [
        {
            "@type": "Trip",
            "@id": f"{here}#trip",
            **about,
            "itinerary": _refer(places),
        },
        {
            "@type": "EducationEvent",
            "@id": f"{here}#event",
            **about,
            "description": reader.report.summary if reader.report else "",
            "startDate": reader.first.isoformat(),
            "endDate": reader.last.isoformat(),
            "inLanguage": TAGS[language],
            "organizer": organisers,
            "location": places or ([_place(reader.destination)] if reader.destination else []),
            "attendee": [_party(one.party, language) for one in reader.delegations],
            "keywords": [one.name for one in (*reader.themes, *reader.concepts)],
            "subEvent": [_visit(one, one.date, reader) for one in reader.visits if one.date],
        },
        *_article(reader, here, first, latest),
    ]


def _article(reader: Reader, here: str, first: dt.datetime, latest: dt.datetime) -> list[Node]:
    """None where there is no report."""
    report = reader.report
    if report is None or not report.body:
        return []
    image = next((address for one in reader.pictures if (address := _image(one))), "")
    return [
        {
            "@type": "NewsArticle",
            "@id": f"{here}#report",
            "headline": report.headline or reader.title,
            "inLanguage": report.lang or TAGS[reader.language],
            "datePublished": first.astimezone(reader.zone).isoformat(),
            "dateModified": latest.astimezone(reader.zone).isoformat(),
            "mainEntityOfPage": absolute(reader.language, f"trips/{reader.slug}/"),
            "image": image,
            "author": publisher(reader.language),
            "publisher": {"@id": publisher(reader.language)["@id"]},
            "about": {"@id": f"{here}#event"},
            "license": _licence(),
        }
    ]


def _image(picture: Picture) -> str:
    """The largest file of a format that every program knows."""
    files = [one for one in picture.renditions if one["format"] in FORMATS]
    largest = max(files, key=lambda one: (one["width"], -FORMATS.index(one["format"])), default=None)
    return f"{settings.SITE_URL}{MEDIA}/{picture.uid}/{largest['name']}" if largest else ""


def _visit(one: Visit, date: dt.date, reader: Reader) -> Node:
    kind = wording.label(VisitKind, one.kind)
    where = one.host.name if one.host else one.place
    page = {"url": absolute(reader.language, one.host.address)} if one.host else {}
    return {
        "@type": "EducationEvent",
        "name": f"{kind} · {where}" if where else kind,
        "description": one.seen,
        "startDate": _moment(date, one.starts, reader),
        "endDate": _moment(date, one.ends, reader) if one.ends else "",
        "location": {**_place(where or one.city or reader.title, one.city), **page},
    }


def _moment(date: dt.date, time: str, reader: Reader) -> str:
    """With the hour where it is known, as the place's own clock shows it."""
    if not time:
        return date.isoformat()
    return dt.datetime.combine(date, dt.time.fromisoformat(time), tzinfo=reader.zone).isoformat()


def _place(name: str, within: str = "") -> Node:
    address = {"@type": "PostalAddress", "addressLocality": within} if within and within != name else None
    return {"@type": "Place", "name": name, "address": address}


def _party(one: Party, language: str) -> Node:
    known = TYPES.get(one.type) or SECTIONS.get(HOMES.get(one.kind, ""), "Organization")
    kind = "GovernmentOrganization" if known == "Country" else known
    return {"@type": kind, "@id": _here(language, one.address), "name": one.name}


def _here(language: str, path: str) -> str:
    """How a page of the site names another, or something on itself: half of a trip's block would be the site's name."""
    return absolute(language, path).removeprefix(settings.SITE_URL)


def _refer(nodes: Sequence[Node]) -> list[Node]:
    """To nodes that are told in full elsewhere in the block."""
    return [{"@id": one["@id"]} for one in nodes]


def party(language: str, section: str, address: str, name: str, facts: Node, *, kind: str = "") -> Node:
    """Whom a page of the directory is about. ``facts`` are the properties that its kind can have, empty ones too."""
    here = absolute(language, address)
    return {
        "@type": TYPES.get(kind) or SECTIONS.get(section, "Organization"),
        "@id": f"{here}#about",
        "name": name,
        "mainEntityOfPage": here,
        **facts,
    }


def organisation(
    *, website: str, identifiers: Sequence[str], founded: int | None, names: Sequence[str], city: str
) -> Node:
    """What is told of an organisation that an editor has checked; ``identifiers`` are its addresses elsewhere."""
    return {
        "url": website,
        "sameAs": [one for one in (website, *identifiers) if one],
        "foundingDate": f"{founded:04}" if founded else "",
        "alternateName": list(dict.fromkeys(str(one) for one in names if one)),
        "location": _place(city) if city else None,
    }


def catalogue(language: str, name: str, about: str, newest: dt.datetime | None, files: Mapping[str, str]) -> Node:
    """The open data. ``files``: the media type at each address below the site's own."""
    here = absolute(language, "data/")
    return {
        "@type": "DataCatalog",
        "@id": f"{here}#catalogue",
        "name": f"{name} · {site_name()}",
        "url": here,
        "publisher": publisher(language),
        "dataset": {
            "@type": "Dataset",
            "@id": f"{here}#trips",
            "name": _("Education-exchange trips"),
            "description": about,
            "url": here,
            "inLanguage": [*TAGS.values()],
            "isAccessibleForFree": True,
            "license": _licence(),
            "dateModified": newest.isoformat() if newest else "",
            "creator": publisher(language),
            "distribution": [
                {"@type": "DataDownload", "contentUrl": settings.SITE_URL + path, "encodingFormat": kind}
                for path, kind in files.items()
            ],
        },
    }


def _licence() -> str:
    """Where it is stated by an address; a name alone means nothing to a program."""
    return settings.DATA_LICENCE if settings.DATA_LICENCE.startswith("http") else ""

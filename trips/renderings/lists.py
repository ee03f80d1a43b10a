"""Trips as lists show them, and the front page."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exchange.lib import dates
from exchange.lib.bilingual import TAGS, choose, detected, listed
from exchange.lib.languages import NAMES, other
from trips.edition.reading import picture
from trips.renderings import jsonld, pictures, wording
from trips.renderings.frame import frame, rendered
from trips.renderings.tallies import Overview


class Row(NamedTuple):
    """What a list knows of a trip; ``card`` is what the index keeps for printing."""

    slug: str
    title: str
    summary: str
    starts_on: dt.date
    ends_on: dt.date
    demo: bool
    card: dict[str, Any]


class Page(NamedTuple):
    """One page of a list: its number, how many there are, and how many rows in all."""

    number: int
    pages: int
    rows: int


def entry(row: Row, language: str, *, with_year: bool) -> dict[str, Any]:
    """The context of ``trips/_entry.html``."""
    there, card = other(language), row.card
    cities = [choose(one, language) for one in card["cities"]] or [choose(card["destination"], language)]
    return {
        "href": f"/{language}/trips/{row.slug}/",
        "title": detected(row.title, language),
        "summary": row.summary,
        "span": wording.span(row.starts_on, row.ends_on, language, with_year=with_year),
        "cities": listed([one for one in cities if one], language),
        "delegations": wording.delegations(card["delegations"]) if card["delegations"] else "",
        "other": (f"/{there}/trips/{row.slug}/", TAGS[there], NAMES[there]) if there in card["languages"] else None,
    }


def front(
    language: str,
    latest: Sequence[Row],
    coming: Sequence[Row],
    figures: Overview,
    states: Sequence[tuple[str, Any, str]],
) -> str:
    """The home page. ``states`` are (ISO code, names by language, slug) in protocol order."""
    with translation.override(language):
        demo = any(row.demo for row in [*latest, *coming])
        lead = next((row for row in latest if row.card["picture"]), latest[0] if latest else None)
        return rendered(
            "trips/home.html",
            {
                **frame(language, "", description=_("Reports of education-exchange trips."), demo=demo),
                "at_home": True,
                "jsonld": jsonld.block(jsonld.site(language)),
                "lead": _lead(lead, language) if lead else None,
                "latest": [entry(row, language, with_year=True) for row in latest if row != lead],
                "coming": [entry(row, language, with_year=True) for row in coming],
                "totals": _totals(figures, language),
                "states": [
                    {
                        "flag": wording.flag(iso2),
                        "name": choose(names, language),
                        "href": f"/{language}/member-states/{slug}/",
                    }
                    for iso2, names, slug in states
                ],
            },
        )


def _lead(row: Row, language: str) -> dict[str, Any]:
    cover = row.card["picture"]
    shown = cover and pictures.shown(picture(cover["uid"], cover, language), "lead", first=True)
    return {**entry(row, language, with_year=True), "picture": shown}


def _totals(figures: Overview, language: str) -> list[tuple[int, str, str]]:
    """Number, what it counts, and where the rows behind it are."""
    base, counts = f"/{language}/", figures.counts
    since = _("trips since %(year)s") % {"year": dates.year(figures.first or 0, language)}
    return [
        (counts.trips, since, f"{base}trips/"),
        (counts.states, _("member states took part"), f"{base}member-states/"),
        (counts.institutions, _("institutions"), f"{base}institutions/"),
        (counts.enterprises, _("enterprises"), f"{base}enterprises/"),
        (counts.cities, pgettext("after a number", "cities"), f"{base}cities/"),
        (counts.themes, pgettext("after a number", "themes"), f"{base}themes/"),
    ]


def paging(page: Page, address: str) -> dict[str, Any]:
    """The context of ``_pager.html``; ``address`` ends where the number of a page is to be added."""
    return {
        "page": page,
        "before": f"{address}page={page.number - 1}" if page.number > 1 else "",
        "after": f"{address}page={page.number + 1}" if page.number < page.pages else "",
    }

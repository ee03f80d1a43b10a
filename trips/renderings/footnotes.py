"""The editions that a number counts, each with the digest by which it can be checked."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from exchange.lib import dates
from exchange.lib.bilingual import choose, detected
from trips.renderings import lists, wording
from trips.renderings.figures import EDITIONS, PATH, TRIPS, address, crumbs, editions
from trips.renderings.frame import frame, rendered

NONE = {
    "state": gettext_noop("no state on record"),
    "theme": gettext_noop("no theme on record"),
}


class Footnote(NamedTuple):
    """An edition and what it is of."""

    slug: str
    title: str
    starts_on: dt.date
    ends_on: dt.date
    number: int
    digest: str
    public_from: dt.datetime
    demo: bool


class Selection(NamedTuple):
    """Which trips a number counts: the names of the chosen values by filter, and a filter of which they have none."""

    choice: Mapping[str, str]
    names: Sequence[Mapping[str, str]]
    none: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        return {**self.choice, "none": self.none} if self.none else dict(self.choice)


def render(language: str, selection: Selection, rows: Sequence[Footnote], page: lists.Page) -> str:
    with translation.override(language):
        own = address(language, EDITIONS, selection.parameters)
        heading = _("Editions counted")
        numbered = address(language, EDITIONS, {**selection.parameters, "page": str(page.number)})
        context = {
            **frame(
                language,
                (numbered if page.number > 1 else own).removeprefix(f"/{language}/"),
                title=heading,
                crumbs=crumbs(language),
                noindex=bool(selection.parameters),
                demo=any(row.demo for row in rows),
            ),
            "heading": heading,
            "count": editions(page.rows),
            "chosen": _chosen(selection, language),
            "trips": "" if selection.none else address(language, TRIPS, selection.choice),
            "file": address(language, f"{PATH}editions.csv", selection.parameters),
            "rows": [_line(row, language) for row in rows],
            **lists.paging(page, f"{own}{'&' if selection.parameters else '?'}"),
        }
        return rendered("trips/footnotes.html", context)


def _chosen(selection: Selection, language: str) -> list[Any]:
    names: list[Any] = [choose(one, language) for one in selection.names]
    return [*names, _(NONE[selection.none])] if selection.none else names


def _line(row: Footnote, language: str) -> dict[str, Any]:
    day = timezone.localdate(row.public_from)
    return {
        "title": detected(row.title, language),
        "days": wording.span(row.starts_on, row.ends_on, language),
        "number": row.number,
        "href": f"/{language}/trips/{row.slug}/editions/{row.number}/",
        "published": wording.day(day, dates.written(day, language)),
        "digest": wording.digest(row.digest),
    }

"""The open data explained: the page, and the text that goes along with the tables."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from exchange.lib import dates
from exchange.lib.languages import CODES
from trips.renderings import jsonld, wording
from trips.renderings.frame import Link, absolute, frame, rendered, site_name
from trips.renderings.tables import TABLES, heading

WHAT = {
    "trips": gettext_noop("A trip a line: titles, days, cities, themes, summaries."),
    "delegations": gettext_noop("A delegation a line: the state it stands for, its sender, how many came."),
    "visits": gettext_noop("A visit a line: when, where, with which host, what was seen."),
    "organisations": gettext_noop("An organisation a line for each trip, under the name of that time, with its roles."),
    "coverage": gettext_noop("A press report a line: outlet, headline, link, day, language."),
}


def page(language: str, count: int, newest: dt.datetime | None, *, demo: bool) -> str:
    """The page at ``/{language}/data/``. ``newest`` is when the latest edition became public."""
    with translation.override(language):
        title = _("Open data")
        about = _("All that this site publishes, to read by program or in a spreadsheet.")
        crumbs = (Link(_("Home"), f"/{language}/"),)
        day = newest and newest.astimezone().date()
        context = {
            **frame(language, "data/", title=title, description=about, crumbs=crumbs, demo=demo),
            "about": about,
            "count": wording.trips(count),
            "newest": wording.day(day, dates.written(day, language)) if day else "",
            "files": [(f"/data/{name}.csv", f"{name}.csv", _(WHAT[name])) for name in TABLES],
            "licence": settings.DATA_LICENCE,
            "linked": settings.DATA_LICENCE.startswith("http"),
            "jsonld": jsonld.block(
                jsonld.catalogue(language, title, about, newest, files()),
                jsonld.breadcrumbs(crumbs, title),
            ),
        }
        return rendered("trips/data.html", context)


def readme() -> str:
    """What is in the archive, for whoever finds it years later, in every language."""
    return "\n\n\n".join(_readme(language) for language in CODES) + "\n"


def _readme(language: str) -> str:
    with translation.override(language):
        lines = [
            f"{site_name()} · {_('Open data')}",
            f"{settings.SITE_URL}/data/",
            _("Licence: %(licence)s") % {"licence": settings.DATA_LICENCE or _("not stated")},
            "",
            _("Each line belongs to an edition of a trip, named in its first two columns. That edition is at"),
            absolute(language, "trips/{trip}/editions/{edition}/"),
            _("and never changes. Text is UTF-8; what might be taken for a formula begins with an apostrophe."),
            _("Names are those of the trip’s first day; the identifiers of organisations are the same in all files."),
            _("States have their ISO 3166-1 codes. Columns in _en are English, columns in _zh_hans are Chinese."),
        ]
        for name in TABLES:
            lines += ["", f"{name}.csv: {_(WHAT[name])}", ", ".join(heading(name))]
        return "\n".join(lines)


def files() -> dict[str, Any]:
    """The downloads as other programs are told of them: address and media type."""
    return {
        "/data/trips.jsonl": "application/jsonl",
        "/data/csv.zip": "application/zip",
        **{f"/data/{name}.csv": "text/csv" for name in TABLES},
    }

"""Trips that have much in common with this one, each with what that is."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.lib.bilingual import COMMAS, detected
from trips.renderings import wording


class Related(NamedTuple):
    """Another trip, and how many organisations, themes, cities and states both name."""

    slug: str
    title: str
    starts_on: dt.date
    ends_on: dt.date
    organisations: int
    themes: int
    cities: int
    states: int


def related(found: Iterable[Related], language: str) -> list[dict[str, Any]]:
    """The rows of ``trips/_related.html``."""
    return [
        {
            "title": detected(one.title, language),
            "href": f"/{language}/trips/{one.slug}/",
            "span": wording.span(one.starts_on, one.ends_on, language),
            "why": _("In common: %(what)s") % {"what": COMMAS[language].join(_shares(one))},
        }
        for one in found
    ]


def _shares(one: Related) -> list[str]:
    counted = (
        (one.organisations, ngettext("%(count)d organisation", "%(count)d organisations", one.organisations)),
        (one.themes, ngettext("%(count)d theme", "%(count)d themes", one.themes)),
        (one.cities, ngettext("%(count)d city", "%(count)d cities", one.cities)),
        (one.states, ngettext("%(count)d state", "%(count)d states", one.states)),
    )
    return [pattern % {"count": count} for count, pattern in counted if count]

"""A trip as a small page that stands in a frame on another site. Plain HTML, its links lead out of the frame."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from exchange.lib.bilingual import TAGS, listed
from trips.edition.reading import Reader
from trips.edition.schema import Payload
from trips.renderings import pictures, wording
from trips.renderings.frame import absolute, rendered, site_name


def render(payload: Payload, language: str) -> str:
    with translation.override(language):
        reader = Reader(payload, language)
        first = pictures.visible(reader)[:1]
        return rendered(
            "trips/card.html",
            {
                **_around(language, str(reader.title), f"trips/{reader.slug}/"),
                "title": reader.title,
                "span": wording.span(reader.first, reader.last, language),
                "cities": listed([one.name for one in reader.route], language) or reader.destination,
                "delegations": wording.delegations(len(reader.delegations)) if reader.delegations else "",
                "picture": pictures.shown(first[0], "card", first=True) if first else None,
                "demo": reader.demo,
            },
        )


def gone(language: str) -> str:
    """What stands in the frame when the trip was withdrawn."""
    with translation.override(language):
        return rendered("trips/card.html", _around(language, _("This report is no longer public"), "trips/"))


def _around(language: str, heading: str, path: str) -> dict[str, Any]:
    return {
        "tag": TAGS[language],
        "site": site_name(),
        "heading": heading,
        "address": absolute(language, path),
        "home": absolute(language, ""),
    }

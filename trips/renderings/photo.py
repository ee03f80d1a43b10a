"""One picture of a trip as a page of its own: for readers without scripts, and to link to."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from exchange.lib.bilingual import Words
from trips.edition.reading import Picture, Reader
from trips.edition.schema import Payload
from trips.renderings import pictures
from trips.renderings.frame import Image, Link, frame, rendered

KINDS = {"avif": "AVIF", "webp": "WebP", "jpg": "JPEG", "png": "PNG"}


def render(payload: Payload, language: str, uid: str) -> str | None:
    """The page as HTML; None where the document shows no such picture."""
    with translation.override(language):
        reader = Reader(payload, language)
        found = pictures.visible(reader)
        place = next((place for place, one in enumerate(found) if one.uid == uid), None)
        return None if place is None else rendered("trips/photo.html", _context(reader, found, place))


def _context(reader: Reader, found: list[Picture], place: int) -> dict[str, Any]:
    base, own = f"/{reader.language}/trips/{reader.slug}/", found[place]
    position = called(place + 1, len(found))
    shown = pictures.shown(own, "alone", first=True)
    return {
        **frame(
            reader.language,
            f"trips/{reader.slug}/photos/{own.uid}/",
            title=f"{position} · {reader.title}",
            description=str(own.caption or own.alt or reader.title),
            crumbs=(Link(_("Home"), f"/{reader.language}/"), Link(_("Trips"), f"/{reader.language}/trips/")),
            demo=reader.demo,
            image=_image(own),
        ),
        "trip": Link(reader.title, base),
        "position": position,
        "picture": {**(shown or {}), "caption": Words(""), "lone": True},
        "caption": own.caption,
        "alt": own.alt,
        "full": _full(own),
        "before": f"{base}photos/{found[place - 1].uid}/" if place else "",
        "after": f"{base}photos/{found[place + 1].uid}/" if place + 1 < len(found) else "",
    }


def called(number: int, count: int) -> str:
    return _("Picture %(number)d of %(count)d") % {"number": number, "count": count}


def _full(own: Picture) -> dict[str, str]:
    """The largest file that every browser and every program opens."""
    one = pictures.largest(own)
    size = f"{one['width']} × {one['height']}"
    return {"href": pictures.address(own, one), "kind": f"{KINDS[one['format']]}, {size}"}


def _image(own: Picture) -> Image:
    one = pictures.largest(own)
    return Image(pictures.address(own, one), one["width"], one["height"], str(own.alt or own.caption))

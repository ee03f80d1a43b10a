"""Pictures as pages show them: every width and format that was made, and nothing that is not needed."""

from typing import Any, NamedTuple

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from trips.edition.reading import Picture, Reader
from trips.edition.schema import Rendition

MEDIA = "/media/photos"
SIZES = {
    "wide": "(min-width: 80rem) 60rem, (min-width: 60rem) 72vw, 92vw",
    "lead": "(min-width: 80rem) 44rem, (min-width: 60rem) 56vw, 92vw",
    "half": "(min-width: 80rem) 30rem, (min-width: 40rem) 46vw, 92vw",
    "third": "(min-width: 80rem) 20rem, (min-width: 40rem) 31vw, 92vw",
    "alone": "(min-width: 80rem) 75rem, 92vw",
    "card": "20rem",
}
LARGE = ("wide", "lead", "alone")  # others spare the reader a third list of files: what is not AVIF there is JPEG
TYPES = (("avif", "image/avif"), ("webp", "image/webp"))
PLAIN = ("jpg", "webp", "png")
STEP = 25


class Source(NamedTuple):
    type: str
    srcset: str


def visible(reader: Reader) -> list[Picture]:
    """The pictures that a page can show, in order."""
    return [one for one in reader.pictures if plain(one)]


def plain(picture: Picture) -> list[Rendition]:
    """The copies that need no choice, in the format that most browsers know, the smallest first."""
    by_kind = ([one for one in picture.renditions if one["format"] == kind] for kind in PLAIN)
    return sorted(next((files for files in by_kind if files), []), key=lambda one: one["width"])


def largest(picture: Picture) -> Rendition:
    """The copy to see every detail in."""
    return plain(picture)[-1]


def address(picture: Picture, one: Rendition, media_base: str = MEDIA) -> str:
    return f"{media_base}/{picture.uid}/{one['name']}"


def shown(
    picture: Picture, place: str, *, media_base: str = MEDIA, first: bool = False, href: str = ""
) -> dict[str, Any] | None:
    """The context of ``trips/_picture.html``; None where the picture has no file to show.

    ``place`` is a key of ``SIZES``; the ``first`` picture of a page is fetched before the others; ``href`` is where
    the picture leads.
    """
    folder = f"{media_base}/{picture.uid}"
    files = sorted(picture.renditions, key=lambda one: one["width"])
    copies = plain(picture)
    if not copies:
        return None
    return {
        "place": place,
        "sizes": SIZES[place],
        "sources": [
            Source(mime, ", ".join(f"{folder}/{one['name']} {one['width']}w" for one in files if one["format"] == kind))
            for kind, mime in TYPES
            if any(one["format"] == kind for one in files) and (kind == "avif" or place in LARGE)
        ],
        "src": f"{folder}/{copies[0]['name']}",
        "href": href,
        "width": files[-1]["width"],
        "height": files[-1]["height"],
        "alt": str(picture.alt),
        "alt_lang": picture.alt.lang,
        "at": at(picture.focus),
        "caption": picture.caption,
        "credit": picture.credit,
        "maker": _maker(picture),
        "first": first,
    }


def _maker(picture: Picture) -> SafeString | str:
    """Who made it, and that it is no photo where it is none."""
    if not picture.credit:
        return _("Illustration") if picture.illustration else ""
    pattern = _("Illustration: %(credit)s") if picture.illustration else _("Photo: %(credit)s")
    return mark_safe(pattern % {"credit": conditional_escape(picture.credit)})  # noqa: S308  the credit is escaped


def at(focus: list[int]) -> str:
    """The classes that keep the focal point in sight when the picture is cropped; none for its middle."""
    x, y = (min(100, max(0, round(value / STEP) * STEP)) for value in focus)
    return " ".join(f"at-{axis}{value}" for axis, value in (("x", x), ("y", y)) if value != 50)


def places(count: int) -> list[str]:
    """Rows of three, and as many rows of two before them as it takes to leave no gap."""
    halves = {0: 0, 1: min(count, 4), 2: 2}[count % 3]
    return ["half"] * halves + ["third"] * (count - halves)

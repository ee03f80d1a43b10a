"""Pictures as pages show them: every width and format that was made, and nothing that is not needed."""

from typing import Any, NamedTuple

from trips.edition.reading import Picture

MEDIA = "/media/photos"
SIZES = {
    "wide": "(min-width: 80rem) 60rem, (min-width: 60rem) 72vw, 92vw",
    "lead": "(min-width: 80rem) 44rem, (min-width: 60rem) 56vw, 92vw",
    "half": "(min-width: 80rem) 30rem, (min-width: 40rem) 46vw, 92vw",
    "third": "(min-width: 80rem) 20rem, (min-width: 40rem) 31vw, 92vw",
}
LARGE = ("wide", "lead")
TYPES = (("avif", "image/avif"), ("webp", "image/webp"))
PLAIN = ("webp", "jpg", "png")
STEP = 25


class Source(NamedTuple):
    type: str
    srcset: str


def shown(picture: Picture, place: str, *, media_base: str = MEDIA, first: bool = False) -> dict[str, Any] | None:
    """The context of ``trips/_picture.html``; None where the picture has no file to show.

    ``place`` is a key of ``SIZES``; the ``first`` picture of a page is fetched before the others.
    """
    folder = f"{media_base}/{picture.uid}"
    files = sorted(picture.renditions, key=lambda one: one["width"])
    plain = next((one for kind in PLAIN for one in files if one["format"] == kind), None)
    if plain is None:
        return None
    return {
        "place": place,
        "sizes": SIZES[place],
        "sources": [
            Source(mime, ", ".join(f"{folder}/{one['name']} {one['width']}w" for one in files if one["format"] == kind))
            for kind, mime in TYPES
            if any(one["format"] == kind for one in files) and (kind == "avif" or place in LARGE)
        ],
        "src": f"{folder}/{plain['name']}",
        "width": files[-1]["width"],
        "height": files[-1]["height"],
        "alt": str(picture.alt),
        "alt_lang": picture.alt.lang,
        "at": at(picture.focus),
        "caption": picture.caption,
        "credit": picture.credit,
        "illustration": picture.illustration,
        "first": first,
    }


def at(focus: list[int]) -> str:
    """The classes that keep the focal point in sight when the picture is cropped; none for its middle."""
    x, y = (min(100, max(0, round(value / STEP) * STEP)) for value in focus)
    return " ".join(f"at-{axis}{value}" for axis, value in (("x", x), ("y", y)) if value != 50)


def places(count: int) -> list[str]:
    """Rows of three, and as many rows of two before them as it takes to leave no gap."""
    halves = {0: 0, 1: min(count, 4), 2: 2}[count % 3]
    return ["half"] * halves + ["third"] * (count - halves)

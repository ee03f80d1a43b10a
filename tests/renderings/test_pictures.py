"""Pictures in every format that was made, laid out without gaps."""

import pytest

from exchange.lib.bilingual import Words
from trips.edition.reading import Picture
from trips.renderings import pictures

FILES = [
    {"format": kind, "width": width, "height": width * 2 // 3, "name": f"{width}.{kind}"}
    for kind in ("avif", "webp")
    for width in (1280, 640)
]


def picture(**more) -> Picture:
    empty = Words("")
    return Picture("uid", empty, empty, empty, False, more.get("focus", [50, 50]), more.get("renditions", FILES))


def test_a_picture_offers_its_widths_and_ends_with_what_every_browser_shows():
    shown = pictures.shown(picture(), "wide", media_base="/pictures", first=True)
    assert [one.type for one in shown["sources"]] == ["image/avif", "image/webp"]
    assert shown["sources"][0].srcset == "/pictures/uid/640.avif 640w, /pictures/uid/1280.avif 1280w"
    assert shown["src"] == "/pictures/uid/640.webp"
    assert (shown["width"], shown["height"]) == (1280, 853)


def test_a_picture_without_files_is_not_shown():
    assert pictures.shown(picture(renditions=[]), "wide") is None


@pytest.mark.parametrize(
    ("focus", "classes"),
    [([50, 50], ""), ([10, 50], "at-x0"), ([80, 20], "at-x75 at-y25"), ([100, 0], "at-x100 at-y0")],
)
def test_the_focal_point_becomes_a_class(focus, classes):
    assert pictures.at(focus) == classes


@pytest.mark.parametrize("count", range(13))
def test_rows_have_no_gaps(count):
    places = pictures.places(count)
    assert len(places) == count
    halves, thirds = places.count("half"), places.count("third")
    assert thirds % 3 == 0
    assert halves % 2 == 0 or count == 1

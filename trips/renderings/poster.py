"""A trip as a picture, which other sites show beside a link to it: title, days, cities, and whose report it is."""

import io

from django.utils import translation
from PIL import Image, ImageDraw

from exchange.lib import dates
from exchange.lib.lettering import BOLD, balanced, font, lines, shortened
from exchange.lib.plain import plain
from trips.choices import Format
from trips.edition.reading import Reader
from trips.edition.schema import Payload
from trips.renderings import wording
from trips.renderings.frame import site_name

VERSION = "1"  # of the drawing: another one is drawn anew everywhere
SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 72
INNER = WIDTH - 2 * MARGIN
PAPER, INK, QUIET, ACCENT = "#fafbf9", "#17201d", "#4a5752", "#0c5c50"
SIZES = (72, 66, 60, 52, 46)  # of the title, the largest that fits
LINES = 4
TITLE = 290  # the height that it may take
LONGEST = 300  # signs of a title; the rest would not fit in any size
STOPS = 5
COLOURS = 64


def draw(payload: Payload, language: str) -> bytes:
    """The picture as PNG, of 1200 by 630 pixels."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    with translation.override(language):
        reader = Reader(payload, language)
        _masthead(pen, language)
        bottom = _title(pen, _one_line(reader.title)[:LONGEST], language)
        _facts(pen, reader, bottom)
        _route(pen, [_one_line(one.name) for one in reader.route], language)
    buffer = io.BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(buffer, "PNG")
    return buffer.getvalue()


def _one_line(text: object) -> str:
    """The text without line ends of any sort, at which the drawing of lines fails."""
    return " ".join(plain(str(text)).split())


def _masthead(pen: ImageDraw.ImageDraw, language: str) -> None:
    """The mark, the name of the site, and the double rule below."""
    pen.line([(MARGIN + 20, 72), (MARGIN + 56, 72)], INK, 4)
    _dot(pen, MARGIN + 11, 72, 10, is_full=False)
    _dot(pen, MARGIN + 65, 72, 10, is_full=True)
    pen.text((MARGIN + 94, 72), site_name(), INK, font(language, 32, BOLD), anchor="lm")
    pen.rectangle((MARGIN, 110, WIDTH - MARGIN, 115), INK)
    pen.rectangle((MARGIN, 120, WIDTH - MARGIN, 121), INK)


def _title(pen: ImageDraw.ImageDraw, title: str, language: str) -> int:
    """The title in the largest type in which it fits; returns where it ends."""
    for size in SIZES:
        face = font(language, size, BOLD)
        found, step = balanced(title, face, INNER), round(size * 1.22)
        if len(found) <= LINES and len(found) * step <= TITLE:
            break
    y = 150
    for line in shortened(found, TITLE // step, face, INNER):
        pen.text((MARGIN, y), line, INK, face)
        y += step
    return y


def _facts(pen: ImageDraw.ImageDraw, reader: Reader, top: int) -> None:
    days = str(dates.span(reader.first, reader.last, reader.language))
    words = [days, wording.label(Format, reader.format)]
    if not reader.route:
        words.append(_one_line(reader.destination))
    face = font(reader.language, 30)
    pen.text((MARGIN, top + 20), lines(" · ".join(one for one in words if one), face, INNER)[0], QUIET, face)


def _route(pen: ImageDraw.ImageDraw, cities: list[str], language: str) -> None:
    """The cities along a line, the last stop filled; of many the first ones and the last."""
    if not cities:
        return
    shown = cities if len(cities) <= STOPS else [*cities[: STOPS - 2], "…", cities[-1]]
    step = INNER // max(2, len(shown))
    y, places = 534, [MARGIN + 11 + number * step for number in range(len(shown))]
    if len(places) > 1:
        pen.line([(places[0], y), (places[-1], y)], INK, 4)
    for number, (x, name) in enumerate(zip(places, shown, strict=True), 1):
        _dot(pen, x, y, 11, is_full=number == len(shown))
        face = font(language, 30, BOLD)
        pen.text((x - 11, y + 22), shortened(lines(name, face, step - 24), 1, face, step - 24)[0], INK, face)


def _dot(pen: ImageDraw.ImageDraw, x: int, y: int, radius: int, *, is_full: bool) -> None:
    box = (x - radius, y - radius, x + radius, y + radius)
    pen.ellipse(box, ACCENT if is_full else PAPER, ACCENT if is_full else INK, 4)

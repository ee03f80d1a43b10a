"""Text set in lines of a given width, for drawings. Latin words stay whole, Chinese breaks between signs.

The typeface is Noto Sans CJK, which has Latin with all accents, and Chinese.
"""

import re
from pathlib import Path

import manimgx_fonts_cjk
from PIL import ImageFont

FILE = Path(manimgx_fonts_cjk.__file__).parent / "NotoSansCJK-VF.otf.ttc"
# Faces of the collection: the signs that mainland China uses, and one whose quotation marks are those of Latin text.
FACES = {"zh-hans": 2, "en": 1}
REGULAR, BOLD = 400, 700
HAN = "⺀-〿㐀-鿿豈-﫿\U00020000-\U0003ffff"
WIDE = "！（），：；？—…"
CLOSING = "、。」』】〉》！）】，：；？”’…—·,.;:!?)"  # never at the beginning of a line
OPENING = "「『【〈《（“‘("  # never at its end
PIECES = re.compile(rf"[{re.escape(OPENING)}]*(?:[{HAN}{WIDE}]|[^\s{HAN}{WIDE}]+)[{re.escape(CLOSING)}]*\s*")
MORE = "…"
STEP = 24  # pixels


def font(language: str, size: int, weight: int = REGULAR) -> ImageFont.FreeTypeFont:
    made = ImageFont.truetype(str(FILE), size, index=FACES[language])
    made.set_variation_by_axes([weight])
    return made


def lines(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The text broken where it may be; a word that is too long for a line is cut."""
    found = [""]
    for piece in (part for word in PIECES.findall(text) for part in _cut(word, face, width)):
        if found[-1] and face.getlength((found[-1] + piece).rstrip()) > width:
            found.append("")
        found[-1] += piece
    return [one.strip() for one in found if one.strip()]


def balanced(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """As many lines as ``lines`` makes, of lengths as equal as may be."""
    found = lines(text, face, width)
    for narrower in range(width - STEP, width // 2, -STEP):
        tried = lines(text, face, narrower)
        if len(tried) > len(found):
            break
        found = tried
    return found


def shortened(found: list[str], most: int, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The first lines, and a sign that there are more where there are."""
    if len(found) <= most:
        return found
    last = found[most - 1]
    while last and face.getlength(last + MORE) > width:
        last = last[:-1].rstrip()
    return [*found[: most - 1], last + MORE]


def _cut(word: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    if face.getlength(word.rstrip()) <= width:
        return [word]
    size = max(1, int(len(word) * width / face.getlength(word)) - 1)
    return [word[start : start + size] for start in range(0, len(word), size)]

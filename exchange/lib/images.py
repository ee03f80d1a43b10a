"""Pictures that came from outside, made safe to keep, and the smaller copies that pages show.

What is kept is always a new JPEG made of the decoded pixels: no EXIF, no position, no text, no second picture.
"""

import io
import warnings
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MEGABYTES = 15
MEGAPIXELS = 50
LONGEST = 2560  # pixels, of the picture that is kept
KEPT = {"quality": 88, "progressive": True, "optimize": True}
RENDITIONS = {
    "avif": {"quality": 50, "speed": 8},
    "webp": {"quality": 72, "method": 5},
    "jpg": {"quality": 76, "progressive": True, "optimize": True},
}
NAMES = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}
SMALL, SMALL_BYTES = 640, 60_000  # what a phone loads first stays light
STEP = 8  # of quality, while a small picture is too heavy
LOWEST = 40

Image.MAX_IMAGE_PIXELS = MEGAPIXELS * 1_000_000
warnings.simplefilter("error", Image.DecompressionBombWarning)


def clean_upload(file: "File[Any]") -> "ContentFile[Any]":
    """The picture in a file as a JPEG of at most 2560 pixels, upright, in sRGB, without any metadata.

    Raises ``ValidationError`` with a sentence for whoever chose the file.
    """
    if file.size > MEGABYTES * 1024 * 1024:
        raise ValidationError(_("This picture is larger than %d MB. Choose a smaller one.") % MEGABYTES)
    file.seek(0)
    try:
        image = Image.open(file, formats=FORMATS)
        _check(image)
        image.draft("RGB", (LONGEST, LONGEST))
        image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
        data = _encoded(_in_srgb(ImageOps.exif_transpose(image)), "JPEG", KEPT)
    except ValidationError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_large() from None
    except Exception:  # a decoder may raise anything at hostile or broken bytes
        raise ValidationError(_("This file cannot be read as a picture. Choose a JPEG, PNG or WebP file.")) from None
    return ContentFile(data, name="picture.jpg")


def open_kept(file: "File[Any]") -> Image.Image:
    """A picture that was cleaned before, decoded."""
    file.seek(0)
    image = Image.open(file, formats=["JPEG"])
    image.load()
    return image


def encode(image: Image.Image, width: int, format: str) -> tuple[bytes, int, int]:
    """A copy in a format (a key of ``RENDITIONS``), as bytes with its width and height; never enlarged."""
    width = min(width, image.width)
    height = max(1, round(image.height * width / image.width))
    small = image.resize((width, height), Image.Resampling.LANCZOS) if width < image.width else image
    options = dict(RENDITIONS[format])
    data = _encoded(small, NAMES[format], options)
    while format != "jpg" and width <= SMALL and len(data) > SMALL_BYTES and options["quality"] > LOWEST:
        options["quality"] -= STEP
        data = _encoded(small, NAMES[format], options)
    return data, width, height


def _check(image: Image.Image) -> None:
    if image.width * image.height > MEGAPIXELS * 1_000_000:
        raise _too_large()
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:  # MPO: a phone's JPEG with a spare picture behind
        raise ValidationError(_("This picture moves. Choose a still one."))


def _too_large() -> ValidationError:
    return ValidationError(_("This picture has more than %d megapixels. Choose a smaller one.") % MEGAPIXELS)


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture as RGB, what is transparent in it white, its colours converted if it says what they mean."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer)
    if image.mode not in ("RGB", "L", "CMYK"):
        image = image.convert("RGB")
    if profile:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return converted or image.convert("RGB")
        except (ImageCms.PyCMSError, OSError):  # a broken profile is no reason to refuse the picture
            pass
    return image.convert("RGB")


def _encoded(image: Image.Image, name: str, options: dict[str, Any]) -> bytes:
    image.info = {}  # else encoders copy comments, profiles and EXIF from it
    buffer = io.BytesIO()
    image.save(buffer, name, **options)
    return buffer.getvalue()

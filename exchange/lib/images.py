"""Pictures that came from outside, made safe to keep, and the smaller copies that pages show.

What is kept is always a new JPEG made of the decoded pixels: no EXIF, no position, no text, no second picture.
"""

import io
import threading
import warnings
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageChops, ImageCms, ImageOps
from PIL.JpegImagePlugin import JpegImageFile

MEGABYTES = 15
# Decoding a picture takes no more than 200 MB. A JPEG is made smaller while it is decoded, but a progressive one only
# after all its samples were read; the decoder of WebP holds a picture four to five times.
MEGAPIXELS = {"JPEG": 50, "PNG": 24, "WEBP": 10}
FORMATS = tuple(MEGAPIXELS)
MEGASAMPLES = 60  # of a progressive JPEG: three to a pixel, or half as many where its colours are coarser
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

Image.MAX_IMAGE_PIXELS = MEGAPIXELS["JPEG"] * 1_000_000
warnings.simplefilter("error", Image.DecompressionBombWarning)
ONE_AT_A_TIME = threading.Lock()  # else every thread of a server could hold a picture in full


def clean_upload(file: "File[Any]") -> "ContentFile[Any]":
    """The picture in a file as a JPEG of at most 2560 pixels, upright, in sRGB, without any metadata.

    Raises ``ValidationError`` with a sentence for whoever chose the file.
    """
    if file.size > MEGABYTES * 1024 * 1024:
        raise ValidationError(_("This picture is larger than %d MB. Choose a smaller one.") % MEGABYTES)
    try:
        with ONE_AT_A_TIME:
            image = ImageOps.exif_transpose(_opened(file))
            data = _encoded(_in_srgb(image), "JPEG", KEPT)
    except ValidationError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_large(MEGAPIXELS["JPEG"]) from None
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


def _opened(file: "File[Any]") -> Image.Image:
    """The picture, decoded and within our bounds."""
    file.seek(0)
    image: Image.Image = Image.open(file, formats=FORMATS)
    _check(image)
    scale = min(1, LONGEST / max(image.size))
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    image.draft(None, size)
    image = _in_channels(image)  # under the same name, so that an index of colours is let go
    return _shrunk(image, size)


def _check(image: Image.Image) -> None:
    most = _most(image)
    if image.width * image.height > most * 1_000_000:
        raise _too_large(most)
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:  # MPO: a phone's JPEG with a spare picture behind
        raise ValidationError(_("This picture moves. Choose a still one."))


def _most(image: Image.Image) -> int:
    """How many megapixels such a picture may have."""
    if isinstance(image, JpegImageFile) and image.info.get("progressive"):
        samples = [across * down for _name, across, down, _table in image.layer]
        return min(MEGAPIXELS["JPEG"], MEGASAMPLES * max(samples) // sum(samples))
    return MEGAPIXELS.get(image.format or "", MEGAPIXELS["JPEG"])  # MPO is JPEG too


def _too_large(most: int) -> ValidationError:
    if most == MEGAPIXELS["JPEG"]:
        return ValidationError(_("This picture has more than %d megapixels. Choose a smaller one.") % most)
    sentence = _(
        "This picture has more than %(most)d megapixels. Choose a smaller one, or save it as a JPEG that is not "
        "progressive: that may have %(jpeg)d."
    )
    return ValidationError(sentence % {"most": most, "jpeg": MEGAPIXELS["JPEG"]})


def _shrunk(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The picture in this size, without transparency; channel by channel, so that no second picture is in memory."""
    if image.size == size:
        return image
    bands = image.getbands()
    clear = ImageChops.invert(image.getchannel("A")) if "A" in bands else None
    made = Image.merge(image.mode.removesuffix("A"), [_channel(image, one, clear, size) for one in bands if one != "A"])
    made.info = {name: value for name, value in image.info.items() if not clear or name != "transparency"}
    return made


def _channel(image: Image.Image, band: str, clear: Image.Image | None, size: tuple[int, int]) -> Image.Image:
    """One channel in another size, full where the picture is clear."""
    channel = image.getchannel(band)
    if clear:
        channel.paste(255, mask=clear)
    return channel.resize(size, Image.Resampling.LANCZOS)


def _in_channels(image: Image.Image) -> Image.Image:
    """The picture, decoded, with channels of eight bits in place of an index of colours, single bits or 16 bits."""
    image.load()
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L")
    if image.mode == "P":
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image.convert("L") if image.mode == "1" else image


def _in_srgb(image: Image.Image) -> Image.Image:
    """The picture as RGB, what is transparent in it white, its colours converted if it says what they mean."""
    profile = image.info.get("icc_profile")
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

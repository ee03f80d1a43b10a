"""Pictures from outside: what is refused, and what is left of those that are kept."""

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageCms, PngImagePlugin

from exchange.lib.images import LONGEST, RENDITIONS, SMALL, SMALL_BYTES, clean_upload, encode, open_kept


def as_file(image, format, **options):
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return ContentFile(buffer.getvalue(), name=f"picture.{format.lower()}")


def kept(file):
    return open_kept(clean_upload(file))


def announced(width, height):
    """A PNG of a few bytes that says it is enormous."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return ContentFile(b"\x89PNG\r\n\x1a\n" + body, name="bomb.png")


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_formats_that_are_taken(format):
    assert kept(as_file(Image.new("RGB", (90, 60), "teal"), format)).size == (90, 60)


@pytest.mark.parametrize("format", ["GIF", "BMP", "TIFF", "ICO", "PPM"])
def test_formats_that_are_not(format):
    with pytest.raises(ValidationError, match="cannot be read"):
        clean_upload(as_file(Image.new("RGB", (60, 60)), format))


@pytest.mark.parametrize(
    "data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff\xe0 not a JPEG", b"%PDF-1.7"]
)
def test_what_is_no_picture(data):
    with pytest.raises(ValidationError, match="cannot be read"):
        clean_upload(ContentFile(data, name="picture.jpg"))


def test_a_truncated_picture():
    whole = as_file(Image.effect_noise((400, 400), 90), "PNG").read()
    with pytest.raises(ValidationError, match="cannot be read"):
        clean_upload(ContentFile(whole[: len(whole) // 2], name="half.png"))


@pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")  # as it is outside of tests
@pytest.mark.parametrize("size", [(5000, 5000), (7072, 7072), (200_000, 200_000), (2**31 - 1, 1)])
def test_a_picture_that_says_it_is_enormous_is_not_decoded(size):
    with pytest.raises(ValidationError, match="megapixels"):
        clean_upload(announced(*size))


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    ("size", "format", "options", "most"),
    [
        ((4900, 4900), "PNG", {}, 24),
        ((3700, 2800), "WEBP", {"lossless": True, "method": 0, "quality": 0}, 10),
        ((4500, 4500), "JPEG", {"progressive": True, "subsampling": 0}, 20),
        ((7072, 7072), "JPEG", {}, 50),
    ],
)
def test_the_limit_is_that_of_its_kind_and_the_sentence_names_it(size, format, options, most):
    with pytest.raises(ValidationError, match=f"more than {most} megapixels"):
        clean_upload(as_file(Image.new("RGB", size), format, **options))


COST = """
import re, sys
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
from django.core.files.base import ContentFile
from exchange.lib.images import clean_upload

for path in sys.argv[1:]:
    clean_upload(ContentFile(Path(path).read_bytes()))
    print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.parametrize(
    ("mode", "size", "format"),
    [("RGBA", (4898, 4898), "PNG"), ("RGB", (10_000, 5_000), "JPEG"), ("RGB", (7071, 7071), "JPEG")],
)
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux how much memory a process has used")
def test_what_is_decoded_does_not_fill_the_memory(tmp_path, mode, size, format):
    """Measured in a process of its own: what the largest allowed picture takes on top of a small one."""
    small, large = tmp_path / "small", tmp_path / "large"
    Image.new(mode, (64, 64)).save(small, format)
    Image.new(mode, size).save(large, format)
    run = subprocess.run([sys.executable, "-c", COST, small, large], capture_output=True, text=True, check=True)
    before, after = map(int, run.stdout.split())
    assert after - before <= 200


@pytest.mark.parametrize(
    ("mode", "colour"), [("RGB", "teal"), ("RGBA", "teal"), ("L", 90), ("LA", (90, 255)), ("P", 7), ("1", 1)]
)
def test_a_large_picture_keeps_its_colour(mode, colour):
    image = Image.new(mode, (2600, 40), colour)
    found, meant = kept(as_file(image, "PNG")).getpixel((100, 10)), image.convert("RGB").getpixel((0, 0))
    assert all(abs(one - other) <= 2 for one, other in zip(found, meant, strict=True))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_in_a_large_picture_becomes_white(mode):
    image = Image.new(mode, (5200, 400))
    image.paste(Image.new(mode, (2600, 400), (60, 255) if mode == "LA" else (60, 60, 60, 255)))
    small = kept(as_file(image, "PNG"))
    assert small.size == (LONGEST, 197)
    assert small.getpixel((2000, 90)) == (255, 255, 255)
    assert max(small.getpixel((500, 90))) <= 62


def test_one_picture_is_decoded_at_a_time(monkeypatch):
    from exchange.lib import images

    locked = []
    monkeypatch.setattr(images, "_check", lambda image: locked.append(images.ONE_AT_A_TIME.locked()))
    kept(as_file(Image.new("RGB", (40, 40)), "PNG"))
    assert locked == [True]
    assert not images.ONE_AT_A_TIME.locked()


def test_a_file_that_is_too_heavy():
    file = ContentFile(b"", name="heavy.jpg")
    file.size = 15 * 1024 * 1024 + 1
    with pytest.raises(ValidationError, match="15 MB"):
        clean_upload(file)


def test_a_picture_that_moves():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    with pytest.raises(ValidationError, match="moves"):
        clean_upload(as_file(frames[0], "WEBP", save_all=True, append_images=frames[1:]))


def test_nothing_that_was_written_into_the_file_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "SECRET place"
    exif.get_ifd(0x8825)[2] = (23.0, 7.0, 0.0)
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "SECRET words")
    image = Image.new("RGB", (50, 50), "teal")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for file in (
        as_file(image, "JPEG", exif=exif, comment=b"SECRET words", icc_profile=profile),
        as_file(image, "PNG", exif=exif, pnginfo=text),
        as_file(image, "WEBP", exif=exif, xmp=b"<x>SECRET words</x>"),
    ):
        data = clean_upload(file).read()
        assert b"SECRET" not in data
        found = Image.open(io.BytesIO(data))
        assert not found.getexif()
        assert not {"comment", "icc_profile", "xmp"} & set(found.info)


def test_a_picture_is_kept_upright_and_within_bounds():
    exif = Image.Exif()
    exif[0x0112] = 6
    tall = kept(as_file(Image.new("RGB", (4000, 1000), "teal"), "JPEG", exif=exif))
    assert tall.size == (LONGEST // 4, LONGEST)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_pixel_becomes_colour(mode):
    assert kept(as_file(Image.new(mode, (30, 30)), "PNG")).mode == "RGB"


def test_what_is_transparent_becomes_white():
    assert kept(as_file(Image.new("RGBA", (30, 30), (0, 0, 0, 0)), "PNG")).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("format", sorted(RENDITIONS))
def test_a_copy_is_never_enlarged(format):
    data, width, height = encode(Image.new("RGB", (300, 200), "teal"), SMALL, format)
    assert (width, height) == (300, 200)
    assert Image.open(io.BytesIO(data)).size == (300, 200)


@pytest.mark.parametrize(("format", "grain"), [("avif", (450, 60)), ("webp", (300, 40))])
def test_what_a_phone_loads_stays_light(format, grain):
    width, strength = grain
    busy = Image.effect_noise((width, width * 2 // 3), strength).convert("RGB").resize((1280, 854))
    light, *_ = encode(busy, SMALL, format)
    as_it_would_be, *_ = encode(busy, SMALL + 1, format)
    assert len(light) <= SMALL_BYTES < len(as_it_would_be)

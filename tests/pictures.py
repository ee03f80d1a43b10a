"""Trips with pictures of which there are files, small enough to be made for every test."""

import io

from django.core.files.base import ContentFile
from PIL import Image

from tests import cast
from trips.models import Trip

SIZES = (640, 1280)


def trip(count: int) -> Trip:
    """The trip of the cast with so many pictures."""
    made = cast.trip()
    for number in range(1, count + 1):
        photo = made.photos.create(
            image="photos/x.jpg", width=1280, height=853, consent="illustration", position=number,
            caption_en=f"Caption {number}", alt_en=f"Text {number}", credit_en="A. Maker", focus_x=10, focus_y=80,
        )  # fmt: skip
        for width in SIZES:
            for kind, name in (("avif", "AVIF"), ("jpg", "JPEG")):
                size = width, width * 2 // 3
                file = ContentFile(_flat(size, name), name=f"{width}-a.{kind}")
                photo.renditions.create(width=size[0], height=size[1], format=kind, file=file)
    return made


_drawn: dict[tuple[tuple[int, int], str], bytes] = {}


def _flat(size: tuple[int, int], name: str) -> bytes:
    if (size, name) not in _drawn:
        buffer = io.BytesIO()
        Image.new("RGB", size, "#a3ccbf").save(buffer, name, quality=10)
        _drawn[size, name] = buffer.getvalue()
    return _drawn[size, name]

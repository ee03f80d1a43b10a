"""The files behind a photo: copies in the widths and formats that pages offer."""

import logging

from django.core.files.base import ContentFile

from exchange.lib.images import RENDITIONS, encode, open_kept
from trips.choices import RenditionWidth
from trips.models import Photo, Rendition

logger = logging.getLogger(__name__)


def make_renditions(photo: Photo) -> int:
    """Make the copies that the photo does not have yet; returns how many were made."""
    try:
        return _make_missing(photo)
    except Exception:
        logger.warning("Photo %s has not all of its copies: run `manage.py make_renditions`.", photo.uid)
        raise


def _make_missing(photo: Photo) -> int:
    widths = sorted({min(width, photo.width) for width in RenditionWidth.values})
    there = set(photo.renditions.values_list("width", "format"))
    wanted = [(width, kind) for width in widths for kind in RENDITIONS if (width, kind) not in there]
    if wanted:
        with photo.image.open() as file:
            image = open_kept(file)
        for width, kind in wanted:
            _make(photo, *encode(image, width, kind), kind)
    return len(wanted)


def _make(photo: Photo, data: bytes, width: int, height: int, kind: str) -> None:
    rendition = Rendition(photo=photo, width=width, height=height, format=kind)
    rendition.file.save(f"{width}.{kind}", ContentFile(data), save=False)
    rendition.full_clean()
    rendition.save()

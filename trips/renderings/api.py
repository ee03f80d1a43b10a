"""An edition as JSON: the document exactly as it was frozen, in an envelope of what stands outside it."""

import datetime as dt
import json
from typing import Any

from django.conf import settings

VERSION = "v1"


def trip(document: str, *, slug: str, number: int, digest: str, public_from: dt.datetime, notes: dict[str, str]) -> str:
    """The answer as JSON text. ``trip`` is the very text whose SHA-256 is ``digest``."""
    envelope = {
        "number": number,
        "digest": digest,
        "public_from": public_from.isoformat(),
        "note": notes,
        "pages": {code: f"{settings.SITE_URL}/{code}/trips/{slug}/editions/{number}/" for code in notes},
    }
    return f'{json.dumps(envelope, ensure_ascii=False)[:-1]}, "trip": {document}}}'


def entry(*, slug: str, titles: dict[str, str], starts_on: dt.date, ends_on: dt.date) -> dict[str, Any]:
    """One trip of the list."""
    return {
        "slug": slug,
        "title": titles,
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
        "url": address(slug),
    }


def address(slug: str) -> str:
    """Where a trip is found as JSON."""
    return f"{settings.SITE_URL}/api/{VERSION}/trips/{slug}/"


def edition_address(slug: str, number: int) -> str:
    """Where one edition is found as JSON, superseded or not."""
    return f"{address(slug)}editions/{number}/"


def following(page: int) -> str:
    """The address of the page of the list after this one."""
    return f"{settings.SITE_URL}/api/{VERSION}/trips/?page={page + 1}"

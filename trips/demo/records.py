"""The demonstration's records as they lie in ``data/``, and how they become columns."""

import hashlib
import json
from pathlib import Path
from typing import Any, TypeVar

from django.db import models

from exchange.lib.languages import column
from exchange.lib.tokens import ALPHABET

Row = TypeVar("Row", bound=models.Model)
HERE = Path(__file__).parent


def records(name: str) -> Any:
    """The records of one file."""
    return json.loads((HERE / "data" / f"{name}.json").read_text(encoding="utf-8"))


def body(slug: str, language: str) -> str:
    """The report of a trip in one language, as HTML; empty where there is none."""
    path = HERE / "reports" / f"{slug}.{language}.html"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def picture(name: str) -> Path:
    return HERE / "pictures" / f"{name}.jpg"


def steady_id(*parts: str) -> str:
    """A public identifier that is the same in every database, so that equal content freezes to equal documents."""
    number = int.from_bytes(hashlib.sha256("/".join(parts).encode()).digest())
    return "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(12))


def put(row: Row) -> Row:
    """Save a new row that obeys every rule a person at the desk would have to obey."""
    row.full_clean()
    row.save()
    return row


def columns(record: dict[str, Any]) -> dict[str, Any]:
    """The record with each bilingual value, ``{"en": ..., "zh-hans": ...}``, spread over its two columns."""
    spread: dict[str, Any] = {}
    for field, value in record.items():
        if isinstance(value, dict):
            spread |= {column(field, code): text for code, text in value.items()}
        else:
            spread[field] = value
    return spread

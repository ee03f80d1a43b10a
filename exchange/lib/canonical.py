"""One text for one JSON document, so that equal documents have equal digests."""

import hashlib
import json
from typing import Any


def canonical(document: Any) -> str:
    """The document as JSON with sorted keys, no spaces and unescaped Unicode."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()

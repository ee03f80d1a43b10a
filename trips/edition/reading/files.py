"""Which files a document names."""

from trips.edition.schema import Payload


def names_photo(payload: Payload, uid: str, name: str) -> bool:
    """True when the document shows a picture in this file."""
    shown = payload["pictures"].get(uid)
    if shown is None or shown.get("redacted"):
        return False
    return any(one["name"] == name for one in shown["renditions"])


def names_document(payload: Payload, uid: str, name: str) -> bool:
    """True when the document hands out this file."""
    return any((one["uid"], one["name"]) == (uid, name) for one in payload["documents"])

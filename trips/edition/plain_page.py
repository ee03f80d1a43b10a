"""From the working copy of a page that staff write to its document."""

from exchange.lib.canonical import canonical, digest
from exchange.lib.html import sanitise
from exchange.lib.languages import TRANSLATION
from trips.edition import schema
from trips.edition.pieces import text
from trips.models import PlainPage


def frozen_page(page: PlainPage) -> tuple[str, str]:
    """The page's public document as canonical JSON, and its digest. It reads nothing but the row."""
    document = canonical(freeze_page(page))
    return document, digest(document)


def freeze_page(page: PlainPage) -> schema.PagePayload:
    """The public document of a page as it stands now."""
    return {
        "schema": schema.VERSION,
        "slug": page.slug,
        "title": text(page, "title"),
        "body": _clean(text(page, "body")),
        "older": TRANSLATION if page.stale() else "",
        "place": page.place,
        "position": page.position,
        "demo": page.demo,
    }


def _clean(texts: schema.Text) -> schema.Text:
    return {"en": sanitise(texts["en"]), "zh-hans": sanitise(texts["zh-hans"])}

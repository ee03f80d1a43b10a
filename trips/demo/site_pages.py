"""Pages to start a site from: published in the demonstration, drafts in a site that starts empty."""

from typing import Any

from trips import plain_pages
from trips.demo.records import HERE, columns, put, records
from trips.edition.plain_page import frozen_page
from trips.models import PageEdition, PlainPage

DEMO, EMPTY = "demo", "empty"


def load_published() -> int:
    """Write and publish the demonstration's pages; how many there were to add."""
    added = [_write(one, DEMO) for one in _missing(DEMO)]
    for page in added:
        plain_pages.publish(page, digest=frozen_page(page)[1], by=None)
    return len(added)


def load_drafts() -> int:
    """Write those pages that every site needs, for staff to finish and publish; how many there were to add."""
    return len([_write(one, EMPTY) for one in _missing(EMPTY)])


def _missing(kind: str) -> list[dict[str, Any]]:
    """The records of that kind at whose address no page stands or ever stood."""
    taken = {*PlainPage.objects.values_list("slug", flat=True), *PageEdition.objects.values_list("slug", flat=True)}
    return [one for one in records("pages") if kind in one["closing"] and one["slug"] not in taken]


def _write(record: dict[str, Any], kind: str) -> PlainPage:
    own = {field: value for field, value in record.items() if field != "closing"}
    body = {code: _text(record["slug"], code) + words for code, words in record["closing"][kind].items()}
    page: PlainPage = put(PlainPage(demo=kind == DEMO, **columns(own | {"body": body})))
    page.refresh_from_db()  # the text as it is stored, sanitised
    return page


def _text(slug: str, language: str) -> str:
    return (HERE / "pages" / f"{slug}.{language}.html").read_text(encoding="utf-8")

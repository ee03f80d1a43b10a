"""The rows of words of an edition: written when it is indexed, in the same transaction."""

import datetime as dt
from collections.abc import Iterator
from itertools import zip_longest

from exchange.lib.languages import CODES
from exchange.lib.search_terms import parts, tokens
from trips.models import Edition, SearchText, Trip
from trips.renderings.search_text import searchable


def remove(trip: Trip) -> None:
    """Take all rows of the trip out."""
    SearchText.objects.filter(edition__trip=trip).delete()


def write(edition: Edition, begins: dt.datetime, ends: dt.datetime | None) -> None:
    """Write the rows of an edition that is the visible one of its trip in that time."""
    SearchText.objects.bulk_create(rows(edition, (begins, ends)))


def rows(edition: Edition, window: tuple[dt.datetime, dt.datetime | None]) -> list[SearchText]:
    """The rows of an edition that is the visible one of its trip in that window."""
    return [
        SearchText(
            edition=edition,
            visible_from=window[0],
            visible_until=window[1],
            language=language,
            part=part,
            title=title,
            names=names,
            body=body,
        )
        for language in CODES
        for part, (title, names, body) in enumerate(_rows(edition, language))
    ]


def _rows(edition: Edition, language: str) -> Iterator[tuple[str, str, str]]:
    found = searchable(edition.payload, language)
    columns = ([tokens(text) for text in texts] for texts in found)
    return zip_longest(*(parts(texts) for texts in columns), fillvalue="")

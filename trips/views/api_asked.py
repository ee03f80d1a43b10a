"""What a program asks of a list, refused with a reason where it cannot be meant."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest

from exchange.lib.languages import CODES
from trips.facets import FACETS
from trips.renderings import api

PER_PAGE = 100
AT_MOST = 20  # values of one filter
WRITTEN = {"year": r"[0-9]{1,4}", "language": "|".join(CODES)}
SLUG = r"[-a-zA-Z0-9_]{1,120}"


class Cut(NamedTuple):
    """The rows of one page, and what is told of it."""

    start: int
    stop: int
    told: api.Page


def page_asked(request: HttpRequest) -> int:
    """The number of the page, the first where none is named."""
    text = request.GET.get("page", "1")
    if not (text.isascii() and text.isdigit() and text.strip("0")):
        raise BadRequest("page must be a whole number, 1 or more.")
    return int(text) if len(text) <= 20 else 10**20


def cut(rows: int, page: int, asked: Sequence[tuple[str, str]] = ()) -> Cut:
    """That page of so many rows; the first is there also when it is empty, any other only with rows on it."""
    pages = max(1, -(-rows // PER_PAGE))
    if page > pages:
        raise Http404
    return Cut((page - 1) * PER_PAGE, page * PER_PAGE, api.Page(page, pages, rows, asked))


def one_of(request: HttpRequest, name: str, allowed: Sequence[str]) -> str:
    """A value out of a closed list, empty where none is asked for."""
    value = request.GET.get(name, "")
    if name in request.GET and value not in allowed:
        raise BadRequest(f"{name} must be one of: {', '.join(allowed)}.")
    return value


def choice(request: HttpRequest) -> dict[str, list[str]]:
    """The values asked for of each filter; one that no trip has is a value too."""
    chosen = {name: request.GET.getlist(name) for name in FACETS if name in request.GET}
    for name, values in chosen.items():
        if len(values) > AT_MOST:
            raise BadRequest(f"{name} takes {AT_MOST} values at most.")
        if not all(re.fullmatch(WRITTEN.get(name, SLUG), one) for one in values):
            raise BadRequest(f"{name} is not written like that.")
    return chosen

"""Pages in place of a page: not found, and gone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from exchange.lib.languages import CODES
from trips.renderings import errors
from trips.views.editions import Gone


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The same answer for what is unknown, unpublished, or not public yet."""
    language = translation.get_language()
    return HttpResponse(errors.not_found(language if language in CODES else CODES[0]), status=404)


def gone(language: str, path: str, absence: Gone) -> HttpResponse:
    """What stands in place of a report that was withdrawn."""
    return HttpResponse(errors.gone(language, path, absence.numbers, absence.withdrawal), status=410)

"""What the desk has and the public side has not: cookies, and a language that is the person's own choice.

And what both have: an answer while the database gives none. What is below a review link is for its reader only.
"""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from exchange.lib.languages import CODES
from trips.guests.door import private
from trips.renderings.frame import linking
from trips.views.errors import unavailable
from trips.views.plain_pages import linked

DESK, GUESTS = "/admin/", "/review/"
logger = logging.getLogger(__name__)


class Cookieless:
    """What is public knows no reader: cookies that are sent along are neither read nor answered, nor taken away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith((DESK, GUESTS)):
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)


class Language:
    """Public pages take the language of their address and look at no header and no cookie.

    On the desk it is a preference of the member of staff: the language cookie, else what the browser asks for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        desk = request.path_info.startswith(DESK)
        first = request.path_info[1:].partition("/")[0]
        language = translation.get_language_from_request(request) if desk else first
        with translation.override(language if desk or language in CODES else CODES[0]):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        if desk:
            patch_vary_headers(response, ("Cookie", "Accept-Language"))
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class Linked:
    """Every page, whatever door answers, links the pages that staff put into the menu; read where one is drawn."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with linking(SimpleLazyObject(linked)):
            return self.get_response(request)


class Guests:
    """The address of a review link is its key: no answer below it is kept or found, not even a failure."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return private(response) if request.path_info.startswith(GUESTS) else response


class Outage:
    """While the database does not answer, pages say so with 503, which is for a while, and not with 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        logger.error("The database does not answer.", exc_info=exception)
        return unavailable(request)

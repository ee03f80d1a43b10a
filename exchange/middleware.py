"""What the desk has and the public side has not: a session, and a language that is the person's own choice."""

from collections.abc import Callable

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from exchange.lib.languages import CODES

DESK = "/admin/"


class Session(SessionMiddleware):
    """Sessions are the desk's: a public answer sets no cookie and takes none away, whatever was sent along."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return super().process_response(request, response) if request.path_info.startswith(DESK) else response


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

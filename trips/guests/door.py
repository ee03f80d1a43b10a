"""What every answer under a review link has in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from exchange.lib.asked import asked_for
from exchange.lib.languages import CODES
from trips import review_links
from trips.views import errors

HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",  # the address is the key: no other site is told it
}
LONGEST = 64 * 1024  # bytes of an answer
READ, ANSWER = ("GET", "HEAD"), ("GET", "HEAD", "POST")


def private(response: HttpResponse) -> HttpResponse:
    """The answer, for this reader only. A middleware sees to those that Django gives in place of a view."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def guest(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view for whoever holds a link: it is given the link, the token and the language.

    A token that is unknown, has expired or was revoked gets the one page of an address that never was. There is no
    cookie and no session, so no other site can act in a reader's name: the token in the address is the only
    authority, and a token against forged requests would have nothing to protect.
    """

    def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, token: str = "", language: str = "", **more: Any) -> HttpResponse:
            wanted = language or asked_for(request.headers.get("Accept-Language", ""))
            with translation.override(wanted if wanted in CODES else CODES[0]):
                return private(_answered(view, request, methods, token, wanted, more))

        return answer

    return door


def _is_short(length: str) -> bool:
    """True for a number of bytes that an answer may have; what is no number is none."""
    return length.isascii() and length.isdecimal() and len(length) < 20 and int(length) <= LONGEST


def _answered(
    view: Callable[..., HttpResponse],
    request: HttpRequest,
    methods: tuple[str, ...],
    token: str,
    language: str,
    more: dict[str, Any],
) -> HttpResponse:
    if request.method not in methods:
        return HttpResponseNotAllowed(methods)
    if not _is_short(request.META.get("CONTENT_LENGTH") or "0"):
        return HttpResponse(status=413)
    try:
        link = review_links.find(token, timezone.now()) if language in CODES else None
        if link is None:
            raise Http404
        return view(request, link, token, language, **more)
    except Http404:
        return errors.not_found(request)

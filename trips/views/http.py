"""What every public answer has in common, and what answers for other programs have besides."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from trips.renderings import api

View = Callable[..., Any]
DIGITS = 6
READING = ("GET", "HEAD", "OPTIONS")
PROBLEM = "application/problem+json"
A_DAY = 24 * 3600
FRAMING = ("_csp_replace", "xframe_options_exempt")  # what middleware reads of an answer


def public(view: View) -> View:
    """A view that only answers GET and HEAD, may be kept by any cache that asks again, and is sent compressed.

    Compression is safe here: a public page holds no secret. Its tag is made before it, so that it stays the same.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return unless_known(request, response)

    return require_safe(gzip_page(answer))


def unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its tag; 304 where whoever asks has it already, be it by GET or, unlike Django's own, by HEAD."""
    if not 200 <= response.status_code < 300:
        return response
    if not response.has_header("ETag"):
        set_response_etag(response)
    told = get_conditional_response(request, etag=response.headers.get("ETag"), response=response)
    if told is not response:  # a cache that takes headers from a 304 must not take those of other pages
        if policy := response.headers.get("Content-Security-Policy"):
            told.headers["Content-Security-Policy"] = policy
        vars(told).update({name: value for name, value in vars(response).items() if name in FRAMING})
    return told


def shared(view: View) -> View:
    """A public view for the programs of others, also for those that run in a browser on somebody else's page.

    What cannot be answered is told in the way of RFC 9457. It reads and does nothing, so it needs no form's token.
    """

    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return problem(404, "There is nothing public at this address.")
        except BadRequest as error:
            return problem(400, str(error))

    shown = public(told)

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = shown(request, *args, **kwargs) if request.method in READING[:2] else _other(request)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
        return response

    return answer


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """Why there is no answer, for a program and for whoever reads its log."""
    return HttpResponse(api.problem(status, detail, **more), status=status, content_type=PROBLEM)


def _other(request: HttpRequest) -> HttpResponse:
    """To a browser that asks beforehand: what is allowed. To all else: only reading is."""
    response = _preflight() if request.method == "OPTIONS" else problem(405, "This address can only be read.")
    response.headers["Allow"] = ", ".join(READING)
    return response


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    del response.headers["Content-Type"]
    response.headers["Access-Control-Allow-Methods"] = ", ".join(READING)
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Max-Age"] = str(A_DAY)
    return response


def number(text: str | None, default: int) -> int:
    """A whole number from an address, or the default where there is none or it is beyond reason."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= DIGITS else default

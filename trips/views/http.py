"""What every public answer has in common."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponse]
DIGITS = 6


def public(view: View) -> View:
    """A view that only answers GET and HEAD, may be kept by any cache that asks again, and is sent compressed.

    Compression is safe here: a public page holds no secret. Its tag is made before it, so that it stays the same.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return require_safe(gzip_page(conditional_page(answer)))


def number(text: str | None, default: int) -> int:
    """A whole number from an address, or the default where there is none or it is beyond reason."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= DIGITS else default

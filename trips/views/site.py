"""Addresses that belong to the site and to no page: the front door, other spellings, robots, probes."""

import re

from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.lib.languages import CODES
from trips.views.http import public

ROBOTS = "User-agent: *\nDisallow: /admin/\n"


@public
def door(request: HttpRequest) -> HttpResponse:
    """To the reader's language, by what the browser asks for."""
    asked = (code for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]))
    language = next((code for code in map(meant, asked) if code), CODES[0])
    response = HttpResponseRedirect(f"/{language}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public
def spelling(request: HttpRequest, written: str, rest: str) -> HttpResponse:
    """From /zh/, /zh-CN/, /EN/ and the like to the address that we use."""
    language = meant(written)
    if language is None or language == written:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"/{language}/{rest.lstrip('/')}" + (f"?{query}" if query else ""))


def meant(written: str) -> str | None:
    """The content language that a language tag asks for; all of Chinese is served in simplified characters."""
    match = re.match(r"(en|zh)\b", written.lower())
    return {"en": CODES[0], "zh": CODES[1]}[match[1]] if match else None


@public
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@public
def icon(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(static("mark.svg"))


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 while the site can serve, which takes a database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")

"""Addresses that belong to the site and to no page: robots, sitemap, whom to tell of a weakness, icon, probes."""

import datetime as dt

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.lib.bilingual import TAGS
from trips import sitemaps
from trips.renderings import sitemap
from trips.views.http import public

PLAIN = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"
ROBOTS = "User-agent: *\nDisallow: /admin/\n"
HALF_A_YEAR = 6


@public
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{ROBOTS}\nSitemap: {settings.SITE_URL}/sitemap.xml\n", content_type=PLAIN)


@public
def addresses(request: HttpRequest) -> HttpResponse:
    """The sitemap, or, where it would be too long, the list of the files that make it up."""
    files = sitemaps.files(timezone.now())
    if len(files) == 1:
        return HttpResponse(sitemap.addresses(files[0]), content_type=XML)
    changed = [max((one.changed for one in file if one.changed), default=None) for file in files]
    return HttpResponse(sitemap.parts(changed), content_type=XML)


@public
def some_addresses(request: HttpRequest, number: int) -> HttpResponse:
    found = sitemaps.file(timezone.now(), number) if 1 <= number <= sitemaps.MOST else []
    if not found:
        raise Http404
    return HttpResponse(sitemap.addresses(found), content_type=XML)


@public
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116); not found where nobody is named."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    lines = [
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {_expires(timezone.now()).isoformat()}",
        f"Preferred-Languages: {', '.join(TAGS.values())}",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


def _expires(now: dt.datetime) -> dt.datetime:
    """The first of a month half a year ahead: the text stays the same for a month."""
    months = now.year * 12 + now.month - 1 + HALF_A_YEAR
    return dt.datetime(months // 12, months % 12 + 1, 1, tzinfo=dt.UTC)


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
        return HttpResponse("database unavailable\n", status=503, content_type=PLAIN)
    return HttpResponse("ok\n", content_type=PLAIN)

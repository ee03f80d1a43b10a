"""Addresses that belong to the site and to no page: robots, icon, probes."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trips.views.http import public

PLAIN = "text/plain; charset=utf-8"
ROBOTS = "User-agent: *\nDisallow: /admin/\n"


@public
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type=PLAIN)


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

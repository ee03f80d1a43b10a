"""Calendars: the programme of a trip, and all trips that are coming."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from trips.edition.reading import Reader
from trips.models import Listing
from trips.renderings import calendar
from trips.views import editions, errors
from trips.views.http import public
from trips.views.pages import rows

ICALENDAR = "text/calendar; charset=utf-8"
COMING = 200


@public
def programme(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    now = timezone.now()
    edition = editions.visible(slug, now)
    if edition is None:
        return errors.absent(language, slug, now, "programme.ics")
    issue = calendar.Issue(edition.trip_id, edition.number, edition.public_from)
    return _answer(calendar.programme(Reader(edition.payload, language), issue), f"{slug}.ics")


@public
def coming(request: HttpRequest, language: str) -> HttpResponse:
    listed = Listing.objects.public(timezone.now()).filter(language=language).coming(timezone.localdate())
    found = list(listed.select_related("edition").defer("edition__document")[:COMING])
    issues = [calendar.Issue(one.edition.trip_id, one.edition.number, one.edition.public_from) for one in found]
    return _answer(calendar.coming(language, list(zip(issues, rows(found), strict=True))), "calendar.ics")


def _answer(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(text, content_type=ICALENDAR, headers=headers)

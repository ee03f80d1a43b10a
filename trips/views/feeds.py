"""Atom feeds: of all trips, and of those that name a party, a place or a topic."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from trips.facets import snapshot
from trips.models import Listing
from trips.renderings import feed
from trips.views.http import public
from trips.views.named import named
from trips.views.pages import rows

ENTRIES = 50
REACH = 1000  # of so many latest trips those that were published last
ATOM = "application/atom+xml; charset=utf-8"


@public
def latest(request: HttpRequest, language: str) -> HttpResponse:
    listed = Listing.objects.public(timezone.now()).filter(language=language)
    return _answer(feed.render(language, "", _entries(listed)))


@public
def party(request: HttpRequest, language: str, section: str, slug: str) -> HttpResponse:
    now = timezone.now()
    known = snapshot(now)
    found = named(section, slug, known, now)
    if found.address != f"{section}/{slug}/":
        return HttpResponsePermanentRedirect(f"/{language}/{found.address}feed/")
    trips = known.page(found.selection, 0, REACH)
    listed = Listing.objects.public(now).filter(language=language, edition__in=trips)
    name = found.names[language] or found.names["en"]
    return _answer(feed.render(language, found.address, _entries(listed), name=name, key=(section, found.key)))


def _entries(listed: QuerySet) -> list[feed.Entry]:
    """Those whose edition became public last, with the trip that each is of."""
    found = list(
        listed.select_related("edition").defer("edition__document").order_by("-visible_from", "slug")[:ENTRIES]
    )
    return [feed.Entry(one.edition.trip_id, one.visible_from, row) for one, row in zip(found, rows(found), strict=True)]


def _answer(text: str) -> HttpResponse:
    return HttpResponse(text, content_type=ATOM)

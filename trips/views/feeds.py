"""Atom feeds: of all trips, and of those that name a party, a place or a topic."""

import datetime as dt

from django.db.models import Min, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from trips.facets import snapshot
from trips.models import Edition, Listing
from trips.renderings import feed
from trips.views.http import public
from trips.views.named import named
from trips.views.pages import rows

ENTRIES = 50
REACH = 1000  # of so many latest trips those that were published last
ATOM = "application/atom+xml; charset=utf-8"


@public
def latest(request: HttpRequest, language: str) -> HttpResponse:
    now = timezone.now()
    listed = Listing.objects.public(now).filter(language=language)
    return _answer(feed.render(language, "", _entries(listed, now)))


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
    return _answer(feed.render(language, found.address, _entries(listed, now), name=name, key=(section, found.key)))


def _entries(listed: QuerySet, at: dt.datetime) -> list[feed.Entry]:
    """Those whose edition became public last, with the trip that each is of."""
    latest = listed.order_by("-visible_from", "slug")
    keys = latest.values("pk")[:ENTRIES]  # put in order by themselves: of thousands of rows few are read in full
    found = list(latest.filter(pk__in=keys).select_related("edition").defer("edition__document"))
    trips = [one.edition.trip_id for one in found]
    begun = Edition.objects.begun(at).filter(trip__in=trips).order_by()
    first = dict(begun.values_list("trip").annotate(Min("public_from")))
    told = zip(trips, found, rows(found), strict=True)
    return [feed.Entry(trip, first[trip], one.visible_from, row) for trip, one, row in told]


def _answer(text: str) -> HttpResponse:
    return HttpResponse(text, content_type=ATOM)

"""The directory: everyone and everything that public trips name, each with the trips that say so."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from trips import facets
from trips.edition.reading import HOMES
from trips.models import Listing
from trips.renderings import directory, lists
from trips.views import lines, parties, places, states
from trips.views.http import number, public

LINES = 100
KINDS = {section: kind for kind, section in HOMES.items()}
SECTIONS = (*KINDS, *places.FACETS)
LONGEST = 120


@public
def index(request: HttpRequest, language: str, section: str) -> HttpResponse:
    """Everyone who ever played the role, a hundred a page; the member states of today, with a trip or without."""
    now = timezone.now()
    known = facets.snapshot(now)
    demo = Listing.objects.public(now).filter(demo=True).exists()
    if section == states.SECTION:
        return HttpResponse(directory.states(language, states.rows(known, now), demo=demo))
    found = places.rows(known, section) if section in places.FACETS else parties.rows(known, section)
    wanted = {name: request.GET.get(name, "")[:LONGEST] for name in directory.PARAMETERS}
    sifted = lines.sift(found, {name: word for name, word in wanted.items() if word}, language)
    page = lists.Page(number(request.GET.get("page"), 1), max(1, -(-len(sifted.rows) // LINES)), len(sifted.rows))
    if not 1 <= page.number <= page.pages:
        raise Http404
    shown = sifted.rows[(page.number - 1) * LINES : page.number * LINES]
    return HttpResponse(directory.index(language, section, shown, sifted.query, page, demo=demo))


@public
def profile(request: HttpRequest, language: str, section: str, slug: str) -> HttpResponse:
    now = timezone.now()
    page = number(request.GET.get("page"), 1)
    known = facets.snapshot(now)
    if section == states.SECTION:
        return states.profile(language, slug, page, known, now)
    if section in places.FACETS:
        return places.profile(language, section, slug, page, known, now)
    return parties.profile(language, section, slug, page, known, now)

"""Search: one line of text, answered from what is visible now."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from exchange.lib.search_terms import question
from trips.facets import Snapshot, snapshot
from trips.models import Edition, Listing
from trips.renderings import lists, search
from trips.search.asking import Answer, ask
from trips.search.entries import described
from trips.search.near import suggested
from trips.views.http import number, public
from trips.views.pages import PER_PAGE, rows

ENTRIES = 6


@public
def results(request: HttpRequest, language: str) -> HttpResponse:
    """Twenty trips a page, those with the words in their title first. A page that is not there is not found."""
    typed = request.GET.get("q", "")
    if not typed.strip():
        return HttpResponse(search.blank(language))
    now, asked = timezone.now(), question(typed)
    answer = ask(asked.terms, now)
    editions = _ordered(answer, snapshot(now))
    page = lists.Page(number(request.GET.get("page"), 1), max(1, -(-len(editions) // PER_PAGE)), len(editions))
    if not 1 <= page.number <= page.pages:
        raise Http404
    entries = described(answer.named, now) if page.number == 1 else []
    suggestions = [] if editions or entries else suggested(asked, answer.unfound, now)
    shown = [search.Entry(*one) for one in entries[:ENTRIES]]
    more = len(entries) > ENTRIES
    hits = _hits(language, answer, editions[(page.number - 1) * PER_PAGE : page.number * PER_PAGE])
    return HttpResponse(search.found(language, asked, shown, more, hits, page, suggestions))


def _ordered(answer: Answer, trips: Snapshot) -> list[int]:
    """Those with the terms in title and names first, and of equals the latest trips."""
    found = [(far, trips.places[edition]) for edition, far in answer.editions.items() if edition in trips.places]
    return [trips.editions[place] for _far, place in sorted(found)]


def _hits(language: str, answer: Answer, editions: Sequence[int]) -> list[search.Hit]:
    listings = {one.edition_id: one for one in Listing.objects.filter(language=language, edition__in=editions)}
    documents = Edition.objects.in_bulk(editions)
    return [
        search.Hit(row, documents[edition].payload, answer.through.get(edition, ()))
        for edition, row in zip(editions, rows(listings[one] for one in editions), strict=True)
    ]

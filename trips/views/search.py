"""Search: one line of text, answered from what is visible now."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from exchange.lib.search_terms import question
from trips.facets import FACETS, Snapshot, snapshot
from trips.models import Edition, Listing
from trips.renderings import search
from trips.search.asking import Answer, ask
from trips.search.entries import described
from trips.search.near import suggested
from trips.views import finding
from trips.views.asked import asked
from trips.views.http import number, public
from trips.views.pages import PER_PAGE, rows


@public
def results(request: HttpRequest, language: str) -> HttpResponse:
    """Twenty trips a page, those with the words in their title first. A page that is not there is not found."""
    typed = request.GET.get("q", "")
    if not typed.strip():
        return HttpResponse(search.blank(language))
    now, put = timezone.now(), question(typed)
    known, answer = snapshot(now), ask(put.terms, now)
    chosen, place = asked(request.GET, known), number(request.GET.get("page"), 1)
    within = known.bitmap_of(answer.editions)
    whole = request.GET.get("all", "")
    query = finding.query(language, known, chosen, whole=whole, words=put.text, within=within)
    if whole in FACETS:
        return finding.every_choice(query, whole, place)
    editions = _ordered(answer, known, 0 if chosen.unknown else known.matching(chosen.choice) & within)
    page = finding.page_of(place, len(editions), PER_PAGE)
    entries = described(answer.named, now) if place == 1 else []
    suggestions = [] if within or entries else suggested(put, answer.unfound, now)
    hits = _hits(language, answer, editions[(place - 1) * PER_PAGE : place * PER_PAGE])
    return HttpResponse(search.found(put, query, entries, hits, page, suggestions))


def _ordered(answer: Answer, known: Snapshot, selection: int) -> list[int]:
    """Those of a selection with the terms in title and names first, and of equals the latest trips."""
    latest = known.page(selection, 0, selection.bit_count())
    return sorted(latest, key=lambda edition: answer.editions[edition])


def _hits(language: str, answer: Answer, editions: Sequence[int]) -> list[search.Hit]:
    found = Listing.objects.public(timezone.now()).filter(language=language, edition__in=editions)
    listings = {one.edition_id: one for one in found}
    documents = Edition.objects.in_bulk(editions)
    still = [one for one in editions if one in listings and one in documents]  # others were withdrawn meanwhile
    return [
        search.Hit(row, documents[edition].payload, answer.through.get(edition, ()))
        for edition, row in zip(still, rows(listings[one] for one in still), strict=True)
    ]

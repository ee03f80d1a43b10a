"""The list of trips, and its filters."""

import heapq
from operator import itemgetter

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from trips import facets
from trips.facets import FACETS, Snapshot
from trips.renderings import finding, lists
from trips.views.asked import Asked, asked
from trips.views.http import number, public
from trips.views.pages import PER_PAGE, listed

LINES = 100  # choices on a page of all that a filter offers


@public
def trips(request: HttpRequest, language: str) -> HttpResponse:
    """Newest first, twenty a page. A page that is not there is not found; nor is what no public trip has, in words."""
    now = timezone.now()
    known = facets.snapshot(now)
    found = asked(request.GET, known)
    place, whole = number(request.GET.get("page"), 1), request.GET.get("all")
    if whole in FACETS:
        return every_choice(query(language, known, found, whole=whole), whole, place)
    selection = 0 if found.unknown else known.matching(found.choice)
    page = page_of(place, selection.bit_count(), PER_PAGE)
    wanted = known.page(selection, (place - 1) * PER_PAGE, place * PER_PAGE)
    shown = listed(wanted, language, now)
    answer = finding.render(query(language, known, found), shown, page, len(known.editions))
    return HttpResponse(answer, status=404 if found.unknown else 200)


def every_choice(asked: finding.Query, facet: str, place: int) -> HttpResponse:
    """All that one filter offers."""
    return HttpResponse(finding.choices(asked, facet, page_of(place, asked.offered[facet], LINES), LINES))


def page_of(number: int, count: int, size: int) -> lists.Page:
    """The page of that number; not found where there are not so many."""
    page = lists.Page(number, max(1, -(-count // size)), count)
    if not 1 <= number <= page.pages:
        raise Http404
    return page


def query(
    language: str, known: Snapshot, found: Asked, *, whole: str = "", words: str = "", within: int | None = None
) -> finding.Query:
    """For each filter its values, each with the number of trips that it leaves of what the others leave.

    ``whole``: a filter of which all values are wanted, not only the most frequent ones. ``within``: the trips that were
    found by ``words``, where something was searched.
    """
    those = known.everything if within is None else within
    left = {facet: _left(known, found, facet) & those for facet in FACETS}
    counts = {facet: known.counts(facet, left[facet]) for facet in FACETS}
    return finding.Query(
        language=language,
        choice=found.choice,
        unknown=found.unknown,
        options={facet: _options(known, found, facet, counts[facet], facet == whole) for facet in FACETS},
        offered={facet: len(counts[facet]) for facet in FACETS},
        without={facet: left[facet].bit_count() for facet in FACETS},
        words=words,
    )


def _left(known: Snapshot, found: Asked, facet: str) -> int:
    """The trips that all filters but one leave; what no trip has leaves none."""
    if any(one != facet for one in found.unknown):
        return 0
    return known.matching({one: value for one, value in found.choice.items() if one != facet})


def _options(known: Snapshot, found: Asked, facet: str, counts: dict[str, int], whole: bool) -> list[finding.Option]:
    """What is chosen stays to be seen, also where the other filters leave no trip that has it."""
    chosen = found.choice.get(facet)
    most = None if whole else finding.SHOWN.get(facet)
    offered = dict(heapq.nlargest(most, counts.items(), key=itemgetter(1)) if most else counts)
    if chosen:
        offered.setdefault(chosen, counts.get(chosen, 0))
    values = known.known[facet]
    return [
        finding.Option(slug, values[slug].names, count, slug == chosen, values[slug].member)
        for slug, count in offered.items()
    ]

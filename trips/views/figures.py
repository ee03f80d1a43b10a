"""Exchange in figures, the tables as files, and the editions that a number counts."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from trips import facets, statistics
from trips.facets import Snapshot
from trips.models import Listing
from trips.renderings import figure_files, figures, footnotes, lists
from trips.views.asked import asked
from trips.views.http import number, public

HOSTS, THEMES = 25, 20  # rows on the page, those of the most trips; the files have all
LINES = 50
FILES = {
    "years": lambda language, known: figure_files.years(language, statistics.by_year(known)),
    "states": lambda language, known: figure_files.crossed(language, statistics.states_by_year(known)),
    "hosts": lambda language, known: figure_files.crossed(language, statistics.hosts_by_state(known)),
    "themes": lambda language, known: figure_files.crossed(language, statistics.themes_by_year(known)),
}


@public
def page(request: HttpRequest, language: str) -> HttpResponse:
    now = timezone.now()
    known = facets.snapshot(now)
    tables = figures.Tables(
        statistics.overview(known),
        statistics.by_year(known),
        statistics.states_by_year(known),
        statistics.hosts_by_state(known, HOSTS),
        statistics.themes_by_year(known, THEMES),
    )
    demo = Listing.objects.public(now).filter(demo=True).exists()
    return HttpResponse(figures.render(language, tables, timezone.localdate(now), demo=demo))


@public
def file(request: HttpRequest, language: str, table: str) -> HttpResponse:
    """One table, whole."""
    return _spreadsheet(table, FILES[table](language, facets.snapshot(timezone.now())))


@public
def editions(request: HttpRequest, language: str) -> HttpResponse:
    """The editions that a number counts, fifty a page. A filter that nothing has is not found."""
    now = timezone.now()
    known = facets.snapshot(now)
    selection, found = _selected(request, known)
    count, place = found.bit_count(), number(request.GET.get("page"), 1)
    shown = lists.Page(place, max(1, -(-count // LINES)), count)
    if not 1 <= place <= shown.pages:
        raise Http404
    wanted = known.page(found, (place - 1) * LINES, place * LINES)
    rows = _footnotes(Listing.objects.public(now).filter(language=language, edition__in=wanted), wanted)
    return HttpResponse(footnotes.render(language, selection, rows, shown))


@public
def editions_file(request: HttpRequest, language: str) -> HttpResponse:
    """All of them, as a file."""
    now = timezone.now()
    known = facets.snapshot(now)
    _selection, found = _selected(request, known)
    wanted = known.page(found, 0, len(known.editions))
    listed = Listing.objects.public(now).filter(language=language)  # all are read: a query takes only so many keys
    return _spreadsheet("editions", figure_files.editions(language, _footnotes(listed, wanted)))


def _selected(request: HttpRequest, known: Snapshot) -> tuple[footnotes.Selection, int]:
    """What the address asks for, and the trips that have it."""
    choice, unknown = asked(request.GET, known)
    none = request.GET.get("none", "")
    if unknown or (none and none not in footnotes.NONE):
        raise Http404
    found = known.matching(choice)
    if none:
        found &= ~known.united(none, known.values[none])
    return footnotes.Selection(choice, [known.label(*one) for one in choice.items()], none), found


def _footnotes(listed: QuerySet, wanted: Iterable[int]) -> list[footnotes.Footnote]:
    """In the order of the list of trips, which the database is not asked for: it would read the whole list for that."""
    columns = ("edition", *footnotes.Footnote._fields[:-2], "visible_from", "demo")
    found = {edition: footnotes.Footnote(*one) for edition, *one in listed.order_by().values_list(*columns)}
    return [found[one] for one in wanted if one in found]


def _spreadsheet(name: str, text: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="exchange-{name}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)

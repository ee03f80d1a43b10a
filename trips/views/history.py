"""What belongs to one edition besides its page: what changed with it, and how to cite it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation

from trips.edition.reading import Reader
from trips.models import Edition
from trips.renderings.changes import render
from trips.renderings.citation import FILES
from trips.views import editions, errors
from trips.views.http import public

TYPES = {"bib": "application/x-bibtex; charset=utf-8", "ris": "application/x-research-info-systems; charset=utf-8"}


@public
def changes(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """An edition beside the nearest earlier one that can be read; not found where there is none."""
    now = timezone.now()
    found = editions.numbered(slug, number, now)
    if found is None:
        raise Http404
    facts = editions.facts(found, now)
    if other := errors.instead(language, slug, found, facts, now, "changes/"):
        return other
    before = facts.before(number)
    if before is None:
        raise Http404
    earlier = Edition.objects.readable(now).get(trip=found.trip_id, number=before.number)
    return HttpResponse(render(earlier.payload, found.payload, language, before=before, edition=facts))


@public
def citation(request: HttpRequest, language: str, slug: str, number: int, form: str) -> HttpResponse:
    """A file for a program that keeps references."""
    now = timezone.now()
    found = editions.numbered(slug, number, now)
    if found is None or form not in FILES:
        raise Http404
    facts = editions.facts(found, now)
    if other := errors.instead(language, slug, found, facts, now, f"citation.{form}"):
        return other
    with translation.override(language):
        text = FILES[form](Reader(found.payload, language), facts)
    response = HttpResponse(text, content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{number}.{form}"'
    return response

"""Read-only JSON: trips, which are the editions themselves, and the document that describes all of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from trips.facets import snapshot
from trips.models import Edition, Listing
from trips.renderings import api, openapi
from trips.views import editions
from trips.views.api_asked import choice, cut, page_asked
from trips.views.http import problem, shared

JSON = "application/json"


@shared
def trips(request: HttpRequest) -> HttpResponse:
    """All that is public, or what the filters leave of it, the latest first, a hundred a page."""
    chosen, shot = choice(request), snapshot(timezone.now())
    selection = shot.matching(
        {facet: [shot.find(facet, one) or "" for one in values] for facet, values in chosen.items()}
    )
    asked = [(facet, one) for facet, values in chosen.items() for one in values]
    page = cut(selection.bit_count(), page_asked(request), asked)
    return answered(api.listed("trips", _rows(shot.page(selection, page.start, page.stop)), page.told))


def _rows(editions: list[int]) -> list[dict[str, Any]]:
    """These editions as rows of the list, in this order."""
    titles: dict[int, dict[str, str]] = {pk: {} for pk in editions}
    known: dict[int, tuple[Any, ...]] = {}
    listed = Listing.objects.filter(edition__in=editions)
    for pk, language, title, *rest in listed.values_list(
        "edition", "language", "title", "slug", "starts_on", "ends_on"
    ):
        titles[pk][language] = title
        known[pk] = tuple(rest)
    return [api.entry(titles[pk], *known[pk]) for pk in editions if pk in known]


@shared
def trip(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    edition = editions.visible(slug, now)
    if edition:
        return answered(api.trip(issued(edition)))
    current = editions.moved(slug, now)
    if current:
        return HttpResponsePermanentRedirect(api.address("trips", current.slug))
    absence = editions.gone(slug, now)
    if absence is None:
        raise Http404
    return _absent(absence)


@shared
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition, superseded or not, so that the digest printed on its page can be checked."""
    now = timezone.now()
    found = editions.numbered(slug, number, now)
    if found is None:
        raise Http404
    if not Edition.objects.readable(now).filter(pk=found.pk).exists():
        return _absent(editions.absence(found, now))
    if found.slug != slug:
        return HttpResponsePermanentRedirect(api.address("trips", found.slug, "editions", number))
    return answered(api.trip(issued(found)))


@shared
def described(request: HttpRequest) -> HttpResponse:
    return answered(api.written(openapi.document()))


@shared
def nothing(request: HttpRequest) -> HttpResponse:
    """An address that the interface does not have."""
    raise Http404


def issued(edition: Edition) -> api.Issued:
    return api.Issued(
        document=edition.document,
        slug=edition.slug,
        number=edition.number,
        digest=edition.digest,
        public_from=edition.public_from,
        notes={"en": edition.note_en, "zh-hans": edition.note_zh_hans},
    )


def answered(text: str) -> HttpResponse:
    return HttpResponse(text, content_type=JSON)


def _absent(absence: editions.Gone) -> HttpResponse:
    """Gone, with what staff chose to say; no reason where the time of publication ran out."""
    one = absence.withdrawal
    reason = {"en": one.reason_en, "zh-hans": one.reason_zh_hans} if one else None
    detail = "This was withdrawn." if one else "This is no longer public."
    return problem(410, detail, editions=absence.numbers, reason=reason)

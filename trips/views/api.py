"""Read-only JSON: the editions themselves."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.utils import timezone

from exchange.lib.languages import CODES
from trips.models import Edition, Listing
from trips.renderings import api
from trips.views import editions
from trips.views.http import number, public

PER_PAGE = 100


@public
def trips(request: HttpRequest) -> HttpResponse:
    """All that is public, newest first, a hundred a page; ``next`` is the address of the page after this one."""
    page = max(1, number(request.GET.get("page"), 1))
    start = (page - 1) * PER_PAGE
    own = Listing.objects.public(timezone.now()).filter(language=CODES[0]).newest().select_related("edition")
    found = list(own.defer("edition__document")[start : start + PER_PAGE + 1])
    more = len(found) > PER_PAGE
    titles = _titles([one.edition_id for one in found])
    return _json(
        {
            "trips": [
                api.entry(slug=one.slug, titles=titles[one.edition_id], starts_on=one.starts_on, ends_on=one.ends_on)
                for one in found[:PER_PAGE]
            ],
            "next": api.following(page) if more else None,
        }
    )


def _titles(pks: list[int]) -> dict[int, dict[str, str]]:
    titles: dict[int, dict[str, str]] = {pk: {} for pk in pks}
    rows = Listing.objects.filter(edition__in=pks).values_list("edition", "language", "title")
    for pk, language, title in rows:
        titles[pk][language] = title
    return titles


@public
def trip(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    edition = editions.visible(slug, now)
    if edition:
        return HttpResponse(_enveloped(edition), content_type="application/json")
    current = editions.moved(slug, now)
    if current:
        return HttpResponsePermanentRedirect(api.address(current.slug))
    absence = editions.gone(slug, now)
    return _absent(absence) if absence else _unknown()


@public
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition, superseded or not, so that the digest printed on its page can be checked."""
    now = timezone.now()
    found = editions.numbered(slug, number, now)
    if found is None:
        return _unknown()
    if not Edition.objects.readable(now).filter(pk=found.pk).exists():
        return _absent(editions.absence(found, now))
    if found.slug != slug:
        return HttpResponsePermanentRedirect(api.edition_address(found.slug, number))
    return HttpResponse(_enveloped(found), content_type="application/json")


def _unknown() -> JsonResponse:
    return _json({"error": "not found"}, status=404)


def _absent(absence: editions.Gone) -> JsonResponse:
    return _json({"error": "withdrawn", "editions": absence.numbers, "reason": _reason(absence)}, status=410)


def _reason(absence: editions.Gone) -> dict[str, str] | None:
    """What staff chose to say; none where the time of publication ran out."""
    one = absence.withdrawal
    return {"en": one.reason_en, "zh-hans": one.reason_zh_hans} if one else None


def _json(answer: dict, *, status: int = 200) -> JsonResponse:
    return JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})


def _enveloped(edition: Edition) -> str:
    return api.trip(
        edition.document,
        slug=edition.slug,
        number=edition.number,
        digest=edition.digest,
        public_from=edition.public_from,
        notes={"en": edition.note_en, "zh-hans": edition.note_zh_hans},
    )

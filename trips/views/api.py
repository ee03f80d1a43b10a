"""Read-only JSON: the editions themselves."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from trips.models import Edition
from trips.renderings import api
from trips.renderings.lists import Pages
from trips.views import editions
from trips.views.http import number, public

PAGE = 100
JSON = "application/json"


@public
def trips(request: HttpRequest) -> HttpResponse:
    rows = Edition.objects.public(timezone.now()).defer("document")
    pages = Pages.of(rows.aggregate(count=Count("id"))["count"], PAGE, number(request.GET.get("page"), 1))
    shown = rows.order_by("-public_from", "slug").prefetch_related("listings")[pages.start : pages.stop]
    return HttpResponse(api.catalogue(list(shown), pages), content_type=JSON)


@public
def trip(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    edition = editions.visible(slug, now)
    if edition:
        return HttpResponse(api.envelope(edition), content_type=JSON)
    current = editions.moved(slug, now)
    if current:
        return HttpResponse(status=301, headers={"Location": api.address(current.slug)})
    absence = editions.gone(slug, now)
    if absence is None:
        return JsonResponse({"error": "not found"}, status=404)
    return JsonResponse(api.withdrawn(absence.withdrawal), status=410)

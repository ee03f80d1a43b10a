"""A picture of a trip on a page of its own, for as long as the visible edition shows it."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from trips.models import Edition, Mention
from trips.models.listing import Subject
from trips.renderings import photo as rendering
from trips.views import editions, errors
from trips.views.http import public


@public
def photo(request: HttpRequest, language: str, slug: str, uid: str) -> HttpResponse:
    now = timezone.now()
    edition = editions.visible(slug, now)
    if edition is None:
        return errors.absent(language, slug, now, f"photos/{uid}/")
    page = rendering.render(edition.payload, language, uid)
    return _absent(language, edition, uid, now) if page is None else HttpResponse(page)


def _absent(language: str, edition: Edition, uid: str, at: dt.datetime) -> HttpResponse:
    """Gone where an edition that was public showed the picture, else not found."""
    begun = Edition.objects.begun(at).filter(trip=edition.trip_id)
    if Mention.objects.filter(subject=Subject.PHOTO, key=uid, edition__in=begun).exists():
        return errors.picture_gone(language, edition.slug)
    raise Http404

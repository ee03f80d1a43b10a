"""A trip as other sites show it: a picture beside a link, and a small page in a frame."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.clickjacking import xframe_options_exempt

from trips.models import Edition
from trips.renderings import card as rendering
from trips.renderings import poster
from trips.views import editions, errors
from trips.views.http import public

KEPT_FOR = 24 * 3600  # seconds; it is the same drawing for as long as its key is


@public
def image(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The drawing of the visible edition. Whether there is one is asked anew, the drawing is kept."""
    now = timezone.now()
    edition = editions.visible(slug, now)
    if edition is None:
        return errors.absent(language, slug, now, "card.png")
    key = _key(edition, language)
    answer = get_conditional_response(request, etag=f'"{key}"')
    return answer or HttpResponse(_drawn(edition, language, key), "image/png", headers={"ETag": f'"{key}"'})


def _key(edition: Edition, language: str) -> str:
    parts = (edition.digest, language, settings.SITE_NAME, poster.VERSION)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _drawn(edition: Edition, language: str, key: str) -> bytes:
    kept = cache.get(f"card:{key}")
    if kept is None:
        kept = poster.draw(edition.payload, language)
        cache.set(f"card:{key}", kept, KEPT_FOR)
    return kept


@public
@xframe_options_exempt
def card(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The only public page that any site may show in a frame; so may be what stands there when it is gone."""
    now = timezone.now()
    edition = editions.visible(slug, now)
    if edition:
        response = HttpResponse(rendering.render(edition.payload, language))
    elif editions.moved(slug, now) or not editions.gone(slug, now):
        return errors.absent(language, slug, now, "card/")
    else:
        response = HttpResponse(rendering.gone(language), status=410)
    response._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]
    return response

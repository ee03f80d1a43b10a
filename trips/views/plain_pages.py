"""Pages that staff write, and what every page links of them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _

from trips.models import PageEdition, PageWithdrawal
from trips.renderings import plain_page
from trips.renderings.frame import PAGES, Staffed
from trips.views import errors
from trips.views.http import public


@public
def page(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    found = PageEdition.objects.public().filter(slug=slug).first()
    if found is None:
        return _elsewhere(language, slug)
    return HttpResponse(
        plain_page.render(found.payload, language, number=found.number, published_at=found.published_at)
    )


def linked() -> list[Staffed]:
    """The public pages of staff that stand in the menu or at the foot of every page, in order."""
    found = PageEdition.objects.linked().values_list("slug", "title_en", "title_zh_hans", "place")
    return [Staffed(slug, {"en": en, "zh-hans": zh}, place) for slug, en, zh, place in found]


def _elsewhere(language: str, slug: str) -> HttpResponse:
    """No public page lives at this address: it moved, is gone, or never was."""
    pages = PageEdition.objects.filter(slug=slug).order_by().values("page")
    current = PageEdition.objects.public().filter(page__in=pages).first()
    if current:
        return HttpResponsePermanentRedirect(f"/{language}/{PAGES}{current.slug}/")
    withdrawal = PageWithdrawal.objects.filter(page__in=pages).first()
    if withdrawal is None:
        raise Http404
    return errors.withdrawn(language, f"{PAGES}{slug}/", _("This page has been withdrawn"), withdrawal)

"""The front page, a trip, and its editions."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri

from exchange.lib.asked import asked_for
from institutions.models import Country
from trips import facets, statistics
from trips.models import Listing
from trips.related import related
from trips.renderings import lists, page
from trips.views import editions, errors
from trips.views.http import public

PER_PAGE = 20
LATEST = 5
COMING = 6


@public
def root(request: HttpRequest) -> HttpResponse:
    """To the language the browser asks for. The answer depends on that header, and on no cookie."""
    response = HttpResponseRedirect(f"/{asked_for(request.headers.get('Accept-Language', ''))}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public
def respelled(request: HttpRequest, tag: str, rest: str) -> HttpResponse:
    """Other ways of writing a language, such as /zh-CN/ or /EN/, lead to the one that is used."""
    language = "en" if tag.lower() == "en" else "zh-hans"
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"/{language}/{iri_to_uri(rest)}" + (f"?{query}" if query else ""))


def rows(listings: Iterable[Listing]) -> list[lists.Row]:
    return [
        lists.Row(one.slug, one.title, one.summary, one.starts_on, one.ends_on, one.demo, one.card) for one in listings
    ]


def listed(editions: Sequence[int], language: str, at: dt.datetime) -> list[lists.Row]:
    """The rows of these editions, in this order. Put in order here: the database would walk through all of them."""
    found = Listing.objects.public(at).filter(language=language, edition__in=editions).order_by()
    by_edition = {one.edition_id: one for one in found}
    return rows(by_edition[one] for one in editions if one in by_edition)


@public
def home(request: HttpRequest, language: str) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    own = Listing.objects.public(now).filter(language=language)
    return HttpResponse(
        lists.front(
            language,
            rows(own.filter(ends_on__lt=today).newest()[:LATEST]),
            rows(own.coming(today)[:COMING]),
            statistics.overview(facets.snapshot(now)),
            [
                (one.iso2, {"en": one.name_en, "zh-hans": one.name_zh_hans}, one.slug)
                for one in Country.objects.members(today)
            ],
        )
    )


@public
def trip(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    now = timezone.now()
    edition = editions.visible(slug, now)
    if edition is None:
        return errors.absent(language, slug, now)
    near = related(edition, language, now)
    return HttpResponse(page.render(edition.payload, language, edition=editions.facts(edition, now), near=near))


@public
def edition(request: HttpRequest, language: str, slug: str, number: int) -> HttpResponse:
    """One edition at the address by which it is cited, superseded or not."""
    now = timezone.now()
    found = editions.numbered(slug, number, now)
    if found is None:
        raise Http404
    facts = editions.facts(found, now, own_address=True)
    other = errors.instead(language, slug, found, facts, now)
    return other or HttpResponse(page.render(found.payload, language, edition=facts))

"""Read-only JSON: who takes part, and the member states."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from institutions.choices import NameKind
from institutions.models import Country, Organisation
from trips.edition.reading import HOMES
from trips.facets import Snapshot, snapshot
from trips.renderings import api
from trips.views import parties
from trips.views.answer import texts
from trips.views.api import answered
from trips.views.api_asked import cut, one_of, page_asked
from trips.views.http import shared
from trips.views.named import Named, organisation


@shared
def organisations(request: HttpRequest) -> HttpResponse:
    """Everyone a public trip names, by English name, a hundred a page."""
    known, kind = snapshot(timezone.now()), one_of(request, "kind", [*HOMES])
    those = [one for one in known.parties.values() if not kind or one.home == HOMES[kind]]
    page = cut(len(those), page_asked(request), [("kind", kind)] if kind else [])
    shown = sorted(those, key=lambda one: (one.names["en"].casefold(), one.key))[page.start : page.stop]
    checked = Organisation.objects.checked().select_related("city", "country")
    records = checked.in_bulk([one.key for one in shown], field_name="uid")
    rows = [api.party(_party(one.key, records.get(one.key), known)) for one in shown]
    return answered(api.listed("organisations", rows, page.told))


@shared
def one(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    if kind not in HOMES:
        raise Http404
    known = snapshot(timezone.now())
    found = organisation(HOMES[kind], slug, known)
    told = _party(found.key, found.live, known)
    if (told.kind, told.slug) != (kind, slug):
        return HttpResponsePermanentRedirect(api.address("organisations", told.kind, told.slug))
    return answered(api.written({"licence": api.licence(), **api.party(told), "further_names": _further(found)}))


def _party(key: str, live: Organisation | None, known: Snapshot) -> api.Party:
    """Without a record, which is one that no editor has checked, only what trips print."""
    value, trips = known.parties[key], known.of_party(key).bit_count()
    filtered = known.slugs["organisation"].get(key, "")
    path = parties.home(live, value)
    if live is None:
        return api.Party(key, parties.KINDS[value.home], value.slug, value.names, trips, path, filtered)
    return api.Party(key, live.kind, live.slug, texts(live, "name"), trips, path, filtered, _profile(live))


def _profile(live: Organisation) -> dict[str, Any]:
    return {
        "type": live.type or None,
        "short": texts(live, "short"),
        "city": texts(live.city, "name") if live.city else None,
        "country": live.country.iso2 if live.country else None,
        "website": live.website or None,
        "founded": live.founded,
        "ror": live.ror or None,
        "wikidata": live.wikidata or None,
        "about": texts(live, "about"),
    }


def _further(found: Named) -> list[dict[str, Any]]:
    """Former names with their days, aliases and acronyms, as the profile tells them."""
    if found.live is None:
        return []
    return [
        {
            "kind": one.kind,
            "language": one.language,
            "name": one.text,
            "valid_from": one.valid_from.isoformat() if one.valid_from else None,
            "valid_until": one.valid_until.isoformat() if one.valid_until else None,
        }
        for one in found.live.names.all()
        if one.kind != NameKind.VARIANT
    ]


@shared
def states(request: HttpRequest) -> HttpResponse:
    """Today's member states in protocol order, with a trip or without."""
    now = timezone.now()
    known = snapshot(now)
    rows = [_state(one, known) for one in Country.objects.members(timezone.localdate(now))]
    return answered(api.listed("member-states", rows, api.Page(1, 1, len(rows))))


def _state(country: Country, known: Snapshot) -> dict[str, Any]:
    trips, filtered = known.of("state", country.iso2).bit_count(), known.slugs["state"].get(country.iso2, "")
    return {
        "iso2": country.iso2,
        "iso3": country.iso3,
        "slug": country.slug,
        "name": texts(country, "name"),
        "full_name": texts(country, "full_name"),
        "joined_asean_on": country.joined_asean_on.isoformat() if country.joined_asean_on else None,
        "trips": api.trips_of("state", filtered, trips),
        "pages": api.pages(f"member-states/{country.slug}/"),
    }

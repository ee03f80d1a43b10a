"""Member states in the directory, with their embassies."""

import datetime as dt

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from institutions.choices import Kind
from institutions.models import Country, Organisation
from trips.facets import Snapshot
from trips.renderings import profile as profiles
from trips.renderings.directory import Row
from trips.views import parties
from trips.views.answer import STATES, Subjects, answer, state, texts

SECTION = STATES


def rows(known: Snapshot, at: dt.datetime) -> list[Row]:
    """Today's member states in protocol order."""
    members = Country.objects.members(timezone.localdate(at))
    return [state(one, known.of("state", one.iso2).bit_count()) for one in members]


def profile(language: str, slug: str, page: int, known: Snapshot, at: dt.datetime) -> HttpResponse:
    country = Country.objects.filter(slug=slug).first()
    if country is None:
        return _moved(language, slug, known)
    embassies = [one for one in _embassies(country) if one.uid in known.parties]
    members = list(Country.objects.members(timezone.localdate(at)))
    selection = known.of("state", country.iso2)
    if country not in members and not selection and not embassies:
        return _moved(language, slug, known)
    who = profiles.Profile(
        section=STATES,
        names=texts(country, "name"),
        address=f"{STATES}/{slug}/",
        full=texts(country, "full_name"),
        iso2=country.iso2,
        joined=country.joined_asean_on,
        capital=texts(country, "capital"),
        embassies=[texts(one, "name") for one in embassies if one.checked_at],
        member=country in members or country.iso2 in known.members,
    )
    own = Subjects(selection, "state", frozenset([country.iso2, *(one.uid for one in embassies)]))
    return answer(language, who, own, page, known, at, _neighbours(country, members))


def _embassies(country: Country) -> list[Organisation]:
    return list(country.organisations.filter(kind=Kind.EMBASSY).current())


def _moved(language: str, slug: str, known: Snapshot) -> HttpResponse:
    """From an address at which a public trip names a state or an embassy to where the state is now."""
    named = known.find("state", slug)
    country = Country.objects.filter(iso2=known.known["state"][named].key).first() if named else None
    address = f"{STATES}/{country.slug}/" if country else _moved_embassy(slug, known)
    if address == f"{STATES}/{slug}/":  # it would lead here again
        raise Http404
    return HttpResponsePermanentRedirect(f"/{language}/{address}")


def _moved_embassy(slug: str, known: Snapshot) -> str:
    live, _value = parties.who(STATES, slug, known)
    if live is None:
        raise Http404
    return parties.address(live)


def _neighbours(country: Country, members: list[Country]) -> tuple[Row | None, Row | None]:
    if country not in members:
        return None, None
    place = members.index(country)
    before = members[place - 1] if place else None
    after = members[place + 1] if place + 1 < len(members) else None
    return (state(before, 0) if before else None), (state(after, 0) if after else None)

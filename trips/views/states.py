"""Member states in the directory, with their embassies."""

import datetime as dt

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from institutions.choices import Kind
from institutions.models import Country, Organisation
from trips.facets import Snapshot
from trips.models import Mention
from trips.models.listing import Subject
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
        return _moved(language, slug, known, at)
    embassies = _embassies(country, known, at)
    members = list(Country.objects.members(timezone.localdate(at)))
    selection = known.of("state", country.iso2)
    if country not in members and not selection and not embassies:
        return _moved(language, slug, known, at)
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


def _embassies(country: Country, known: Snapshot, at: dt.datetime) -> list[Organisation]:
    """Those that public trips name; of one that nobody checked the trip has to say that it is this country's."""
    own = country.organisations.filter(kind=Kind.EMBASSY).current()
    named = [one for one in own if one.uid in known.parties]
    return [one for one in named if one.checked_at or _printed(known.parties[one.uid].slug, at) == country.iso2]


def _moved(language: str, slug: str, known: Snapshot, at: dt.datetime) -> HttpResponse:
    """From an address at which a public trip names a state or an embassy to where the state is now."""
    country = led_to(slug, known, at)
    if country is None or country.slug == slug:  # it would lead here again
        raise Http404
    return HttpResponsePermanentRedirect(f"/{language}/{STATES}/{country.slug}/")


def led_to(slug: str, known: Snapshot, at: dt.datetime) -> Country | None:
    """The country that a public trip names at this address, or that an embassy stands for which lives there."""
    named = known.find("state", slug)
    iso2 = known.known["state"][named].key if named else _of_embassy(slug, known, at)
    return Country.objects.filter(iso2=iso2).first()


def _of_embassy(slug: str, known: Snapshot, at: dt.datetime) -> str:
    """What its record says once it was checked, else what the trip says."""
    live, _value = parties.who(STATES, slug, known)
    if live:
        return live.country.iso2 if live.country else ""
    return _printed(slug, at)


def _printed(slug: str, at: dt.datetime) -> str:
    """The country that the latest trip gives with the embassy at this address, empty where it gives none."""
    named = Mention.objects.public(at).filter(subject=Subject.ORGANISATION, home=STATES, slug=slug)
    latest = named.select_related("edition").order_by("-starts_on", "-edition").first()
    return str(latest.edition.payload["parties"][latest.key]["country"]) if latest else ""


def _neighbours(country: Country, members: list[Country]) -> tuple[Row | None, Row | None]:
    if country not in members:
        return None, None
    place = members.index(country)
    before = members[place - 1] if place else None
    after = members[place + 1] if place + 1 < len(members) else None
    return (state(before, 0) if before else None), (state(after, 0) if after else None)

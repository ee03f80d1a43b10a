"""Who or what lives at an address of the directory, and the trips that name it."""

import datetime as dt
from typing import NamedTuple

from django.http import Http404

from institutions.models import Country, Organisation
from trips.facets import Snapshot
from trips.views import parties, places, states
from trips.views.answer import STATES, texts


class Named(NamedTuple):
    """Its names, its address below the language, the key that stays its own, its trips, its record if it has one."""

    names: dict[str, str]
    address: str
    key: str
    selection: int
    live: Organisation | None = None


def named(section: str, slug: str, known: Snapshot, at: dt.datetime) -> Named:
    """Whoever lives at this address, or lived there when a public trip named it so; else not found."""
    if section in places.FACETS:
        return _place(section, slug, known)
    if section == STATES:
        return _state(slug, known, at)
    return organisation(section, slug, known)


def organisation(section: str, slug: str, known: Snapshot) -> Named:
    """An organisation, under its own names once an editor has checked them, else under the latest printed ones."""
    live, value = parties.who(section, slug, known)
    names = texts(live, "name") if live else dict(value.names)
    return Named(names, parties.home(live, value), value.key, known.of_party(value.key), live)


def _state(slug: str, known: Snapshot, at: dt.datetime) -> Named:
    country = Country.objects.filter(slug=slug).first() or states.led_to(slug, known, at)
    if country is None or not (country.joined_asean_on or known.of("state", country.iso2)):
        raise Http404
    address = f"{STATES}/{country.slug}/"
    return Named(texts(country, "name"), address, country.iso2, known.of("state", country.iso2))


def _place(section: str, slug: str, known: Snapshot) -> Named:
    facet = places.FACETS[section]
    value = known.find(facet, slug)
    if value is None:
        raise Http404
    names = dict(known.label(facet, value))
    return Named(names, f"{section}/{value}/", known.known[facet][value].key, known.values[facet][value])

"""Which pages search engines are told of: those with words of their own, at the address that stays."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone

from exchange.lib.languages import CODES
from institutions.models import Country, Organisation
from trips.models import Listing, Mention, PageEdition
from trips.models.listing import Subject
from trips.renderings.frame import ALSO, FIGURES, MENU, PAGES
from trips.renderings.sitemap import Place
from trips.views.answer import STATES
from trips.views.parties import address

FIELDS = ("uid", "kind", "slug", "checked_at", "country__slug")
PARTS = [f"{of}{field}" for of in ("", "merged_into__") for field in FIELDS]
PER_FILE = 10_000  # addresses
MOST = 1000  # files: what is beyond them is not looked for


def places(at: dt.datetime) -> list[Place]:
    """All of them, in an order that stays while nothing is published."""
    return [place for source in SOURCES for place in source(at)[:]]


def files(at: dt.datetime) -> list[list[Place]]:
    """The pages divided so that no file has too many addresses."""
    found, size = places(at), PER_FILE // len(CODES)
    return [found[start : start + size] for start in range(0, len(found), size)]


def file(at: dt.datetime, number: int) -> list[Place]:
    """One of these files, the first being number 1. What stands in later ones is not read, nor are earlier trips."""
    found: list[Place] = []
    size = PER_FILE // len(CODES)
    start = (number - 1) * size
    for source in SOURCES:
        if len(found) < size:
            there = source(at)
            found += there[start : start + size - len(found)]
            start = max(0, start - len(there))
    return found


class _Trips(Sequence[Place]):
    """The trips, of which only those that are asked for are read."""

    def __init__(self, at: dt.datetime) -> None:
        own = Listing.objects.public(at).filter(language=CODES[0]).newest()
        self.listed = own.values_list("slug", "visible_from")

    def __len__(self) -> int:
        return self.listed.count()

    def __getitem__(self, some: Any) -> Any:
        return [Place(f"trips/{slug}/", since) for slug, since in self.listed[some]]


def _all(source: Callable[[dt.datetime], Iterator[Place]]) -> Callable[[dt.datetime], Sequence[Place]]:
    return lambda at: list(source(at))


def _fixed(at: dt.datetime) -> Iterator[Place]:
    """The lists change with every edition."""
    newest = Listing.objects.public(at).aggregate(newest=Max("visible_from"))["newest"]
    yield from (Place(path, newest) for path in ("", *(path for path, _label in (*MENU, FIGURES, *ALSO)), "data/"))


def _parties(at: dt.datetime) -> Iterator[Place]:
    """Each once, under the record that stands for it today; embassies are told of on the page of their state."""
    named = Mention.objects.public(at).filter(subject=Subject.ORGANISATION).order_by()
    printed = named.values_list("key", "home", "slug").annotate(
        since=Max("visible_from"), last=Max("starts_on"), edition=Max("edition")
    )
    records = Organisation.objects.select_related("merged_into__country", "country").only(*PARTS)
    known = records.in_bulk(field_name="uid")
    paths: dict[str, str] = {}
    told: dict[str, dt.datetime] = {}
    for key, section, slug, since, *_last in printed.order_by("last", "edition"):
        live = known.get(key)
        live = live.merged_into or live if live else None
        own = live.uid if live else key
        paths[own] = address(live) if live and live.checked_at else f"{section}/{slug}/"
        told[own] = max(since, told.get(own, since))
    found = {path: told[own] for own, path in paths.items() if not path.startswith(f"{STATES}/")}
    yield from (Place(path, found[path]) for path in sorted(found))


def _states(at: dt.datetime) -> Iterator[Place]:
    """The member states of today, and the countries that sent a delegation."""
    named = Mention.objects.public(at).filter(subject=Subject.STATE).order_by()
    since = dict(named.values_list("key").annotate(since=Max("visible_from")))
    for one in Country.objects.all():
        if one.iso2 in since or one.is_member_on(timezone.localdate(at)):
            yield Place(f"{STATES}/{one.slug}/", since.get(one.iso2))


def _places(at: dt.datetime) -> Iterator[Place]:
    """Cities and themes, as soon as the menu leads to a directory of them."""
    sections = [path.strip("/") for path, _label in (*MENU, *ALSO)]
    named = Mention.objects.public(at).filter(subject__in=(Subject.CITY, Subject.THEME), home__in=sections)
    told = named.order_by().values_list("home", "slug").annotate(since=Max("visible_from")).order_by("home", "slug")
    yield from (Place(f"{home}/{slug}/", since) for home, slug, since in told)


def _written(at: dt.datetime) -> Iterator[Place]:
    """What staff write besides."""
    found = PageEdition.objects.public().order_by("slug").values_list("slug", "published_at")
    yield from (Place(f"{PAGES}{slug}/", since) for slug, since in found)


# What there is most of comes last, so that no other file has to read it.
SOURCES: tuple[Callable[[dt.datetime], Sequence[Place]], ...] = (
    *map(_all, (_fixed, _states, _places, _written)),
    _Trips,
    _all(_parties),
)

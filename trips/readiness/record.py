"""The trip as the rules read it: loaded afresh, in a number of queries that does not grow with it."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects

from exchange.lib.languages import CODES, column
from exchange.lib.names import Names
from institutions.choices import Kind
from institutions.models import Country, Name, Organisation
from trips.choices import Attendance, Language
from trips.edition.freeze import organisations
from trips.models import Delegation, Edition, Report, Trip, Visit
from trips.readiness.finding import Both, both
from trips.readiness.prose import Passage, links, passages

TRIP_PAGE = re.compile(rf"/(?:{'|'.join(CODES)})/trips/([\w-]+)/?")


@dataclass(frozen=True)
class Record:
    """A trip with its parts, the address book's names, and the moment at which it would become public."""

    trip: Trip
    at: dt.datetime
    organisations: dict[int, Organisation]
    countries: list[Country]
    merged: dict[int, int]
    names: Names[int]
    embassies: frozenset[int]
    published_on: frozenset[dt.date]
    public_slugs: frozenset[str]

    @cached_property
    def full(self) -> bool:
        """False as long as only an outline would be public."""
        return self.trip.may_be_full(self.at)

    @cached_property
    def passages(self) -> list[Passage]:
        return passages(self.trip, full=self.full)

    @cached_property
    def reports(self) -> dict[str, Report]:
        """The reports in which something is written, by language."""
        return {one.language: one for one in self.trip.reports.all() if not one.is_empty}

    @property
    def has_chinese(self) -> bool:
        return Language.CHINESE in self.reports

    @cached_property
    def attended(self) -> list[Delegation]:
        return [one for one in self.trip.delegations.all() if one.status == Attendance.ATTENDED]

    @cached_property
    def states(self) -> dict[str, Country]:
        """The countries of the catalogue by their ISO codes."""
        return {one.iso2: one for one in self.countries}

    @cached_property
    def attending_states(self) -> set[str]:
        countries = (self.organisations[one.sender_id].country for one in self.attended)
        return {one.iso2 for one in countries if one}

    @cached_property
    def state_names(self) -> Names[str]:
        """What the countries are called: short and full names, and variants seen in the press."""
        return Names((name, one.iso2) for one in self.countries for name in _called(one))

    def organisation(self, key: int) -> Organisation:
        return self.organisations[key]

    def name(self, key: int) -> Both:
        """What an organisation was called on the trip's first day."""
        names = self.organisations[key].names_on(self.trip.starts_on)["name"]
        return Both(names["en"].strip(), names["zh-hans"].strip())

    @cached_property
    def coming(self) -> set[int]:
        """The delegations that have not declined."""
        return {one.pk for one in self.trip.delegations.all() if one.status != Attendance.DECLINED}

    def present(self, visit: Visit) -> set[int]:
        """The delegations at a visit."""
        return self.coming - {one.pk for one in visit.absent.all()}


def load(trip: Trip, at: dt.datetime) -> Record:
    fresh = Trip.objects.get(pk=trip.pk)
    prefetch_related_objects(
        [fresh],
        "route__city",
        "reports",
        "documents",
        "photos",
        "organisings",
        "delegations",
        "delegates",
        Prefetch("visits", Visit.objects.select_related("city")),
        "visits__participants",
        "visits__absent",
        "outcomes__parties",
        "coverage",
        "statements__speaker",
    )
    return Record(
        trip=fresh,
        at=at,
        organisations=organisations(fresh),
        countries=list(Country.objects.all()),
        **_address_book(),
        published_on=_publication_days(fresh, at),
        public_slugs=_public_slugs(fresh, at),
    )


def _address_book() -> dict[str, Any]:
    """All names of all organisations, those of a merged record for the record that it was merged into."""
    columns = [column(name, code) for name in ("name", "short") for code in CODES]
    rows = list(Organisation.objects.order_by().values_list("pk", "merged_into", "kind", *columns))
    merged = {key: into for key, into, *_rest in rows if into}
    names = [(name, key) for key, _into, _kind, *called in rows for name in called if name]
    names += Name.objects.order_by().values_list("text", "organisation")
    return {
        "merged": merged,
        "embassies": frozenset(key for key, _into, kind, *_called in rows if kind == Kind.EMBASSY),
        "names": Names((name, merged.get(key, key)) for name, key in names),
    }


def _called(country: Country) -> Iterable[str]:
    return [*both(country, "name"), *both(country, "full_name"), *country.variants.splitlines()]


def _publication_days(trip: Trip, at: dt.datetime) -> frozenset[dt.date]:
    """The days, in the trip's own time zone, on which it was or would be published or reported."""
    moments = [at, *Edition.objects.filter(trip=trip).order_by().values_list("public_from", flat=True)]
    reported = {one.date for one in trip.coverage.all() if one.date}
    return frozenset({one.astimezone(trip.zone).date() for one in moments} | reported)


def own_trip(address: str) -> str:
    """The last part of the address of a trip's page on this site; empty for any other address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    page = TRIP_PAGE.match(parts.path) if parts.netloc == urlsplit(settings.SITE_URL).netloc else None
    return page[1] if page else ""


def _public_slugs(trip: Trip, at: dt.datetime) -> frozenset[str]:
    """Those of the trips linked to that have a public edition, this trip's own page among them."""
    slugs = {own_trip(address) for report in trip.reports.all() for address, _words in links(report.body)}
    slugs |= {own_trip(one.link) for one in trip.coverage.all()}
    public = Edition.objects.public(at).order_by().values("slug")
    return frozenset({trip.slug, *public.filter(slug__in=slugs).values_list("slug", flat=True)})

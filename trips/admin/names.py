"""The trips whose next edition would print another name of an organisation than the one that is public now."""

import datetime as dt
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from exchange.lib.languages import CODES, column
from institutions.models import Organisation
from trips.models import Mention, Trip
from trips.models.listing import Subject

SHOWN = 25  # trips on a page
COLUMNS = ("title_en", "title_zh_hans", "slug", "starts_on", "ends_on")


class Change(NamedTuple):
    """A name that is public, the one that would take its place, and its language."""

    printed: str
    next: str
    language: str


class Renamed(NamedTuple):
    """A trip, and the names that its next edition would print otherwise."""

    trip: Trip
    changes: list[Change]


def renamed(user: Any, now: dt.datetime) -> list[Renamed]:
    """The latest trips first, in a fixed number of queries."""
    trips = {one.pk: one for one in Trip.objects.of(user).order_by("-starts_on", "slug").only(*COLUMNS)}
    parties = Mention.objects.public(now).filter(subject=Subject.ORGANISATION).order_by()
    names = (column("name", code) for code in CODES)
    printed = list(parties.values_list("edition__trip", "key", *names).distinct())
    known = _organisations(parties)
    changes: dict[Any, dict[Change, None]] = {key: {} for key in trips}
    for key, uid, *texts in printed:
        if key in trips and uid in known:
            changes[key] |= dict.fromkeys(_changes(texts, known[uid], trips[key].starts_on))
    return [Renamed(trips[key], list(found)) for key, found in changes.items() if found]


def _organisations(parties: QuerySet) -> dict[str, Organisation]:
    """By uid the record that would be named: of a merged one the one that stays."""
    rows = Organisation._base_manager.filter(uid__in=parties.values("key")).select_related("merged_into")
    return {one.uid: one.merged_into or one for one in rows.prefetch_related("names", "merged_into__names")}


def _changes(printed: list[str], party: Organisation, day: dt.date) -> list[Change]:
    names = party.names_on(day)["name"]
    both = zip(CODES, printed, strict=True)
    return [Change(text, names[code], code) for code, text in both if text != names[code]]


class Names:
    """For the admin of trips: the page of names that changed."""

    def get_urls(self) -> list[Any]:
        own = path("names/", self.admin_site.admin_view(self.names_view), name="trips_trip_names")  # type: ignore[attr-defined]
        return [own, *super().get_urls()]  # type: ignore[misc]

    def names_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        page = Paginator(renamed(request.user, timezone.now()), SHOWN).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
            "title": gettext("Names that would change"),
            "page": page,
        }
        return TemplateResponse(request, "admin/trips/trip/names.html", context)

"""Which languages of which trips lack a text, or have one that is older than its source: a page at the desk."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exchange.lib.languages import CODES, NAMES
from trips.models import Trip
from trips.readiness.translations import Gap, gaps, lacking

SHOWN = 25  # trips on a page
VIEWS = (("", _("All")), ("missing", _("Missing")), ("stale", _("Stale")))


class Line(NamedTuple):
    """What a trip lacks in a section of its form, in words, with a link to that section."""

    label: Any
    words: str
    is_missing: bool
    href: str


class Languages:
    """For the admin of trips: the page of trips and their languages."""

    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = path("languages/", guard(self.languages_view), name="trips_trip_languages")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def languages_view(self, request: HttpRequest) -> HttpResponse:
        """The trips of whoever is looking, newest first, each with what its languages lack."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        asked = request.GET.get("show", "")
        shown = asked if asked in dict(VIEWS) else ""
        trips = lacking(Trip.objects.of(request.user), shown).order_by("-starts_on", "slug")
        page = Paginator(trips.translated(), SHOWN).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
            "title": gettext("Languages"),
            "columns": [NAMES[code] for code in CODES],
            "trips": [{"trip": trip, "cells": list(self._cells(trip))} for trip in page],
            "page": page,
            "shown": shown,
            "views": [{"value": value, "label": label, "current": value == shown} for value, label in VIEWS],
        }
        return TemplateResponse(request, "admin/trips/trip/languages.html", context)

    def _cells(self, trip: Trip) -> Iterator[dict[str, Any]]:
        labels = {one.slug: one.label for one in self.sections}  # type: ignore[attr-defined]
        address = reverse("admin:trips_trip_change", args=[trip.pk])
        found = gaps(trip)
        for code in CODES:
            lines = [
                Line(labels[one.section], _words(one), bool(one.missing), f"{address}#{one.section}")
                for one in found[code]
            ]
            yield {"name": NAMES[code], "lines": lines}


def _words(gap: Gap) -> str:
    if gap.is_whole:
        return gettext("missing")
    counts = (
        (gap.missing, ngettext("%d text missing", "%d texts missing", gap.missing)),
        (gap.stale, ngettext("%d stale", "%d stale", gap.stale)),
    )
    return ", ".join(words % count for count, words in counts if count)

"""The filters of the list of trips."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from trips.choices import TripState
from trips.models import Trip


class StateFilter(admin.SimpleListFilter):
    """The states as a row of views with counts; a view nobody is in is not shown."""

    title = _("state")
    parameter_name = "state"
    template = "admin/desk/views.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(one.value, capfirst(str(one.label))) for one in TripState]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(state=self.value()) if self.value() in TripState.values else queryset

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        found = changelist.root_queryset.order_by().values_list("state").annotate(Count("pk"))
        counts = dict(found)
        for state, choice in zip([None, *TripState.values], super().choices(changelist), strict=True):
            count = counts.get(state, 0) if state else sum(counts.values())
            if state is None or count or choice["selected"]:
                yield {**choice, "state": state, "count": count}


class YearFilter(admin.SimpleListFilter):
    title = _("year")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = Trip.objects.order_by().values_list(ExtractYear("starts_on"), flat=True).distinct()
        return [(str(year), str(year)) for year in sorted(years, reverse=True)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        known = [value for value, _label in self.lookup_choices]
        return queryset.filter(starts_on__year=int(self.value())) if self.value() in known else queryset

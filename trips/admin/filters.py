"""The filters of the list of trips."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from trips.admin import waiting
from trips.admin.translations import behind
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


class Questions(admin.SimpleListFilter):
    """Choices that are conditions, each with the number of trips that fulfil it; one query counts for all of them."""

    def questions(self, user: Any) -> dict[str, tuple[Any, Q]]:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        self.asked = self.questions(request.user)
        return [(name, label) for name, (label, _condition) in self.asked.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        _label, condition = self.asked.get(self.value(), ("", Q()))
        return queryset.filter(condition)

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        counted = {name: Count("pk", filter=condition) for name, (_label, condition) in self.asked.items()}
        counts = changelist.root_queryset.order_by().aggregate(**counted)
        for name, choice in zip([None, *self.asked], super().choices(changelist), strict=True):
            yield {**choice, "count": counts.get(name)}


class MineFilter(Questions):
    title = _("mine")
    parameter_name = "mine"

    def questions(self, user: Any) -> dict[str, tuple[Any, Q]]:
        return {
            "waiting": (_("Waiting for me"), waiting.waiting(user)),
            "own": (_("My trips"), waiting.own(user)),
            "started": (_("Submitted by me, under way"), waiting.started(user)),
        }


class FindingsFilter(Questions):
    """What was found when a trip was last saved."""

    title = _("findings")
    parameter_name = "found"
    BLOCK, WARN = Q(found__block__gt=0), Q(found__warn__gt=0)

    def questions(self, user: Any) -> dict[str, tuple[Any, Q]]:
        return {
            "any": (_("Something to put right"), self.BLOCK | self.WARN),
            "block": (_("Stops publication"), self.BLOCK),
            "warn": (_("To check"), self.WARN),
        }


class LanguagesFilter(admin.SimpleListFilter):
    title = _("translation")
    parameter_name = "translation"
    HOWS = {"behind": (), "missing": ("missing",), "stale": ("stale",)}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("behind", _("Stale or missing")), ("missing", _("Missing")), ("stale", _("Stale"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return behind(queryset, *self.HOWS[self.value()]) if self.value() in self.HOWS else queryset


class YearFilter(admin.SimpleListFilter):
    title = _("year")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = Trip.objects.order_by().values_list(ExtractYear("starts_on"), flat=True).distinct()
        return [(str(year), str(year)) for year in sorted(years, reverse=True)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        known = [value for value, _label in self.lookup_choices]
        return queryset.filter(starts_on__year=int(self.value())) if self.value() in known else queryset

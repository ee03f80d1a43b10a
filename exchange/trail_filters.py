"""What the audit trail can be asked: which act, whose, on what kind of record, and when."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from exchange import audit, deeds
from exchange.models import AuditEntry


class DeedFilter(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(verb, capfirst(str(words))) for verb, words in audit.DEEDS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(verb=self.value()) if self.value() in audit.DEEDS else queryset


class PersonFilter(admin.SimpleListFilter):
    """Those who did something and still have an account, commands, and all others."""

    title = _("person")
    parameter_name = "by"
    COMMAND, GONE = "command", "gone"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        acted = User.objects.filter(Exists(AuditEntry.objects.filter(by=OuterRef("pk"))))
        people = sorted((one.get_full_name() or one.get_username(), str(one.pk)) for one in acted)
        named = [(key, name) for name, key in people]
        return [*named, (self.COMMAND, _("A command")), (self.GONE, _("People without an account"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if value not in {key for key, _label in self.lookup_choices}:
            return queryset
        if value == self.COMMAND:
            return queryset.filter(by=None, by_name="")
        return queryset.filter(by=None).exclude(by_name="") if value == self.GONE else queryset.filter(by=value)


class KindFilter(admin.SimpleListFilter):
    title = _("kind of record")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        models = AuditEntry.objects.order_by().values_list("model", flat=True).distinct()
        return sorted(((model, deeds.kind(model)) for model in models), key=lambda one: one[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        known = {model for model, _label in self.lookup_choices}
        return queryset.filter(model=self.value()) if self.value() in known else queryset


class PeriodFilter(admin.ListFilter):
    """Days as the desk counts them: the last ones, this year's, or from one to another, both included."""

    title = _("when")
    template = "admin/desk/period.html"
    NAMES = PERIOD, FIRST, LAST = "period", "from", "to"
    PERIODS = {"today": _("Today"), "week": _("7 days"), "month": _("30 days"), "year": _("This year")}

    def __init__(self, request: HttpRequest, params: dict[str, list[str]], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        asked = {name: params.pop(name)[-1] for name in self.NAMES if name in params}
        self.used_parameters.update({name: value for name, value in asked.items() if value})
        self.others: list[tuple[str, str]] = []

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str]:
        return [*self.NAMES]

    @property
    def first(self) -> dt.date | None:
        today, year = timezone.localdate(), timezone.localdate().replace(month=1, day=1)
        days = {"today": 0, "week": 6, "month": 29}
        starts = {name: today - dt.timedelta(days=count) for name, count in days.items()} | {"year": year}
        return starts.get(self.used_parameters.get(self.PERIOD, "")) or self.day(self.FIRST)

    @property
    def last(self) -> dt.date | None:
        return self.day(self.LAST)

    def day(self, name: str) -> dt.date | None:
        """A day that was typed; nothing where it is none."""
        try:
            return parse_date(self.used_parameters.get(name, ""))
        except ValueError:
            return None

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.first:
            queryset = queryset.filter(at__gte=_begins(self.first))
        return queryset.filter(at__lt=_begins(self.last + dt.timedelta(days=1))) if self.last else queryset

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        """Links to the periods; ``others`` is what the form for two days has to send along."""
        kept = {name: value for name, value in changelist.params.items() if name != "p"}
        self.others = [(name, value) for name, value in kept.items() if name not in self.NAMES]
        query = changelist.get_query_string
        yield {"selected": not self.used_parameters, "query_string": query(remove=self.NAMES), "display": _("Any time")}
        for name, label in self.PERIODS.items():
            address = query({self.PERIOD: name}, remove=[self.FIRST, self.LAST])
            selected = self.used_parameters.get(self.PERIOD) == name
            yield {"selected": selected, "query_string": address, "display": label}


def _begins(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))

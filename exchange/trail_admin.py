"""The audit trail on the desk: every act in a sentence, to be searched, and taken away as a table."""

import json
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from exchange import audit, deeds
from exchange.desk import Desk, ReadOnly
from exchange.desk.known import is_key
from exchange.desk.labels import bounded
from exchange.lib.tables import csv_lines
from exchange.models import AuditEntry
from exchange.trail_filters import DeedFilter, KindFilter, PeriodFilter, PersonFilter

COLUMNS = ("entry", "at", "verb", "what", "by", "account", "kind", "record", "label", "comment", "details", "data")
ASKED = ("q", *(one.parameter_name for one in (DeedFilter, PersonFilter, KindFilter)), *PeriodFilter.NAMES)
CHUNK = 1000  # entries at a time: a slow reader neither fills the memory nor holds up those who write


class TrailList(ChangeList):
    """The entries of one page know where their records are."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        links = addresses(self.model_admin.admin_site, request, self.result_list)
        for entry in self.result_list:
            entry.href = links.get((entry.model, entry.record), "")


@admin.register(AuditEntry)
class AuditAdmin(ReadOnly, Desk):
    """Every act of the workflow and of administration, with who did it and what they said."""

    list_display = ("when", "what", "kind")
    list_display_links = ("when",)
    list_filter = (DeedFilter, PersonFilter, KindFilter, PeriodFilter)
    list_per_page = 50
    search_fields = ("label", "by_name", "comment")
    show_full_result_count = False
    sortable_by = ()
    fields = ("happened", "line", "kind", "said", "facts")
    readonly_fields = fields
    only_counted = True
    parts = {
        "exchange.auditentry.by": ngettext_lazy(
            "%d entry, which keeps the person’s name in words", "%d entries, which keep the person’s name in words"
        )
    }

    def get_urls(self) -> list[Any]:
        export = self.admin_site.admin_view(self.export_view)
        return [path("export/", export, name="exchange_auditentry_export"), *super().get_urls()]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TrailList

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> AuditEntry | None:
        entry = super().get_object(request, *args, **kwargs)
        if entry:
            entry.href = addresses(self.admin_site, request, [entry]).get((entry.model, entry.record), "")
        return entry

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        title = unescape(strip_tags(deeds.sentence(context["original"])))
        return super().render_change_form(request, {**context, "title": title, "subtitle": None}, *args, **kwargs)

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """The filtered list as a table. That it was taken away is an entry itself, and not part of the table."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        back = redirect(f"{reverse('admin:exchange_auditentry_changelist')}?{request.GET.urlencode()}")
        if request.method != "POST":
            return back
        try:
            found = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return back
        filters = {name: bounded(value) for name, value in request.GET.items() if name in ASKED}
        own = audit.record("audit_exported", request.user, by=request.user, filters=filters, entries=found.result_count)
        rows = map(row, chunked(found.queryset.filter(pk__lt=own.pk)))
        name = f"audit-{timezone.localtime(own.at):%Y-%m-%d-%H%M}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return StreamingHttpResponse(csv_lines(COLUMNS, rows), content_type="text/csv; charset=utf-8", headers=headers)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        asked = request.GET.copy()
        asked.pop("p", None)
        return super().changelist_view(request, {"asked": asked.urlencode(), **(extra_context or {})})

    @admin.display(description=_("when"))
    def when(self, entry: AuditEntry) -> SafeString:
        local = timezone.localtime(entry.at)
        return format_html(
            '<span class="nowrap">{}</span><span class="sub">{}</span>', deeds.day(local), f"{local:%H:%M}"
        )

    @admin.display(description=_("what"))
    def what(self, entry: AuditEntry) -> SafeString:
        below = deeds.difference(entry)
        return format_html(
            "{}{}{}",
            deeds.sentence(entry, entry.href),
            format_html('<span class="said">{}</span>', entry.comment) if entry.comment else "",
            format_html('<span class="sub">{}</span>', below) if below else "",
        )

    @admin.display(description=_("kind of record"))
    def kind(self, entry: AuditEntry) -> str:
        return deeds.kind(entry.model)

    @admin.display(description=_("when"))
    def happened(self, entry: AuditEntry) -> str:
        return deeds.moment(entry.at)

    @admin.display(description=_("what happened"))
    def line(self, entry: AuditEntry) -> SafeString:
        return deeds.sentence(entry, entry.href)

    @admin.display(description=_("comment"))
    def said(self, entry: AuditEntry) -> SafeString | str:
        return format_html('<span class="said">{}</span>', entry.comment) if entry.comment else "—"

    @admin.display(description=_("details"))
    def facts(self, entry: AuditEntry) -> SafeString | str:
        known = deeds.facts(entry)
        return format_html('<dl class="facts">{}</dl>', known) if known else "—"


def addresses(site: Any, request: HttpRequest, entries: list[AuditEntry]) -> dict[tuple[str, str], str]:
    """Where the records are that still exist and that this person may see: one query for each kind of record."""
    keys: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        keys[entry.model].add(entry.record)
    found = {}
    for model, records in keys.items():
        section = site._registry.get(_model(model))
        if section is None or not section.has_view_permission(request):
            continue
        name = f"admin:{section.opts.app_label}_{section.opts.model_name}_change"
        usable = [one for one in records if is_key(section.model, one)]
        for key in section.get_queryset(request).order_by().filter(pk__in=usable).values_list("pk", flat=True):
            found[model, str(key)] = reverse(name, args=[key])
    return found


def _model(name: str) -> Any:
    try:
        return apps.get_model(name)
    except (LookupError, ValueError):
        return None


def chunked(entries: QuerySet) -> Iterator[AuditEntry]:
    """All of them, latest first, in queries that end at once: an open one would keep SQLite from writing."""
    entries, last = entries.select_related("by").order_by("-at", "-pk"), None
    while True:
        rest = entries.filter(at__lte=last.at).exclude(at=last.at, pk__gte=last.pk) if last else entries
        rows = list(rest[:CHUNK])
        yield from rows
        if len(rows) < CHUNK:
            return
        last = rows[-1]


def row(entry: AuditEntry) -> tuple[Any, ...]:
    """One entry, in the order of ``COLUMNS``."""
    return (
        entry.pk,
        timezone.localtime(entry.at).isoformat(),
        entry.verb,
        deeds.deed(entry),
        deeds.who(entry),
        entry.by.get_username() if entry.by else "",
        deeds.kind(entry.model),
        f"{entry.model} {entry.record}",
        entry.label,
        entry.comment,
        deeds.in_words(entry),
        json.dumps(entry.details, ensure_ascii=False),
    )

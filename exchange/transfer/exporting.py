"""The page of a list from which it is taken away as a file."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from exchange import audit
from exchange.desk.labels import bounded
from exchange.transfer.columns import Sheet
from exchange.transfer.files import TYPES, WORKBOOK_ROWS, Format, pieces

PRIVATE = "exchange.administer"


class ExportForm(forms.Form):
    """Which rows, as which file."""

    sheet = forms.ChoiceField(label=_("What to export"), widget=forms.RadioSelect)
    format = forms.ChoiceField(label=_("As"), choices=Format.choices, initial=Format.XLSX, widget=forms.RadioSelect)

    def __init__(self, sheets: tuple[Sheet, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["sheet"].choices = [(one.key, capfirst(str(one.label))) for one in sheets]
        self.fields["sheet"].initial = sheets[0].key


class Exporting:
    """For a ModelAdmin: its list, as it is filtered, can be taken away as one of its ``sheets``."""

    sheets: tuple[Sheet, ...] = ()

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"  # type: ignore[attr-defined]
        view = self.admin_site.admin_view(self.export_view)  # type: ignore[attr-defined]
        return [path("export/", view, name=name), *super().get_urls()]  # type: ignore[misc]

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """Choose what of the list to take away, and take it: only what the person may see in it."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        back = f"{reverse(admin_urlname(self.opts, 'changelist'))}?{request.GET.urlencode()}"  # type: ignore[attr-defined, arg-type]
        try:
            found = self.get_changelist_instance(request)  # type: ignore[attr-defined]
        except IncorrectLookupParameters:
            return redirect(back)
        form = ExportForm(self._open_sheets(request), request.POST or None)
        if form.is_valid():
            return self._exported(request, found, **form.cleaned_data)
        return self._export_page(request, found, form, back)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        asked = request.GET.copy()
        asked.pop("p", None)
        address = reverse(admin_urlname(self.opts, "export"))  # type: ignore[attr-defined, arg-type]
        more = {"export_url": f"{address}?{asked.urlencode()}".removesuffix("?")}
        return super().changelist_view(request, {**more, **(extra_context or {})})  # type: ignore[misc]

    def _open_sheets(self, request: HttpRequest) -> tuple[Sheet, ...]:
        may = [request.user.has_perm(_permission(one)) for one in self.sheets]
        return tuple(one for one, allowed in zip(self.sheets, may, strict=True) if allowed)

    def _export_page(self, request: HttpRequest, found: Any, form: ExportForm, back: str) -> HttpResponse:
        opts = self.opts  # type: ignore[attr-defined]
        count = found.result_count
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": opts,
            "title": _("Export “%s”") % capfirst(opts.verbose_name_plural),
            "form": form,
            "back": back,
            "filtered": found.has_active_filters or bool(found.query),
            "count": ngettext("%d record", "%d records", count) % count,
            "limit": f"{WORKBOOK_ROWS:,}",
        }
        return TemplateResponse(request, "admin/desk/export.html", context)

    def _exported(self, request: HttpRequest, found: Any, *, sheet: str, format: str) -> HttpResponseBase:
        one = next(one for one in self.sheets if one.key == sheet)
        records = one.records(found.queryset)
        count = records.count()
        if format == Format.XLSX and count > WORKBOOK_ROWS:
            words = _("These are %(count)d rows: too many for a workbook. Take them as CSV, or filter the list.")
            messages.warning(request, words % {"count": count})
            return redirect(request.get_full_path())
        private = request.user.has_perm(PRIVATE)
        filters = {name: bounded(value) for name, value in request.GET.items()}
        audit.record("exported", request.user, by=request.user, sheet=one.key, filters=filters, rows=count)
        file = f"{one.key}-{timezone.localtime():%Y-%m-%d-%H%M}.{format}"
        headers = {"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "no-store"}
        make: Callable[..., Any] = partial(pieces, format, one, one.open_to(private=private), records)
        return StreamingHttpResponse(make(), content_type=TYPES[Format(format)], headers=headers)


def _permission(sheet: Sheet) -> str:
    return f"{sheet.model._meta.app_label}.view_{sheet.model._meta.model_name}"

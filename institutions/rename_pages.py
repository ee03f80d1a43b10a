"""The page on which a new name is recorded, with the day from which it is the name."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk import Action
from exchange.desk.words import field_label
from exchange.lib.bilingual import TAGS
from exchange.versions.keeping import of
from institutions.ledger import COLUMNS, findings, rename, seen
from institutions.models import Organisation


class RenameForm(forms.Form):
    """The names as they are from a day on."""

    on = forms.DateField(
        label=_("Renamed on"),
        help_text=_("The first day of the new name."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(dt.date(1800, 1, 1))],
    )
    source = forms.CharField(
        label=_("Source"), max_length=200, required=False, help_text=_("Where this can be read, such as a notice.")
    )
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, record: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for name, (_part, code) in COLUMNS.items():
            column = Organisation._meta.get_field(name)
            field = column.formfield(label=field_label(column), initial=getattr(record, name))
            field.widget.attrs["lang"] = TAGS[code]
            self.fields[name] = field
        self.initial["digest"] = seen(record)
        self.order_fields([*COLUMNS, "on", "source"])

    @property
    def names(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in COLUMNS}


class Renaming:
    """For the admin of a section of the address book."""

    def get_urls(self) -> list[Any]:
        name = f"institutions_{self.opts.model_name}_rename"  # type: ignore[attr-defined]
        own = [path("<int:pk>/rename/", self.admin_site.admin_view(self.rename_view), name=name)]  # type: ignore[attr-defined]
        return own + super().get_urls()  # type: ignore[misc]

    def menu_for(self, request: HttpRequest, obj: Organisation) -> list[Action]:
        menu = super().menu_for(request, obj)  # type: ignore[misc]
        if not self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return menu
        address = reverse(f"admin:institutions_{self.opts.model_name}_rename", args=[obj.pk])  # type: ignore[attr-defined]
        return [Action(_("Renamed on…"), href=address), *menu]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        record = context["adminform"].form.instance
        if record.pk and request.method == "GET":
            context["ledger"] = findings(record)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def rename_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        record = self._record(request, pk)  # type: ignore[attr-defined]
        if record.merged_into_id:
            raise Http404
        form = RenameForm(record, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                entered = form.cleaned_data
                more = {"on": entered["on"], "source": entered["source"], "digest": entered["digest"]}
                rename(record, form.names, by=request.user, **more)
                return self._renamed(request, record)
            except ValidationError as refusal:
                form.add_error(None, refusal)
                form.data = form.data.copy()
                form.data["digest"] = seen(self._record(request, pk))  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": record,
            "title": gettext("A new name of “%s”") % record,
            "form": form,
        }
        return TemplateResponse(request, "admin/institutions/rename.html", context)

    def _renamed(self, request: HttpRequest, record: Organisation) -> HttpResponse:
        """The version before is the way back."""
        before = of(self.model, record.pk)[1]  # type: ignore[attr-defined]
        way = reverse(f"admin:institutions_{self.opts.model_name}_version", args=[record.pk, before.pk])  # type: ignore[attr-defined]
        words, undo = gettext("The new name is recorded, and the old one until the day before."), gettext("Undo it…")
        self.message_user(request, format_html('{} <a href="{}">{}</a>', words, way, undo), messages.SUCCESS)  # type: ignore[attr-defined]
        return redirect(admin_urlname(self.opts, "change"), record.pk)  # type: ignore[attr-defined, arg-type]

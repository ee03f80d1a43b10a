"""The parts of a trip as rows of its form."""

import copy
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk import DeskForm, Rows
from exchange.desk.kept import UNKEPT
from exchange.desk.words import flag, weekday
from institutions.models import Embassy, HostInstitution, Organiser
from trips.admin.uploads import check_pdf
from trips.models import (
    Coverage,
    Delegate,
    DelegateContact,
    Delegation,
    Document,
    Organising,
    Outcome,
    Photo,
    RouteStop,
    Statement,
    Visit,
)


class RouteRows(Rows):
    model = RouteStop
    summary = ("city", "arrives_on")
    related = ("city",)
    autocomplete_fields = ("city",)
    fields = (("city", "arrives_on"), "position")


class OrganiserRows(Rows):
    model = Organising
    adds = {"organisation": Organiser}
    summary = ("organisation", "role", "as_printed")
    related = ("organisation",)
    autocomplete_fields = ("organisation",)
    fields = (("organisation", "role"), ("as_printed_en", "as_printed_zh_hans"), "position")


class DelegationRows(Rows):
    model = Delegation
    adds = {"sender": Embassy}
    hint = _("States stand in protocol order; the desk keeps it. Only those who attended are ever shown to the public.")
    summary = ("flag", "sender", "status", "size", "note")
    related = ("sender__country",)
    autocomplete_fields = ("sender",)
    fields = (("sender", "status", "size"), "note")

    def part_flag(self, row: Delegation) -> str:
        return flag(row.sender.country)


class DelegateForm(DeskForm):
    """A person with the private contact beside it, for those who may see it."""

    email = DelegateContact._meta.get_field("email").formfield()
    phone = DelegateContact._meta.get_field("phone").formfield()
    needs = DelegateContact._meta.get_field("needs").formfield(widget=forms.Textarea(attrs={"rows": 2}))
    private = ("email", "phone", "needs")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact = getattr(self.instance, "contact", None) if self.instance.pk and "email" in self.fields else None
        for name in (one for one in self.private if one in self.fields):
            self.fields[name].widget.attrs.update(UNKEPT)
            if contact:
                self.initial[name] = getattr(contact, name)

    def save(self, commit: bool = True) -> Delegate:
        person = super().save(commit)
        private = {name: self.cleaned_data[name] for name in self.private if name in self.changed_data}
        if commit and private:
            DelegateContact.objects.update_or_create(delegate=person, defaults=private)
        return person


class DelegateRows(Rows):
    model = Delegate
    form = DelegateForm
    hint = _("Nobody is named on the public page unless you say so. Contact data is never public.")
    summary = ("name", "role", "post", "public")
    related = ("organisation", "delegation__sender")
    autocomplete_fields = ("organisation",)
    own = {"delegation": "delegations__sender"}
    fields = (
        ("name_en", "name_zh_hans"),
        ("role", "delegation"),
        ("post_en", "post_zh_hans"),
        ("organisation", "rank"),
        "public",
        "position",
    )

    def part_public(self, row: Delegate) -> str:
        return gettext("Named in public") if row.public else ""

    def may_see_contact(self, request: HttpRequest) -> bool:
        return request.user.has_perm("trips.view_delegatecontact")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.select_related("contact") if self.may_see_contact(request) else rows

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple]:
        private = [(_("Private contact"), {"fields": [("email", "phone"), "needs"]})]
        return [(None, {"fields": self.fields}), *(private if self.may_see_contact(request) else [])]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[forms.BaseInlineFormSet]:
        formset = super().get_formset(request, obj, **kwargs)
        for name in DelegateForm.private:
            if not self.may_see_contact(request):
                del formset.form.base_fields[name]
            elif not request.user.has_perm("trips.change_delegatecontact"):
                formset.form.base_fields[name] = copy.copy(formset.form.base_fields[name])
                formset.form.base_fields[name].disabled = True
        return formset


class VisitRows(Rows):
    model = Visit
    adds = {"host": HostInstitution}
    summary = ("date", "starts", "host", "kind", "city")
    related = ("host", "city")
    prefetched = ("participants", "absent")
    autocomplete_fields = ("host", "city", "participants")
    own = {"absent": "delegations__sender"}
    fields = (
        ("date", "starts", "ends", "day_part"),
        ("kind", "host", "city"),
        ("place_en", "place_zh_hans"),
        ("seen_en", "seen_zh_hans"),
        ("company_en", "company_zh_hans"),
        "participants",
        "absent",
        "attendance_public",
        "position",
    )

    def part_date(self, row: Visit) -> str:
        return weekday(row.date) or gettext("No day")

    def part_host(self, row: Visit) -> str:
        return str(row)

    def formfield_for_manytomany(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "absent":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class PhotoRows(Rows):
    """Pictures that are there; new ones come in through the form's own field, several at once."""

    model = Photo
    hint = _("The first photo leads the page. A photo without a basis for showing it stays on the desk.")
    summary = ("thumb", "caption", "consent")
    readonly_fields = ("picture",)
    fields = (
        "picture",
        ("caption_en", "caption_zh_hans"),
        ("alt_en", "alt_zh_hans"),
        ("credit_en", "credit_zh_hans"),
        ("consent", "focus_x", "focus_y"),
        "position",
    )

    def has_add_permission(self, request: HttpRequest, obj: Any) -> bool:
        return False

    def part_thumb(self, row: Photo) -> str:
        return format_html('<img class="thumb" src="{}" alt="" width="72" height="48" loading="lazy">', photo_url(row))

    def part_caption(self, row: Photo) -> str:
        return row.caption or row.alt or gettext("No caption yet")

    @admin.display(description=_("picture"))
    def picture(self, row: Photo) -> str:
        return format_html('<img class="shown" src="{}" alt="{}" loading="lazy">', photo_url(row), row.alt)


class DocumentForm(DeskForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            check_pdf(file)
        return file


class DocumentRows(Rows):
    model = Document
    form = DocumentForm
    hint = _("PDF files of up to 15 MB. The public sees those that you mark as public.")
    summary = ("title", "language", "public")
    readonly_fields = ("current",)
    fields = (("title_en", "title_zh_hans"), ("file", "current"), ("language", "public"), "position")
    formfield_overrides = {**Rows.formfield_overrides, models.FileField: {"widget": forms.FileInput}}

    def part_public(self, row: Document) -> str:
        return gettext("Public") if row.public else ""

    @admin.display(description=_("stored file"))
    def current(self, row: Document) -> str:
        if not row.file:
            return "—"
        return format_html('<a href="{}">{}</a>', document_url(row), gettext("Open the file"))


class CoverageRows(Rows):
    model = Coverage
    hint = _("The outlet alone is enough, where the report names only the paper.")
    summary = ("date", "outlet", "headline", "language")
    related = ("outlet",)
    autocomplete_fields = ("outlet",)
    fields = (("outlet", "date", "language"), "headline", "link", "position")


class StatementRows(Rows):
    model = Statement
    summary = ("kind", "text", "who", "approved")
    own = {"speaker": "delegates"}
    fields = (
        ("text_en", "text_zh_hans"),
        ("who_en", "who_zh_hans"),
        ("speaker", "kind"),
        "approved",
        "position",
    )

    def part_approved(self, row: Statement) -> str:
        return gettext("Wording approved") if row.approved else ""


class OutcomeRows(Rows):
    model = Outcome
    summary = ("kind", "text", "state", "due_on", "public")
    related = ("owner",)
    prefetched = ("parties",)
    autocomplete_fields = ("parties", "owner")
    fields = (
        ("text_en", "text_zh_hans"),
        ("kind", "state", "due_on"),
        ("who_en", "who_zh_hans"),
        ("parties", "owner"),
        "public",
        "position",
    )

    def part_public(self, row: Outcome) -> str:
        return gettext("Public") if row.public else ""


def photo_url(photo: Photo) -> str:
    """Where the desk shows a picture, small, to those who may see its trip."""
    return reverse("admin:trips_trip_photo", args=[photo.trip_id, photo.uid, "small"])


def document_url(document: Document) -> str:
    return reverse("admin:trips_trip_document", args=[document.trip_id, document.uid])

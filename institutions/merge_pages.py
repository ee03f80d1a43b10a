"""The pages of merging: which record stays, what will happen, the act; and the page that takes it back."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk import Action, label_of
from exchange.desk.known import Known, KnownChoice
from exchange.desk.uses import counted, uses
from exchange.desk.words import field_label, language
from exchange.lib.bilingual import listed
from exchange.models import AuditEntry
from institutions.merging import Plan, Refused, merge, owner_of, plan
from institutions.models import Organisation
from institutions.unmerging import Reversal, merges, reversal, unmerge

PAIR = 2
STAYS, GOES = "survivor", "loser"


class OfSection(Known, AutocompleteSelect):
    """An autocomplete that offers the records of one section."""

    def __init__(self, kind: str, site: admin.AdminSite) -> None:
        super().__init__(Organisation._meta.get_field("merged_into"), site)
        self.kind = kind

    def get_url(self) -> str:
        return f"{super().get_url()}?kind={self.kind}"


class ChooseForm(forms.Form):
    into = KnownChoice(Organisation.objects.none(), label=_("The record that stays"))

    def __init__(self, loser: Organisation, site: admin.AdminSite, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        field = self.fields["into"]
        field.widget = OfSection(loser.kind, site)
        field.queryset = Organisation.objects.current().filter(kind=loser.kind).exclude(pk=loser.pk)


class MergeForm(forms.Form):
    """The digest of what was seen, and for each field in which the records differ which value is right."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, what: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for one in what.differences:
            shown = [(side, _shown(getattr(what, side), one)) for side in (STAYS, GOES)]
            self.fields[one.name] = forms.ChoiceField(
                label=field_label(one), choices=shown, initial=STAYS, widget=forms.RadioSelect
            )

    @property
    def choices(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name != "digest"]

    @property
    def taken(self) -> list[str]:
        return [name for name, side in self.cleaned_data.items() if name != "digest" and side == GOES]


class Merging:
    """For the admin of a section of the address book."""

    def get_urls(self) -> list[Any]:
        guard, name = self.admin_site.admin_view, f"institutions_{self.opts.model_name}"  # type: ignore[attr-defined]
        own = [
            path("<int:pk>/merge/", guard(self.merge_view), name=f"{name}_merge"),
            path("<int:pk>/unmerge/<int:entry>/", guard(self.unmerge_view), name=f"{name}_unmerge"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def menu_for(self, request: HttpRequest, obj: Organisation) -> list[Action]:
        menu = super().menu_for(request, obj)  # type: ignore[misc]
        if not self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return menu
        undo = [
            Action(
                gettext("Undo the merge of “%s”…") % one.details["loser"]["label"], href=self._undo_address(obj, one)
            )
            for one in merges(obj)
        ]
        return [self._way_to_merge(obj), *undo, *menu]

    def instead_of_deleting(self, request: HttpRequest, record: Organisation) -> list[Action]:
        return [self._way_to_merge(record, loud=True)] if self.has_change_permission(request, record) else []  # type: ignore[attr-defined]

    @admin.action(description=_("Merge the two that are ticked"), permissions=["change"])
    def merge_selected(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse | None:
        """The one that an editor checked stays, or else the older one; the page lets it be the other way round."""
        ticked = sorted(queryset[: PAIR + 1], key=lambda one: (one.checked_at is None, one.pk))
        if len(ticked) != PAIR:
            self.message_user(request, gettext("Tick exactly two records to merge them."), messages.WARNING)  # type: ignore[attr-defined]
            return None
        return redirect(self.merge_address(ticked[1], ticked[0]))

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose the record that stays, see what will happen, do it."""
        loser = self._record(request, pk)
        if loser.merged_into_id:
            words = gettext("“%s” was merged into this record already.") % loser
            self.message_user(request, words, messages.WARNING)  # type: ignore[attr-defined]
            return redirect(admin_urlname(self.opts, "change"), loser.merged_into_id)  # type: ignore[attr-defined, arg-type]
        chosen = ChooseForm(loser, self.admin_site, request.GET if "into" in request.GET else None)  # type: ignore[attr-defined]
        if not chosen.is_valid():
            title = gettext("Merge “%(original)s” into another record") % {"original": loser}
            return self._merge_page(request, "choose", loser, {"title": title, "form": chosen, "media": chosen.media})
        survivor = chosen.cleaned_data["into"]
        what, refusal = plan(loser, survivor), None
        form = MergeForm(what, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                merge(loser, survivor, by=request.user, digest=form.cleaned_data["digest"], taken=form.taken)
                return self._merged(request, loser, survivor)
            except Refused as found:
                refusal = found.messages[0]
        elif request.method == "POST":
            refusal = gettext("Choose one of the two values in every field.")
        context = {
            "title": gettext("Merge “%(original)s” into “%(survivor)s”") % {"original": loser, "survivor": survivor},
            "form": form,
            "what": what,
            "refusal": refusal,
            "survivor": survivor,
            "uses": uses([loser], request, self.admin_site, deleting=False)[0],  # type: ignore[attr-defined]
            "names": what.names(form.taken if form.is_bound and form.is_valid() else ()),
            "filled": [(field_label(one), _shown(loser, one)) for one in what.filled],
            "conflicts": self._placed(request, what.conflicts),
            "duplicates": self._placed(request, what.duplicates),
            "swap": self.merge_address(survivor, loser),
        }
        return self._merge_page(request, "merge", loser, context)

    def unmerge_view(self, request: HttpRequest, pk: int, entry: int) -> HttpResponse:
        """What taking the merge back would do, and the act."""
        survivor = self._record(request, pk)
        noted = next((one for one in merges(survivor) if one.pk == entry), None)
        loser = Organisation._base_manager.filter(pk=noted.details["loser"]["pk"]).first() if noted else None
        if noted is None or loser is None:
            raise Http404
        refusal = what = None
        try:
            if request.method == "POST":
                unmerge(noted, survivor, by=request.user, digest=str(request.POST.get("digest", "")))
                return self._unmerged(request, loser, survivor)
        except Refused as found:
            refusal = found.messages[0]
        try:
            what = reversal(noted, survivor, loser)
        except Refused as found:
            refusal = found.messages[0]
        names = {"loser": loser, "original": survivor}
        title = gettext("Undo the merge of “%(loser)s” into “%(original)s”") % names
        context = {"title": title, "noted": noted, "what": what, "loser": loser, "refusal": refusal}
        return self._merge_page(request, "unmerge", survivor, {**context, **self._told(request, what)})

    def _record(self, request: HttpRequest, pk: int) -> Organisation:
        record = self.model.objects.filter(pk=pk).first()  # type: ignore[attr-defined]
        if record is None:
            raise Http404
        if not self.has_change_permission(request, record):  # type: ignore[attr-defined]
            raise PermissionDenied
        return record

    def _merged(self, request: HttpRequest, loser: Organisation, survivor: Organisation) -> HttpResponse:
        stays = self.model._base_manager.get(pk=survivor.pk)  # type: ignore[attr-defined]
        self.log_change(request, stays, gettext("Merged “%s” into it.") % loser)  # type: ignore[attr-defined]
        self.log_change(request, loser, gettext("Merged into “%s”.") % survivor)  # type: ignore[attr-defined]
        words = gettext("“%(loser)s” was merged into this record. The menu ⋯ can undo it.") % {"loser": loser}
        self.message_user(request, words, messages.SUCCESS)  # type: ignore[attr-defined]
        return redirect(admin_urlname(self.opts, "change"), survivor.pk)  # type: ignore[attr-defined, arg-type]

    def _unmerged(self, request: HttpRequest, loser: Organisation, survivor: Organisation) -> HttpResponse:
        self.log_change(request, survivor, gettext("Undid the merge of “%s”.") % loser)  # type: ignore[attr-defined]
        words = gettext("“%s” is a record of its own again.") % loser
        self.message_user(request, words, messages.SUCCESS)  # type: ignore[attr-defined]
        return redirect(admin_urlname(self.opts, "change"), loser.pk)  # type: ignore[attr-defined, arg-type]

    def _told(self, request: HttpRequest, what: Reversal | None) -> dict[str, Any]:
        """What undoing would do, in words."""
        if what is None:
            return {}
        kinds = Counter(model for model, _key in {_naming(row) for row in what.links})
        return {
            "links": _line(counted(kind, number) for kind, number in kinds.items()),
            "fields": _line(field_label(one) for one in what.fields),
            "going": _line(str(row) for row in what.going),
            "kept": self._placed(request, what.kept),
        }

    def _placed(self, request: HttpRequest, found: Iterable[Any]) -> list[tuple[Any, str]]:
        """Each with a link to the record it is part of, which is named only to those who may see that."""
        found = list(found)
        keys: dict[type[models.Model], set[Any]] = {}
        for one in found:
            if one.whole is not None and self.admin_site.is_registered(type(one.whole)):  # type: ignore[attr-defined]
                keys.setdefault(type(one.whole), set()).add(one.whole.pk)
        places: dict[Any, str] = {}
        for model, wanted in keys.items():
            there = self.admin_site.get_model_admin(model)  # type: ignore[attr-defined]
            for record in there.seen(request).filter(pk__in=wanted):
                link = format_html('<a href="{}">{}</a>', there.address_of(record), there.label(record))
                places[model, record.pk] = link
        return [(one, places.get((type(one.whole), getattr(one.whole, "pk", None)), "")) for one in found]

    def _merge_page(self, request: HttpRequest, page: str, record: Organisation, context: dict) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "original": record}  # type: ignore[attr-defined]
        return TemplateResponse(request, f"admin/institutions/{page}.html", {**frame, **context})

    def _way_to_merge(self, record: Organisation, *, loud: bool = False) -> Action:
        return Action(_("Merge into another…"), href=self.merge_address(record), loud=loud)

    def merge_address(self, loser: Organisation, survivor: Organisation | None = None) -> str:
        """The page on which the one is merged into the other; without that, on which it is chosen."""
        address = reverse(f"admin:institutions_{self.opts.model_name}_merge", args=[loser.pk])  # type: ignore[attr-defined]
        return f"{address}?into={survivor.pk}" if survivor else address

    def _undo_address(self, survivor: Organisation, entry: AuditEntry) -> str:
        return reverse(f"admin:institutions_{self.opts.model_name}_unmerge", args=[survivor.pk, entry.pk])  # type: ignore[attr-defined]


def _naming(row: models.Model) -> tuple[type[models.Model], Any]:
    """The record that names another one by the row: the row itself, or the record whose choice it is."""
    if not row._meta.auto_created:
        return type(row), row.pk
    owner = owner_of(row)
    return owner.related_model, getattr(row, owner.attname)  # type: ignore[return-value]


def _line(words: Iterable[str]) -> str:
    return listed(words, language())


def _shown(record: Organisation, one: models.Field) -> str:
    """A field's value as people read it."""
    display = getattr(record, f"get_{one.name}_display", None)
    value = capfirst(display()) if display else getattr(record, one.name)
    return label_of(value) if isinstance(value, models.Model) else str(value)

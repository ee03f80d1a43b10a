"""The pages on which a file comes in: choose it, match its columns, see what it would do, do it, take it back."""

from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from exchange.desk.words import at_minute
from exchange.lib import sheets as files
from exchange.lib.folding import fold
from exchange.models import Import, ImportRow
from exchange.transfer import jobs
from exchange.transfer.checking import CHANGED, NEW, SAME, SIMILAR, WRONG
from exchange.transfer.columns import Column, Sheet
from exchange.transfer.files import TYPES, Format

State = Import.State
PAGE = 50
REMEMBERED = 20  # imports of the same sheet whose matching is looked at
WORDS = {
    NEW: pgettext_lazy("rows of a file", "New"),
    CHANGED: pgettext_lazy("rows of a file", "Changed"),
    SIMILAR: _("Looks like a known one"),
    WRONG: _("Cannot be read"),
    SAME: pgettext_lazy("rows of a file", "The same"),
}
FIRST = (WRONG, SIMILAR, CHANGED, NEW)  # what a person has to look at
STATUS = {
    State.CHECKED: _("The file was checked. Nothing is written yet."),
    State.APPLIED: _("The file was written."),
    State.UNDONE: _("What the file did was taken back."),
    State.CANCELLED: _("The import was cancelled. Nothing was written."),
    State.REFUSED: _("The file was refused. Nothing was written."),
}


class FileForm(forms.Form):
    """The file, and which rows it holds."""

    sheet = forms.ChoiceField(label=_("What the rows are"), widget=forms.RadioSelect)
    file = forms.FileField(label=_("File"), help_text=_("An Excel workbook (.xlsx) or a CSV file, up to 20 MB."))

    def __init__(self, sheets: list[Sheet], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["sheet"].choices = [(one.key, capfirst(str(one.label))) for one in sheets]
        self.fields["sheet"].initial = sheets[0].key
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv,.txt"

    def clean_file(self) -> Any:
        """The file's bytes and its heading; a sentence where it is not one that is read."""
        file = self.cleaned_data["file"]
        if file.size > files.LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB. Split it and import the parts."))
        content = file.read()
        try:
            return file.name[-200:], content, jobs.heading(content)
        except files.Refused as refusal:
            raise forms.ValidationError(refusal.reason) from refusal


class MatchForm(forms.Form):
    """For each column of the sheet, at which place of the file it stands."""

    def __init__(self, job: Import, sheet: Sheet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        choices = [("", "—"), *((str(place), _shown_place(job, place)) for place in range(len(job.heading)))]
        known = guessed(job, sheet)
        for column in readable(sheet, job.scope):
            self.fields[column.name] = forms.ChoiceField(
                label=column.label(), choices=choices, required=False, initial=known.get(column.name, "")
            )

    def clean(self) -> dict[str, Any]:
        """Every place is read once, and one at least is."""
        chosen = [value for value in self.cleaned_data.values() if value]
        if not chosen:
            raise forms.ValidationError(_("Choose for at least one column where it stands in the file."))
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(_("Two columns are to be read from the same place. Choose one of them."))
        return self.cleaned_data

    @property
    def matching(self) -> dict[str, int]:
        return {name: int(place) for name, place in self.cleaned_data.items() if place}


def _shown_place(job: Import, place: int) -> str:
    """A place of the file by its heading, with what stands below it in the first row."""
    sample = job.sample[place][:40] if place < len(job.sample) and job.sample[place] else ""
    name = job.heading[place] or f"({place + 1})"
    return f"{name} · {sample}" if sample else name


def readable(sheet: Sheet, scope: Collection[str] = ()) -> list[Column]:
    """The columns that can be brought in, where ``scope`` does not say already what holds for every row."""
    return [one for one in sheet.columns if one.into and not one.private and one.into not in scope]


def guessed(job: Import, sheet: Sheet) -> dict[str, str]:
    """Where each column probably stands: as it was matched before, else by its name in either language of the desk."""
    places = {fold(name).strip(): str(place) for place, name in reversed(list(enumerate(job.heading))) if name}
    known = {}
    for column in readable(sheet, job.scope):
        for name in (*_matched_before(job, column), column.name, *column.names()):
            if fold(name).strip() in places:
                known[column.name] = places[fold(name).strip()]
                break
    return known


def _matched_before(job: Import, column: Column) -> list[str]:
    """What the column was called in the latest files that were matched."""
    if not hasattr(job, "earlier"):
        found = Import.objects.filter(sheet=job.sheet).exclude(pk=job.pk).exclude(matching={})
        job.earlier = list(found.only("heading", "matching")[:REMEMBERED])  # type: ignore[attr-defined]
    return [one.heading[one.matching[column.name]] for one in job.earlier if column.name in one.matching]  # type: ignore[attr-defined]


class Importing:
    """For a ModelAdmin with ``sheets``: those with an ``intake`` can be brought in from a file."""

    sheets: tuple[Sheet, ...]

    def get_urls(self) -> list[Any]:
        name, guard = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [
            path("import/", guard(self.import_view), name=f"{name}_import"),
            path("import/<str:key>.xlsx", guard(self.template_view), name=f"{name}_import_template"),
            path("import/<int:number>/", guard(self.one_import_view), name=f"{name}_one_import"),
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        address = reverse(admin_urlname(self.opts, "import")) if self._importable(request) else ""  # type: ignore[attr-defined, arg-type]
        return super().changelist_view(request, {"import_url": address, **(extra_context or {})})  # type: ignore[misc]

    def import_scope(self, sheet: Sheet) -> dict[str, Any]:
        """Values that every row of the sheet has here."""
        return {}

    def _importable(self, request: HttpRequest) -> list[Sheet]:
        return [one for one in self.sheets if one.intake and request.user.has_perms(one.intake.permissions)]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Choose a file, or a template to fill in; go on with an import that was begun."""
        sheets = self._importable(request)
        if not sheets:
            raise PermissionDenied
        form = FileForm(sheets, request.POST or None, request.FILES or None)
        if form.is_valid():
            name, content, (heading, sample) = form.cleaned_data["file"]
            sheet = next(one for one in sheets if one.key == form.cleaned_data["sheet"])
            job = Import.objects.create(
                by=request.user, sheet=sheet.key, scope=self.import_scope(sheet), name=name,
                content=content, size=len(content), heading=heading, sample=sample,
            )  # fmt: skip
            return redirect(admin_urlname(self.opts, "one_import"), job.pk)  # type: ignore[attr-defined, arg-type]
        mine = Import.objects.filter(by=request.user, sheet__in=[one.key for one in sheets]).defer("content")[:10]
        for one in mine:
            one.when = at_minute(one.at)
        more = {"form": form, "sheets": sheets, "mine": mine}
        return self._import_page(request, "admin/desk/import.html", gettext("Import"), more)

    def template_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """An empty workbook with the columns of a sheet."""
        sheet = next((one for one in self._importable(request) if one.key == key), None)
        if sheet is None:
            raise PermissionDenied
        columns = readable(sheet, self.import_scope(sheet))
        content = files.workbook(str(sheet.label), [one.label() for one in columns], [], [one.width for one in columns])
        headers = {"Content-Disposition": f'attachment; filename="{key}.xlsx"'}
        return HttpResponse(content, content_type=TYPES[Format.XLSX], headers=headers)

    def one_import_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """How the import stands, and the next step."""
        sheets = {one.key: one for one in self._importable(request)}
        job = Import.objects.filter(pk=number, by=request.user, sheet__in=sheets).defer("content").first()
        if job is None:
            raise PermissionDenied if not sheets else Http404
        sheet = sheets[job.sheet]
        form = MatchForm(job, sheet, request.POST or None) if job.state == State.MATCHING else None
        if request.method == "POST":
            answer = self._import_step(request, job, form)
            if answer:
                return answer
        return self._import_page(
            request, "admin/desk/one_import.html", job.name, self._import_stands(request, job, sheet, form)
        )

    def _import_step(self, request: HttpRequest, job: Import, form: MatchForm | None) -> HttpResponse | None:
        verb = request.POST.get("verb")
        if verb == "cancel":
            if not jobs.cancel(job):
                messages.warning(request, gettext("Too late: it is being written. It can be taken back afterwards."))
        elif form is not None:
            if not form.is_valid():
                return None
            Import.objects.filter(pk=job.pk).update(matching=form.matching)
            jobs.begin(job, State.CHECKING)
        elif verb == "check" and job.state in (State.CHECKED, State.REFUSED):
            jobs.begin(job, State.CHECKING)
        elif verb == "match" and job.state in (State.CHECKED, State.REFUSED):
            Import.objects.filter(pk=job.pk).update(state=State.MATCHING)
        elif verb == "apply" and job.state == State.CHECKED:
            ticked = [int(one) for one in request.POST.getlist("new") if one.isdecimal() and len(one) < 10]
            job.rows.filter(what=SIMILAR).exclude(number__in=ticked).update(wanted=False)
            job.rows.filter(what=SIMILAR, number__in=ticked).update(wanted=True)
            jobs.begin(job, State.APPLYING)
        elif verb == "undo" and job.state == State.APPLIED:
            jobs.begin(job, State.UNDOING)
        elif verb == "continue" and jobs.is_silent(job):
            jobs.begin(job, job.state)
        return redirect(request.get_full_path())

    def _import_stands(self, request: HttpRequest, job: Import, sheet: Sheet, form: MatchForm | None) -> dict[str, Any]:
        rows: QuerySet = job.rows.all()
        counts = [(what, words, job.counts.get(what, 0)) for what, words in WORDS.items()]
        asked = request.GET.get("what")
        what = asked if asked in WORDS else next((one for one in FIRST if job.counts.get(one)), NEW)
        page = Paginator(rows.filter(what=what), PAGE).get_page(request.GET.get("p"))
        return {
            "job": job,
            "sheet": sheet,
            "form": form,
            "counts": counts,
            "what": what,
            "page": page,
            "lines": lines(sheet, job.scope, list(page)),
            "status": STATUS.get(job.state, ""),
            "would": job.counts.get(NEW, 0) + job.counts.get(CHANGED, 0),
            "working": job.state in jobs.IN_WORK,
            "silent": jobs.is_silent(job),
            "now": timezone.now(),
        }

    def _import_page(self, request: HttpRequest, template: str, title: str, more: dict[str, Any]) -> HttpResponse:
        back = reverse(admin_urlname(self.opts, "changelist"))  # type: ignore[attr-defined, arg-type]
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "back": back}  # type: ignore[attr-defined]
        return TemplateResponse(request, template, context | more)


def lines(sheet: Sheet, scope: Collection[str], rows: list[ImportRow]) -> list[dict[str, Any]]:
    """Rows of the file as the page shows them: which fields change from what to what, what is wrong in which column."""
    labels = {one.name: one.label() for one in sheet.columns}
    into = {one.into: one.label() for one in readable(sheet, scope)}
    words = _words(sheet, rows)
    return [
        {
            "row": row,
            "changes": [
                (into[name], words(name, row.was.get(name)), words(name, value))
                for name, value in row.values.items()
                if name in into
            ],
            "faults": [(labels.get(name, ""), said, remedy) for name, said, remedy in row.faults],
        }
        for row in rows
    ]


def _words(sheet: Sheet, rows: list[ImportRow]) -> Callable[[str, Any], Any]:
    """What a field's kept value is called: of a record its name, of a closed list its word."""
    fields = {one.attname: one for one in sheet.model._meta.concrete_fields}
    named: dict[str, dict[Any, Any]] = {}
    for name, own in fields.items():
        if isinstance(own, models.ForeignKey):
            keys = {kept.get(name) for row in rows for kept in (row.was, row.values)} - {None}
            named[name] = own.related_model._base_manager.in_bulk(keys) if keys else {}  # type: ignore[union-attr]

    def words(name: str, value: Any) -> Any:
        if name in named:
            return named[name].get(value, "")
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        return capfirst(str(dict(fields[name].flatchoices).get(value, value or "")))

    return words

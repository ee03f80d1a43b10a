"""Forms in which every control is named and says which language its text is in."""

from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst, smart_split
from django_prose_editor.widgets import AdminProseEditorWidget

from exchange.desk import choosing, kept
from exchange.desk.deletion import Deletion
from exchange.desk.freshness import TranslatedForm
from exchange.desk.known import KnownChoice, KnownChoices, KnownSelect, KnownSelectMultiple, is_key, label_of, tell
from exchange.desk.words import in_language, language_of
from exchange.fields import RichTextField
from exchange.lib.bilingual import TAGS
from exchange.lib.languages import CODES

SEARCH_LENGTH, SEARCH_WORDS = 200, 10  # each word is looked for in every field of every record
COSTLY = {"regex", "iregex"}  # a pattern can be written so that it never ends
UNANSWERABLE = (DatabaseError, OverflowError, ValueError)


class Lines:
    """Browsers send the ends of lines as CR LF, whatever they were given: without this every save changes the text."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class TextArea(Lines, forms.Textarea):
    """Plain text of several lines."""


class ProseArea(Lines, AdminProseEditorWidget):
    """The editor of rich text."""


WIDGETS = {
    models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    models.TimeField: {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")},
    models.TextField: {"widget": TextArea(attrs={"rows": 3})},
    RichTextField: {"widget": ProseArea},
}


class DeskForm(TranslatedForm):
    """A form without colons after its labels, whose choices know the records that are loaded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        tell(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._is_untouched():
            self._validate_unique = self._validate_constraints = False
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Of a row that stays as it is only its ``clean`` can fail, where it looks at other rows."""
        exclude = super()._get_validation_exclusions()
        return exclude | set(self.fields) if self._is_untouched() else exclude

    def _is_untouched(self) -> bool:
        return self.instance.pk is not None and not self.has_changed()

    def _save_m2m(self) -> None:
        """As Django's, but a relation that was not touched costs no query."""
        for field in self._meta.model._meta.many_to_many:
            if field.name not in self.changed_data:
                self.cleaned_data.pop(field.name, None)
        super()._save_m2m()


class Distinct:
    """For a formset: rows that a constraint tells apart within their record are held against what is stored now.

    Django leaves out constraints that name the record, and holds only the rows of one page against each other;
    somebody else may have added one meanwhile. Rows are gone through in the order they are saved, so that a row
    which is deleted makes room for another.
    """

    def clean(self) -> None:
        for constraint in self.model._meta.total_unique_constraints if self.has_changed() else ():  # type: ignore[attr-defined]
            if self.fk.name in constraint.fields:  # type: ignore[attr-defined]
                self._tell_apart(constraint)
        super().clean()  # type: ignore[misc]

    def _tell_apart(self, constraint: models.UniqueConstraint) -> None:
        names = [name for name in constraint.fields if name != self.fk.name]  # type: ignore[attr-defined]
        rows = self._stored(names)
        for form in self.forms:  # type: ignore[attr-defined]
            row = form.instance
            if self.can_delete and self._should_delete_form(form):  # type: ignore[attr-defined]
                rows.pop(row.pk, None)
            elif form.has_changed() and not form.errors:
                values = tuple(row.serializable_value(name) for name in names)
                if None not in values and any(values == others for key, others in rows.items() if key != row.pk):
                    refusal = ValidationError(constraint.get_violation_error_message(), "unique")
                    form.add_error(names[0] if len(names) == 1 and names[0] in form.fields else None, refusal)
                else:
                    rows[row.pk or form] = values

    def _stored(self, names: list[str]) -> dict[Any, tuple]:
        """What the record's rows have in these fields, by their keys."""
        if not self.instance.pk:  # type: ignore[attr-defined]
            return {}
        rows = self.model._default_manager.filter(**{self.fk.name: self.instance})  # type: ignore[attr-defined]
        return {key: tuple(values) for key, *values in rows.values_list("pk", *names)}


class Labels:
    """Native inputs for dates and times; bilingual fields say their language in words and in ``lang``."""

    form = DeskForm
    formfield_overrides = WIDGETS
    adds: dict[str, type[models.Model]] = {}  # fields that choose among several sections: where a new record is made

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        code = language_of(db_field)
        if field and code:
            field.label = in_language(field.label, code)
            field.widget.attrs["lang"] = TAGS[code]
            field.help_text = field.help_text if code == CODES[0] else ""
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [(value, capfirst(label) if value else "—") for value, label in field.choices]
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # A link that leaves the form, or deletes from it, does not belong beside a choice.
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:  # type: ignore[attr-defined]
            kwargs["widget"] = KnownSelect(db_field, self.admin_site)  # type: ignore[attr-defined]
            kwargs["widget"].adds = self.adds.get(db_field.name)
        return super().formfield_for_foreignkey(db_field, request, **{"form_class": KnownChoice, **kwargs})  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:  # type: ignore[attr-defined]
            kwargs["widget"] = KnownSelectMultiple(db_field, self.admin_site)  # type: ignore[attr-defined]
        field = super().formfield_for_manytomany(db_field, request, **{"form_class": KnownChoices, **kwargs})  # type: ignore[misc]
        if field:
            field.help_text = db_field.help_text  # no advice on holding down a key
        return field


def savepoint() -> AbstractContextManager:
    """A statement that fails would break a transaction that is open. None is opened here: SQLite's would wait."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def bounded(term: str) -> str:
    """A search term whose cost is bounded, without the null characters that databases refuse."""
    return " ".join(islice(smart_split(term.replace("\0", "")[:SEARCH_LENGTH]), SEARCH_WORDS))


class Desk(Labels, Deletion, admin.ModelAdmin):
    """What every page of the desk has in common."""

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """An address that asks what no database can answer is a wrong address: Django then shows the whole list."""
        try:
            with savepoint():
                found = super().get_changelist_instance(request)
                len(found.result_list)  # asked for here, where a refusal can still be answered
                return found
        except UNANSWERABLE as refusal:
            if set(request.GET) <= {ERROR_FLAG}:
                raise  # nothing was asked: the failure is our own
            raise IncorrectLookupParameters from refusal

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return not COSTLY & {*lookup.split("__")} and super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, bounded(search_term))

    def response_action(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """As Django's, with those of the ticked keys that a record could have."""
        request.POST = request.POST.copy()
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        request.POST.setlist(ACTION_CHECKBOX_NAME, [one for one in ticked if is_key(self.model, one)])
        return super().response_action(request, queryset)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Two who save the same at once are both found to be right. The later one is checked again, and told."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The record; locked while it is saved, so that two who save at once are told one after the other."""
        if connection.in_atomic_block and request.method == "POST" and is_key(self.model, object_id):
            list(self.model._default_manager.select_for_update().filter(pk=object_id).values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        context["conflict"] = choosing.summary(request, context)
        if context["conflict"] and choosing.is_all(context):
            context["errors"] = None  # "correct the errors" would be a second voice
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        kept.note_saved(request)

    def label(self, record: models.Model) -> str:
        """What the record is called where it can be chosen."""
        return label_of(record)


class ReadOnly:
    """For a ModelAdmin whose records are to be read or chosen, and not added, changed or deleted there."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

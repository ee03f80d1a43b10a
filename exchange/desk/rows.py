"""Parts of a record as rows: one line each, which opens to its form. Order is a number that buttons change."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext as _

from exchange.desk.known import KnownChoice, KnownChoices, label_of
from exchange.desk.labels import Distinct, Labels

MORE = "more"
AGAIN = "again"  # of a row that somebody else removed: the sender wants it all the same
MOST = 20
MOST_ROWS = 300  # of one kind in one form; a request that asks for more costs no more
DIGITS = 3  # of a number in an address; Python refuses to read thousands of them


class RowFormSet(Distinct, forms.BaseInlineFormSet):
    """Rows that choose among their siblings without a query each, and that are numbered from one when saved."""

    own: dict[str, str] = {}

    def get_queryset(self) -> Any:
        """The rows; the record then knows them as if they were prefetched, and other rows can choose among them."""
        rows = super().get_queryset()
        if self.instance.pk:
            known = self.instance.__dict__.setdefault("_prefetched_objects_cache", {})
            known.setdefault(self.fk.remote_field.get_accessor_name(), rows)
        return rows

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if isinstance(key := form.fields.get(self._pk_field.name), forms.ModelChoiceField):
            key.to_python = self._row  # Django would ask for every row again
        for name, relation in self.own.items():
            if name in form.fields:
                self._offer(form.fields[name], self._siblings(relation) if self.instance.pk else None)

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        """A row that somebody else removed is entered anew where its sender puts it back, unless its file is gone."""
        form = super()._construct_form(i, **kwargs)
        form.returns = not any(isinstance(field, forms.FileField) for field in form.fields.values())
        if self._is_gone(form) and form.returns and self.data.get(form.add_prefix(AGAIN)) == "yes":
            key = form.fields[self._pk_field.name]
            key.required, key.to_python = False, lambda value: None
        return form

    def _siblings(self, relation: str) -> Any:
        """The manager of other rows of the record, loaded with what their labels need unless they are there."""
        prefetch_related_objects([self.instance], relation)
        return getattr(self.instance, relation.split("__")[0])

    def _row(self, value: Any) -> Any:
        """The row of this key, from those that were loaded together."""
        if value in forms.ModelChoiceField.empty_values:
            return None
        try:
            row = self._existing_object(int(value))
        except ValueError:
            raise ValidationError(forms.ModelChoiceField.default_error_messages["invalid_choice"]) from None
        if row is None:
            raise ValidationError(
                _("Somebody else removed this row meanwhile. Put it back or remove it with ×, then save again.")
            )
        return row

    @property
    def initial_forms(self) -> list[Any]:
        """The forms of rows that exist: Django pairs these with the stored rows one by one, and shows no other."""
        return [form for form in super().initial_forms if not self._is_gone(form)]

    @property
    def extra_forms(self) -> list[Any]:
        """After the new rows those that somebody else removed meanwhile, so that what was typed in them is shown."""
        return super().extra_forms + [form for form in super().initial_forms if self._is_gone(form)]

    def _is_gone(self, form: forms.ModelForm) -> bool:
        return self.is_bound and form.instance.pk is None

    def clean(self) -> None:
        """A row is not removed with something in it that its remover has not seen."""
        super().clean()
        removed = [form for form in self.initial_forms if self.can_delete and self._should_delete_form(form)]
        if any(form.merged or form.conflicts for form in removed):
            raise ValidationError(
                _("Somebody else changed a row that you remove. Look at it once more; save again, and it is removed.")
            )

    def _offer(self, field: KnownChoice | KnownChoices, manager: Any) -> None:
        """Let the field choose among the records of a relation that is prefetched."""
        records = list(manager.all()) if manager else []
        blank = [] if isinstance(field, KnownChoices) else [("", "—")]
        field.queryset = manager.all() if manager else field.queryset.none()
        field.known = {str(one.pk): one for one in records}
        field.choices = blank + [(one.pk, label_of(one)) for one in records]

    def save(self, commit: bool = True) -> list[Any]:
        saved = super().save(commit)
        if commit and self.has_changed() and "position" in self.form.base_fields:
            self._number()
        return saved

    def _number(self) -> None:
        rows = list(self.get_queryset().all().order_by("position", "pk"))
        for place, row in enumerate(rows, start=1):
            row.position = place
        self.model._default_manager.bulk_update(rows, ["position"])


class Rows(Labels, admin.StackedInline):
    """A relation as rows. ``summary`` names what a row's line says: fields, or methods ``part_<name>(record)``.

    ``own`` names fields that choose among other rows of the same record, with what their labels need:
    ``{field: "relation"}`` or ``{field: "relation__related"}``.
    """

    template = "admin/desk/rows.html"
    formset = RowFormSet
    extra = 0
    summary: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    prefetched: tuple[Any, ...] = ()
    hint: Any = ""
    own: dict[str, str] = {}
    max_num = MOST_ROWS

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        rows = rows.select_related(*self.related) if self.related else rows
        return rows.prefetch_related(*self.prefetched)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[forms.BaseInlineFormSet]:
        formset = super().get_formset(request, obj, **{"absolute_max": MOST_ROWS, **kwargs})
        formset.own = self.own
        return formset

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Empty rows for those who work without JavaScript: as many as the address asks for."""
        asked = request.GET.get(MORE, "")
        is_number = asked.isascii() and asked.isdigit() and len(asked) <= DIGITS
        return min(int(asked), MOST) if is_number else self.extra

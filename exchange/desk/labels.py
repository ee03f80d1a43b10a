"""Forms in which every control is named and says which language its text is in; deletion pages in plain words."""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst
from django_prose_editor.widgets import AdminProseEditorWidget

from exchange.desk.known import KnownChoice, KnownChoices, KnownSelect, KnownSelectMultiple, label_of, tell
from exchange.fields import RichTextField
from exchange.lib.bilingual import TAGS
from exchange.lib.languages import CODES, NAMES, column


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


class DeskForm(forms.ModelForm):
    """A form without colons after its labels, whose choices know the records that are loaded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        tell(self)

    def _save_m2m(self) -> None:
        """As Django's, but a relation that was not touched costs no query."""
        for field in self._meta.model._meta.many_to_many:
            if field.name not in self.changed_data:
                self.cleaned_data.pop(field.name, None)
        super()._save_m2m()


class Labels:
    """Native inputs for dates and times; bilingual fields say their language in words and in ``lang``."""

    form = DeskForm
    formfield_overrides = WIDGETS

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        code = next((code for code in CODES if db_field.name.endswith(column("", code))), None)
        if field and code:
            field.label = f"{field.label}, {NAMES[code]}"
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
        return super().formfield_for_foreignkey(db_field, request, **{"form_class": KnownChoice, **kwargs})  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:  # type: ignore[attr-defined]
            kwargs["widget"] = KnownSelectMultiple(db_field, self.admin_site)  # type: ignore[attr-defined]
        field = super().formfield_for_manytomany(db_field, request, **{"form_class": KnownChoices, **kwargs})  # type: ignore[misc]
        if field:
            field.help_text = db_field.help_text  # no advice on holding down a key
        return field


class Desk(Labels, admin.ModelAdmin):
    """What every page of the desk has in common."""

    def label(self, record: models.Model) -> str:
        """What the record is called where it can be chosen."""
        return label_of(record)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        """As Django's, but naming what goes along by how many there are: rows of a trip have no name of their own."""
        _tree, counts, lacking, protected = super().get_deleted_objects(objs, request)
        hidden = {model._meta.verbose_name_plural for model in apps.get_models(include_auto_created=True)}
        hidden -= {model._meta.verbose_name_plural for model in apps.get_models()}
        names = [f"{capfirst(one._meta.verbose_name)}: {one}" for one in objs]
        return names, {name: count for name, count in counts.items() if name not in hidden}, lacking, protected


class ReadOnly:
    """For a ModelAdmin whose records are to be read or chosen, and not added, changed or deleted there."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

"""Choices that are told what is already loaded, so that a row of a form costs no query to show or to check."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from exchange.desk.words import language
from exchange.lib.languages import column, other

# The address is opened by Django's own script, which puts the new record into the choice of that id.
NEW = '<a class="related-widget-wrapper-link new-one" data-popup="yes" id="add_{}" href="{}">+ {}</a>'


def label_of(record: Any) -> str:
    """What a choice is called: its name in both languages, the desk's own first; else the record as text."""
    if not hasattr(record, "name_en"):
        return str(record)
    own = language()
    names = dict.fromkeys(getattr(record, column("name", code)) for code in (own, other(own)))
    return " · ".join(name for name in names if name)


def is_key(model: type[models.Model], value: Any) -> bool:
    """True when a record could have this key. Databases fail on text, on a number too large for the column, on NUL."""
    try:
        model._meta.pk.clean(getattr(value, "pk", value), None)
    except ValidationError:
        return False
    return True


def heir_of(record: Any) -> Any:
    """The record that took this one's place, where another did; somebody may have merged it since it was chosen."""
    return getattr(record, "merged_into", None) or record


class KnownChoice(forms.ModelChoiceField):
    """One record; asks the database only for a choice that is not among ``known``."""

    known: dict[str, Any] = {}

    def to_python(self, value: Any) -> Any:
        if known := self.known.get(str(value)):
            return known
        if value not in self.empty_values and not is_key(self.queryset.model, value):
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value})
        return heir_of(super().to_python(value))

    def label_from_instance(self, obj: Any) -> str:
        return label_of(obj)


class KnownChoices(forms.ModelMultipleChoiceField):
    """Several records; asks the database only when one of them is not among ``known``."""

    known: dict[str, Any] = {}

    def clean(self, value: Any) -> Any:
        picked = [str(one) for one in value or []]
        if picked and set(picked) <= set(self.known):
            return [self.known[one] for one in picked]
        if wrong := next((one for one in picked if not is_key(self.queryset.model, one)), None):
            raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": wrong})
        return list(dict.fromkeys(heir_of(one) for one in super().clean(value)))

    def label_from_instance(self, obj: Any) -> str:
        return label_of(obj)


class Known:
    """An autocomplete that prints the labels of ``known`` without asking for them."""

    known: dict[str, Any] = {}

    def optgroups(self, name: str, value: Iterable[Any], attrs: dict[str, Any] | None = None) -> list[Any]:
        picked = [str(one) for one in value if one not in (None, "")]
        if not set(picked) <= set(self.known):
            picked = [one for one in picked if is_key(self.choices.queryset.model, one)]  # type: ignore[attr-defined]
            return super().optgroups(name, picked, attrs)  # type: ignore[misc]
        options = [] if self.is_required or self.allow_multiple_selected else [("", "", False)]  # type: ignore[attr-defined]
        options += [(one, label_of(self.known[one]), True) for one in picked]
        make = self.create_option  # type: ignore[attr-defined]
        return [(None, [make(name, *option, place) for place, option in enumerate(options)], 0)]


class KnownSelect(Known, AutocompleteSelect):
    """An autocomplete for one record. ``adds`` is the section in which a new one can be made from here."""

    adds: type[models.Model] | None = None

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        select = super().render(name, value, attrs, renderer)
        if self.adds is None or not attrs:
            return select
        opts = self.adds._meta
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_add") + "?_to_field=id&_popup=1"
        words = _("New %s") % opts.verbose_name
        return select + format_html(NEW, attrs["id"], address, words)


class KnownSelectMultiple(Known, AutocompleteSelectMultiple):
    """An autocomplete for several records."""


def tell(form: forms.ModelForm) -> None:
    """Hand the relations that the form's record has loaded to the fields that choose them."""
    record = form.instance
    loaded = record._state.fields_cache
    many = getattr(record, "_prefetched_objects_cache", {})
    for name, field in form.fields.items():
        if isinstance(field, KnownChoice | KnownChoices):
            records = [loaded[name]] if loaded.get(name) else many.get(name, ())
            field.known = {str(one.pk): one for one in records}
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, Known):
                widget.known = field.known

"""Two people, one record: nobody's words are lost, and nobody overwrites what they have not seen.

A form carries a fingerprint of every value it was opened with. When it is sent, each field is one of four: the same as
what is stored; changed by this person alone, which is saved; changed by somebody else alone, which stays; or changed by
both, which is told at the field with the stored value, and saved only when the person sends the form again.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from exchange.desk.known import label_of
from exchange.lib.html import plain

SEEN = "seen"
SHOWN = 60  # words of a stored text that stand beside the field
UNSEEN = {"position", "DELETE", SEEN}  # order is not a text: the last one who sorts, sorts


class SeenField(forms.CharField):
    """The fingerprints, hidden in the form. Never a change by itself."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=20_000)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class SeenForm(forms.ModelForm):
    """A form that knows what its sender saw."""

    seen = SeenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.collisions: list[str] = []
        if not self.instance.pk:
            del self.fields[SEEN]
        elif not self.is_bound:
            self.initial[SEEN] = json.dumps(self._fingerprints(), separators=(",", ":"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = self._seen()
        stored = self._fingerprints() if seen else {}
        for name in (one for one in stored if one in cleaned):
            self._compare(name, seen.get(name, stored[name]), stored[name], fingerprint(cleaned[name]))
        if self.collisions:
            self._show_again(seen | {name: stored[name] for name in self.collisions})
        return cleaned

    def _compare(self, name: str, was: str, stored: str, wanted: str) -> None:
        if wanted == stored or stored == was:
            return
        if wanted == was:  # only somebody else changed it: theirs stays
            stored_value = self.get_initial_for_field(self.fields[name], name)
            is_record = isinstance(self.fields[name], forms.ModelChoiceField) and not is_many(self.fields[name])
            self.cleaned_data[name] = self.fields[name].to_python(stored_value) if is_record else stored_value
            if name in self.changed_data:
                self.changed_data.remove(name)
            return
        self.collisions.append(name)

    def _show_again(self, seen: dict[str, str]) -> None:
        """Say at each field what is stored now. What the person typed stays in it; sent again, it is meant."""
        for name in self.collisions:
            stored = in_words(self.get_initial_for_field(self.fields[name], name))
            self.add_error(name, ValidationError(self._told(stored), "collision"))
        self.data = self.data.copy()  # type: ignore[assignment,attr-defined]
        self.data[self.add_prefix(SEEN)] = json.dumps(seen, separators=(",", ":"))  # type: ignore[index]

    def _told(self, stored: str) -> str:
        if not stored:
            return _("Somebody else emptied this meanwhile. To keep what stands here, save again.")
        return _("Somebody else saved this meanwhile: “%s”. To keep what stands here, save again.") % stored

    def _seen(self) -> dict[str, str]:
        if SEEN not in self.fields:
            return {}  # a new record: whatever was sent along, nothing of it is stored yet
        try:
            seen = json.loads(self.data.get(self.add_prefix(SEEN)) or "{}")
        except (ValueError, RecursionError):  # brackets without end
            return {}
        return seen if isinstance(seen, dict) else {}

    def _fingerprints(self) -> dict[str, str]:
        """Of the stored values, by the names of the fields that a person can change here."""
        return {
            name: fingerprint(self.get_initial_for_field(field, name))
            for name, field in self.fields.items()
            if name not in UNSEEN and not field.disabled and not isinstance(field, forms.FileField)
            and not isinstance(field, forms.models.InlineForeignKeyField) and name != self._meta.model._meta.pk.name
        }  # fmt: skip


def is_many(field: forms.Field) -> bool:
    return isinstance(field, forms.ModelMultipleChoiceField)


def fingerprint(value: Any) -> str:
    """A short hash of a value, the same for a stored value and for what a form makes of it."""
    return hashlib.blake2s(json.dumps(_canonical(value)).encode(), digest_size=5).hexdigest()


def in_words(value: Any) -> str:
    """A stored value for the person who has to choose."""
    if isinstance(value, models.Model):
        return label_of(value)
    if isinstance(value, Iterable) and not isinstance(value, str | FieldFile):
        return ", ".join(in_words(one) for one in value)
    return Truncator(plain(str(value)) if value not in (None, "") else "").words(SHOWN)


def _canonical(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, str) or value is None:
        return (value or "").replace("\r\n", "\n").strip()
    if isinstance(value, bool):
        return value
    if isinstance(value, dt.datetime) and value.tzinfo:
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, Iterable) and not isinstance(value, FieldFile):
        return sorted(str(_canonical(one)) for one in value)
    return str(value)

"""Two people, one record: nobody's words are lost, and nobody overwrites what they have not seen.

A form carries a fingerprint of every value it was opened with. When it is sent, each field is one of four: the same as
what is stored; changed by this person alone, which is saved; changed by somebody else alone, which stays; or changed by
both, which is shown at the field in both versions. Sent again, the person's own version is saved, unless they took the
other; where the stored value is another again by then, it is shown again.
"""

import datetime as dt
import hashlib
import json
import time
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from exchange.desk.choosing import COLLISION, SINCE, THEIRS, Conflict, conflict

SEEN = "seen"
UNSEEN = {"position", "DELETE", SEEN}  # order is not a text: the last one who sorts, sorts


class SeenField(forms.CharField):
    """The fingerprints, hidden in the form. Never a change by itself."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=20_000)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class SeenForm(forms.ModelForm):
    """A form that knows what its sender saw. ``overtaken`` are the values seen where somebody else's stay."""

    seen = SeenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: dict[str, Conflict] = {}
        self.merged: list[str] = []
        self.overtaken: dict[str, Any] = {}
        if not self.instance.pk:
            del self.fields[SEEN]
        elif not self.is_bound:
            opened = {} if self.prefix else {SINCE: time.time()}
            self.initial[SEEN] = json.dumps(self._fingerprints() | opened, separators=(",", ":"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.seen_before = self._seen()
        stored = self._fingerprints() if self.seen_before else {}
        for name in stored:
            self._compare(name, self.seen_before.get(name, stored[name]), stored[name])
        if self.conflicts or self.merged:
            self._show_again(self.seen_before | {name: stored[name] for name in (*self.conflicts, *self.merged)})
        return cleaned

    def _compare(self, name: str, was: str, stored: str) -> None:
        takes = self.data.get(THEIRS + self.add_prefix(name)) == "yes"
        wanted = fingerprint(self.cleaned_data[name]) if name in self.cleaned_data else ""
        if takes and stored == was:  # they chose what they saw
            self._errors.pop(name, None)
            self._take(name)
        elif stored == was or wanted == stored or not (wanted or takes):
            return
        elif wanted == was and not takes:  # only somebody else changed it
            self.merged.append(name)
            self.overtaken[name] = self.cleaned_data[name]
            self._take(name)
        else:
            self.conflicts[name] = conflict(self, name, takes)

    def _take(self, name: str) -> None:
        """What is stored stays, and is shown if the form comes back."""
        field = self.fields[name]
        stored = self.get_initial_for_field(field, name)
        is_record = isinstance(field, forms.ModelChoiceField) and not is_many(field)
        self.cleaned_data[name] = field.to_python(stored) if is_record else stored
        field.bound_data = lambda data, initial: initial  # type: ignore[method-assign]
        if name in self.changed_data:
            self.changed_data.remove(name)

    def _show_again(self, seen: dict[str, Any]) -> None:
        """The person chooses at each field. What they typed stays in it; sent again, it is meant."""
        for name in self.conflicts:
            told = _("Somebody else saved this too. Choose below; if you only save again, what you typed is kept.")
            self.add_error(name, ValidationError(told, COLLISION))
        self.data = self.data.copy()  # type: ignore[assignment,attr-defined]
        self.data[self.add_prefix(SEEN)] = json.dumps(seen, separators=(",", ":"))  # type: ignore[index]

    def _seen(self) -> dict[str, Any]:
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

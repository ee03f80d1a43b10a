"""Translations on a form: made from the source text that their writer saw, and marked where that changed since."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.desk.conflicts import SeenForm
from exchange.desk.kept import UNKEPT
from exchange.fields import Translated
from exchange.lib.differences import word_differences
from exchange.lib.freshness import remember
from exchange.lib.languages import SOURCE, TRANSLATION, column

BOX = "still_valid_"


@dataclass(frozen=True)
class Stale:
    """The mark at a translation: the box that says it is still valid, and how its source changed.

    ``difference`` is empty where the former source is not known, or stands elsewhere on the page.
    """

    id: str
    box: forms.BoundField
    difference: str


class TranslatedForm(SeenForm):
    """A form that marks the stale translations of its record, and remembers what they are made from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stale = self._mark() if isinstance(self.instance, Translated) else []

    @property
    def rewritten(self) -> list[str]:
        """The fields that say something else than before; to find a translation still valid changes no text."""
        return [name for name in self.changed_data if not name.startswith(BOX)]

    @property
    def looked_at(self) -> set[str]:
        """The translations that were written anew or found still valid."""
        changed = set(self.changed_data) if self.has_changed() else set()
        names = self.instance.prose if isinstance(self.instance, Translated) else ()
        return {name for name in names if {self.translation_field(name), BOX + name} & changed}

    def source_field(self, name: str) -> str:
        return column(name, SOURCE)

    def translation_field(self, name: str) -> str:
        return column(name, TRANSLATION)

    def sources(self, *, seen: bool = False) -> dict[str, str]:
        """The source texts as they are saved, or as the person who sent the form saw them."""
        sent = self.cleaned_data | (self.overtaken if seen else {})
        return {name: sent.get(self.source_field(name)) or "" for name in self.instance.prose}

    def former_sources(self) -> dict[str, str]:
        """The source texts as they were stored until now."""
        return {name: self.initial.get(self.source_field(name)) or "" for name in self.instance.prose}

    def _mark(self) -> list[str]:
        """Put a mark at the field of each stale translation, with a box of the form."""
        sources, stale = self.instance.sources(), self.instance.stale()
        marked = [name for name in stale if self.translation_field(name) in self.fields]
        for name in marked:
            field = self.fields[self.translation_field(name)]
            # No browser keeps the tick: by the time it is offered again, the source may say something else.
            box = forms.CheckboxInput(UNKEPT)
            self.fields[BOX + name] = forms.BooleanField(label=_("Still valid"), required=False, widget=box)
            key = f"{self[self.translation_field(name)].auto_id}_stale"
            field.stale = Stale(key, self[BOX + name], self.difference(stale[name], sources.get(name, "")))
            field.widget.attrs["aria-describedby"] = key
        return marked

    def difference(self, before: str, now: str) -> str:
        """How the mark shows the source then and now."""
        return word_differences(before, now) if before else ""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if isinstance(self.instance, Translated) and not self.errors:
            self.remember_sources()

    def remember_sources(self) -> None:
        """Note with the record what its translations are made from."""
        self.instance.made_from = remember(
            self.instance.made_from,
            was=self.former_sources(),
            seen=self.sources(seen=True),
            now=self.sources(),
            translations=self.instance.translations(),
            looked_at=self.looked_at,
        )

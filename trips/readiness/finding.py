"""A finding: what is wrong, how much it matters, and where on the trip's form it is put right."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exchange.lib import dates
from exchange.lib.bilingual import COMMAS, choose
from exchange.lib.canonical import canonical, digest
from exchange.lib.languages import CODES, column


class Level(TextChoices):
    """How much a finding matters. A warning can be waived with a reason, a note asks for nothing."""

    BLOCK = "block", _("stops publication")
    WARN = "warn", _("warning")
    NOTE = "note", _("note")


class Both(NamedTuple):
    """A text in both languages, of which a sentence shows the reader's own, or else the other."""

    en: str
    zh_hans: str

    @property
    def by_language(self) -> dict[str, str]:
        return dict(zip(CODES, self, strict=True))


LANGUAGES = {"en": Both("English", "英文"), "zh-hans": Both("Chinese", "中文")}


class Listed(tuple[Any, ...]):
    """Several values that a sentence names one after the other."""


def both(row: object, name: str) -> Both:
    """A bilingual field of a row, both columns, without white space around them."""
    return Both(*((getattr(row, column(name, code)) or "").strip() for code in CODES))


@dataclass(frozen=True)
class Finding:
    """One thing to put right: ``field`` is a field of the form, or of one of its rows, ``relation`` and ``row``."""

    rule: str
    level: Level
    wording: Promise
    section: str
    field: str
    relation: str = ""
    row: int | None = None
    data: tuple[tuple[str, Any], ...] = ()

    @property
    def sentence(self) -> Any:
        """What is wrong and what to do, in the language in which it is read."""
        return _said(self)

    @property
    def key(self) -> str:
        """Names exactly this finding: another row, number or name makes another key, so that no waiver covers it."""
        place = [self.rule, self.section, "" if self.row is None else str(self.row)]
        return ":".join([*place, digest(canonical([self.field, _stored(self.data)]))[:12]])


def found(rule: str, level: Level, wording: Promise, section: str, field: str, **more: Any) -> Finding:
    """A finding; what is neither ``relation`` nor ``row`` stands for a name in the sentence."""
    place = {name: more.pop(name) for name in ("relation", "row") if name in more}
    return Finding(rule, level, wording, section, field, data=tuple(sorted(more.items())), **place)


def _say(finding: Finding) -> str:
    language = get_language() or CODES[0]
    language = language if language in CODES else CODES[0]
    return str(finding.wording) % {name: _shown(value, language) for name, value in finding.data}


_said = lazy(_say, str)


def _shown(value: Any, language: str) -> str:
    if isinstance(value, Both):
        return str(choose(value.by_language, language))
    if isinstance(value, Listed):
        return COMMAS[language].join(_shown(one, language) for one in value)
    if isinstance(value, dt.date):
        return dates.written(value, language)
    return str(value)


def _stored(value: Any) -> Any:
    """The value as JSON can hold it, the same in every language; a word of ours, translated, is left out."""
    if isinstance(value, Promise):
        return ""
    if isinstance(value, tuple):
        return [_stored(one) for one in value]
    return value if isinstance(value, int) else str(value)

"""What the columns of a sheet are called and where their values come from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from exchange.desk.words import field_label
from exchange.lib.languages import CODES, column

BETWEEN = "; "  # of several values in one cell
LONG, SHORT = 36, 14  # widths in characters
Shown = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """``name`` is the same in every language; ``value`` gives what is stored, ``shown`` how a person reads it.

    A ``private`` column is for administrators.
    """

    name: str
    label: Callable[[], str]
    value: Callable[[Any], Any]
    shown: Shown = lambda value: value
    width: int = SHORT
    private: bool = False


@dataclass(frozen=True)
class Sheet:
    """``records`` leads from the records of a list to those that are the rows of the sheet, all that is read loaded."""

    key: str
    label: str | Promise
    model: type[models.Model]
    columns: tuple[Column, ...]
    records: Callable[[models.QuerySet], models.QuerySet] = lambda found: found

    def open_to(self, *, private: bool) -> "tuple[Column, ...]":
        """The columns that somebody may take away."""
        return tuple(one for one in self.columns if private or not one.private)


def field(
    model: type[models.Model],
    path: str,
    *,
    name: str = "",
    label: Any = None,
    private: bool = False,
) -> Column:
    """A column for a field of the record, or of one that it points to (``city.name_en``), called as the pointer is."""
    first, *further = path.split(".")
    own = first_of = model._meta.get_field(first)
    for step in further:
        own = own.related_model._meta.get_field(step)  # type: ignore[union-attr]
    return Column(
        name or (first if further else path),
        lambda: str(label or field_label(first_of)),
        _followed(path),
        yes_or_no if isinstance(own, models.BooleanField) else lambda value: value,
        LONG if isinstance(own, models.TextField) or (own.max_length or 0) > 60 else SHORT,  # type: ignore[union-attr]
        private,
    )


def fields(model: type[models.Model], *names: str) -> tuple[Column, ...]:
    """Columns for fields of the record; the name of a bilingual pair stands for both of its columns."""
    own = {one.name for one in model._meta.concrete_fields}
    columns = ([name] if name in own else [column(name, code) for code in CODES] for name in names)
    return tuple(field(model, one) for pair in columns for one in pair)


def choice(model: type[models.Model], name: str) -> Column:
    """A column for a field with a closed list: the list's word in the reader's language, its key in data."""
    own = model._meta.get_field(name)
    return Column(
        name,
        lambda: field_label(own),
        attrgetter(name),
        lambda value: _word(own, value),
    )


def many(model: type[models.Model], name: str, values: Callable[[Any], Iterator[Any]]) -> Column:
    """A column for a field that holds several."""
    own = model._meta.get_field(name)
    return Column(
        name, lambda: field_label(own), lambda record: [str(one) for one in values(record)], BETWEEN.join, width=LONG
    )


def _followed(path: str) -> Callable[[Any], Any]:
    read = attrgetter(path)

    def value(record: Any) -> Any:
        try:
            return read(record)
        except (AttributeError, ObjectDoesNotExist):  # somewhere on the way nothing is chosen
            return None

    return value


def _word(own: Any, value: Any) -> str:
    return str(capfirst(str(dict(own.flatchoices).get(value, "")))) if value else ""


def yes_or_no(value: Any) -> str:
    """The word for a yes or a no, in the reader's language; nothing where neither is known."""
    return "" if value is None else str(_("yes") if value else _("no"))

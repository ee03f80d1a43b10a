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
from django.utils.translation import override

from exchange.desk.words import field_label
from exchange.lib.languages import CODES, column
from exchange.lib.sheets import Cell
from exchange.transfer.reading import Names, reader, text

BETWEEN = "; "  # of several values in one cell
LONG, SHORT = 36, 14  # widths in characters
Shown = Callable[[Any], Any]
SHEETS: "dict[str, Sheet]" = {}  # by their keys; apps define theirs as they are loaded


@dataclass(frozen=True)
class Column:
    """``name`` is the same in every language; ``value`` gives what is stored, ``shown`` how a person reads it.

    A ``private`` column is for administrators. ``into`` names the field that a cell is read into, empty where a column
    only tells; ``reader`` gives, for one import by somebody, what turns a cell into that field's value.
    """

    name: str
    label: Callable[[], str]
    value: Callable[[Any], Any]
    shown: Shown = lambda value: value
    width: int = SHORT
    private: bool = False
    into: str = ""
    reader: Callable[[Any], Callable[[Cell], Any]] = lambda by: text

    def names(self) -> list[str]:
        """What the column is called in the languages of the desk."""
        names = []
        for code in CODES:
            with override(code):
                names.append(self.label())
        return names


@dataclass(frozen=True)
class Sheet:
    """``records`` leads from the records of a list to those that are the rows of the sheet, all that is read loaded."""

    key: str
    label: str | Promise
    model: type[models.Model]
    columns: tuple[Column, ...]
    records: Callable[[models.QuerySet], models.QuerySet] = lambda found: found
    intake: "Intake | None" = None

    def __post_init__(self) -> None:
        SHEETS[self.key] = self

    @property
    def way_in(self) -> "Intake":
        """How rows become records, of a sheet that has an ``intake``."""
        if self.intake is None:
            raise LookupError(self.key)
        return self.intake

    def open_to(self, *, private: bool) -> "tuple[Column, ...]":
        """The columns that somebody may take away."""
        return tuple(one for one in self.columns if private or not one.private)


@dataclass(frozen=True)
class Intake:
    """How the rows of a sheet become records.

    ``keys`` are groups of columns by which a row finds its record: the first group that is filled decides; in the last
    one there may be gaps where it is ``loose``. ``permissions`` are all needed. ``open_to`` gives the records that
    somebody may change; ``complete`` fills in what a new record needs and no column says; ``check`` raises a
    ``ValidationError`` that names fields; ``similar`` gives, for one import, what says in sentences which known record
    a new one may be; ``save`` writes ``(new, changed, fields, by)``.
    """

    keys: tuple[tuple[str, ...], ...]
    permissions: tuple[str, ...]
    open_to: Callable[[Any], models.QuerySet]
    save: Callable[[list[Any], list[Any], list[str], Any], None]
    loose: bool = False
    complete: Callable[[list[Any]], None] = lambda new: None
    check: Callable[[Any], None] = lambda record: None
    similar: Callable[[], Callable[[Any], list[str]]] = lambda: lambda new: []


def field(
    model: type[models.Model],
    path: str,
    *,
    name: str = "",
    label: Any = None,
    private: bool = False,
    names: Callable[[Any], Names] | None = None,
    tells: bool = False,
) -> Column:
    """A column for a field of the record, or of one that it points to (``city.name_en``), called as the pointer is.

    ``names`` gives the records that somebody may let it point to. A column that only ``tells`` is not read.
    """
    first, *further = path.split(".")
    own = first_of = model._meta.get_field(first)
    for step in further:
        own = own.related_model._meta.get_field(step)  # type: ignore[union-attr]
    return Column(
        name or (first if further else path),
        lambda: str(label or field_label(first_of)),
        _followed(path),
        _yes_or_no if isinstance(own, models.BooleanField) else lambda value: value,
        LONG if isinstance(own, models.TextField) or (own.max_length or 0) > 60 else SHORT,  # type: ignore[union-attr]
        private,
        into="" if tells or (further and not names) else first_of.attname,  # type: ignore[union-attr]
        reader=(lambda by: names(by).find) if names else lambda by: reader(own),  # type: ignore[arg-type]
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
        into=name,
        reader=lambda by: reader(own),  # type: ignore[arg-type]
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


def _yes_or_no(value: Any) -> str:
    return "" if value is None else str(_("yes") if value else _("no"))

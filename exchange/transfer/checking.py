"""What the rows of a file would do: make a record, change one, nothing, or not to be read."""

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from exchange.lib.sheets import Cell
from exchange.transfer.columns import Sheet
from exchange.transfer.reading import Unreadable, folded, text

NEW, CHANGED, SAME, WRONG, SIMILAR = "new", "changed", "same", "wrong", "similar"
Values = dict[str, Any]
Fault = list[str]  # the column's name, what stands there, what to do


@dataclass
class Outcome:
    """What one row would do. ``was`` and ``values`` hold the fields that would change, as they can be stored."""

    number: int
    what: str = WRONG
    label: str = ""
    record: Any = None
    was: Values = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class Check:
    """Holds the rows of one file against the records there are; rows are given in order, some at a time.

    ``matching`` says which cell a column is read from, ``scope`` which values hold for every row.
    """

    def __init__(self, sheet: Sheet, matching: dict[str, int], scope: Values, by: Any) -> None:
        self.sheet, self.intake, self.scope = sheet, sheet.way_in, scope
        self.read = [(one, matching[one.name], one.reader(by)) for one in sheet.columns if one.name in matching]
        self.into = {one.name: one.into for one in sheet.columns}
        self.open = set(sheet.intake.open_to(by).values_list("pk", flat=True))
        self.known = self._known()
        self.taken: dict[Hashable, int] = {}
        self.similar = sheet.way_in.similar()

    def _known(self) -> list[dict[tuple, Any]]:
        """For each group of key columns the records by what they hold there."""
        names = sorted({self.into[name] for group in self.intake.keys for name in group})
        known: list[dict[tuple, Any]] = [{} for _group in self.intake.keys]
        for pk, *values in self.sheet.model._base_manager.values_list("pk", *names).iterator(chunk_size=5000):
            held = dict(zip(names, values, strict=True))
            for group, records in zip(self.intake.keys, known, strict=True):
                key = tuple(folded(held[self.into[name]]) for name in group)
                if self._decides(group, key):
                    records.setdefault(key, pk)
        return known

    def _decides(self, group: tuple[str, ...], key: tuple) -> bool:
        """A group of columns tells records apart where all are filled; in the last group there may be gaps."""
        filled = [one not in (None, "") for one in key]
        return any(filled) if self.intake.loose and group == self.intake.keys[-1] else all(filled)

    def outcomes(self, rows: Iterable[tuple[int, list[Cell]]]) -> list[Outcome]:
        """What these rows would do; blank ones do nothing and are left out."""
        read = [self._values(number, row) for number, row in rows if any(cell is not None for cell in row)]
        found = [(outcome, values, self._find(outcome, values)) for outcome, values in read]
        wanted = {pk for _outcome, _values, pk in found if pk is not None}
        there = self.sheet.model._base_manager.in_bulk(wanted)
        aims = self._aims([values for _outcome, values in read])
        new = []
        for outcome, values, pk in found:
            if not outcome.faults:
                record = self._fill(outcome, there.get(pk), values, aims)
                new += [(outcome, record)] if outcome.what == NEW else []
        for outcome, record in new:
            if sentences := self.similar(record):
                outcome.what = SIMILAR
                outcome.faults += [["", "", sentence] for sentence in sentences]
        return [outcome for outcome, _values in read]

    def _values(self, number: int, row: list[Cell]) -> tuple[Outcome, Values]:
        outcome, values = Outcome(number, label=" · ".join(text(cell) for cell in row[:2])[:200]), dict(self.scope)
        for column, place, read in self.read:
            cell = row[place] if place < len(row) else None
            if cell is None:
                continue  # an empty cell leaves things as they are
            try:
                values[column.into] = read(cell)
            except Unreadable as error:
                outcome.faults.append([column.name, text(cell), str(error.remedy)])
        return outcome, values

    def _find(self, outcome: Outcome, values: Values) -> Any:
        """The record that the row is about; a second row about it is wrong, and so is one nobody may change."""
        for group, records in zip(self.intake.keys, self.known, strict=True):
            key = tuple(folded(values.get(self.into[name])) for name in group)
            if not self._decides(group, key):
                continue
            pk = records.get(key)
            if pk is not None:
                self._take(outcome, pk)
                if pk not in self.open:
                    outcome.faults.append([group[-1], "", _("You may not change this record.")])
                return pk
            if any(not self.sheet.model._meta.get_field(self.into[name]).editable for name in group):
                words = _("There is no record of this number. Leave the cell empty for a new one.")
                outcome.faults.append([group[0], text(values[self.into[group[0]]]), words])
            elif group == self.intake.keys[-1]:
                self._take(outcome, key)
        return None

    def knows(self, values: Values) -> bool:
        """True when there is a record with these values in a group of key columns."""
        for group, records in zip(self.intake.keys, self.known, strict=True):
            key = tuple(folded(values.get(self.into[name])) for name in group)
            if self._decides(group, key) and key in records:
                return True
        return False

    def _take(self, outcome: Outcome, key: Hashable) -> None:
        first = self.taken.setdefault(key, outcome.number)
        if first != outcome.number:
            outcome.faults.append(["", "", _("Row %d is about the same record. Keep one of the two.") % first])

    def _aims(self, rows: list[Values]) -> dict[str, dict[Any, models.Model]]:
        """The records that the rows point to, for the rules that look at them."""
        aims = {}
        for own in self.sheet.model._meta.concrete_fields:
            if isinstance(own, models.ForeignKey):
                keys = {values[own.attname] for values in rows if values.get(own.attname) is not None}
                aims[own.name] = own.related_model._base_manager.in_bulk(keys) if keys else {}  # type: ignore[union-attr]
        return aims

    def _fill(self, outcome: Outcome, record: Any, values: Values, aims: dict[str, dict]) -> Any:
        model = self.sheet.model
        is_new = record is None
        record = model() if is_new else record
        fields = {one.attname: one for one in model._meta.concrete_fields}
        for name, value in values.items():
            if name in fields and (is_new or getattr(record, name) != value):
                outcome.was[name] = None if is_new else stored(getattr(record, name))
                outcome.values[name] = stored(value)
                setattr(record, name, value)
        for name, there in aims.items():
            key = getattr(record, model._meta.get_field(name).attname)
            if key in there:
                setattr(record, name, there[key])
        outcome.record = None if is_new else record.pk
        self._validate(outcome, record)
        outcome.label = str(record)[:200] or outcome.label
        if not outcome.faults:
            outcome.what = NEW if is_new else CHANGED if outcome.values else SAME
        return record

    def _validate(self, outcome: Outcome, record: Any) -> None:
        """The rules of the record's form, without those that ask the database row by row."""
        own = record._meta.concrete_fields
        kept = [] if outcome.record is None else [one.name for one in own if one.attname not in outcome.values]
        left_out = {"slug", *kept, *(one.name for one in own if isinstance(one, models.ForeignKey))}
        for rule in (partial(record.clean_fields, left_out), record.clean, partial(self.intake.check, record)):
            try:
                rule()
            except ValidationError as error:
                outcome.faults += self._faults(record, error)

    def _faults(self, record: Any, error: ValidationError) -> Iterator[Fault]:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_field.items():
            columns = [one.name for one in self.sheet.columns if one.into.removesuffix("_id") == name]
            said = text(getattr(record, name)) if columns and not hasattr(getattr(record, name), "pk") else ""
            for message in messages:
                yield [columns[0] if columns else "", said, str(message)]


def stored(value: Any) -> Any:
    """The value as JSON holds it; the field reads it back."""
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value) if isinstance(value, (dt.date, Decimal)) else value

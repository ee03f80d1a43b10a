"""Two documents of one record in words: which rows came, went and changed, and in which fields."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from exchange.desk.known import label_of
from exchange.desk.words import at_minute, day, field_label
from exchange.fields import RichTextField
from exchange.lib.html import paragraphs
from exchange.versions.trees import Document, Tree, foreign_keys, plain_many


class Change(NamedTuple):
    """One field before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Part:
    """One row that differs: its kind, what it is called, what became of it, and the fields that differ.

    ``what`` is "added", "removed" or "changed"; "moved" says that rows of the kind stand in another order.
    """

    kind: str
    name: str
    what: str
    changes: list[Change]


class Reading:
    """A document's rows as instances, which nobody saves."""

    def __init__(self, tree: Tree, document: Document) -> None:
        self.rows: dict[type[models.Model], dict[Any, models.Model]] = {}
        self.many: dict[models.Model, dict[str, list[Any]]] = {}
        for model in tree.kinds:
            stored = [{"model": model._meta.label_lower, **row} for row in document.get(model._meta.label_lower, [])]
            read = list(serializers.deserialize("python", stored, ignorenonexistent=True))
            self.rows[model] = {one.object.pk: one.object for one in read}
            self.many |= {one.object: {**one.m2m_data} for one in read}

    def targets(self) -> Iterator[tuple[type[models.Model], Any]]:
        """Every record that a row points to: its model and its key."""
        for row in self.many:
            for key in foreign_keys(type(row)):
                if (pk := getattr(row, key.attname)) is not None:
                    yield key.related_model._meta.concrete_model, pk
            for name, pks in self.many[row].items():
                for pk in pks:
                    yield row._meta.get_field(name).related_model._meta.concrete_model, pk


def compare(tree: Tree, before: Document, after: Document, *, hidden: Iterable[str] = ()) -> list[Part]:
    """What differs, in the order of the tree's parts; rows of ``hidden`` models are left out."""
    old, new = Reading(tree, before), Reading(tree, after)
    known = _known(tree, old, new)
    parts = []
    for model in tree.kinds:
        if model._meta.model_name not in hidden:
            parts += list(_rows(tree, model, old, new, known))
    return parts


def in_short(tree: Tree, outline: list[list[Any]], hidden: Iterable[str] = ()) -> str:
    """An outline of what changed in one line: the fields of the record, then what became of its rows."""
    pieces = []
    for model in tree.kinds:
        if model._meta.model_name in hidden:
            continue
        lines = [(what, names) for label, what, names in outline if label == model._meta.label_lower]
        shown = _fields(tree, model)
        fields = {field.name for _what, names in lines for field in shown if field.name in names}
        words = ", ".join(field_label(field) for field in shown if field.name in fields)
        if model is tree.model:
            pieces += [words] if words else []
            continue
        counts = [
            template % sum(what == one for what, _names in lines)
            for one, template in (("added", _("%d added")), ("removed", _("%d removed")))
            if any(what == one for what, _names in lines)
        ]
        if counts or words:
            pieces.append(
                f"{capfirst(model._meta.verbose_name_plural)}: {', '.join([*counts, *([words] if words else [])])}"
            )
    return "; ".join(pieces)


def _rows(tree: Tree, model: type[models.Model], old: Reading, new: Reading, known: dict) -> Iterator[Part]:
    was, stands = old.rows[model], new.rows[model]
    kind = str(capfirst(model._meta.verbose_name))
    for pk in dict.fromkeys([*was, *stands]):
        one, two = was.get(pk), stands.get(pk)
        changes = [
            Change(field_label(field), *words)
            for field in _fields(tree, model)
            if (words := (_words(field, one, old, known), _words(field, two, new, known))) and words[0] != words[1]
        ]
        name = "" if model is tree.model else _name(two or one)
        if not (one and two):
            yield Part(kind, name, "removed" if one else "added", changes)
        elif changes:
            yield Part(kind, name, "changed", changes)
    if _order(was, stands) != _order(stands, was):
        yield Part(str(capfirst(model._meta.verbose_name_plural)), "", "moved", [])


def _order(rows: dict[Any, models.Model], others: dict[Any, models.Model]) -> list[Any]:
    """The keys of the rows that both have, in the order in which they stand."""
    places = {pk: getattr(row, "position", 0) for pk, row in rows.items() if pk in others}
    return sorted(places, key=lambda pk: (places[pk], pk))


def _fields(tree: Tree, model: type[models.Model]) -> list[Any]:
    """The fields that people write in; what a row is part of, its place and its key are none of them."""
    derived = tree.derived if model is tree.model else frozenset()
    return [
        field
        for field in (*model._meta.concrete_fields, *plain_many(model))
        if field.editable and not field.primary_key and field.name not in derived and field.name != "position"
        and not _leads_to(field, tree)
    ]  # fmt: skip


def _leads_to(field: Any, tree: Tree) -> bool:
    """True for the key that makes a row a part of the record."""
    is_key = isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    return is_key and field.related_model in tree.kinds


def _known(tree: Tree, *readings: Reading) -> dict[tuple[type[models.Model], Any], models.Model]:
    """The records that rows point to, one query for each table; each row is told those it points to."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for reading in readings:
        for model, pk in reading.targets():
            wanted[model].add(pk)
    known = {(model, row.pk): row for one in readings for model, rows in one.rows.items() for row in rows.values()}
    for model, pks in wanted.items():
        if missing := {pk for pk in pks if (model, pk) not in known}:
            known |= {(model, pk): row for pk, row in model._base_manager.in_bulk(missing).items()}
    for reading in readings:
        for row in reading.many:
            for key in foreign_keys(type(row)):
                target = known.get((key.related_model._meta.concrete_model, getattr(row, key.attname)))
                if target is not None:
                    key.set_cached_value(row, target)
    return known


def _name(row: models.Model) -> str:
    try:
        return str(row)
    except (ObjectDoesNotExist, AttributeError):  # it is called after something that is no longer there
        return ""


def _words(field: Any, row: models.Model | None, reading: Reading, known: dict) -> str:
    """A field's value for a reader; empty where there is no row or no value."""
    if row is None:
        return ""
    if isinstance(field, models.ManyToManyField):
        model = field.related_model._meta.concrete_model
        return ", ".join(_called(known.get((model, pk))) for pk in reading.many[row].get(field.name, []))
    if isinstance(field, models.ForeignKey):
        pk = getattr(row, field.attname)
        return "" if pk is None else _called(known.get((field.related_model._meta.concrete_model, pk)))
    if field.choices:
        return str(capfirst(getattr(row, f"get_{field.name}_display")()))
    return _plain(field, getattr(row, field.attname))


def _called(record: models.Model | None) -> str:
    try:
        return label_of(record) if record else _("a record that is no longer there")
    except (ObjectDoesNotExist, AttributeError):
        return _("a record that is no longer there")


def _plain(field: Any, value: Any) -> str:
    if value in (None, ""):
        return ""
    if isinstance(field, RichTextField):
        return "\n".join(paragraphs(value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return at_minute(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value)

"""Which rows belong to a record, and the document of how they stand."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from exchange.lib.canonical import canonical, digest

Document = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Tree:
    """A record's model and its rows.

    ``parts`` are paths of relations, a part after what it is part of: ``("delegates", "delegates__contact")``.
    ``derived`` names fields of the record that say nothing by themselves: they are neither compared nor restored.
    ``successor`` names the field by which a record says that another one took its place.
    """

    model: type[models.Model]
    parts: tuple[str, ...] = ()
    derived: frozenset[str] = frozenset()
    successor: str = ""
    kinds: tuple[type[models.Model], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", (self.model, *(_at(self.model, path) for path in self.parts)))

    @property
    def lookups(self) -> list[str]:
        """What to prefetch, so that reading the whole tree takes one query for each kind of row."""
        paths = zip(("", *self.parts), self.kinds, strict=True)
        many = (f"{path}__{one.name}".removeprefix("__") for path, model in paths for one in plain_many(model))
        return [*self.parts, *many]

    def rows(self, record: models.Model) -> Iterator[models.Model]:
        """The record and its rows, in the order of ``kinds``."""
        yield record
        for path in self.parts:
            yield from _followed(record, path.split("__"))


_trees: dict[type[models.Model], Tree] = {}


def register(
    model: type[models.Model],
    *parts: str,
    derived: Iterable[str] = (),
    successor: str = "",
) -> None:
    """Keep versions of this model's records, with the rows of these relations."""
    _trees[model] = Tree(model, parts, frozenset(derived), successor)


def is_kept(model: type[models.Model]) -> bool:
    """True when versions of the model's records are kept."""
    return model._meta.concrete_model in _trees


def tree_of(model: type[models.Model]) -> Tree:
    """The tree of a model; a section has that of its table."""
    return _trees[model._meta.concrete_model]  # type: ignore[index]


def snapshot(model: type[models.Model], pk: Any) -> Document | None:
    """How the record and its rows stand in the database; None where there is no such record.

    ``{"trips.visit": [{"pk": 3, "fields": {...}}, ...], ...}``, rows by their keys.
    """
    tree = tree_of(model)
    record = tree.model._base_manager.prefetch_related(*tree.lookups).filter(pk=pk).first()
    if record is None:
        return None
    document: Document = {one._meta.label_lower: [] for one in tree.kinds}
    for row in json.loads(serializers.serialize("json", tree.rows(record))):
        document[row.pop("model")].append(row)
    for label, rows in document.items():
        names = [one.name for one in plain_many(next(one for one in tree.kinds if one._meta.label_lower == label))]
        for row in rows:
            row["fields"] |= {name: sorted(row["fields"][name]) for name in names}
        rows.sort(key=lambda row: row["pk"])
    return document


def fingerprint(tree: Tree, document: Document) -> str:
    """The digest of what the document says, whatever its derived fields are."""
    root = tree.model._meta.label_lower
    said = [
        {**row, "fields": {name: value for name, value in row["fields"].items() if name not in tree.derived}}
        for row in document.get(root, [])
    ]
    return digest(canonical(document | {root: said}))


def plain_many(model: type[models.Model]) -> list[models.ManyToManyField]:
    """The relations to many that are no rows of their own."""
    return [one for one in model._meta.many_to_many if one.remote_field.through._meta.auto_created]


def foreign_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    """The fields that point to one record."""
    return [one for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey)]


def _at(model: type[models.Model], path: str) -> type[models.Model]:
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return model


def _followed(record: models.Model, path: list[str]) -> Iterator[models.Model]:
    try:
        found = getattr(record, path[0])
    except ObjectDoesNotExist:  # a row that may be missing
        return
    for row in [found] if isinstance(found, models.Model) else found.all():
        if path[1:]:
            yield from _followed(row, path[1:])
        else:
            yield row

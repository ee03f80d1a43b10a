"""Everything that can point at a record, found in the models themselves: a new relation is known the day it is made."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Relation:
    """That rows of a model point at a record through a field."""

    field: models.ForeignKey

    @property
    def model(self) -> type[models.Model]:
        return self.field.model

    @property
    def name(self) -> str:
        """What it is called in code, and where it is put in words: ``trips.visit.host``."""
        return f"{self.model._meta.label_lower}.{self.field.name}"

    @property
    def is_choice(self) -> bool:
        """True for one of several choices in a field of another record, such as a trip's themes."""
        return bool(self.model._meta.auto_created)

    @property
    def root(self) -> str:
        """The way from a row to the record it is part of, such as a visit's trip; empty where it is part of none."""
        found = self.path_to(lambda model: not any(_parents(model)))
        return "" if found is None or found[1] == "pk" else found[1]

    def whole(self, row: models.Model) -> models.Model:
        """The record that the row is part of; itself where it is part of none."""
        for name in self.root.split("__") if self.root else ():
            row = getattr(row, name)
        return row

    def path_to(self, wanted: Callable[[type[models.Model]], bool]) -> tuple[type[models.Model], str] | None:
        """The nearest wanted model that a row is part of, with the way to its key: ``(Trip, "visit__trip")``."""
        return _path(self.model, wanted, "", self.field)


def relations(model: type[models.Model]) -> Iterator[Relation]:
    """Every relation to records of the model, hidden ones included, but not the record's own choices."""
    own = model._meta.concrete_model
    for found in model._meta.get_fields(include_hidden=True):
        if found.auto_created and not found.concrete and not found.many_to_many:
            relation = Relation(found.field)  # type: ignore[union-attr]
            if not (relation.is_choice and relation.model._meta.auto_created is own):
                yield relation


def _path(
    model: type[models.Model], wanted: Callable[[type[models.Model]], bool], before: str, came_by: models.Field
) -> tuple[type[models.Model], str] | None:
    if wanted(model):
        return model, before or "pk"
    for field in _parents(model):
        if field is not came_by:
            way = f"{before}__{field.name}" if before else field.name
            if found := _path(field.related_model, wanted, way, came_by):  # type: ignore[arg-type]
                return found
    return None


def _parents(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    """The relations without which a row of the model cannot stand."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and not field.null:
            yield field

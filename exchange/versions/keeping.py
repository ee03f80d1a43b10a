"""Versions are added in the transaction of the act they follow, and are never edited."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils import timezone

from exchange.desk.relations import relations
from exchange.lib.canonical import canonical
from exchange.models import Version
from exchange.versions.trees import Document, Tree, fingerprint, is_kept, snapshot, tree_of

LABEL = 255
LINKS = "+"  # beside the rows of a deleted record


def of(model: type[models.Model], pk: Any) -> "models.QuerySet[Version]":
    """The versions of a record, latest first."""
    return Version.objects.filter(model=tree_of(model).model._meta.label_lower, record=str(pk)).select_related("by")


def keep(record: models.Model, *, by: Any, act: str = "change", went_to: dt.datetime | None = None) -> Version | None:
    """Keep how the record stands now; None where that is how it stood in the last version.

    ``went_to`` is the time of the version that was restored. A deletion is kept even where nothing else changed: its
    version is what is recovered.
    """
    model = type(record)
    document = snapshot(model, record.pk)
    if document is None:
        return None
    tree, last = tree_of(model), of(model, record.pk).first()
    found = fingerprint(tree, document)
    if act != "delete" and last and last.digest == found:
        return None
    if act == "delete":
        document |= {LINKS: links(record)}
    return Version.objects.create(
        at=timezone.now(),
        by=by,
        by_name=by.get_full_name() or by.get_username() if by else "",
        act=act,
        went_to=went_to,
        outline=outline(tree, last.content, document) if last else [],
        model=tree.model._meta.label_lower,
        section=model._meta.label_lower,
        record=str(record.pk),
        label=str(record)[:LABEL],
        document=canonical(document),
        digest=found,
    )


def outline(tree: Tree, before: Document, after: Document) -> list[list[Any]]:
    """What differs, row by row: the row's model, "added", "removed" or "changed", and the names of the fields."""
    lines: list[list[Any]] = []
    for label in (one._meta.label_lower for one in tree.kinds):
        old = {row["pk"]: row["fields"] for row in before.get(label, [])}
        new = {row["pk"]: row["fields"] for row in after.get(label, [])}
        lines += [[label, "removed", []] for pk in old if pk not in new]
        for pk, fields in new.items():
            if pk not in old:
                lines.append([label, "added", []])
            elif names := [
                name for name, value in fields.items() if value != old[pk].get(name) and name not in tree.derived
            ]:
                lines.append([label, "changed", names])
    return lines


def keep_first(model: type[models.Model], pk: Any) -> None:
    """Keep how a record stands that has no version yet: a command loaded it, or it is older than versions are."""
    if not of(model, pk).exists() and (record := model._base_manager.filter(pk=pk).first()):
        keep(record, by=None, act="found")


def deleted(model: type[models.Model]) -> list[Version]:
    """The last versions, without their documents, of records of this section that are no longer there, latest first."""
    own = Version.objects.filter(section=model._meta.label_lower, act="delete").defer("document").select_related("by")
    last = {one.record: one for one in own.order_by("pk")}
    there = {str(pk) for pk in model._base_manager.filter(pk__in=list(last)).values_list("pk", flat=True)}
    return sorted((one for key, one in last.items() if key not in there), key=lambda one: one.pk, reverse=True)


def chosen_in(record: models.Model) -> list[models.Model]:
    """The records of which versions are kept and that have this one among their choices, directly or in a row."""
    found: dict[tuple[type[models.Model], Any], models.Model] = {}
    for relation in relations(type(record)):
        if relation.is_choice and relation.root:
            rows = relation.model._base_manager.filter(**{relation.field.name: record.pk})
            for row in rows.select_related(relation.root):
                whole = relation.whole(row)
                if is_kept(type(whole)):
                    found[type(whole), whole.pk] = whole
    return list(found.values())


def links(record: models.Model) -> list[list[Any]]:
    """The choices of other records that a deleted one is taken off: ``[model, {column: key}]`` for each."""
    found = []
    for relation in relations(type(record)):
        if relation.is_choice:
            rows = relation.model._base_manager.filter(**{relation.field.name: record.pk})
            names = [one.attname for one in relation.model._meta.concrete_fields if one.is_relation]
            found += [[relation.model._meta.label_lower, values] for values in rows.values(*names)]
    return found

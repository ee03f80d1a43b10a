"""To take a merge back, row for row, from what the audit trail noted; what was changed since stays as it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from exchange import audit
from exchange.desk.relations import Relation
from exchange.lib.canonical import canonical, digest
from exchange.models import AuditEntry
from institutions.merging import Refused, add, drop, give, hold, keep_after, keep_before, locked, stored
from institutions.models import Organisation

UNSEEN = _("This is not what you saw: something was changed meanwhile. Look at it below, then decide.")
CHANGED = _("It was changed since, and stays as it is.")
GONE = _("It is gone since, and does not come back.")
PARENTLESS = _("It does not come back: what it belonged to is gone.")
Rows = dict[str, dict[Any, models.Model]]


@dataclass(frozen=True)
class Kept:
    """What is not as the merge left it, so that it is left alone."""

    model: type[models.Model]
    whole: models.Model | None
    part: str
    reason: Any


@dataclass
class Reversal:
    """What undoing a merge would do."""

    entry: AuditEntry
    loser: Organisation
    survivor: Organisation
    restored: list[tuple[models.Model, models.Field, Any]] = field(default_factory=list)
    returning: list[models.Model] = field(default_factory=list)
    going: list[models.Model] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Of all that a person decides on."""
        told = [[str(row._meta), row.pk, one.attname] for row, one, _old in self.restored]
        told += [[str(row._meta), row.pk] for row in (*self.returning, *self.going)]
        return digest(canonical([self.entry.pk, told, [[str(one.model._meta), one.part] for one in self.kept]]))

    @property
    def links(self) -> list[models.Model]:
        """The rows that point at the record again that was merged."""
        own = {self.loser.pk, self.survivor.pk}
        moved = [row for row, _one, _old in self.restored if not (isinstance(row, Organisation) and row.pk in own)]
        return [*moved, *self.returning]

    @property
    def touched(self) -> set[models.Model]:
        """The records whose rows change."""
        pointing = [(row, one) for row, one, _old in self.restored if one.is_relation and one.related_model]
        pointing += [(row, one) for row in self.returning for one in row._meta.concrete_fields if one.is_relation]
        return {Relation(one).whole(row) for row, one in pointing}

    @property
    def fields(self) -> list[models.Field]:
        """The fields of the record that stays which get their earlier value again."""
        return [one for row, one, _old in self.restored if isinstance(row, Organisation) and row.pk == self.survivor.pk]


def merges(survivor: Organisation) -> list[AuditEntry]:
    """The merges into the record that were not undone, latest first. The trail knows it as one of any section."""
    entries = list(audit.trail(Organisation(pk=survivor.pk)).filter(verb__in=("merge", "unmerge")))
    undone = {one.details["merge"] for one in entries if one.verb == "unmerge"}
    return [one for one in entries if one.verb == "merge" and one.pk not in undone]


def reversal(entry: AuditEntry, survivor: Organisation, loser: Organisation) -> Reversal:
    """What undoing the merge would do. One query for each kind of row."""
    _refuse_unless_merged(entry, survivor, loser)
    made = Reversal(entry, loser, survivor)
    changes, removed, added = (entry.details[name] for name in ("changes", "removed", "added"))
    rows = _rows(
        ((label, key) for label, key, *_rest in changes), {label: name for label, _key, name, *_rest in changes}
    )
    for label, key, attname, old, new in changes:
        _restore(made, apps.get_model(label), rows[label].get(key), attname, old, new)
    rows = _rows((label, _key(label, values)) for label, values in added)
    for label, values in added:
        row = rows[label].get(_key(label, values))
        if row is not None and stored(row) == values:
            made.going.append(row)
        elif row is not None:
            made.kept.append(Kept(type(row), survivor, str(row), CHANGED))
    _return(made, removed)
    return made


def unmerge(entry: AuditEntry, survivor: Organisation, *, by: Any, digest: str) -> AuditEntry:
    """Undo the merge as it was seen."""
    try:
        with transaction.atomic():
            loser = Organisation._base_manager.get(pk=entry.details["loser"]["pk"])
            held = hold(reversal(entry, survivor, loser).touched)
            survivor, loser = locked(survivor.pk, loser.pk)
            made = reversal(entry, survivor, loser)
            if made.digest != digest or not made.touched <= held:
                raise Refused(UNSEEN)
            touched = keep_before({loser, survivor, *made.touched})
            for row in made.going:
                drop(row)
            for row, one, old in made.restored:
                give(row, one, old)
            for row in made.returning:
                add(row)
            keep_after(touched, by=by, act="unmerge")
            return audit.record(
                "unmerge", survivor, by=by, merge=entry.pk, loser=entry.details["loser"], kept=len(made.kept)
            )
    except IntegrityError as clash:
        raise Refused(UNSEEN) from clash


def _refuse_unless_merged(entry: AuditEntry, survivor: Organisation, loser: Organisation) -> None:
    if survivor.merged_into_id:
        raise Refused(_("“%s” was merged into another record since. Undo that first.") % survivor)
    if loser.merged_into_id != survivor.pk or entry.pk not in [one.pk for one in merges(survivor)]:
        raise Refused(_("This merge was undone already."))


def _rows(wanted: Iterable[tuple[str, Any]], fields: Mapping[str, str] = MappingProxyType({})) -> Rows:
    """The rows that are still there, by model and key: one query for each model. With ``fields``, the columns by
    which they pointed at the record, each comes with what it is part of."""
    keys: dict[str, set[Any]] = defaultdict(set)
    for label, key in wanted:
        keys[label].add(key)
    return {label: _loaded(label, fields.get(label)).in_bulk(found) for label, found in keys.items()}


def _loaded(label: str, attname: str | None) -> Any:
    rows = apps.get_model(label)._base_manager.all()
    root = Relation(rows.model._meta.get_field(attname)).root if attname else ""
    return rows.select_related(root) if root else rows


def _key(label: str, values: dict[str, Any]) -> Any:
    return values[apps.get_model(label)._meta.pk.attname]


def _restore(
    made: Reversal, model: type[models.Model], row: models.Model | None, attname: str, old: Any, new: Any
) -> None:
    one = model._meta.get_field(attname)
    if row is None:
        made.kept.append(Kept(model, None, "", GONE))
    elif stored(row)[attname] != new:
        made.kept.append(Kept(model, Relation(one).whole(row), str(one.verbose_name), CHANGED))
    else:
        made.restored.append((row, one, one.to_python(old)))


def _return(made: Reversal, removed: list[list[Any]]) -> None:
    """The rows that were dropped come back, unless what they are part of is gone."""
    rows = [
        apps.get_model(label)(**{name: _read(label, name, value) for name, value in values.items()})
        for label, values in removed
    ]
    wanted = [
        (one.related_model._meta.label_lower, key)
        for row in rows
        for one in row._meta.concrete_fields
        if one.is_relation and (key := getattr(row, one.attname)) is not None
    ]
    there = _rows(wanted)
    for row in rows:
        parents = [(one, getattr(row, one.attname)) for one in row._meta.concrete_fields if one.is_relation]
        found = {one: there[one.related_model._meta.label_lower].get(key) for one, key in parents if key is not None}
        if None in found.values():
            made.kept.append(Kept(type(row), None, "", PARENTLESS))
            continue
        for one, parent in found.items():
            setattr(row, one.name, parent)
        made.returning.append(row)


def _read(label: str, attname: str, value: Any) -> Any:
    return apps.get_model(label)._meta.get_field(attname).to_python(value)

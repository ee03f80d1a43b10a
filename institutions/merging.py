"""One record for each organisation: another one of it is merged into the one that stays, and can be taken out again.

What pointed at the one that goes then points at the one that stays; the one that goes remains as a tombstone, so that
its public address leads on and published editions, which name its uid, are listed with the one that stays.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.signals import m2m_changed
from django.utils.translation import gettext_lazy as _

from exchange import audit, versions
from exchange.desk.relations import Relation, relations
from exchange.lib.canonical import canonical, digest
from exchange.lib.languages import CODES, column
from exchange.models import AuditEntry
from institutions.choices import NameKind
from institutions.models import Name, Organisation

ARRANGEMENT = {"position"}  # where a row stands among others makes it no other row
UNSEEN = _("This is not what you saw: one of the records was changed meanwhile. Look at it below, then decide.")
IN_THE_WAY = _("Something stands in the way of this. It is named below.")
TWICE = _("Both are named there.")


class Refused(ValidationError):
    """A merge, or the undoing of one, that is not possible now; the message says why."""


@dataclass(frozen=True)
class Clash:
    """Two rows of which only one can stand once both point at the same record."""

    row: models.Model
    whole: models.Model
    sentence: str
    is_equal: bool


@dataclass
class Plan:
    """What merging two records would do."""

    loser: Organisation
    survivor: Organisation
    moved: list[tuple[Relation, models.Model]] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    seen: list[Any] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Of all that a person decides on: if it is another one later, this is not what they saw."""
        return digest(canonical([stored(self.loser), stored(self.survivor), self.seen]))

    @property
    def wholes(self) -> set[models.Model]:
        """The records whose rows change."""
        return {relation.whole(row) for relation, row in self.moved} | {one.whole for one in self.clashes}

    @property
    def conflicts(self) -> list[Clash]:
        return [one for one in self.clashes if not one.is_equal]

    @property
    def duplicates(self) -> list[Clash]:
        return [one for one in self.clashes if one.is_equal]

    @property
    def differences(self) -> list[models.Field]:
        """The fields in which both have a value, and not the same."""
        return [one for one in _fields() if _says(both := self._values(one)) and both[0] != both[1]]

    @property
    def filled(self) -> list[models.Field]:
        """The fields that only the one that goes has a value for."""
        return [one for one in _fields() if _says(self._values(one)[:1]) and not _says(self._values(one)[1:])]

    def names(self, taken: Collection[str] = ()) -> list[Name]:
        """The current names that would be lost, as further names: readers see them if somebody checked the record."""
        rows = [row for _relation, row in self.moved if isinstance(row, Name)]
        known = {_same(row.text) for row in (*rows, *self.survivor.names.all())}
        known |= {_same(self._kept(column(part, code), taken)) for part in ("name", "short") for code in CODES}
        added = []
        for part, kind in (("name", NameKind.ALIAS), ("short", NameKind.ACRONYM)):
            for code in CODES:
                owner = self.survivor if column(part, code) in taken else self.loser
                text = getattr(owner, column(part, code))
                if text and _same(text) not in known:
                    known.add(_same(text))
                    kind = kind if owner.checked_at else NameKind.VARIANT
                    added.append(Name(organisation=self.survivor, kind=kind, language=code, text=text))
        return added

    def _kept(self, name: str, taken: Collection[str]) -> str:
        mine, theirs = getattr(self.survivor, name), getattr(self.loser, name)
        return theirs if name in taken or not mine else mine

    def _values(self, one: models.Field) -> tuple[Any, Any]:
        return getattr(self.loser, one.attname), getattr(self.survivor, one.attname)


def plan(loser: Organisation, survivor: Organisation) -> Plan:
    """What merging ``loser`` into ``survivor`` would do. One query for each relation, whatever the number of rows."""
    _refuse_unless_a_pair(loser, survivor)
    made = Plan(loser, survivor)
    for relation in relations(Organisation):
        rows = list(_rows(relation, loser, survivor))
        mine = [row for row in rows if getattr(row, relation.field.attname) == survivor.pk]
        theirs = [row for row in rows if getattr(row, relation.field.attname) == loser.pk]
        clashes = _clashes(relation, theirs, mine)
        made.clashes += clashes.values()
        made.moved += [(relation, row) for row in theirs if row.pk not in clashes]
        part_of_it = relation.model is Name
        told = [row for row in rows if part_of_it or row.pk in clashes]
        made.seen.append([relation.name, [row.pk for row in theirs], [stored(row) for row in told]])
    return made


def merge(
    loser: Organisation, survivor: Organisation, *, by: Any, digest: str, taken: Collection[str] = ()
) -> AuditEntry:
    """Merge as it was seen. ``taken`` names the fields in which the value of the one that goes is the right one."""
    with transaction.atomic():
        held = hold(plan(loser, survivor).wholes)
        loser, survivor = locked(loser.pk, survivor.pk)
        made = plan(loser, survivor)
        if made.digest != digest or not made.wholes <= held:
            raise Refused(UNSEEN)
        if made.conflicts:
            raise Refused(IN_THE_WAY)
        touched = keep_before({loser, survivor, *made.wholes})
        removed, added = [], made.names(taken)
        for clash in made.duplicates:
            removed.append([clash.row._meta.label_lower, stored(clash.row)])
            drop(clash.row)
        changes = [_changed(row, relation.field, survivor.pk) for relation, row in made.moved]
        fields = (*made.filled, *(one for one in made.differences if one.name in taken))
        changes += [_changed(survivor, one, getattr(loser, one.attname)) for one in fields]
        changes.append(_changed(loser, Organisation._meta.get_field("merged_into"), survivor.pk))
        for name in added:
            name.save()
        keep_after(touched, by=by, act="merge")
        return audit.record(
            "merge",
            survivor,
            by=by,
            loser={"pk": loser.pk, "uid": loser.uid, "label": str(loser)},
            changes=changes,
            removed=removed,
            added=[[Name._meta.label_lower, stored(name)] for name in added],
        )


def keep_before(records: Iterable[models.Model]) -> list[models.Model]:
    """Those of the records of which versions are kept; how they stand is in one before they are touched."""
    found = [one for one in records if versions.is_kept(type(one))]
    for one in found:
        versions.keep_first(type(one), one.pk)
    return found


def keep_after(records: Iterable[models.Model], *, by: Any, act: str) -> None:
    """Keep how they stand now; one that wants to know who changed it is told."""
    for one in records:
        if touch := getattr(one, "touch", None):
            touch(by=by)
        versions.keep(one, by=by, act=act)


def hold(wholes: Iterable[models.Model]) -> set[models.Model]:
    """The records, locked until the transaction ends, always in the same order, and before any organisation is.

    Whoever saves one of them locks it first too: so nobody's choice is overwritten, and nobody waits for the other.
    """
    found = set(wholes)
    for one in sorted(found, key=lambda one: (one._meta.label_lower, one.pk)):
        if not isinstance(one, Organisation):
            list(type(one)._base_manager.select_for_update(no_key=True).filter(pk=one.pk).values_list("pk"))
    return found


def locked(*keys: int) -> list[Organisation]:
    """The records, locked until the transaction ends, in the order of the keys that are given."""
    found = Organisation._base_manager.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    known = {one.pk: one for one in found}
    if missing := [key for key in keys if key not in known]:
        raise Refused(_("The record with the key %s is gone.") % missing[0])
    return [known[key] for key in keys]


def give(row: models.Model, changed: models.Field, value: Any) -> None:
    """Save the row with another value of one field, so that whoever listens to changes hears of it."""
    before = getattr(row, changed.attname)
    setattr(row, changed.attname, value)
    row.save(update_fields=[changed.name])
    _tell(row, changed, "remove", before)
    _tell(row, changed, "add", value)


def drop(row: models.Model) -> None:
    row.delete()
    _tell(row, _choice(row), "remove", getattr(row, _choice(row).attname))


def add(row: models.Model) -> None:
    row.save(force_insert=True)
    _tell(row, _choice(row), "add", getattr(row, _choice(row).attname))


def owner_of(row: models.Model) -> models.Field:
    """Of a row of several choices the field of the record whose choices they are."""
    return next(one for one in row._meta.concrete_fields if one.is_relation and not _is_organisation(one))


def _choice(row: models.Model) -> models.Field:
    """The field of the row that points at an organisation."""
    return next(one for one in row._meta.concrete_fields if _is_organisation(one))


def _is_organisation(one: models.Field) -> bool:
    return bool(one.is_relation) and one.related_model._meta.concrete_model is Organisation  # type: ignore[union-attr]


def _tell(row: models.Model, choice: models.Field, action: str, key: Any) -> None:
    """Django is silent about a row of several choices that is saved as itself, which keeps its key."""
    if row._meta.auto_created:
        owner = owner_of(row)
        about = {"reverse": False, "model": choice.related_model, "pk_set": {key}, "using": row._state.db}
        m2m_changed.send(sender=type(row), instance=getattr(row, owner.name), action=f"post_{action}", **about)


def stored(row: models.Model) -> dict[str, Any]:
    """The row's values as they can stand in a JSON document; ``restored`` reads them again."""
    plain = (type(None), bool, int, str)
    return {
        one.attname: value if isinstance(value := getattr(row, one.attname), plain) else one.value_to_string(row)
        for one in row._meta.concrete_fields
    }


def _fields() -> Iterator[models.Field]:
    """What a person can choose to keep: the address stays, for the other one leads to it."""
    for one in Organisation._meta.concrete_fields:
        if one.editable and not one.primary_key and one.name not in ("slug", "kind"):
            yield one


def _says(values: tuple) -> bool:
    """True when none of the values is an empty one."""
    return not {None, ""} & {*values}


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def _refuse_unless_a_pair(loser: Organisation, survivor: Organisation) -> None:
    if loser.pk == survivor.pk:
        raise Refused(_("A record cannot be merged into itself."))
    if loser.kind != survivor.kind:
        raise Refused(_("Only records of the same section can be merged."))
    for one in (loser, survivor):
        if one.merged_into_id:
            raise Refused(_("“%s” was merged into another record already.") % one)


def _rows(relation: Relation, loser: Organisation, survivor: Organisation) -> models.QuerySet:
    """The rows that point at the one that goes; at both, where a rule tells rows of one record apart."""
    both = [loser.pk, survivor.pk] if [*_rules(relation)] else [loser.pk]
    rows = relation.model._base_manager.filter(**{f"{relation.field.name}__in": both}).order_by("pk")
    root = relation.root
    return rows.select_related(root) if root else rows


def _rules(relation: Relation) -> Iterator[tuple[list[str], Any]]:
    """The fields that tell rows of one record apart, with the sentence for two that are the same."""
    name, meta = relation.field.name, relation.model._meta
    for constraint in meta.total_unique_constraints:
        if name in constraint.fields:
            yield [one for one in constraint.fields if one != name], constraint.get_violation_error_message()
    for fields in meta.unique_together:
        if name in fields:
            yield [one for one in fields if one != name], TWICE


def _clashes(relation: Relation, theirs: list[models.Model], mine: list[models.Model]) -> dict[Any, Clash]:
    """Of the rows of the one that goes those that cannot stand beside one of the other's, by their keys."""
    pairs = {}
    for fields, sentence in _rules(relation):
        kept = {_values(row, fields): row for row in mine}
        pairs |= {row.pk: (row, kept[key], sentence) for row in theirs if (key := _values(row, fields)) in kept}
    hung = _with_parts(relation.model, [*pairs])
    return {
        key: Clash(row, relation.whole(row), str(sentence), key not in hung and _are_equal(relation, row, other))
        for key, (row, other, sentence) in pairs.items()
    }


def _values(row: models.Model, fields: list[str]) -> tuple:
    return tuple(row.serializable_value(name) for name in fields)


def _are_equal(relation: Relation, row: models.Model, other: models.Model) -> bool:
    own = {relation.field.name, row._meta.pk.name, *ARRANGEMENT}
    return all(
        getattr(row, one.attname) == getattr(other, one.attname)
        for one in row._meta.concrete_fields
        if one.name not in own
    )


def _with_parts(model: type[models.Model], keys: list[Any]) -> set[Any]:
    """The keys of rows that something hangs on."""
    found: set[Any] = set()
    for relation in relations(model) if keys else ():
        rows = relation.model._base_manager.filter(**{f"{relation.field.name}__in": keys})
        found |= set(rows.values_list(relation.field.attname, flat=True))
    return found


def _changed(row: models.Model, changed: models.Field, value: Any) -> list[Any]:
    """Give the row's field another value, and say how it was: ``[model, key, column, old, new]``."""
    before = stored(row)[changed.attname]
    give(row, changed, value)
    return [row._meta.label_lower, row.pk, changed.attname, before, stored(row)[changed.attname]]

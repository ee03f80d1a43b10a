"""A record and its rows made to say again what a version says."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.base import DeserializedObject
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange import audit
from exchange.models import Version
from exchange.versions.keeping import LINKS, keep
from exchange.versions.trees import Document, Tree, fingerprint, foreign_keys, is_kept, snapshot, tree_of


class Irretrievable(ValidationError):
    """What a version says cannot be had again; the message says what is in the way."""


def restore(
    version: Version,
    model: type[models.Model],
    *,
    by: Any,
    seen: str | None = None,
    kept: frozenset[str] = frozenset(),
    follow: Callable[[Any], None] = lambda record: None,
) -> list[str]:
    """Make the record and its rows what the version says, in one transaction; sentences say what could not come back.

    ``seen`` is the fingerprint of how the record stood when this was decided; ``follow`` is called with the restored
    record before it is kept. How it stood is kept first, if no version says it. Rows of the models in ``kept``, by
    name, stay as they are, for a person who may not change them. Where another record took the place of one that a
    row points to, the row points to that. What a row points to must exist: where it is gone and the row can do
    without, it does, and that is told; else nothing is restored. Files of deleted rows were never removed.
    """
    tree = tree_of(model)
    try:
        with transaction.atomic():
            return _restored(tree, version, model, by, seen, kept, follow)
    except IntegrityError as clash:
        words = _("What this version says cannot stand beside what is stored now: two of its rows would be the same.")
        raise Irretrievable(words) from clash


def _restored(
    tree: Tree,
    version: Version,
    model: type[models.Model],
    by: Any,
    seen: str | None,
    kept: frozenset[str],
    follow: Callable[[Any], None],
) -> list[str]:
    record = tree.model._base_manager.select_for_update().filter(pk=version.record).first()
    stands = snapshot(model, version.record) or {}
    if record and seen is not None and fingerprint(tree, stands) != seen:
        raise Irretrievable(_("Somebody saved this record meanwhile. Look again at what would change."))
    if record:
        keep(record, by=None, act="found")
    wanted = _with(tree, version.content, stands, kept)
    told = _without_what_moved(tree, wanted, stands)
    rows = _read(tree, wanted)
    for name in tree.derived if record else ():
        column = tree.model._meta.get_field(name).attname
        setattr(rows[0].object, column, getattr(record, column))
    _follow_successors(rows)
    told += _without_what_is_gone(tree, rows)
    rows[0].object._state.adding = record is None
    _check(rows[0].object)
    _write(tree, rows, wanted, stands)
    _link_again(version.content.get(LINKS, []))
    restored = model._base_manager.get(pk=version.record)
    follow(restored)
    keep(restored, by=by, act="restore" if record else "recover", went_to=version.at)
    audit.record("restored" if record else "recovered", restored, by=by, version=version.at.isoformat())
    return told


def _without_what_moved(tree: Tree, wanted: Document, stands: Document) -> list[str]:
    """Leave out rows that belong to another record by now, and say so."""
    told = []
    for model in tree.kinds[1:]:
        label = model._meta.label_lower
        own = {row["pk"] for row in stands.get(label, [])}
        strange = {row["pk"] for row in wanted[label]} - own
        moved = set(model._base_manager.filter(pk__in=strange).values_list("pk", flat=True)) if strange else set()
        if moved:
            wanted[label] = [row for row in wanted[label] if row["pk"] not in moved]
            words = _("“%(name)s”: what belongs to another record by now stays there (%(count)d).")
            told.append(words % {"name": model._meta.verbose_name_plural, "count": len(moved)})
    _without_orphans(tree, wanted)
    return told


def _link_again(links: list[list[Any]]) -> None:
    """Put the recovered record back where it was chosen, as far as those places are still there."""
    for label, values in links:
        model = apps.get_model(label)
        ends = [(model._meta.get_field(name.removesuffix("_id")), key) for name, key in values.items()]
        if all(end.related_model._base_manager.filter(pk=key).exists() for end, key in ends):
            model._base_manager.get_or_create(**values)


def _with(tree: Tree, wanted: Document, stands: Document, kept: frozenset[str]) -> Document:
    """The document to write: the version's, with the kept rows as they stand."""
    document = {one._meta.label_lower: list(wanted.get(one._meta.label_lower, [])) for one in tree.kinds}
    for one in tree.kinds:
        if one._meta.model_name in kept:
            label = one._meta.label_lower
            document[label] = [*stands.get(label, []), *_returning(tree, one, document[label], stands)]
    return _without_orphans(tree, document)


def _returning(tree: Tree, model: type[models.Model], rows: list[dict], stands: Document) -> list[dict]:
    """Of rows that stay as they are, those whose owner was gone: they come back with it, or are lost."""
    owners = [key for key in foreign_keys(model) if key.remote_field.on_delete is models.CASCADE]
    owners = [key for key in owners if key.related_model in tree.kinds]
    there = {key.name: {row["pk"] for row in stands.get(key.related_model._meta.label_lower, [])} for key in owners}
    return [row for row in rows if all(row["fields"][name] not in pks for name, pks in there.items())]


def _without_orphans(tree: Tree, document: Document) -> Document:
    """Rows whose owner is not in the document cannot be: the contact of a person who was not there then."""
    for model in tree.kinds[1:]:
        for key in foreign_keys(model):
            if key.remote_field.on_delete is models.CASCADE and key.related_model in tree.kinds:
                owners = {row["pk"] for row in document[key.related_model._meta.label_lower]}
                label = model._meta.label_lower
                document[label] = [row for row in document[label] if row["fields"][key.name] in owners]
    return document


def _read(tree: Tree, document: Document) -> list[DeserializedObject]:
    rows = [{"model": one._meta.label_lower, **row} for one in tree.kinds for row in document[one._meta.label_lower]]
    return list(serializers.deserialize("python", rows, ignorenonexistent=True))


def _follow_successors(rows: list[DeserializedObject]) -> None:
    """Let rows point to what took the place of the records that they point to."""
    for model, pks in _wanted(rows).items():
        name = tree_of(model).successor if is_kept(model) else ""
        if not name:
            continue
        heirs = dict(model._base_manager.filter(pk__in=pks).exclude(**{name: None}).values_list("pk", f"{name}_id"))
        for one in rows if heirs else ():
            for key in foreign_keys(type(one.object)):
                if key.related_model._meta.concrete_model is model and key.name != name:
                    pk = getattr(one.object, key.attname)
                    setattr(one.object, key.attname, heirs.get(pk, pk))
            for field, found in one.m2m_data.items():
                if one.object._meta.get_field(field).related_model._meta.concrete_model is model:
                    one.m2m_data[field] = list(dict.fromkeys(heirs.get(pk, pk) for pk in found))


def _wanted(rows: list[DeserializedObject]) -> dict[type[models.Model], set[Any]]:
    """The keys of all that rows point to, by model."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for one in rows:
        for key in foreign_keys(type(one.object)):
            wanted[key.related_model._meta.concrete_model].add(getattr(one.object, key.attname))
        for name, pks in one.m2m_data.items():
            wanted[one.object._meta.get_field(name).related_model._meta.concrete_model] |= set(pks)
    return wanted


def _without_what_is_gone(tree: Tree, rows: list[DeserializedObject]) -> list[str]:
    """Empty what points to records that are gone, and say so; refuse where it cannot be empty."""
    gone = _gone(rows)
    told: dict[str, int] = defaultdict(int)
    for one in rows:
        for key in foreign_keys(type(one.object)):
            if (key.related_model._meta.concrete_model, getattr(one.object, key.attname)) not in gone:
                continue
            if not key.null:
                raise Irretrievable(_refusal(key, getattr(one.object, key.attname)))
            setattr(one.object, key.attname, None)
            told[str(key.verbose_name)] += 1
        for name, pks in one.m2m_data.items():
            field = one.object._meta.get_field(name)
            left = [pk for pk in pks if (field.related_model._meta.concrete_model, pk) not in gone]
            told[str(field.verbose_name)] += len(pks) - len(left)
            one.m2m_data[name] = left
    return [
        ngettext(
            "“%(name)s”: %(count)d entry points to a record that is gone, and stays empty.",
            "“%(name)s”: %(count)d entries point to records that are gone, and stay empty.",
            count,
        )
        % {"name": name, "count": count}
        for name, count in told.items()
        if count
    ]


def _gone(rows: list[DeserializedObject]) -> set[tuple[type[models.Model], Any]]:
    """The records that rows point to and that are neither in the database nor among the rows."""
    own = {(type(one.object), one.object.pk) for one in rows}
    missing = set()
    for model, pks in _wanted(rows).items():
        asked = {pk for pk in pks if pk is not None and (model, pk) not in own}
        there = set(model._base_manager.filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
        missing |= {(model, pk) for pk in asked - there}
    return missing


def _refusal(key: models.ForeignKey, pk: Any) -> str:
    label = key.related_model._meta.concrete_model._meta.label_lower
    last = Version.objects.filter(model=label, record=str(pk)).values_list("label", flat=True).first()
    words = _("“%(name)s” (%(kind)s) was deleted, and this version needs it. Recover that first.")
    return words % {"name": last or f"{pk}", "kind": key.related_model._meta.verbose_name}


def _check(record: models.Model) -> None:
    """Somebody may have taken the record's address meanwhile."""
    try:
        record.clean()
        record.validate_unique()
        record.validate_constraints()
    except ValidationError as refusal:
        words = _("Another record has taken its place meanwhile, so it cannot come back as it was: %s")
        raise Irretrievable(words % " ".join(refusal.messages)) from refusal


def _write(tree: Tree, rows: list[DeserializedObject], wanted: Document, stands: Document) -> None:
    """Remove what is not in the document, then write what differs.

    Rows that differ are taken out together before they are written, so that two of them can exchange what must be
    unique; keys are checked when the transaction ends.
    """
    for model in reversed(tree.kinds[1:]):
        label = model._meta.label_lower
        left = {row["pk"] for row in wanted[label]}
        gone = {row["pk"] for row in stands.get(label, [])} - left
        model._base_manager.filter(pk__in=gone).delete()
    same = {(label, row["pk"]) for label, found in stands.items() for row in found if row in wanted.get(label, [])}
    changed = [one for one in rows if (one.object._meta.label_lower, one.object.pk) not in same]
    for model in tree.kinds[1:]:
        pks = [one.object.pk for one in changed if type(one.object) is model]
        found = model._base_manager.filter(pk__in=pks)
        found._raw_delete(found.db)  # not what points to them: they are back in a moment
    for one in changed:
        one.save()

"""What an import would do is done: all of it in one transaction, or nothing. And taken back."""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from exchange import audit
from exchange.models import Import, ImportRow
from exchange.transfer.checking import CHANGED, NEW, SIMILAR, Check, stored
from exchange.transfer.columns import SHEETS, Sheet
from exchange.versions import keep
from exchange.versions.keeping import keep_many

State = Import.State
PIECE = 500


class Overtaken(Exception):
    """Something is no longer as it was when the file was checked; the message says what."""


def write(job: Import) -> None:
    """Make and change the records; refuses where one was changed since the file was checked."""
    sheet = SHEETS[job.sheet]
    known = Check(sheet, {}, job.scope, job.by)
    try:
        with transaction.atomic():
            for piece in _pieces(job.rows.filter(what__in=(NEW, CHANGED, SIMILAR), wanted=True)):
                _write(sheet, piece, known, job.by)
            audit.record("imported", job, by=job.by, sheet=sheet.key, **job.counts)
            done = {"state": State.APPLIED, "content": b"", "beat": None}
            if not Import.objects.filter(pk=job.pk, state=State.APPLYING).update(**done):
                raise Overtaken(_("The import was cancelled."))
    except IntegrityError as clash:
        raise Overtaken(_("Somebody entered one of these records meanwhile. Check the file again.")) from clash


def _write(sheet: Sheet, rows: list[ImportRow], known: Check, by: Any) -> None:
    there = sheet.model._base_manager.select_for_update().in_bulk([row.record for row in rows if row.record])
    new, changed, names = [], [], set()
    for row in rows:
        record = there.get(row.record) if row.record else sheet.model()
        if record is None or (row.record is None and known.knows(values(sheet.model, row.values))):
            raise Overtaken(_("“%s” is no longer what it was when the file was checked. Check it again.") % row.label)
        if row.record and any(stored(getattr(record, name)) != was for name, was in row.was.items()):
            raise Overtaken(_("Somebody changed “%s” since the file was checked. Check it again.") % row.label)
        for name, value in values(sheet.model, row.values).items():
            setattr(record, name, value)
        (changed if row.record else new).append(record)
        names |= row.values.keys() if row.record else set()
    sheet.way_in.complete(new)
    sheet.way_in.save(new, changed, sorted(names), by)
    for row, record in zip([row for row in rows if not row.record], new, strict=True):
        row.record = record.pk
    ImportRow.objects.bulk_update(rows, ["record"], batch_size=200)


def undo(job: Import) -> None:
    """Take back what the import did, as far as nobody has built on it since; the rest is told."""
    sheet = SHEETS[job.sheet]
    left: list[str] = []
    with transaction.atomic():
        for piece in _pieces(job.rows.filter(what__in=(NEW, CHANGED, SIMILAR), wanted=True).order_by("-number")):
            there = sheet.model._base_manager.select_for_update().in_bulk([row.record for row in piece])
            for row in piece:
                record = there.get(row.record)
                if record and not (_unmake if row.what != CHANGED else _unchange)(row, record, job.by):
                    left.append(row.label)
        audit.record("import_undone", job, by=job.by, sheet=sheet.key, left=len(left))
        words = _("Left as they are, because somebody changed or uses them since: %s") % ", ".join(left[:50])
        Import.objects.filter(pk=job.pk).update(state=State.UNDONE, beat=None, refusal=words if left else "")


def _unmake(row: ImportRow, record: models.Model, by: Any) -> bool:
    if any(stored(getattr(record, name)) != value for name, value in row.values.items()):
        return False
    try:
        with transaction.atomic():
            keep(record, by=by, act="delete")
            record.delete()
    except ProtectedError:
        return False
    return True


def _unchange(row: ImportRow, record: models.Model, by: Any) -> bool:
    if any(stored(getattr(record, name)) != value for name, value in row.values.items()):
        return False
    for name, value in values(type(record), row.was).items():
        setattr(record, name, value)
    record.save(update_fields=list(row.was))
    keep(record, by=by)
    return True


def save_records(new: list[Any], changed: list[Any], fields: list[str], by: Any) -> None:
    """Write records that have no rows of their own, and keep their versions."""
    if changed:
        keep_many(changed, by=None, act="found")  # in case no version says yet how they stood
        type(changed[0])._base_manager.bulk_update(changed, fields, batch_size=200)
        keep_many(changed, by=by, act="import")
    if new:
        type(new[0])._base_manager.bulk_create(new, batch_size=200)
        keep_many(new, by=by, act="import")


def values(model: type[models.Model], kept: dict[str, Any]) -> dict[str, Any]:
    """What was kept of a row as the fields hold it."""
    fields = {one.attname: one for one in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) if value is not None else None for name, value in kept.items()}


def _pieces(rows: "models.QuerySet[ImportRow]") -> Iterator[list[ImportRow]]:
    """The rows, some at a time and in their order; they may be changed while this goes on."""
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), PIECE):
        piece = rows.model.objects.in_bulk(keys[start : start + PIECE])
        yield [piece[key] for key in keys[start : start + PIECE]]

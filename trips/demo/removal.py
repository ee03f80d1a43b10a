"""Taking the demonstration out again, all but what something else has come to use."""

from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction

from institutions.models import City, Country, Name, Organisation
from trips.models import Candidate, Document, Edition, Mention, Photo, Redaction, Rendition, Theme, Trip, Withdrawal
from trips.models.listing import Subject

BOOK = (
    (Organisation, Subject.ORGANISATION, "uid"),
    (Theme, Subject.THEME, "slug"),
    (City, Subject.CITY, "slug"),
    (Country, Subject.STATE, "iso2"),
)


@transaction.atomic
def remove_trips() -> int:
    """Delete the demonstration's trips with their editions; their files go when that is certain."""
    trips = Trip.objects.filter(demo=True)
    files = list(_files(trips))
    for model in (Redaction, Edition):
        path = "trip" if model is Edition else "edition__trip"
        # An edition refuses to be deleted, as does everything that protects it. Here nobody is being deceived:
        # the demonstration was never anybody's publication, so the query deletes what the instances would not.
        model.objects.filter(**{f"{path}__in": trips}).delete()
    for model in (Candidate, Withdrawal):
        model.objects.filter(trip__in=trips).delete()
    count = trips.count()
    trips.delete()
    transaction.on_commit(lambda: _unlink(files))
    return count


def _files(trips: models.QuerySet) -> Iterator[str]:
    """The stored files of the trips, each followed, in the end, by the folder it is in."""
    folders: dict[str, None] = {}
    for model, field, path in (
        (Rendition, "file", "photo__trip"),
        (Photo, "image", "trip"),
        (Document, "file", "trip"),
    ):
        for name in model.objects.filter(**{f"{path}__in": trips}).values_list(field, flat=True):
            folders[name.rpartition("/")[0]] = None
            yield name
    yield from folders


def _unlink(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


@transaction.atomic
def remove_entries() -> tuple[int, list[str]]:
    """Delete the demonstration's part of the address book; returns how many, and what was kept, each with the reason."""
    removed, kept = 0, []
    for model, subject, key in BOOK:
        while unused := [row.pk for row in model.objects.filter(demo=True) if not _use(row, subject, key)]:
            removed += len(unused)
            model.objects.filter(pk__in=unused).delete()
        kept += [f"{row} ({_use(row, subject, key)})" for row in model.objects.filter(demo=True)]
    return removed, kept


def _use(row: models.Model, subject: str, key: str) -> str:
    """What still refers to the row, in words; empty where nothing does."""
    if Mention.objects.filter(subject=subject, key=getattr(row, key)).exists():
        return "named in a published edition"
    for relation in _relations(row):
        if relation.related_model._base_manager.filter(**{relation.field.name: row.pk}).exists():
            return f"used by: {relation.related_model._meta.verbose_name_plural}"
    return ""


def _relations(row: models.Model) -> Iterator[Any]:
    """Every relation that points at the row, hidden ones included, but the further names that belong to it."""
    for field in row._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and field.related_model is not Name and not field.many_to_many:
            yield field

"""Taking the demonstration out again, all but what something else has come to use."""

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast

from exchange.desk.relations import relations
from exchange.models import AuditEntry
from institutions.models import City, Name, Organisation
from trips import indexing
from trips.models import (
    Candidate,
    Document,
    Edition,
    Mention,
    PageEdition,
    PageWithdrawal,
    Photo,
    PlainPage,
    Redaction,
    ReviewLink,
    Theme,
    Trip,
    Withdrawal,
)
from trips.models.listing import Subject

# Countries are not here: they are reference data, and stay.
BOOK = (
    (Organisation, Subject.ORGANISATION, "uid"),
    (Theme, Subject.THEME, "slug"),
    (City, Subject.CITY, "slug"),
)


def touched() -> models.QuerySet:
    """The demonstration's trips with which people did something, even if their accounts have gone since.

    Staff edited, submitted or published them, or sent them to readers; or a reader answered.
    """
    published = Edition.objects.filter(trip=OuterRef("pk"), published_by__isnull=False)
    submitted = Candidate.objects.filter(trip=OuterRef("pk"), submitted_by__isnull=False)
    answered = Q(made_by__isnull=False) | Q(remarks__isnull=False) | Q(agreements__isnull=False)
    links = ReviewLink.objects.filter(answered, trip=OuterRef("pk"))
    done = Exists(_acts(Trip)) | Exists(published) | Exists(submitted) | Exists(links)
    return Trip.objects.filter(Q(edited_by__isnull=False) | done, demo=True)


def removable(*, everything: bool) -> models.QuerySet:
    """The demonstration's trips that may go: those nobody touched, or all of them."""
    trips = Trip.objects.filter(demo=True)
    return trips if everything else trips.exclude(pk__in=touched().values("pk"))


def remove_trips(*, everything: bool = False) -> int:
    """Delete the demonstration's trips with their editions; their files go after the commit."""
    trips = Trip.objects.filter(pk__in=[*removable(everything=everything).values_list("pk", flat=True)])
    count, folders = trips.count(), _folders(trips)
    Redaction.objects.filter(edition__trip__in=trips).delete()
    # An edition refuses to be deleted, and protects its trip. Unless everything was asked for, these are nobody's
    # publication, so here the query deletes what an instance would not.
    Edition.objects.filter(trip__in=trips).delete()
    ReviewLink.objects.filter(trip__in=trips).delete()
    Candidate.objects.filter(trip__in=trips).delete()
    Withdrawal.objects.filter(trip__in=trips).delete()
    trips.delete()
    indexing.tidy()
    transaction.on_commit(lambda: _empty(folders))
    return count


def _folders(trips: models.QuerySet) -> list[str]:
    """Where the files of the trips are; each picture and document has a folder of its own."""
    photos = Photo.objects.filter(trip__in=trips).values_list("uid", flat=True)
    documents = Document.objects.filter(trip__in=trips).values_list("uid", flat=True)
    return [f"photos/{uid}" for uid in photos] + [f"documents/{uid}" for uid in documents]


def _empty(folders: list[str]) -> None:
    for folder in filter(default_storage.exists, folders):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")
        default_storage.delete(folder)


def remove_pages(*, everything: bool = False) -> int:
    """Delete the demonstration's pages, with what was published of them, but those that staff touched."""
    published = PageEdition.objects.filter(page=OuterRef("pk"), published_by__isnull=False)
    touched_ = Q(edited_by__isnull=False) | Exists(_acts(PlainPage)) | Exists(published)
    pages = PlainPage.objects.filter(demo=True)
    pages = pages if everything else pages.exclude(touched_)
    keys = [*pages.values_list("pk", flat=True)]
    PageWithdrawal.objects.filter(page__in=keys).delete()
    PageEdition.objects.filter(page__in=keys).delete()
    PlainPage.objects.filter(pk__in=keys).delete()
    return len(keys)


def _acts(model: type[models.Model]) -> models.QuerySet:
    """What people did with the record of an outer query, even if their accounts have gone since."""
    record = Cast(OuterRef("pk"), models.CharField())
    return AuditEntry.objects.filter(model=model._meta.label_lower, record=record).exclude(by_name="")


def remove_entries() -> tuple[int, list[str]]:
    """Delete the demonstration's entries that nothing uses; how many, and each that was kept with the reason."""
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
    for relation in relations(type(row)):
        if relation.model is Name:  # further names belong to it
            continue
        if relation.model._base_manager.filter(**{relation.field.name: row.pk}).exists():
            return f"used by: {relation.model._meta.verbose_name_plural}"
    return ""

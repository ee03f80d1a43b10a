from django.db import models

from exchange.lib.tokens import random_id
from trips.choices import Language
from trips.models.edition import Edition
from trips.querysets import ListingQuerySet


class Indexed(models.Model):
    """A row derived from an edition, with the time in which that edition is the visible one of its trip.

    ``visible_until`` is empty while nothing ends it. Of an edition that is never visible, withdrawn for example,
    only its files are kept, with an empty window, so that their addresses can say that they are gone.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="%(class)ss")
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField(null=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        abstract = True


class Listing(Indexed):
    """What lists say of a trip: one row per edition and language. ``card`` holds what is only printed.

    ``number`` and ``digest`` are those of the edition: what a number counts can be footnoted without its document.
    """

    language = models.CharField(max_length=8, choices=Language)
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    year = models.PositiveSmallIntegerField()
    demo = models.BooleanField(default=False)
    reported = models.BooleanField(default=False)  # there is a report in this language
    visits = models.PositiveSmallIntegerField(default=0)  # stops of the programme, journeys between them left out
    number = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    card = models.JSONField(default=dict)

    class Meta:
        ordering = ["-starts_on", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "language"], name="one_listing_per_edition_and_language")
        ]
        indexes = [
            models.Index(fields=["language", "-starts_on", "slug"]),
            models.Index(fields=["language", "year"]),
        ]

    def __str__(self) -> str:
        return self.title


class Subject(models.TextChoices):
    """What a mention is of."""

    ORGANISATION = "organisation"
    STATE = "state"
    CITY = "city"
    THEME = "theme"
    PHOTO = "photo"
    DOCUMENT = "document"
    OUTCOME = "outcome"


class Mention(Indexed):
    """That an edition names somebody or something: one row per edition, subject and role.

    ``key`` is the organisation's uid, the state's ISO code, the slug of a city or theme, the uid of a file; of outcomes
    the uid of each organisation that shares one;
    ``section`` is the directory in which the role is listed, ``home`` the one that holds the profile. ``starts_on``
    is the trip's first day: of several names the latest one is that of the latest trip, whenever it was indexed.
    ``member``: the state belonged to ASEAN on that day.
    """

    subject = models.CharField(max_length=12, choices=Subject)
    key = models.CharField(max_length=80)
    section = models.CharField(max_length=16, blank=True)
    home = models.CharField(max_length=16, blank=True)
    slug = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    name_zh_hans = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    member = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "subject", "key", "section"], name="one_mention_per_edition_and_role"
            )
        ]
        indexes = [
            models.Index(fields=["subject", "key"]),
            models.Index(fields=["section", "slug"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.key}"


class Extract(Indexed):
    """What an edition says in one table of the open data: its lines of CSV, as they are sent.

    They are written with the index, because to read thousands of documents for one download takes too long.
    """

    table = models.CharField(max_length=16)
    lines = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["edition", "table"], name="one_extract_per_edition_and_table")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.table}"


class IndexState(models.Model):
    """What is known of the index as a whole, in one row.

    ``version`` is that of the code that wrote it, see ``trips.indexing``. ``generation`` is another word after every
    change, and stands in the same transaction: what was made of the index is good as long as it stays. It is a random
    word and no counter, so that no change that was rolled back shares it with one that was not.
    """

    ONLY = 1

    version = models.PositiveIntegerField(default=0)
    generation = models.CharField(max_length=12, default=random_id)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.generation

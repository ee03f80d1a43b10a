from django.db import models

from trips.choices import Language
from trips.models.listing import Indexed


class SearchText(Indexed):
    """What an edition says in one language, as tokens: its titles, the names in it, and all else.

    See ``exchange.lib.search_terms``. A long text goes on in a further ``part``. The database keeps an index of words
    over each of the three columns beside this table, by triggers on SQLite and by generated columns on PostgreSQL: see
    the migration that made it. Whoever has SQLite remake the table has to make its triggers anew.
    """

    language = models.CharField(max_length=8, choices=Language)
    part = models.PositiveSmallIntegerField(default=0)
    title = models.TextField(blank=True)
    names = models.TextField(blank=True)
    body = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["edition", "language", "part"], name="one_search_text_per_part")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.language} {self.part}"


class SearchName(models.Model):
    """A name by which somebody or something can be found.

    ``live`` names are those of the address book today; the others stand in editions. ``hidden`` ones are only
    recognised, never shown. ``sound`` is how the Chinese characters in it are spelt, ``tokens`` all its words and
    sounds; the database keeps an index of words over them, as it does for ``SearchText``.
    """

    subject = models.CharField(max_length=12)  # see ``listing.Subject``
    key = models.CharField(max_length=80)
    text = models.CharField(max_length=200)
    live = models.BooleanField()
    hidden = models.BooleanField(default=False)
    sound = models.CharField(max_length=1200, blank=True)
    tokens = models.TextField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["subject", "key", "live", "text"], name="one_search_name_per_source")
        ]

    def __str__(self) -> str:
        return self.text


class NameGram(models.Model):
    """Two neighbouring letters of a name or its sound: names that share many of them are near each other."""

    name = models.ForeignKey(SearchName, models.CASCADE, related_name="grams")
    gram = models.CharField(max_length=2)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["gram", "name"])]

    def __str__(self) -> str:
        return self.gram

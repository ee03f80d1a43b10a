from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.fields import RichTextField
from exchange.lib.canonical import canonical, digest
from trips.choices import Language
from trips.models.trip import Trip


class Report(models.Model):
    """The prose of a trip in one language. ``source_digest`` remembers which source text it was made from."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="reports")
    language = models.CharField(_("language"), max_length=8, choices=Language)
    headline = models.CharField(
        _("headline"),
        max_length=200,
        blank=True,
        help_text=_("Where it is empty, the title stands above the page."),
    )
    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=600,
        help_text=_("Two sentences for lists and the top of the page."),
    )
    body = RichTextField(_("body"), blank=True)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["trip", "language"],
                name="one_report_per_trip_and_language",
                violation_error_message=_("The trip already has a report in this language."),
            )
        ]

    def __str__(self) -> str:
        return self.headline or self.get_language_display()

    @property
    def is_empty(self) -> bool:
        """True when nothing has been written."""
        return not (self.headline or self.summary or self.body)

    @property
    def digest(self) -> str:
        """What a translation made from this text remembers of it."""
        return digest(canonical([self.headline, self.summary, self.body]))

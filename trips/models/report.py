from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.fields import RichTextField, Translated
from exchange.lib.languages import SOURCE, TRANSLATION
from trips.choices import Language
from trips.models.trip import Trip


class Report(Translated):
    """The prose of a trip in one language. Its translation stands in a row of its own."""

    prose = ("headline", "summary", "body")

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

    def texts(self) -> dict[str, str]:
        """What is written, by the names of its fields."""
        return {name: getattr(self, name) for name in self.prose}

    @property
    def source(self) -> "Report | None":
        """The report that this one translates, if there is one with something in it; reads what is prefetched."""
        if self.language != TRANSLATION:
            return None
        return next((one for one in self.trip.reports.all() if one.language == SOURCE and not one.is_empty), None)

    def sources(self) -> dict[str, str]:
        return self.source.texts() if self.source else {}

    def translations(self) -> dict[str, str]:
        return self.texts() if self.source else {}

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from institutions.choices import NameKind, NameLanguage
from institutions.models.organisation import Organisation


class Name(models.Model):
    """A further name of an organisation: a former name with its dates, an alias, an acronym, a variant."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, verbose_name=_("organisation"), related_name="names")
    kind = models.CharField(_("kind"), max_length=10, choices=NameKind)
    language = models.CharField(_("language"), max_length=8, choices=NameLanguage, default=NameLanguage.ENGLISH)
    text = models.CharField(_("name"), max_length=200)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The last day on which it was the name.")
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("further name")
        verbose_name_plural = _("further names")
        ordering = ["organisation", models.F("valid_until").desc(nulls_first=True), "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="a_name_ends_after_it_begins",
                violation_error_message=_("The last day of a name is not before its first."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=NameKind.FORMER) | models.Q(valid_until__isnull=False),
                name="a_former_name_has_an_end",
                violation_error_message=_("A former name needs the last day on which it was valid."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "language", "text"],
                name="a_name_is_recorded_once",
                violation_error_message=_("This name is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def covers(self, day: dt.date) -> bool:
        """True when the name has an end and was valid on that day."""
        return (
            self.valid_until is not None
            and day <= self.valid_until
            and (self.valid_from is None or self.valid_from <= day)
        )

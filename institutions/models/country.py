import datetime as dt

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.fields import Demonstration, pair
from institutions.querysets import CountryQuerySet


class Country(Demonstration):
    """A country in our own dated catalogue.

    ``name`` is the short name in ASEAN usage; the English one decides the protocol order in every language.
    """

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = pair(models.CharField(_("short name"), max_length=100, unique=True))
    full_name = pair(models.CharField(_("full name"), max_length=200, blank=True))
    iso2 = models.CharField(
        _("ISO code, two letters"),
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Two capital letters."))],
    )
    iso3 = models.CharField(
        _("ISO code, three letters"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters."))],
    )
    joined_asean_on = models.DateField(_("joined ASEAN on"), null=True, blank=True)
    capital = pair(models.CharField(_("capital"), max_length=100, blank=True))
    variants = models.TextField(
        _("variants seen in the press"),
        blank=True,
        help_text=_("One a line. Used to recognise the country in texts, never shown."),
    )

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("member state or other country")
        verbose_name_plural = _("member states and countries")
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name

    def is_member_on(self, day: dt.date) -> bool:
        """True when the country belonged to ASEAN on that day."""
        return self.joined_asean_on is not None and self.joined_asean_on <= day

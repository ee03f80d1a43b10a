import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.fields import Demonstration, RandomIdField, WebAddressField, pair, web_address
from exchange.lib.languages import CODES, column
from institutions.choices import TYPES, Kind, NameKind, Type
from institutions.models.city import City
from institutions.models.country import Country
from institutions.querysets import OrganisationQuerySet


class Organisation(Demonstration):
    """Anyone who takes part in an exchange: one table, one ``kind``, five sections on the desk.

    The columns hold the current official and short names; ``names`` holds former names, aliases and acronyms.
    """

    uid = RandomIdField()
    kind = models.CharField(_("section"), max_length=12, choices=Kind)
    type = models.CharField(_("type"), max_length=24, choices=Type, blank=True)
    slug = models.SlugField(_("address"), max_length=120)
    name = pair(models.CharField(_("official name"), max_length=200), second_optional=True)
    short = pair(models.CharField(_("short name"), max_length=60, blank=True))
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        verbose_name=_("country"),
        related_name="organisations",
        null=True,
        blank=True,
        help_text=_("For an embassy, the state that sends it."),
    )
    city = models.ForeignKey(
        City, models.PROTECT, verbose_name=_("city"), related_name="organisations", null=True, blank=True
    )
    website = WebAddressField(_("website"))
    ror = models.CharField(
        _("ROR identifier"),
        max_length=9,
        blank=True,
        validators=[RegexValidator(r"^0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}\Z", _("Nine characters, such as 04rdtx186."))],
        help_text=_("Of ror.org: the nine characters at the end of the address."),
    )
    wikidata = models.CharField(
        _("Wikidata identifier"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^Q[1-9][0-9]*\Z", _("The letter Q and a number, such as Q1065."))],
    )
    founded = models.PositiveSmallIntegerField(
        _("founded in"),
        null=True,
        blank=True,
        validators=[MinValueValidator(800), MaxValueValidator(2100)],
    )
    about = pair(
        models.TextField(_("about"), blank=True, max_length=1000, help_text=_("One paragraph for the public profile."))
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("checked by"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("merged into"),
        related_name="merged",
        null=True,
        blank=True,
        editable=False,
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_en"]
        indexes = [models.Index(fields=["kind", "name_en"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="one_organisation_at_an_address",
                violation_error_message=_("Another record of this section has this address."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="organisation_kind_is_one_of_the_five"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=Kind.EMBASSY) | models.Q(country__isnull=False),
                name="an_embassy_has_a_country",
                violation_error_message=_("An embassy belongs to a country: choose which."),
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="no_organisation_is_merged_into_itself"
            ),
            web_address("website", "organisation_website_is_a_web_address"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        allowed = TYPES.get(self.kind, ())
        if self.type and self.type not in allowed:
            words = ", ".join(str(one.label) for one in allowed)
            raise ValidationError({"type": _("This section knows these types: %s.") % words})

    def validate_constraints(self, exclude: Any = None) -> None:
        """The section counts, though no form lets anyone choose it: Django leaves out what is not on the form."""
        super().validate_constraints(exclude={*(exclude or ())} - {"kind"})

    def names_on(self, day: dt.date) -> dict[str, dict[str, str]]:
        """The official and short names that were valid on a day: ``{"name": {code: text}, "short": ...}``.

        A dated former name (or acronym) that covers the day wins over the current one; of several, the one
        that ended first. Reads the prefetched ``names``; a language without a name of its own is empty.
        """
        current = {part: {code: getattr(self, column(part, code)) for code in CODES} for part in ("name", "short")}
        for name in sorted(self.names.all(), key=lambda one: one.valid_until or dt.date.max, reverse=True):
            part = {NameKind.FORMER: "name", NameKind.ACRONYM: "short"}.get(name.kind)
            if part and name.covers(day):
                current[part][name.language] = name.text
        return current

    def aliases(self) -> dict[str, list[str]]:
        """The further names that readers may see, by language; reads the prefetched ``names``."""
        aliases: dict[str, list[str]] = {code: [] for code in CODES}
        for name in self.names.all():
            if name.kind == NameKind.ALIAS:
                aliases[name.language].append(name.text)
        return aliases

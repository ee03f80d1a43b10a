from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.fields import Demonstration, pair
from institutions.models.country import Country


class City(Demonstration):
    """A place where visits happen. Coordinates are for sorting and distances, never for a border map."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = pair(models.CharField(_("name"), max_length=100), second_optional=True)
    province = pair(models.CharField(_("province or region"), max_length=100, blank=True))
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("country"), related_name="cities", null=True, blank=True
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["name_en"]
        constraints = [
            models.UniqueConstraint(fields=["name_en", "province_en"], name="one_city_of_a_name_in_a_province")
        ]

    def __str__(self) -> str:
        return self.name

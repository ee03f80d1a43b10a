from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.fields import Demonstration, pair


class Theme(Demonstration):
    """A topic of trips. A quoted concept is one that speakers named as such, printed with its meaning."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = pair(models.CharField(_("name"), max_length=120), second_optional=True)
    concept = models.BooleanField(_("quoted concept"), default=False)
    also = pair(models.CharField(_("also called"), max_length=200, blank=True))
    about = pair(models.CharField(_("what it means"), max_length=400, blank=True))

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Distinction(models.Model):
    """Somebody looked at two records that are like each other and said that they are not the same one.

    The records are named by their keys, the smaller first, and not pointed at: a merge moves what points at a record,
    and this says something of these two alone.
    """

    model = models.CharField(_("kind of record"), max_length=80)
    one = models.PositiveBigIntegerField(_("key of the first"))
    other = models.PositiveBigIntegerField(_("key of the second"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("done by"), related_name="+", null=True, blank=True
    )
    by_name = models.CharField(_("name"), max_length=160, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("two records that are not the same")
        verbose_name_plural = _("records that are not the same")
        ordering = ["-at", "-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["model", "one", "other"], name="two_records_are_told_apart_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="the_smaller_key_comes_first"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.one} ≠ {self.other}"

"""Rows the building itself keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoginAttempt(models.Model):
    """One failed sign-in. Keyed hashes only: the row names neither the account nor the address."""

    account = models.CharField(max_length=64, db_index=True, verbose_name=_("account"))
    address = models.CharField(max_length=64, db_index=True, verbose_name=_("address"))
    at = models.DateTimeField(db_index=True, verbose_name=_("at"))

    class Meta:
        verbose_name = _("failed sign-in")
        verbose_name_plural = _("failed sign-ins")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"

"""Rows the building itself keeps."""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
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


class AuditEntry(models.Model):
    """One act of one person: who did what to which record, when, and what they said. Added, never edited.

    The person and the record are named in words too, so that the entry outlives both.
    """

    at = models.DateTimeField(_("when"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("done by"), related_name="+", null=True, blank=True
    )
    by_name = models.CharField(_("name"), max_length=160, blank=True)
    verb = models.CharField(_("what"), max_length=32, db_index=True)
    model = models.CharField(_("kind of record"), max_length=80)
    record = models.CharField(_("key of the record"), max_length=40)
    label = models.CharField(_("record"), max_length=255)
    comment = models.TextField(_("comment"), blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-at", "-id"]
        default_permissions = ("view",)
        permissions = [("administer", "Can hand out roles")]
        indexes = [models.Index(fields=["model", "record", "-at"], name="audit_of_a_record")]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise ValidationError(_("An audit entry is never edited."))
        super().save(*args, **kwargs)


class Version(models.Model):
    """How a record stood, with all its rows, after one save. Added, never edited.

    ``document`` is canonical JSON, ``digest`` its SHA-256. ``section`` is the model under which the record was seen,
    where one table has several. ``outline`` says what differs from the version before: ``[model, what, fields]`` for
    each row that was added, removed or changed.
    """

    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("done by"), related_name="+", null=True, blank=True
    )
    by_name = models.CharField(_("name"), max_length=160, blank=True)
    act = models.CharField(_("what"), max_length=16)
    went_to = models.DateTimeField(_("went back to"), null=True)
    outline = models.JSONField(default=list)
    model = models.CharField(_("kind of record"), max_length=80)
    section = models.CharField(_("section"), max_length=80)
    record = models.CharField(_("key of the record"), max_length=40)
    label = models.CharField(_("record"), max_length=255)
    document = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["model", "record", "-id"], name="versions_of_a_record"),
            models.Index(fields=["section", "act", "-id"], name="versions_of_deleted_records"),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise ValidationError(_("A version is never edited."))
        super().save(*args, **kwargs)

    @property
    def content(self) -> dict[str, list[dict[str, Any]]]:
        """The document, read: the rows of the record by their models."""
        content: dict[str, list[dict[str, Any]]] = json.loads(self.document)
        return content


class OpenForm(models.Model):
    """One person has one record's form open, or had it a moment ago. A courtesy to others, never a lock."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="+")
    model = models.CharField(_("kind of record"), max_length=80)
    record = models.CharField(_("key of the record"), max_length=40)
    at = models.DateTimeField(_("when"), db_index=True)

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["model", "record", "user"], name="one_open_form_for_each_person")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.record}"

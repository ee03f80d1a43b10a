import json
from functools import cached_property

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.lib.canonical import digest
from trips.choices import Decision
from trips.models.trip import Trip
from trips.querysets import EditionQuerySet


class Sealed(models.Model):
    """A public document as text: canonical JSON, so that its digest can be checked byte by byte."""

    document = models.TextField(editable=False)
    digest = models.CharField(_("digest"), max_length=64, editable=False)

    class Meta:
        abstract = True

    @cached_property
    def payload(self) -> dict:
        """The document as data; see ``trips.edition.schema``."""
        return json.loads(self.document)

    def is_intact(self) -> bool:
        """True when the document still has the digest it was stored with."""
        return digest(self.document) == self.digest


class Frozen(Sealed):
    """The document of a trip."""

    trip = models.ForeignKey(Trip, models.PROTECT, verbose_name=_("trip"), related_name="%(class)ss")

    class Meta:
        abstract = True


class Permanent(models.Model):
    """A row that is added, never edited: an error is mended by the next one."""

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise ValidationError(_("An edition is never edited. Publish another one."))
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple:
        raise ValidationError(_("An edition is never deleted. Withdraw it."))


class Candidate(Frozen):
    """A frozen document under review: what is read, approved and, if anything, published."""

    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, editable=False
    )
    submitted_at = models.DateTimeField(editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, editable=False
    )  # the last editor of what it says: four eyes are theirs and the publisher's
    public_from = models.DateTimeField(null=True, editable=False)  # when it is meant to become public; empty: at once
    findings = models.JSONField(default=list, editable=False)  # what was found then; see trips.readiness.Noted
    decision = models.CharField(max_length=16, choices=Decision, blank=True, editable=False)

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["-submitted_at", "-id"]
        indexes = [models.Index(fields=["trip", "digest"])]

    def __str__(self) -> str:
        return f"{self.trip_id} {self.digest[:8]}"


class Edition(Permanent, Frozen):
    """One public state of a trip."""

    number = models.PositiveIntegerField(_("number"), editable=False)
    frozen_at = models.DateTimeField(_("frozen"), editable=False)
    slug = models.SlugField(_("address"), max_length=80, editable=False)
    public_from = models.DateTimeField(_("public from"), editable=False)
    public_until = models.DateTimeField(_("public until"), null=True, editable=False)
    note_en = models.CharField(_("change note, English"), max_length=300, blank=True, editable=False)
    note_zh_hans = models.CharField(_("change note, Chinese"), max_length=300, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("published by"),
        related_name="+",
        null=True,
        editable=False,
    )
    published_at = models.DateTimeField(_("published"), editable=False)
    waived = models.JSONField(_("waived"), default=list, editable=False)  # warnings that stood, each with its reason

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["trip", "-number"]
        indexes = [models.Index(fields=["slug"]), models.Index(fields=["public_from"])]
        constraints = [
            models.UniqueConstraint(fields=["trip", "number"], name="one_edition_per_trip_and_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="editions_count_from_one"),
            models.CheckConstraint(
                condition=models.Q(public_until__isnull=True) | models.Q(public_until__gt=models.F("public_from")),
                name="an_edition_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug}, {self.number}"

    def overtakes(self, other: "Edition") -> bool:
        """True when this one, if it is not cancelled, took the other's place before the other's time came.

        Both are of one trip; see ``EditionQuerySet.marked``.
        """
        return self.number > other.number and max(self.public_from, self.published_at) <= other.public_from


class Withdrawal(models.Model):
    """The later fact that some editions of a trip, from ``first`` to ``last``, are no longer public."""

    trip = models.ForeignKey(Trip, models.PROTECT, related_name="withdrawals")
    first = models.PositiveIntegerField(_("first edition"))
    last = models.PositiveIntegerField(_("last edition"))
    reason_en = models.CharField(_("reason, English"), max_length=500)
    reason_zh_hans = models.CharField(_("reason, Chinese"), max_length=500, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"))

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-withdrawn_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first__gte=1, last__gte=models.F("first")),
                name="a_withdrawal_covers_an_edition",
            )
        ]

    def __str__(self) -> str:
        return f"{self.trip_id} {self.first}-{self.last}"

    def covers(self, number: int) -> bool:
        """True when the edition of that number is withdrawn by this row."""
        return self.first <= number <= self.last

    def cancels(self, edition: Edition) -> bool:
        """True when the edition was withdrawn by this row before its time came; see ``uncancelled``."""
        return self.covers(edition.number) and self.withdrawn_at < edition.public_from


class Redaction(models.Model):
    """That one passage or picture was replaced by a marker in an edition, old digest chained to new."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="redactions")
    block = models.CharField(max_length=12)
    old_digest = models.CharField(max_length=64)
    new_digest = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=500)
    redacted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    redacted_at = models.DateTimeField(_("redacted"))

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        ordering = ["redacted_at", "id"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.block}"

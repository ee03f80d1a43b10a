"""Links under which somebody without an account reads what is under review, and what they said about it."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.lib.plain import check_one_line, check_plain
from trips.models.trip import Trip

NAME, TEXT = 120, 2000  # characters


class ReviewLink(models.Model):
    """Leave to read what is under review of one trip. Whoever has the address has it: only its hash is kept."""

    trip = models.ForeignKey(Trip, models.PROTECT, related_name="review_links")
    for_whom = models.CharField(
        _("for whom"),
        max_length=NAME,
        validators=[check_one_line],
        help_text=_("A person or an office. It stands on the page they read."),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, editable=False)
    made_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, editable=False
    )
    told_at = models.DateTimeField(null=True, editable=False)  # when a mail last told the desk of a remark

    class Meta:
        verbose_name = _("review link")
        verbose_name_plural = _("review links")
        ordering = ["-made_at", "-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="a_review_link_expires_after_it_is_made"
            )
        ]

    def __str__(self) -> str:
        return self.for_whom

    def is_valid(self, at: dt.datetime) -> bool:
        """True while it opens the page."""
        return self.revoked_at is None and at < self.expires_at


class ReviewVisit(models.Model):
    """That a link was opened, and which text was shown. No address, no browser: who has the link is all we know."""

    link = models.ForeignKey(ReviewLink, models.CASCADE, related_name="visits")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)  # empty: nothing was under review

    class Meta:
        verbose_name = _("opening of a review link")
        verbose_name_plural = _("openings of review links")
        ordering = ["-at", "-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.link_id} {self.at:%Y-%m-%d %H:%M}"


class Remark(models.Model):
    """What a reader says about a section of the text that has this digest."""

    link = models.ForeignKey(ReviewLink, models.CASCADE, related_name="remarks")
    section = models.CharField(_("about"), max_length=32, blank=True)  # the id of a page's section; empty: all of it
    text = models.TextField(_("remark"), max_length=TEXT, validators=[MaxLengthValidator(TEXT), check_plain])
    name = models.CharField(_("name"), max_length=NAME, validators=[check_one_line])
    digest = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, editable=False)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["at", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.text[:80]


class Agreement(models.Model):
    """That a reader agreed to the text with this digest. Added, never edited: it is said of that text for good."""

    link = models.ForeignKey(ReviewLink, models.CASCADE, related_name="agreements")
    digest = models.CharField(max_length=64, editable=False)
    name = models.CharField(_("name"), max_length=NAME, validators=[check_one_line])
    at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["at", "id"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["link", "digest"], name="one_agreement_per_link_and_text")]

    def __str__(self) -> str:
        return f"{self.name} {self.digest[:8]}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise ValidationError(_("An agreement is never edited."))
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple:
        raise ValidationError(_("An agreement is never deleted."))

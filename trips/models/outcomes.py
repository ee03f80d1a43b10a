from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.fields import Translated, pair
from institutions.models import Organisation
from trips.choices import OutcomeKind, OutcomeState, StatementKind
from trips.models.people import Delegate
from trips.models.trip import Trip


class Statement(Translated):
    """What a speaker or a group said, found, or looks forward to."""

    prose = ("text", "who")

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="statements")
    kind = models.CharField(_("kind"), max_length=10, choices=StatementKind, default=StatementKind.STATEMENT)
    who = pair(
        models.CharField(_("who"), max_length=160, blank=True, help_text=_("A group: ASEAN diplomats, the hosts."))
    )
    speaker = models.ForeignKey(
        Delegate,
        models.SET_NULL,
        verbose_name=_("speaker"),
        related_name="statements",
        null=True,
        blank=True,
        help_text=_("A person of this trip, in place of a group."),
    )
    text = pair(models.TextField(_("text"), max_length=1500), second_optional=True)
    approved = models.BooleanField(
        _("wording approved"),
        default=False,
        help_text=_("Printed as a quotation only with recorded approval."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text[:80]

    def clean(self) -> None:
        super().clean()
        if self.speaker_id and self.speaker.trip_id != self.trip_id:
            raise ValidationError({"speaker": _("This person belongs to another trip.")})
        if not self.speaker_id and not self.who:
            raise ValidationError({"who_en": _("Say who: a group, or a speaker of this trip.")})


class Outcome(Translated):
    """What came of a trip, and how it stands."""

    prose = ("text", "who")

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="outcomes")
    kind = models.CharField(_("kind"), max_length=16, choices=OutcomeKind, default=OutcomeKind.FOLLOW_UP)
    text = pair(models.TextField(_("text"), max_length=1500), second_optional=True)
    who = pair(models.CharField(_("between whom"), max_length=160, blank=True))
    parties = models.ManyToManyField(Organisation, verbose_name=_("parties"), related_name="outcomes", blank=True)
    state = models.CharField(_("state"), max_length=10, choices=OutcomeState, default=OutcomeState.OPEN)
    due_on = models.DateField(_("due"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("who looks after it"),
        related_name="+",
        null=True,
        blank=True,
    )
    public = models.BooleanField(_("public"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text[:80]

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.fields import RandomIdField, Translated, pair
from institutions.choices import Kind
from institutions.models import Organisation
from trips.choices import Attendance, PersonRole
from trips.models.trip import Trip


class Delegation(models.Model):
    """One sender's part in a trip: an embassy as a rule, else a consulate, ministry, agency or college."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="delegations")
    sender = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("sender"), related_name="delegations")
    status = models.CharField(_("attendance"), max_length=10, choices=Attendance, default=Attendance.INVITED)
    size = models.PositiveSmallIntegerField(_("number of delegates"), null=True, blank=True)
    note = models.CharField(_("internal note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["sender__country__name_en", "sender__name_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["trip", "sender"],
                name="one_delegation_per_sender_and_trip",
                violation_error_message=_("This sender already has a delegation on the trip."),
            )
        ]

    def __str__(self) -> str:
        return str(self.sender)

    def clean(self) -> None:
        super().clean()
        if self.sender_id and self.sender.kind in (Kind.ENTERPRISE, Kind.MEDIA):
            raise ValidationError({"sender": _("An enterprise or a media outlet does not send a delegation.")})


class Delegate(Translated):
    """A person on a trip, with name, post and rank as at the trip. Contact data is kept apart."""

    prose = ("post",)

    uid = RandomIdField()
    trip = models.ForeignKey(Trip, models.CASCADE, related_name="delegates")
    delegation = models.ForeignKey(
        Delegation,
        models.SET_NULL,
        verbose_name=_("delegation"),
        related_name="delegates",
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=_("organisation"),
        related_name="delegates",
        null=True,
        blank=True,
        help_text=_("Where the person worked at the time of the trip."),
    )
    role = models.CharField(_("role"), max_length=10, choices=PersonRole, default=PersonRole.DELEGATE)
    name = pair(models.CharField(_("name"), max_length=120), second_optional=True)
    post = pair(models.CharField(_("post as at the trip"), max_length=160, blank=True))
    rank = models.CharField(_("rank"), max_length=80, blank=True)
    public = models.BooleanField(
        _("named on the public page"), default=False, help_text=_("Only with the person's agreement.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.delegation_id and self.delegation.trip_id != self.trip_id:
            raise ValidationError({"delegation": _("This delegation belongs to another trip.")})


class DelegateContact(models.Model):
    """How to reach a person: private, never part of an edition."""

    delegate = models.OneToOneField(Delegate, models.CASCADE, related_name="contact")
    email = models.EmailField(_("mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    needs = models.TextField(_("needs (diet, access)"), blank=True)

    class Meta:
        verbose_name = _("private contact")
        verbose_name_plural = _("private contacts")

    def __str__(self) -> str:
        return str(self.delegate)

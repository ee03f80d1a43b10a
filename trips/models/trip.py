import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.fields import Demonstration, Translated, pair
from institutions.models import City, Organisation
from trips.choices import Format, OrganiserRole
from trips.models.theme import Theme
from trips.querysets import TripQuerySet


def check_time_zone(name: str) -> None:
    """Refuse what is neither UTC nor the name of a place, Area/City, that the time zone database knows.

    It also knows names that mean something else on every machine (localtime) or nothing (Factory).
    """
    place = "/" in name and not name.startswith("Etc/")
    if name != "UTC" and not (place and name in available_timezones()):
        raise ValidationError(_("%s is not a time zone. Write it like Asia/Shanghai.") % name)


PRIVATE = {"owner", "note", "updated_at", "edited_by", "made_from"}


class Trip(Demonstration, Translated):
    """One exchange. The row and its parts are the working copy; the public sees editions frozen from it."""

    prose = ("title", "audience", "destination", "planned_hosts")

    slug = models.SlugField(
        _("address"), max_length=80, unique=True, help_text=_("The last part of the page's address.")
    )
    title = pair(
        models.CharField(_("title"), max_length=200, help_text=_("The trip's official name.")),
        second_optional=True,
    )
    format = models.CharField(_("format"), max_length=20, choices=Format, default=Format.STUDY_VISIT)
    audience = pair(
        models.CharField(
            _("who travelled"),
            max_length=200,
            blank=True,
            help_text=_("For example: diplomats in charge of education affairs."),
        )
    )
    destination = pair(
        models.CharField(_("destination"), max_length=120, blank=True, help_text=_("Province or region."))
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai", validators=[check_time_zone])
    cities = models.ManyToManyField(City, verbose_name=_("cities"), through="RouteStop", related_name="trips")
    organisers = models.ManyToManyField(
        Organisation, verbose_name=_("organisers"), through="Organising", related_name="+"
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), related_name="trips", blank=True)
    planned_hosts = pair(
        models.TextField(
            _("kinds of host"),
            blank=True,
            max_length=1000,
            help_text=_("As the report names them, one a line: colleges, companies ..."),
        )
    )
    more_institutions = models.BooleanField(
        _("the list of institutions is open"),
        default=False,
        help_text=_("The source says there were others beside those recorded."),
    )
    more_enterprises = models.BooleanField(_("the list of enterprises is open"), default=False)
    more_outlets = models.BooleanField(_("the list of media outlets is open"), default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("owner"),
        related_name="trips_owned",
        null=True,
        blank=True,
    )
    colleagues = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("colleagues"), related_name="trips_shared", blank=True
    )
    note = models.TextField(_("internal note"), blank=True, help_text=_("Never public."))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now, editable=False)
    found = models.JSONField(default=dict, editable=False)  # how many findings of each level, when it was last saved
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, editable=False
    )

    objects = TripQuerySet.as_manager()

    class Meta:
        verbose_name = _("trip")
        verbose_name_plural = _("trips")
        ordering = ["-starts_on", "slug"]
        permissions = [
            ("any_trip", "Can work on every trip, not only on own ones"),
            ("review_trip", "Can send back what was submitted"),
            ("publish_trip", "Can approve, publish and withdraw trips"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="a_trip_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Notes when something changed that can become public; saving only what stays on the desk is no change."""
        fields = kwargs.get("update_fields")
        if fields is None or not set(fields) <= PRIVATE:
            self.changed_at = timezone.now()
            kwargs |= {"update_fields": {*fields, "changed_at"}} if fields is not None else {}
        super().save(*args, **kwargs)

    def touch(self, *, by: Any) -> None:
        """Note that somebody changed what belongs to the trip in another way than by saving it."""
        self.edited_by = by
        self.save(update_fields=["updated_at", "edited_by", "changed_at"])

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first day.")})
        if self.slug and self._slug_is_published_elsewhere():
            raise ValidationError({"slug": _("Another trip was published at this address.")})

    def _slug_is_published_elsewhere(self) -> bool:
        return Address.objects.filter(slug=self.slug).exclude(trip=self.pk).exists()

    @property
    def zone(self) -> ZoneInfo:
        """The trip's time zone."""
        return ZoneInfo(self.time_zone)

    def may_be_full(self, at: dt.datetime) -> bool:
        """True from the last day on, counted in the trip's own time zone: before it only an outline is public."""
        return at.astimezone(self.zone).date() >= self.ends_on


class Address(models.Model):
    """The trip that a public address belongs to. Once a trip was published there, no other ever is."""

    slug = models.SlugField(max_length=80, unique=True)
    trip = models.ForeignKey(Trip, models.CASCADE, related_name="addresses")

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        default_permissions = ()

    def __str__(self) -> str:
        return self.slug


class RouteStop(models.Model):
    """A city of a trip's route, in the order of travel."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="route")
    city = models.ForeignKey(City, models.PROTECT, verbose_name=_("city"), related_name="route_stops")
    arrives_on = models.DateField(_("arrival"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("city of the route")
        verbose_name_plural = _("route")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.city)

    def clean(self) -> None:
        super().clean()
        check_day_of_trip(self.trip, self.arrives_on, "arrives_on")


class Organising(Translated):
    """The part an organisation played in bringing a trip about."""

    prose = ("as_printed",)

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="organisings")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="organisings"
    )
    role = models.CharField(_("role"), max_length=20, choices=OrganiserRole, default=OrganiserRole.ORGANISER)
    as_printed = pair(
        models.CharField(
            _("role as printed"), max_length=80, blank=True, help_text=_("For example: jointly initiated by.")
        )
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["trip", "organisation", "role"],
                name="one_role_once_per_organiser_and_trip",
                violation_error_message=_("This organisation already has this role."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


def check_day_of_trip(trip: Trip, day: dt.date | None, field: str) -> None:
    """Refuse a day that is outside the trip, naming the field and the trip's days."""
    if day and trip.starts_on and trip.ends_on and not trip.starts_on <= day <= trip.ends_on:
        message = _("This day is outside the trip (%(first)s to %(last)s).")
        raise ValidationError({field: message % {"first": trip.starts_on, "last": trip.ends_on}})

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.fields import Translated, pair
from institutions.models import City, Organisation
from trips.choices import DayPart, VisitKind
from trips.models.people import Delegation
from trips.models.trip import Trip, check_day_of_trip


class Visit(Translated):
    """One stop of the programme. Reports are vague, so date, city and host may all be empty."""

    prose = ("place", "seen", "company")

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="visits")
    kind = models.CharField(_("kind"), max_length=20, choices=VisitKind, default=VisitKind.CAMPUS_VISIT)
    date = models.DateField(_("date"), null=True, blank=True)
    starts = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("to"), null=True, blank=True)
    day_part = models.CharField(_("part of the day"), max_length=10, choices=DayPart, blank=True)
    city = models.ForeignKey(City, models.PROTECT, verbose_name=_("city"), related_name="visits", null=True, blank=True)
    host = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("host"), related_name="visits", null=True, blank=True
    )
    place = pair(
        models.CharField(
            _("place as printed"),
            max_length=200,
            blank=True,
            help_text=_("For example: training bases. Where no host is named, this stands alone."),
        )
    )
    seen = pair(models.TextField(_("what was seen"), blank=True, max_length=1500))
    company = pair(
        models.CharField(
            _("who else took part"),
            max_length=200,
            blank=True,
            help_text=_("Where they are not recorded one by one."),
        )
    )
    participants = models.ManyToManyField(
        Organisation, verbose_name=_("other participants"), related_name="+", blank=True
    )
    absent = models.ManyToManyField(Delegation, verbose_name=_("delegations not present"), related_name="+", blank=True)
    attendance_public = models.BooleanField(
        _("print who was present"), default=False, help_text=_("Names those present, never those absent.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("programme")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts__isnull=True)
                | models.Q(ends__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
                name="a_visit_ends_after_it_starts",
                violation_error_message=_("The visit ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        return str(self.host or self.place or self.get_kind_display())

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("The visit ends before it starts.")})
        check_day_of_trip(self.trip, self.date, "date")

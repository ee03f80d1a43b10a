"""What a person says when they use a verb."""

import datetime as dt
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk.moments import check_clocks

EARLIEST_YEAR, LATEST_YEAR = 1990, 2199
REVIEWED, SAVED = "reviewed", "saved"  # which text a page showed: what is under review, or the working copy
SCHEDULED = "scheduled"  # or the edition that is to be moved to another time


def check_moment(moment: dt.datetime) -> None:
    """Refuse years that no calendar of ours reaches: near either end of time, zones cannot be told apart."""
    if moment.year < EARLIEST_YEAR:
        raise ValidationError(forms.DateTimeField.default_error_messages["invalid"], "invalid")
    if moment.year > LATEST_YEAR:
        raise ValidationError(_("This is too far in the future."))


class MomentField(forms.DateTimeField):
    """A day and a time, in the time zone that is set."""

    default_validators = [check_moment]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": MOMENT, **kwargs})

    def to_python(self, value: Any) -> dt.datetime | None:
        """As Django's, with a sentence for a time of day that the clocks skip or show twice."""
        with suppress(ValueError):  # what is no time at all is refused below
            typed = parse_datetime(value.strip()) if isinstance(value, str) else None
            if typed and timezone.is_naive(typed):
                check_clocks(typed, timezone.get_current_timezone())
        return super().to_python(value)


MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
LINES = forms.Textarea(attrs={"rows": 3})


class VerbForm(forms.Form):
    """Times are typed and shown in one time zone, as a rule the trip's own."""

    required_css_class = "required"

    def __init__(self, zone: ZoneInfo, *args: Any, **kwargs: Any) -> None:
        self.zone = zone
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """A moment is shown in the zone in which it will be read again."""
        value = super().get_initial_for_field(field, field_name)
        return timezone.make_naive(value, self.zone) if isinstance(value, dt.datetime) else value

    def full_clean(self) -> None:
        with timezone.override(self.zone):
            super().full_clean()


class WhenForm(VerbForm):
    """When it is meant to become public: more of a trip is public once it is over."""

    WHEN: tuple[tuple[str, Any], ...] = (("now", _("Now")), ("at", _("At a time")))
    when = forms.ChoiceField(label=_("When"), choices=WHEN, initial="now", widget=forms.RadioSelect)
    public_from = MomentField(label=_("Public from"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("when") == "now":
            cleaned["public_from"] = None
        elif not cleaned.get("public_from") and "public_from" not in self.errors:
            self.add_error("public_from", _("Say when it becomes public."))
        return cleaned


class SubmitForm(WhenForm):
    """The time is a wish: whoever publishes sees it, and decides."""

    WHEN = (("now", _("As soon as somebody publishes it")), ("at", _("At a time, if possible")))
    when = forms.ChoiceField(
        label=_("When it should become public"), choices=WHEN, initial="now", widget=forms.RadioSelect
    )
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    comment = forms.CharField(label=_("To the reviewers (optional)"), required=False, max_length=2000, widget=LINES)


class SendBackForm(VerbForm):
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    comment = forms.CharField(label=_("What should change"), max_length=2000, widget=LINES)


class ApproveForm(VerbForm):
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    comment = forms.CharField(label=_("Comment (optional)"), required=False, max_length=2000, widget=LINES)


class PublishForm(WhenForm):
    """``seen``: which of the two texts the page showed."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    public_until = MomentField(label=_("Until (optional)"))
    note_en = forms.CharField(label=_("Change note, public, English"), required=False, max_length=300)
    note_zh_hans = forms.CharField(label=_("Change note, public, 中文"), required=False, max_length=300)


class MoveForm(WhenForm):
    """``number``: the edition that the page showed."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput)
    public_until = MomentField(label=_("Until (optional)"))


class PublishTogetherForm(WhenForm):
    """One moment for several trips, typed in a zone that is chosen."""

    time_zone = forms.ChoiceField(label=_("Time zone"))
    note_en = forms.CharField(label=_("Change note, public, English"), required=False, max_length=300)
    note_zh_hans = forms.CharField(label=_("Change note, public, 中文"), required=False, max_length=300)

    def __init__(self, zones: list[str], data: Any = None) -> None:
        chosen = data.get("time_zone") if data else None
        super().__init__(ZoneInfo(chosen if chosen in zones else zones[0]), data, initial={"when": "at"})
        self.fields["time_zone"].choices = [(zone, zone) for zone in zones]


class ReasonForm(VerbForm):
    reason_en = forms.CharField(label=_("Reason, public, English"), max_length=500, widget=LINES)
    reason_zh_hans = forms.CharField(label=_("Reason, public, 中文"), max_length=500, required=False, widget=LINES)


class WithdrawForm(ReasonForm):
    WHOLE = "all"
    what = forms.ChoiceField(label=_("What"), initial=WHOLE, widget=forms.RadioSelect)

    def __init__(self, zone: ZoneInfo, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(zone, *args, **kwargs)
        whole = (self.WHOLE, _("The whole trip, with all its editions"))
        one = gettext("Edition %d only")
        self.fields["what"].choices = [whole, *((str(number), one % number) for number in numbers)]

    @property
    def number(self) -> int | None:
        """The edition that was chosen; None for the whole trip."""
        what = self.cleaned_data["what"]
        return None if what == self.WHOLE else int(what)

"""Who else has a record's form open now. The forms say so themselves, again and again; nothing waits for it."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from exchange.models import OpenForm

LASTS = timedelta(seconds=90)  # two askings and some patience


def note(record: models.Model, user: Any) -> None:
    """The person has the form open. What was noted too long ago is swept on the way."""
    now = timezone.now()
    OpenForm.objects.filter(at__lt=now - LASTS).delete()
    OpenForm.objects.bulk_create(
        [OpenForm(user=user, at=now, **_key(record))],
        update_conflicts=True,
        unique_fields=["model", "record", "user"],
        update_fields=["at"],
    )


def release(record: models.Model, user: Any) -> None:
    """The person left the form."""
    OpenForm.objects.filter(user=user, **_key(record)).delete()


def others(record: models.Model, user: Any) -> list[str]:
    """The names of those who have the form open besides this person."""
    lasting = OpenForm.objects.filter(at__gte=timezone.now() - LASTS, **_key(record))
    open_by = lasting.exclude(user=user).select_related("user").order_by("user__first_name", "user__username")
    return [one.user.get_full_name() or one.user.get_username() for one in open_by]


def _key(record: models.Model) -> dict[str, str]:
    return {"model": record._meta.label_lower, "record": str(record.pk)}

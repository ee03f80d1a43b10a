"""The audit trail: one entry for every act."""

from typing import Any

from django.db import models
from django.utils import timezone

from exchange.models import AuditEntry

LABEL = 255


def record(
    verb: str, subject: models.Model, *, by: Any, name: str = "", comment: str = "", **details: Any
) -> AuditEntry:
    """Note that ``by`` did ``verb`` to the record, in the act's own transaction.

    ``by`` is a user; None for a command, or for somebody without an account, who has given a ``name``.
    """
    return AuditEntry.objects.create(
        at=timezone.now(),
        by=by,
        by_name=by.get_full_name() or by.get_username() if by else name,
        verb=verb,
        model=subject._meta.label_lower,
        record=str(subject.pk),
        label=str(subject)[:LABEL],
        comment=comment,
        details=details,
    )


def trail(subject: models.Model) -> "models.QuerySet[AuditEntry]":
    """What was done to the record, latest first, with those who did it."""
    of_it = {"model": subject._meta.label_lower, "record": str(subject.pk)}
    return AuditEntry.objects.filter(**of_it).select_related("by")

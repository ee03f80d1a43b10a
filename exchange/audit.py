"""The audit trail: one entry for every act."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.models import AuditEntry

LABEL = 255
DEEDS = {
    "submit": _("submitted"),
    "check": pgettext_lazy("act", "checked"),
    "send_back": _("sent back"),
    "approve": _("approved"),
    "publish": _("published"),
    "schedule": _("scheduled"),
    "move": _("moved to another time"),
    "withdraw": _("withdrawn"),
    "checked": _("marked as checked"),
    "restored": _("went back to an earlier version"),
    "recovered": _("recovered"),
    "merge": _("merged"),
    "unmerge": _("merge undone"),
    "told_apart": _("told apart from another"),
    "doubted": _("no longer told apart from another"),
    "renamed": _("renamed"),
    "link_made": _("review link made"),
    "link_revoked": _("review link revoked"),
    "remarked": _("remarked on"),
    "agreed": _("agreed to"),
    "remark_done": _("remark done"),
    "remark_reopened": _("remark reopened"),
    "deleted": _("deleted"),
    "account_made": _("account made"),
    "invited": _("invited"),
    "roles_changed": _("roles changed"),
    "account_closed": _("account closed"),
    "account_opened": _("account opened"),
    "password_set": _("password set"),
    "rights_changed": _("rights of a role changed"),
    "audit_exported": _("audit trail exported"),
    "exported": _("list exported"),
}


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
        model=_kind(subject),
        record=str(subject.pk),
        label=str(subject)[:LABEL],
        comment=comment,
        details=details,
    )


def deed(verb: str) -> str:
    """What was done, in the reader's language."""
    return str(DEEDS.get(verb, verb))


def trail(subject: models.Model) -> "models.QuerySet[AuditEntry]":
    """What was done to the record, latest first, with those who did it."""
    of_it = {"model": _kind(subject), "record": str(subject.pk)}
    return AuditEntry.objects.filter(**of_it).select_related("by")


def _kind(subject: models.Model) -> str:
    """The kind of a record: whatever section it was reached by, it is one of its table."""
    return str(subject._meta.concrete_model._meta.label_lower)  # type: ignore[union-attr]

"""What must hold before a document becomes an edition; each check raises ``Refused`` with a sentence."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exchange.desk.words import language
from trips.models import Address, Candidate, Edition, PlainPage, Trip, Withdrawal
from trips.readiness import Level

UNSEEN = _(
    "This is not what you saw: the trip was changed meanwhile, or more of it is public at that time. "
    "Look at it below, then decide."
)
RIGHT_FIRST = _("Put this right first, then publish.")
OWN_TEXT = _("You made the last change to this text. Somebody else must publish it.")
NOT_SCHEDULED = _("No edition is scheduled any more, so there is nothing to move.")
NOTHING_STANDS = _("No edition is public or scheduled, so there is nothing to withdraw.")
REASON = 300  # characters


class Refused(ValidationError):
    """A verb that is not possible now; the message says why and what to do."""


@dataclass(frozen=True)
class When:
    """When an edition is public, and when that is decided."""

    begins: dt.datetime
    ends: dt.datetime | None
    now: dt.datetime


def check_end(begins: dt.datetime, ends: dt.datetime | None) -> None:
    if ends and ends <= begins:
        raise Refused(_("The end of publication is not after its beginning."))


def check_findings(candidate: Candidate) -> None:
    if stops := [one["sentence"][language()] for one in candidate.findings if one["level"] == Level.BLOCK]:
        raise Refused([RIGHT_FIRST, *stops])


def check(trip: Trip, kept: Candidate | Edition, when: When) -> None:
    payload = kept.payload
    if not kept.is_intact():
        raise Refused(_("What was submitted has been altered in the database. Submit the trip again."))
    shown = trip.editions.begun(when.now).order_by("-number").first()
    if shown and when.begins < shown.public_from:
        raise Refused(_("The last edition is public since a later time than this one would be."))
    last_day = dt.date.fromisoformat(payload["ends_on"])
    may_be_full = when.begins.astimezone(ZoneInfo(payload["time_zone"])).date() >= last_day
    if payload["extent"] == "full" and not may_be_full:
        raise Refused(
            _("Before the trip's last day only its days and cities are public. Look at it again, then publish.")
        )
    address, _made = Address.objects.get_or_create(slug=payload["slug"], defaults={"trip": trip})
    if address.trip_id != trip.pk:
        raise Refused(_("Another trip was published at this address. Choose another address."))


def reasons(candidate: Candidate, waived: Mapping[str, str], by: Any) -> list[dict[str, Any]]:
    """The warnings that stand, each with why it is published all the same; refused where a person gives no reason."""
    warnings = [one for one in candidate.findings if one["level"] == Level.WARN]
    told = [{**one, "reason": waived.get(one["key"], "").strip()[:REASON]} for one in warnings]
    if by and not all(one["reason"] for one in told):
        raise Refused(_("Put right what is marked, or say at each warning why it is published all the same."))
    return told


def check_texts(row: Edition | Withdrawal, *names: str) -> None:
    """The same limits for what a person says, whichever door it comes through."""
    row.clean_fields(exclude={field.name for field in row._meta.fields} - set(names))


def is_own_text(row: Trip | Candidate | PlainPage, by: Any) -> bool:
    """True where four eyes are asked for and these are the same two."""
    return bool(settings.FOUR_EYES and by and row.edited_by_id == by.pk)


def check_eyes(candidate: Candidate, by: Any) -> None:
    if is_own_text(candidate, by):
        raise Refused(OWN_TEXT)

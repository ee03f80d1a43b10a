"""A verb for several trips at once: all of them or none, each through the workflow, with its own entry and mail.

What was seen of each trip is bound: its document's digest, whether that was under review or the working copy, and how
many editions and withdrawals it had. Trips are locked in the order of their keys, so that two who choose overlapping
sets wait for each other, and never for ever.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from trips import workflow
from trips.models import Candidate, Edition, Trip, Withdrawal

MOST = 50  # trips in one act


class Seen(NamedTuple):
    """A trip as it was looked at. ``unreviewed``: its working copy, not what was submitted."""

    trip: Trip
    history: str
    digest: str = ""
    unreviewed: bool = False


def history(trip: Trip) -> str:
    """Another word whenever an edition or a withdrawal was added."""
    return f"{trip.editions.count()}-{trip.withdrawals.count()}"


def under_review(trip: Trip) -> Candidate | None:
    """What would be published; None where that is the working copy: what was sent back is under review no more."""
    now = timezone.now()
    found = workflow.open_candidate(trip, now)
    return found if found and workflow.state_of(trip, now) in workflow.IN_REVIEW else None


def publish_as_seen(trip: Trip, *, reviewed: bool, **how: Any) -> Edition:
    """An edition of what was looked at: what was under review, or else the working copy, if it is still that.

    Pressing the button twice publishes once: what is public already was seen.
    """
    with transaction.atomic():
        _lock([trip.pk])
        is_reviewed = under_review(trip) is not None
        if is_reviewed and not reviewed:
            raise workflow.Refused(workflow.UNSEEN)
        try:
            return workflow.publish(trip, unreviewed=not reviewed, **how)
        except workflow.Refused as refusal:
            if is_reviewed == reviewed:
                raise
            raise workflow.Refused(workflow.UNSEEN) from refusal


def publish(
    seen: Iterable[Seen],
    *,
    by: Any,
    public_from: dt.datetime | None = None,
    note_en: str = "",
    note_zh_hans: str = "",
) -> list[Edition]:
    """An edition of each, public at one moment. A trip with warnings is refused: its reasons are given on its own."""
    told = {"public_from": public_from, "note_en": note_en, "note_zh_hans": note_zh_hans}
    return _each(
        seen, lambda one: publish_as_seen(one.trip, digest=one.digest, reviewed=not one.unreviewed, by=by, **told)
    )


def withdraw(seen: Iterable[Seen], *, by: Any, reason_en: str, reason_zh_hans: str = "") -> list[Withdrawal]:
    """Take each of them out of public sight as a whole, scheduled editions included, for one reason."""
    return _each(
        seen, lambda one: workflow.withdraw(one.trip, by=by, reason_en=reason_en, reason_zh_hans=reason_zh_hans)
    )


def _lock(keys: list[int]) -> None:
    list(Trip.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


def _each(seen: Iterable[Seen], act: Callable[[Seen], Any]) -> list[Any]:
    ordered = sorted(seen, key=lambda one: one.trip.pk)
    with transaction.atomic():
        _lock([one.trip.pk for one in ordered])
        return [_named(one, act) for one in ordered]


def _named(one: Seen, act: Callable[[Seen], Any]) -> Any:
    """The act, with a refusal that says which trip it is about."""
    try:
        if history(one.trip) != one.history:
            raise workflow.Refused(workflow.UNSEEN)
        return act(one)
    except workflow.Refused as refusal:
        of_trip = gettext("“%(trip)s”: %(why)s")
        raise workflow.Refused([of_trip % {"trip": one.trip, "why": why} for why in refusal.messages]) from refusal

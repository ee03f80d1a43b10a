"""What was withdrawn and not replaced since: which editions, by whom, why, and what can be read all the same."""

import datetime as dt
from dataclasses import dataclass

from trips.models import Edition, Trip, Withdrawal


@dataclass(frozen=True)
class Withdrawn:
    """A withdrawal with the editions that it took out of sight, and those that it kept from ever being seen."""

    withdrawal: Withdrawal
    seen: list[int]
    unseen: list[int]


@dataclass(frozen=True)
class Absence:
    withdrawn: list[Withdrawn]
    readable: list[Edition]


def absence(trip: Trip, at: dt.datetime) -> Absence | None:
    """None where nothing was withdrawn since the last edition was published: moving one publishes it again."""
    withdrawals = list(trip.withdrawals.select_related("withdrawn_by"))
    if not withdrawals:
        return None
    editions = list(trip.editions.marked().defer("document").order_by("number"))
    last = max(one.published_at for one in editions)
    told = [_told(one, withdrawals, editions) for one in withdrawals if one.withdrawn_at > last]
    return Absence(told, list(trip.editions.readable(at).defer("document").order_by("number"))) if told else None


def _told(withdrawal: Withdrawal, every: list[Withdrawal], editions: list[Edition]) -> Withdrawn:
    """Without what an earlier withdrawal had taken already."""
    earlier = [one for one in every if one.pk < withdrawal.pk]
    covered = [one for one in editions if withdrawal.covers(one.number)]
    covered = [one for one in covered if not any(each.covers(one.number) for each in earlier)]
    seen = [one.number for one in covered if not (withdrawal.cancels(one) or one.is_overtaken)]  # type: ignore[attr-defined]
    return Withdrawn(withdrawal, seen, [one.number for one in covered if withdrawal.cancels(one)])

"""What visitors will find at each address of a trip after a withdrawal, told before it is done."""

import datetime as dt
from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.lib.languages import NAMES
from trips.models import Edition, Trip, Withdrawal

WITHDRAWN = _("That it was withdrawn, with the reason you give.")
WITHDRAWN_BEFORE = _("That it was withdrawn, with the reason that was given then.")
EXPIRED = _("That it is no longer public: its time ran out.")
NOTHING = _("Nothing: the address is unknown to visitors.")


class Place(NamedTuple):
    """An address in both languages, what stands there at once, and what will later."""

    addresses: list[str]
    now: Any
    later: Any = ""
    at: dt.datetime | None = None


class Choice(NamedTuple):
    """One thing that can be withdrawn, and every address of the trip afterwards. ``number``: None for all of it."""

    number: int | None
    places: list[Place]


def choices(trip: Trip, editions: list[Edition], now: dt.datetime) -> list[Choice]:
    """The whole trip first, then each edition that stands, the newest first; all editions of the trip are given."""
    before = list(trip.withdrawals.all())
    turns = _turns(editions, before)
    standing = [one.number for one in editions if one in turns and not _covering(one, before)]
    return [Choice(number, _places(editions, before, number, now)) for number in (None, *standing)]


def _places(editions: list[Edition], before: list[Withdrawal], number: int | None, now: dt.datetime) -> list[Place]:
    last = max((one.number for one in editions), default=1)
    new = Withdrawal(first=number or 1, last=number or last, withdrawn_at=now)
    withdrawals = [new, *before]
    turns = _turns(editions, withdrawals)
    begun = [one for one in turns if one.public_from <= now]
    later = [one for one in turns if one.public_from > now]
    coming = min(later, key=lambda one: (one.public_from, -one.number), default=None)
    slugs = dict.fromkeys(one.slug for one in begun or editions)
    trips = [_of_trip(slug, begun, coming, withdrawals, new, now) for slug in slugs]
    return trips + [_of_edition(one, one in turns, withdrawals, new, now) for one in editions]


def _turns(editions: list[Edition], withdrawals: list[Withdrawal]) -> list[Edition]:
    """Those that have their turn, past or to come: neither cancelled nor overtaken before it."""
    uncancelled = [one for one in editions if not any(each.cancels(one) for each in withdrawals)]
    return [one for one in uncancelled if not any(other.overtakes(one) for other in uncancelled)]


def _of_trip(
    slug: str,
    begun: list[Edition],
    coming: Edition | None,
    withdrawals: list[Withdrawal],
    new: Withdrawal,
    now: dt.datetime,
) -> Place:
    """The trip's own address: the highest edition that ever began decides; an older one never comes back."""
    addresses = _addresses(f"trips/{slug}/")
    found: Any = NOTHING
    if begun:
        newest = max(begun, key=lambda one: one.number)
        found = _absence(newest, withdrawals, new, now) or _page(newest, slug)
    return Place(addresses, found, _page(coming, slug), coming.public_from) if coming else Place(addresses, found)


def _of_edition(
    edition: Edition, has_its_turn: bool, withdrawals: list[Withdrawal], new: Withdrawal, now: dt.datetime
) -> Place:
    addresses = _addresses(f"trips/{edition.slug}/editions/{edition.number}/")
    if not has_its_turn:
        return Place(addresses, NOTHING)
    if edition.public_from > now:
        return Place(addresses, NOTHING, _page(edition, edition.slug), edition.public_from)
    return Place(addresses, _absence(edition, withdrawals, new, now) or _page(edition, edition.slug))


def _absence(edition: Edition, withdrawals: list[Withdrawal], new: Withdrawal, now: dt.datetime) -> Any:
    """What is said in place of the edition; empty where it can be read."""
    if covering := _covering(edition, withdrawals):
        return WITHDRAWN if covering is new else WITHDRAWN_BEFORE
    return EXPIRED if edition.public_until and edition.public_until <= now else ""


def _covering(edition: Edition, withdrawals: list[Withdrawal]) -> Withdrawal | None:
    """The latest withdrawal of the edition."""
    return next((one for one in withdrawals if one.covers(edition.number)), None)


def _page(edition: Edition, slug: str) -> str:
    if edition.slug == slug:
        return gettext("Edition %d, as it is.") % edition.number
    return gettext("The way to edition %d at its own address.") % edition.number


def _addresses(tail: str) -> list[str]:
    return [f"/{code}/{tail}" for code in NAMES]

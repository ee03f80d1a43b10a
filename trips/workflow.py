"""The verbs that turn a working copy into public editions, and the table of when each is allowed.

Every verb takes the trip first and ``by`` as a keyword, checks, writes in one transaction together with the
index, and raises ``Refused`` with a sentence for the person who asked. Who may use a verb is the caller's
question; the table names the permission.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from trips import indexing
from trips.choices import TripState
from trips.edition.freeze import frozen
from trips.models import Candidate, Edition, Trip, Withdrawal


@dataclass(frozen=True)
class Verb:
    """One line of the table: from these states the verb leads to that one, with this permission."""

    name: str
    sources: frozenset[TripState]
    target: TripState
    permission: str


ANY = frozenset(TripState)
VERBS = {
    verb.name: verb
    for verb in (
        Verb("submit", ANY, TripState.REVIEW, "trips.change_trip"),
        Verb("publish", ANY - {TripState.DRAFT}, TripState.PUBLISHED, "trips.publish_trip"),
        Verb(
            "withdraw",
            frozenset({TripState.REVIEW, TripState.SCHEDULED, TripState.PUBLISHED, TripState.CHANGED}),
            TripState.WITHDRAWN,
            "trips.publish_trip",
        ),
    )
}


class Refused(ValidationError):
    """A verb that is not possible now; the message says why and what to do."""


def submit(trip: Trip, *, by: Any, public_from: dt.datetime | None = None) -> Candidate:
    """Freeze the working copy and keep it as a candidate, to be read and published under its digest.

    ``public_from`` is when it is meant to become public (now, if empty): before the trip's last day the
    candidate is an outline. The same document is kept once.
    """
    now = timezone.now()
    document, digest = frozen(trip, public_from=public_from or now)
    with transaction.atomic():
        trip = _locked(trip, "submit", now)
        same = trip.candidates.filter(digest=digest).first()
        if same is None:
            return trip.candidates.create(document=document, digest=digest, submitted_by=by, submitted_at=now)
        same.submitted_by, same.submitted_at = by, now
        same.save()
        return same


def publish(
    trip: Trip,
    *,
    digest: str,
    by: Any,
    public_from: dt.datetime | None = None,
    public_until: dt.datetime | None = None,
    note_en: str = "",
    note_zh_hans: str = "",
) -> Edition:
    """Store the candidate with that digest as the trip's next edition, exactly as it was seen.

    Publishing the digest that the newest standing edition already has gives that edition back: pressing the
    button twice publishes once.
    """
    now = timezone.now()
    begins = public_from or now
    with transaction.atomic():
        trip = _locked(trip, "publish", now)
        candidate = trip.candidates.filter(digest=digest).first()
        newest = trip.editions.first()
        if candidate is None:
            raise Refused(_("The trip was changed after you saw it. Look at it again, then publish."))
        _check(trip, candidate, newest, begins, public_until)
        if newest and newest.digest == digest and newest.public_until == public_until and _stands(trip, newest):
            return newest
        edition = trip.editions.create(
            number=(newest.number if newest else 0) + 1,
            slug=candidate.payload["slug"],
            document=candidate.document,
            digest=digest,
            frozen_at=candidate.submitted_at,
            public_from=begins,
            public_until=public_until,
            note_en=note_en,
            note_zh_hans=note_zh_hans,
            published_by=by,
            published_at=now,
        )
        indexing.index(trip)
    return edition


def withdraw(trip: Trip, *, by: Any, reason_en: str, reason_zh_hans: str = "", number: int | None = None) -> Withdrawal:
    """Take one edition, or the whole trip with its scheduled editions, out of public sight, with a reason."""
    if not reason_en.strip():
        raise Refused(_("Give the reason: it stands on the page in place of the report."))
    now = timezone.now()
    with transaction.atomic():
        trip = _locked(trip, "withdraw", now)
        last = trip.editions.aggregate(last=Max("number"))["last"]
        if last is None:
            raise Refused(_("Nothing was published, so there is nothing to withdraw."))
        if number is not None and not 1 <= number <= last:
            raise Refused(_("There is no edition of this number."))
        withdrawal = trip.withdrawals.create(
            first=number or 1,
            last=number or last,
            reason_en=reason_en.strip(),
            reason_zh_hans=reason_zh_hans.strip(),
            withdrawn_by=by,
            withdrawn_at=now,
        )
        indexing.index(trip)
    return withdrawal


def state_of(trip: Trip, at: dt.datetime) -> TripState:
    """Where the trip stands, derived from its candidates, editions and withdrawals."""
    return TripState(Trip.objects.stated(at).values_list("state", flat=True).get(pk=trip.pk))


def _locked(trip: Trip, verb: str, at: dt.datetime) -> Trip:
    """The trip, locked until the transaction ends, so that two people publish one after the other."""
    trip = Trip.objects.select_for_update().get(pk=trip.pk)
    state = state_of(trip, at)
    if state not in VERBS[verb].sources:
        raise Refused(_("This is not possible while the trip is: %s.") % state.label)
    return trip


def _stands(trip: Trip, edition: Edition) -> bool:
    return not any(one.covers(edition.number) for one in trip.withdrawals.all())


def _check(
    trip: Trip,
    candidate: Candidate,
    newest: Edition | None,
    begins: dt.datetime,
    ends: dt.datetime | None,
) -> None:
    payload = candidate.payload
    if ends and ends <= begins:
        raise Refused(_("The end of publication is not after its beginning."))
    if newest and _stands(trip, newest) and begins < newest.public_from:
        raise Refused(
            _("The last edition becomes public later than this one would. Choose a later time or withdraw it.")
        )
    if payload["extent"] == "full" and not trip.is_over(begins):
        raise Refused(
            _("Before the trip's last day only its days and cities are public. Look at it again, then publish.")
        )
    if Edition.objects.filter(slug=payload["slug"]).exclude(trip=trip).exists():
        raise Refused(_("Another trip was published at this address. Choose another address."))

"""The verbs that turn a working copy into public editions, and the table of when each is allowed.

Every verb takes the trip first and ``by`` as a keyword, checks, writes in one transaction together with the
index and one entry of the audit trail, tells those concerned, and raises ``Refused`` with a sentence for the
person who asked. Who may use a verb is the door's question (``rights``); the table names the permission.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange import audit
from exchange.desk.words import language
from trips import indexing, notices, readiness
from trips.choices import Decision, TripState
from trips.edition.freeze import frozen
from trips.models import Address, Candidate, Edition, PlainPage, Trip, Withdrawal


@dataclass(frozen=True)
class Verb:
    """One line of the table: from these states the verb leads to that one, with this permission."""

    name: str
    sources: frozenset[TripState]
    target: TripState
    permission: str


ANY = frozenset(TripState)
IN_REVIEW = frozenset({TripState.REVIEW, TripState.APPROVED})
VERBS = {
    verb.name: verb
    for verb in (
        Verb("submit", ANY, TripState.REVIEW, "trips.change_trip"),
        Verb("send_back", IN_REVIEW, TripState.CHANGES_ASKED, "trips.review_trip"),
        Verb("approve", frozenset({TripState.REVIEW}), TripState.APPROVED, "trips.publish_trip"),
        Verb("publish", IN_REVIEW, TripState.PUBLISHED, "trips.publish_trip"),
        Verb("withdraw", ANY - {TripState.DRAFT}, TripState.WITHDRAWN, "trips.publish_trip"),
    )
}
UNSEEN = _(
    "This is not what you saw: the trip was changed meanwhile, or more of it is public at that time. "
    "Look at it below, then decide."
)
RIGHT_FIRST = _("Put this right first, then publish.")
OWN_TEXT = _("You made the last change to this text. Somebody else must publish it.")
NOTHING_STANDS = _("No edition is public or scheduled, so there is nothing to withdraw.")
REASON = 300  # characters
MOVED = {"reason_en": "Moved to another time.", "reason_zh_hans": "改期发布。"}


class Refused(ValidationError):
    """A verb that is not possible now; the message says why and what to do."""


def submit(
    trip: Trip, *, by: Any, public_from: dt.datetime | None = None, comment: str = "", digest: str = ""
) -> Candidate:
    """Freeze the working copy and keep it as a candidate, to be read and published under its digest.

    ``public_from`` is when it is meant to become public (now, if empty): before the trip's last day the
    candidate is an outline. With ``digest``, only what was seen is submitted. The same document is kept once;
    what the newest edition says already is not submitted again.
    """
    with transaction.atomic():
        trip, state, now = _locked(trip)
        _refuse_unless_possible("submit", state)
        document, found = frozen(trip, public_from=public_from or now)
        if digest and found != digest:
            raise Refused(UNSEEN)
        digest = found
        if _says_already(trip, _newest(trip), digest) and (kept := trip.candidates.filter(digest=digest).first()):
            return kept
        candidate = _keep(trip, document, digest, by=by, public_from=public_from, at=now)
        _note("submit", trip, state, by=by, comment=comment.strip(), digest=digest, **_moments(trip, public_from))
    return candidate


def send_back(trip: Trip, *, digest: str, by: Any, comment: str) -> Candidate:
    """Ask for changes to the candidate with that digest, and say which."""
    if not comment.strip():
        raise Refused(_("Say what should change: the comment goes to those who work on the trip."))
    return _decide("send_back", trip, digest, Decision.CHANGES_ASKED, by=by, comment=comment)


def approve(trip: Trip, *, digest: str, by: Any, comment: str = "") -> Candidate:
    """Agree to the candidate with that digest, word for word. Later edits are not part of it."""
    return _decide("approve", trip, digest, Decision.APPROVED, by=by, comment=comment)


def publish(
    trip: Trip,
    *,
    digest: str,
    by: Any,
    public_from: dt.datetime | None = None,
    public_until: dt.datetime | None = None,
    note_en: str = "",
    note_zh_hans: str = "",
    unreviewed: bool = False,
    waived: Mapping[str, str] | None = None,
) -> Edition:
    """Store the candidate with that digest as the trip's next edition, exactly as it was seen.

    ``unreviewed`` submits the working copy and publishes it in one step, if it has that digest. Publishing what
    the newest edition says, for the time at which that is public, gives that edition back: pressing the button
    twice publishes once. For another time it moves an edition that is scheduled.

    ``waived`` gives the reasons, by the keys of findings, for which a person publishes in spite of warnings; they are
    kept with the edition. A command is not asked for reasons.
    """
    with transaction.atomic():
        trip, state, now = _locked(trip)
        begins = public_from or now
        if public_until and public_until <= begins:
            raise Refused(_("The end of publication is not after its beginning."))
        last = _newest(trip)
        repeated = _says_already(trip, last, digest)
        if last and repeated and _is_public_then(last, public_from, public_until, now):
            return last
        if unreviewed:
            _keep(trip, *frozen(trip, public_from=begins), by=by, public_from=public_from, at=now)
        else:
            _refuse_unless_possible("publish", state)
        candidate = _seen(trip, digest)
        _check(trip, candidate, begins, now)
        _check_eyes(candidate, by)
        reasons = _reasons(candidate, waived or {}, by)
        if last and repeated and last.public_from > now:
            trip.withdrawals.create(first=last.number, last=last.number, withdrawn_by=by, withdrawn_at=now, **MOVED)
        edition = Edition(
            trip=trip,
            number=(trip.editions.aggregate(last=Max("number"))["last"] or 0) + 1,
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
            waived=reasons,
        )
        _check_texts(edition, "note_en", "note_zh_hans")
        edition.save()
        indexing.index(trip)
        when = _moments(trip, begins, public_until)
        _note("publish", trip, state, by=by, comment=note_en, digest=digest, edition=edition.number, **when)
    return edition


def withdraw(trip: Trip, *, by: Any, reason_en: str, reason_zh_hans: str = "", number: int | None = None) -> Withdrawal:
    """Take one edition, or the whole trip with its scheduled editions, out of public sight, with a reason."""
    if not reason_en.strip():
        raise Refused(_("Give the reason: it stands on the page in place of the report."))
    with transaction.atomic():
        trip, state, now = _locked(trip)
        _refuse_unless_possible("withdraw", state)
        standing = set(trip.editions.standing().values_list("number", flat=True))
        if not standing:
            raise Refused(NOTHING_STANDS)
        if number is not None and number not in standing:
            raise Refused(_("There is no edition of this number that could be withdrawn."))
        withdrawal = Withdrawal(
            trip=trip,
            first=number or 1,
            last=number or max(standing),
            reason_en=reason_en.strip(),
            reason_zh_hans=reason_zh_hans.strip(),
            withdrawn_by=by,
            withdrawn_at=now,
        )
        _check_texts(withdrawal, "reason_en", "reason_zh_hans")
        withdrawal.save()
        indexing.index(trip)
        _note("withdraw", trip, state, by=by, comment=reason_en.strip(), first=withdrawal.first, last=withdrawal.last)
    return withdrawal


def open_candidate(trip: Trip, at: dt.datetime) -> Candidate | None:
    """What was submitted and is neither public nor withdrawn since; None where nothing is."""
    if not Trip.objects.stated(at).filter(pk=trip.pk, is_open=True).exists():
        return None
    return trip.candidates.select_related("submitted_by").first()


def state_of(trip: Trip, at: dt.datetime) -> TripState:
    """Where the trip stands, derived from its candidates, editions and withdrawals."""
    return TripState(Trip.objects.stated(at).values_list("state", flat=True).get(pk=trip.pk))


def _locked(trip: Trip) -> tuple[Trip, TripState, dt.datetime]:
    """The trip, locked until the transaction ends, its state, and the time: whoever had to wait is later."""
    trip = Trip.objects.select_for_update().get(pk=trip.pk)
    now = timezone.now()
    return trip, state_of(trip, now), now


def _refuse_unless_possible(verb: str, state: TripState) -> None:
    if state not in VERBS[verb].sources:
        raise Refused(_("This is not possible while the trip is: %s.") % state.label)


def _keep(
    trip: Trip, document: str, digest: str, *, by: Any, public_from: dt.datetime | None, at: dt.datetime
) -> Candidate:
    """The document as the trip's open candidate; the same one is kept once."""
    candidate = trip.candidates.filter(digest=digest).first() or Candidate(trip=trip, document=document, digest=digest)
    candidate.submitted_by, candidate.submitted_at, candidate.edited_by = by, at, trip.edited_by
    candidate.public_from, candidate.decision = public_from, Decision.OPEN
    candidate.findings = readiness.noted(trip, public_from or at)
    candidate.save()
    return candidate


def _seen(trip: Trip, digest: str) -> Candidate:
    """The candidate that is open now, if it is the one that was seen."""
    candidate = trip.candidates.first()
    if candidate is None or candidate.digest != digest:
        raise Refused(UNSEEN)
    return candidate


def _decide(verb: str, trip: Trip, digest: str, decision: Decision, *, by: Any, comment: str) -> Candidate:
    with transaction.atomic():
        trip, state, _now = _locked(trip)
        _refuse_unless_possible(verb, state)
        candidate = _seen(trip, digest)
        candidate.decision = decision
        candidate.save(update_fields=["decision"])
        _note(verb, trip, state, by=by, comment=comment.strip(), digest=digest)
    return candidate


def _newest(trip: Trip) -> Edition | None:
    """The last edition that was not cancelled before its time came."""
    return trip.editions.uncancelled().first()


def _says_already(trip: Trip, last: Edition | None, digest: str) -> bool:
    """True when the last edition has this digest and stands."""
    if last is None or last.digest != digest:
        return False
    return not any(one.covers(last.number) for one in trip.withdrawals.all())


def _is_public_then(
    last: Edition, public_from: dt.datetime | None, public_until: dt.datetime | None, now: dt.datetime
) -> bool:
    """True when the last edition is public at that time already: there is nothing to do."""
    same_begin = last.public_from == public_from if public_from else last.public_from <= now
    return same_begin and last.public_until == public_until


def _check(trip: Trip, candidate: Candidate, begins: dt.datetime, now: dt.datetime) -> None:
    payload = candidate.payload
    if not candidate.is_intact():
        raise Refused(_("What was submitted has been altered in the database. Submit the trip again."))
    if stops := [one["sentence"][language()] for one in candidate.findings if one["level"] == readiness.Level.BLOCK]:
        raise Refused([RIGHT_FIRST, *stops])
    shown = trip.editions.begun(now).order_by("-number").first()
    if shown and begins < shown.public_from:
        raise Refused(_("The last edition is public since a later time than this one would be."))
    may_be_full = begins.astimezone(ZoneInfo(payload["time_zone"])).date() >= dt.date.fromisoformat(payload["ends_on"])
    if payload["extent"] == "full" and not may_be_full:
        raise Refused(
            _("Before the trip's last day only its days and cities are public. Look at it again, then publish.")
        )
    address, _made = Address.objects.get_or_create(slug=payload["slug"], defaults={"trip": trip})
    if address.trip_id != trip.pk:
        raise Refused(_("Another trip was published at this address. Choose another address."))


def _reasons(candidate: Candidate, waived: Mapping[str, str], by: Any) -> list[dict[str, Any]]:
    """The warnings that stand, each with why it is published all the same; refused where a person gives no reason."""
    warnings = [one for one in candidate.findings if one["level"] == readiness.Level.WARN]
    reasons = [{**one, "reason": waived.get(one["key"], "").strip()[:REASON]} for one in warnings]
    if by and not all(one["reason"] for one in reasons):
        raise Refused(_("Put right what is marked, or say at each warning why it is published all the same."))
    return reasons


def _check_texts(row: Edition | Withdrawal, *names: str) -> None:
    """The same limits for what a person says, whichever door it comes through."""
    row.clean_fields(exclude={field.name for field in row._meta.fields} - set(names))


def is_own_text(row: Trip | Candidate | PlainPage, by: Any) -> bool:
    """True where four eyes are asked for and these are the same two."""
    return bool(settings.FOUR_EYES and by and row.edited_by_id == by.pk)


def _check_eyes(candidate: Candidate, by: Any) -> None:
    if is_own_text(candidate, by):
        raise Refused(OWN_TEXT)


def _moments(trip: Trip, begins: dt.datetime | None, ends: dt.datetime | None = None) -> dict[str, str | None]:
    """When it is to be public, for the audit trail: with the zone in which that was said."""
    told = {name: one.isoformat() if one else None for name, one in (("public_from", begins), ("public_until", ends))}
    return {**told, "time_zone": trip.time_zone}


def _note(verb: str, trip: Trip, before: TripState, *, by: Any, comment: str, **details: Any) -> None:
    """One entry of the audit trail, and a notice to those concerned when the act is certain."""
    entry = audit.record(verb, trip, by=by, comment=comment, before=before.value, **details)
    notices.send(entry, trip)

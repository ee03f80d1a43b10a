"""The verbs that turn a working copy into public editions, and the table of when each is allowed.

Every verb takes the trip first and ``by`` as a keyword, checks, writes in one transaction together with the
index and one entry of the audit trail, tells those concerned, and raises ``Refused`` with a sentence for the
person who asked. Who may use a verb is the door's question (``rights``); the table names the permission.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange import audit
from exchange.models import AuditEntry
from trips import conditions, indexing
from trips.choices import Decision, TripState
from trips.conditions import NOT_SCHEDULED, NOTHING_STANDS, UNSEEN, Refused, When
from trips.edition.freeze import frozen
from trips.filing import keep, moments, note, store
from trips.models import Candidate, Edition, Trip, Withdrawal


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
        Verb("check", frozenset({TripState.REVIEW}), TripState.REVIEW, "trips.review_trip"),
        Verb("send_back", IN_REVIEW, TripState.CHANGES_ASKED, "trips.review_trip"),
        Verb("approve", frozenset({TripState.REVIEW}), TripState.APPROVED, "trips.publish_trip"),
        Verb("publish", IN_REVIEW, TripState.PUBLISHED, "trips.publish_trip"),
        Verb("withdraw", ANY - {TripState.DRAFT}, TripState.WITHDRAWN, "trips.publish_trip"),
    )
}
MOVED = {"reason_en": "Moved to another time.", "reason_zh_hans": "改期发布。"}


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
        candidate = keep(trip, document, digest, by=by, public_from=public_from, at=now)
        note("submit", trip, state, by=by, comment=comment.strip(), digest=digest, **moments(trip, public_from))
    return candidate


def send_back(trip: Trip, *, digest: str, by: Any, comment: str) -> Candidate:
    """Ask for changes to the candidate with that digest, and say which."""
    if not comment.strip():
        raise Refused(_("Say what should change: the comment goes to those who work on the trip."))
    return _decide("send_back", trip, digest, Decision.CHANGES_ASKED, by=by, comment=comment)


def check(trip: Trip, *, digest: str, by: Any, comment: str = "") -> Candidate:
    """Note that somebody has read the candidate with that digest and found it in order; whoever approves sees it.

    It decides nothing. Of the same text the same person says it once.
    """
    with transaction.atomic():
        trip, state, _now = _locked(trip)
        _refuse_unless_possible("check", state)
        candidate = _seen(trip, digest)
        if not checks(candidate).filter(by=by).exists():
            note("check", trip, state, by=by, comment=comment.strip(), digest=digest)
    return candidate


def checks(candidate: Candidate) -> QuerySet[AuditEntry]:
    """Who has checked exactly this text, and what they said; latest first."""
    return audit.trail(candidate.trip).filter(verb="check", details__digest=candidate.digest)


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
        conditions.check_end(begins, public_until)
        last = _newest(trip)
        repeated = _says_already(trip, last, digest)
        if last and repeated and _is_public_then(last, public_from, public_until, now):
            return last
        when = When(begins, public_until, now)
        notes = {"note_en": note_en, "note_zh_hans": note_zh_hans}
        if not unreviewed:
            _refuse_unless_possible("publish", state)
        if last and repeated and last.public_from > now:
            return _move(trip, state, last, when, by=by, **{name: text for name, text in notes.items() if text})
        if unreviewed:
            keep(trip, *frozen(trip, public_from=begins), by=by, public_from=public_from, at=now)
        candidate = _seen(trip, digest)
        conditions.check_findings(candidate)
        conditions.check(trip, candidate, when)
        conditions.check_eyes(candidate, by)
        reasons = conditions.reasons(candidate, waived or {}, by)
        edition = store(trip, candidate, when, by=by, frozen_at=candidate.submitted_at, waived=reasons, **notes)
        told = {"digest": digest, "edition": edition.number, **moments(trip, begins, public_until)}
        note("schedule" if begins > now else "publish", trip, state, by=by, comment=note_en, **told)
    return edition


def move(
    trip: Trip,
    *,
    number: int,
    digest: str,
    by: Any,
    public_from: dt.datetime | None = None,
    public_until: dt.datetime | None = None,
) -> Edition:
    """Give the edition that is scheduled another time, exactly as it is, with its change notes and its reasons.

    Editions are never edited: this one is cancelled, and the same document follows it under the next number. Whatever
    is saved or under review has no part in it. It is possible in every state in which an edition is scheduled.
    """
    with transaction.atomic():
        trip, state, now = _locked(trip)
        begins = public_from or now
        conditions.check_end(begins, public_until)
        last = scheduled(trip, now)
        if last is None:
            raise Refused(NOT_SCHEDULED)
        if (last.number, last.digest) != (number, digest):
            raise Refused(UNSEEN)
        if _is_public_then(last, public_from, public_until, now):
            return last
        return _move(trip, state, last, When(begins, public_until, now), by=by)


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
        conditions.check_texts(withdrawal, "reason_en", "reason_zh_hans")
        withdrawal.save()
        indexing.index(trip)
        told = {"first": withdrawal.first, "last": withdrawal.last, "reason_zh_hans": withdrawal.reason_zh_hans}
        note("withdraw", trip, state, by=by, comment=withdrawal.reason_en, **told)
    return withdrawal


def open_candidate(trip: Trip, at: dt.datetime) -> Candidate | None:
    """What was submitted and is neither public nor withdrawn since; None where nothing is."""
    if not Trip.objects.stated(at).filter(pk=trip.pk, is_open=True).exists():
        return None
    return trip.candidates.select_related("submitted_by").first()


def scheduled(trip: Trip, at: dt.datetime) -> Edition | None:
    """The trip's newest edition, where its time is still to come."""
    newest = _newest(trip)
    stands = newest and newest.public_from > at and _stands(trip, newest)
    return newest if stands else None


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
        note(verb, trip, state, by=by, comment=comment.strip(), digest=digest)
    return candidate


def _newest(trip: Trip) -> Edition | None:
    """The last edition that was not cancelled before its time came."""
    return trip.editions.uncancelled().first()


def _says_already(trip: Trip, last: Edition | None, digest: str) -> bool:
    """True when the last edition has this digest and stands."""
    return last is not None and last.digest == digest and _stands(trip, last)


def _stands(trip: Trip, edition: Edition) -> bool:
    """True where no withdrawal covers it."""
    return not any(one.covers(edition.number) for one in trip.withdrawals.all())


def _is_public_then(
    last: Edition, public_from: dt.datetime | None, public_until: dt.datetime | None, now: dt.datetime
) -> bool:
    """True when the last edition is public at that time already: there is nothing to do."""
    same_begin = last.public_from == public_from if public_from else last.public_from <= now
    return same_begin and last.public_until == public_until


def _move(trip: Trip, state: TripState, last: Edition, when: When, *, by: Any, **notes: str) -> Edition:
    conditions.check(trip, last, when)
    trip.withdrawals.create(first=last.number, last=last.number, withdrawn_by=by, withdrawn_at=when.now, **MOVED)
    told = {"note_en": last.note_en, "note_zh_hans": last.note_zh_hans, **notes}
    edition = store(trip, last, when, by=by, frozen_at=last.frozen_at, waived=last.waived, **told)
    details = {"digest": last.digest, "former": last.number, "edition": edition.number}
    note("move", trip, state, by=by, comment="", **details, **moments(trip, when.begins, when.ends))
    return edition

"""What verbs leave behind: a candidate, an edition with its rows in the index, an entry of the audit trail."""

import datetime as dt
from typing import Any

from django.db.models import Max

from exchange import audit
from trips import conditions, indexing, notices, readiness
from trips.choices import Decision, TripState
from trips.conditions import When
from trips.models import Candidate, Edition, Trip


def keep(
    trip: Trip, document: str, digest: str, *, by: Any, public_from: dt.datetime | None, at: dt.datetime
) -> Candidate:
    """The document as the trip's open candidate; the same one is kept once."""
    candidate = trip.candidates.filter(digest=digest).first() or Candidate(trip=trip, document=document, digest=digest)
    candidate.submitted_by, candidate.submitted_at, candidate.edited_by = by, at, trip.edited_by
    candidate.public_from, candidate.decision = public_from, Decision.OPEN
    candidate.findings = readiness.noted(trip, public_from or at)
    candidate.save()
    return candidate


def store(trip: Trip, kept: Candidate | Edition, when: When, *, by: Any, **more: Any) -> Edition:
    """The kept document as the trip's next edition."""
    edition = Edition(
        trip=trip,
        number=(trip.editions.aggregate(last=Max("number"))["last"] or 0) + 1,
        slug=kept.payload["slug"],
        document=kept.document,
        digest=kept.digest,
        public_from=when.begins,
        public_until=when.ends,
        published_by=by,
        published_at=when.now,
        **more,
    )
    conditions.check_texts(edition, "note_en", "note_zh_hans")
    edition.save()
    indexing.index(trip)
    return edition


def moments(trip: Trip, begins: dt.datetime | None, ends: dt.datetime | None = None) -> dict[str, str | None]:
    """When it is to be public, for the audit trail: with the zone in which that was said."""
    told = {name: one.isoformat() if one else None for name, one in (("public_from", begins), ("public_until", ends))}
    return {**told, "time_zone": trip.time_zone}


def note(verb: str, trip: Trip, before: TripState, *, by: Any, comment: str, **details: Any) -> None:
    """One entry of the audit trail, and a notice to those concerned when the act is certain."""
    entry = audit.record(verb, trip, by=by, comment=comment, before=before.value, **details)
    notices.send(entry, trip)

"""Review links: who makes and ends them, and what their readers may say.

As the verbs of the workflow: each checks, writes in one transaction with one entry of the audit trail, and raises
``Refused`` with a sentence for the person who asked. Who may make, end and answer is the door's question
(``rights``); what a reader may do hangs on the link alone, so every verb of theirs looks at it again under the lock.
"""

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange import audit
from trips import notices, workflow
from trips.choices import Decision
from trips.models import Agreement, Candidate, Remark, ReviewLink, Trip
from trips.workflow import Refused

DAYS, MOST_DAYS = 14, 90
MOST_LINKS = 50  # of one trip, that can be opened at a time
MOST_REMARKS, MOST_AGREEMENTS = 200, 20  # of one link
PER_MINUTE = 6  # remarks
MINUTE, VISIT, QUIET = dt.timedelta(minutes=1), dt.timedelta(minutes=30), dt.timedelta(minutes=10)
OTHER_TEXT = _(
    "The text was changed since you opened it. This is the one under review now: read it, then answer again."
)
CLOSED = _("Nothing is under review any more.")


class TooMany(Refused):
    """A limit that time or the desk lifts."""


# The desk


def make(trip: Trip, *, by: Any, for_whom: str, days: int = DAYS) -> tuple[ReviewLink, str]:
    """A link to what is under review, and its token, which is told here and never again."""
    if not 1 <= days <= MOST_DAYS:
        raise Refused(_("A link can be opened for 1 to %d days.") % MOST_DAYS)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        trip, now = _locked(trip)
        if candidate(trip, now) is None:
            raise Refused(_("Submit the trip first: a link shows what was submitted."))
        if trip.review_links.filter(revoked_at=None, expires_at__gt=now).count() >= MOST_LINKS:
            raise Refused(_("There are %d links that can be opened already. Revoke one first.") % MOST_LINKS)
        link = ReviewLink(
            trip=trip,
            for_whom=for_whom.strip(),
            token_hash=hashed(token),
            made_by=by,
            made_at=now,
            expires_at=now + dt.timedelta(days=days),
        )
        link.clean_fields()
        link.save()
        until = link.expires_at.isoformat()
        audit.record("link_made", trip, by=by, link=link.pk, for_whom=link.for_whom, until=until)
    return link, token


def revoke(link: ReviewLink, *, by: Any) -> None:
    """From now on the link opens nothing. Twice is once."""
    with transaction.atomic():
        trip, now = _locked(link.trip)
        if trip.review_links.filter(pk=link.pk, revoked_at=None).update(revoked_at=now, revoked_by=by):
            audit.record("link_revoked", trip, by=by, link=link.pk, for_whom=link.for_whom)


def settle(remark: Remark, *, by: Any, done: bool = True) -> None:
    """The remark has been dealt with, or has not after all. Twice is once."""
    with transaction.atomic():
        trip, now = _locked(remark.link.trip)
        change = {"done_at": now, "done_by": by} if done else {"done_at": None, "done_by": None}
        if Remark.objects.filter(pk=remark.pk, done_at__isnull=done).update(**change):
            audit.record("remark_done" if done else "remark_reopened", trip, by=by, remark=remark.pk)


def links(trip: Trip) -> QuerySet[ReviewLink]:
    """The trip's links, the newest first, with how often each was ``opened`` and when ``last``."""
    found = trip.review_links.select_related("made_by", "revoked_by").prefetch_related("agreements")
    return found.annotate(opened=Count("visits"), last=Max("visits__at"))


def remarks(trip: Trip) -> QuerySet[Remark]:
    """What readers said about the trip, in the order they said it."""
    return Remark.objects.filter(link__trip=trip).select_related("link", "done_by")


def open_remarks(trip: Trip) -> int:
    """How many remarks nobody has dealt with."""
    return Remark.objects.filter(link__trip=trip, done_at=None).count()


def agreements(trip: Trip, digest: str) -> QuerySet[Agreement]:
    """Who agreed to exactly this text."""
    return Agreement.objects.filter(link__trip=trip, digest=digest).select_related("link")


# The reader


def hashed(token: str) -> str:
    """What is kept of a token. It is random and long: a plain hash tells nothing about it."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str, at: dt.datetime) -> ReviewLink | None:
    """The link, if the token is one's and it can be opened."""
    link = ReviewLink.objects.select_related("trip").filter(token_hash=hashed(token)).first()
    return link if link and link.is_valid(at) else None


def candidate(trip: Trip, at: dt.datetime) -> Candidate | None:
    """What is under review; nothing once it was sent back or published."""
    found = workflow.open_candidate(trip, at)
    return None if found is None or found.decision == Decision.CHANGES_ASKED else found


def note_visit(link: ReviewLink, digest: str, at: dt.datetime) -> None:
    """That the link was opened. Whoever opens the same text again within half an hour is still reading it."""
    if not link.visits.filter(digest=digest, at__gt=at - VISIT).exists():
        link.visits.create(digest=digest, at=at)


def remark(link: ReviewLink, *, digest: str, section: str, text: str, name: str) -> Remark:
    """What the reader says about the text with that digest; those who work on the trip are told."""
    with transaction.atomic():
        link, now = _seen(link, digest)
        if link.remarks.count() >= MOST_REMARKS:
            raise TooMany(_("This link has taken as many remarks as it can. Please write to those who sent it."))
        if link.remarks.filter(at__gt=now - MINUTE).count() >= PER_MINUTE:
            raise TooMany(_("These are many remarks at once. Wait a minute, then send it again."))
        made = Remark(link=link, section=section, text=text, name=name, digest=digest, at=now)
        made.clean_fields()
        made.save()
        said = {"link": link.pk, "for_whom": link.for_whom, "remark": made.pk, "digest": digest}
        entry = audit.record("remarked", link.trip, by=None, name=name, **said)
        if link.told_at is None or link.told_at < now - QUIET:
            ReviewLink.objects.filter(pk=link.pk).update(told_at=now)
            notices.send(entry, link.trip)
    return made


def agree(link: ReviewLink, *, digest: str, name: str) -> Agreement:
    """The reader agrees to exactly the text with that digest. Twice is once."""
    with transaction.atomic():
        link, now = _seen(link, digest)
        if given := link.agreements.filter(digest=digest).first():
            return given
        if link.agreements.count() >= MOST_AGREEMENTS:
            raise TooMany(_("This link has taken as many answers as it can. Please write to those who sent it."))
        made = Agreement(link=link, digest=digest, name=name, at=now)
        made.clean_fields()
        made.save()
        said = {"link": link.pk, "for_whom": link.for_whom, "digest": digest}
        notices.send(audit.record("agreed", link.trip, by=None, name=name, **said), link.trip)
    return made


def _locked(trip: Trip) -> tuple[Trip, dt.datetime]:
    """The trip, locked until the transaction ends, and the time: whoever had to wait is later."""
    return Trip.objects.select_for_update().get(pk=trip.pk), timezone.now()


def _seen(link: ReviewLink, digest: str) -> tuple[ReviewLink, dt.datetime]:
    """The link as it is now, its trip locked, where it can still be opened and shows the text with that digest."""
    trip, now = _locked(link.trip)
    link = ReviewLink.objects.get(pk=link.pk)
    link.trip = trip
    found = candidate(trip, now) if link.is_valid(now) else None
    if found is None:
        raise Refused(CLOSED)
    if found.digest != digest:
        raise Refused(OTHER_TEXT)
    return link, now

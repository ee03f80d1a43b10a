"""Whose turn it is: the conditions on which a trip waits for somebody, put to ``Trip.objects.stated(now)``."""

from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from exchange.models import AuditEntry
from trips import workflow
from trips.choices import TripState
from trips.models import Candidate, Trip

NEXT = {
    TripState.REVIEW: ("approve", "check", "send_back"),
    TripState.APPROVED: ("publish",),
    TripState.CHANGED: ("publish", "submit"),
}


def own(user: Any) -> Q:
    """The person is the owner or a colleague."""
    return Q(pk__in=Trip.objects.own(user).values("pk"))


def waiting(user: Any) -> Q:
    """The next step is theirs: to decide, to publish, to mend what was sent back, to bring out what is newer."""
    asked = Q(pk__in=[])
    if user.has_perm(workflow.VERBS["send_back"].permission):
        may_approve = user.has_perm(workflow.VERBS["approve"].permission)
        asked |= Q(state=TripState.REVIEW) & (Q() if may_approve else ~_checked(user))
    if user.has_perm(workflow.VERBS["publish"].permission):
        asked |= Q(state=TripState.APPROVED) & ~_barred(user)
    if user.has_perm(workflow.VERBS["submit"].permission):
        asked |= Q(state__in=(TripState.CHANGES_ASKED, TripState.CHANGED)) & own(user)
    return asked


def started(user: Any) -> Q:
    """The person submitted it, and it is still under way."""
    return Q(is_open=True) & Exists(_open_candidates().filter(submitted_by=user.pk))


def steps(user: Any, state: TripState) -> list[str]:
    """The verbs with which the person goes on from there; of newer changes, the one that goes furthest."""
    names = [name for name in NEXT.get(state, ()) if user.has_perm(workflow.VERBS[name].permission)]
    if "approve" in names:
        names.remove("check")
    return names[:1] if state == TripState.CHANGED else names


def _checked(user: Any) -> Q:
    """The person has checked exactly what is under review: the next step is that of whoever approves."""
    of_trip = {"model": Trip._meta.label_lower, "record": Cast(OuterRef("trip"), CharField())}
    said = AuditEntry.objects.annotate(of_text=KT("details__digest")).filter(verb="check", by=user.pk, **of_trip)
    return Exists(_open_candidates().filter(Exists(said.filter(of_text=OuterRef("digest")))))


def _barred(user: Any) -> Q:
    """Four eyes: whoever made the last change to it does not publish it."""
    return Exists(_open_candidates().filter(edited_by=user.pk)) if settings.FOUR_EYES else Q(pk__in=[])


def _open_candidates() -> Any:
    return Candidate.objects.filter(trip=OuterRef("pk"), submitted_at=OuterRef("submitted_at"))

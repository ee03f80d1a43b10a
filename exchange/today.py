"""What waits on the desk today, in a fixed number of queries."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef

from trips.choices import Language, TripState
from trips.models import Edition, Report, Trip

SHOWN = 8
OPEN = (TripState.DRAFT, TripState.REVIEW, TripState.CHANGED)


def today(user: Any, now: dt.datetime) -> dict[str, Any]:
    """The lists of the page: at most ``SHOWN`` lines each."""
    visible = Trip.objects.of(user)
    stated = visible.stated(now)
    chinese = Report.objects.filter(trip=OuterRef("pk"), language=Language.CHINESE).exclude(body="", summary="")
    waiting = list(stated.own(user).filter(state__in=OPEN).order_by("-updated_at")[:SHOWN])
    for trip in waiting:
        trip.state = TripState(trip.state)
    others = stated.exclude(pk__in=Trip.objects.own(user).values("pk")).filter(state=TripState.DRAFT)
    editions = Edition.objects.filter(trip__in=visible).defer("document").select_related("trip", "published_by")
    return {
        "now": now,
        "mine": waiting,
        "drafts": others.select_related("owner").order_by("-updated_at")[:SHOWN],
        "coming": editions.standing().filter(public_from__gt=now).order_by("public_from")[:SHOWN],
        "recent": editions.public(now).order_by("-public_from", "-pk")[:SHOWN],
        "untranslated": visible.filter(~Exists(chinese)).order_by("-starts_on")[:SHOWN],
    }

"""What waits on the desk today, in a fixed number of queries: no list is longer than ``SHOWN``."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, IntegerField, QuerySet, Window
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.http import urlencode

from exchange.desk import Action
from exchange.models import AuditEntry
from trips.admin import waiting
from trips.admin.columns import languages_behind
from trips.admin.filters import FindingsFilter
from trips.admin.translations import behind
from trips.admin.trip import VERBS
from trips.choices import TripState
from trips.models import Edition, Trip
from trips.querysets import EditionQuerySet, TripQuerySet

SHOWN = 8
LAST = 5  # trips whose press coverage is told
OUTLETS = 4  # that are named
WEEK = dt.timedelta(days=7)
TOLD = ("submit", "send_back", "approve")  # the acts that brought a trip to where it waits


@dataclass
class Lines:
    """The first lines of a list, how many there are in all, and where all of them are."""

    rows: list[Any]
    total: int
    address: str = ""

    @property
    def goes_on(self) -> bool:
        return self.total > len(self.rows)


@dataclass
class Turn:
    """A trip in somebody's hands: how it came there, and with what they go on."""

    trip: Trip
    last: AuditEntry | None
    mine: bool  # the one who is looking has the next step
    steps: list[Action] = field(default_factory=list)

    @property
    def said(self) -> str:
        """What should change, or what was said to the reviewers, in its first line."""
        is_asked = self.trip.state in (TripState.CHANGES_ASKED, TripState.REVIEW)
        return self.last.comment.strip().partition("\n")[0] if self.last and is_asked else ""


@dataclass
class Event:
    """An edition that becomes public at a moment, or ceases to be."""

    edition: Edition
    moment: dt.datetime
    ends: bool


def today(user: Any, now: dt.datetime) -> dict[str, Any]:
    """The lists of the page, each of trips that this person may open."""
    trips = Trip.objects.of(user).stated(now)
    editions = Edition.objects.filter(trip__in=Trip.objects.of(user)).defer("document").select_related("trip")
    return {
        **_turns(user, trips),
        "drafts": _drafts(user, trips),
        "coming": _coming(user, editions, now),
        "found": _found(trips),
        "behind": _behind(trips),
        "recent": _recent(user, editions, now),
    }


def _lines(queryset: QuerySet, size: int = SHOWN, address: str = "") -> Lines:
    """As many as are shown; the database counts all of them in the same query."""
    rows = list(queryset.annotate(total=Window(Count("pk")))[:size])
    return Lines(rows, rows[0].total if rows else 0, address)


def _trips(**asked: str) -> str:
    """The list of trips, filtered."""
    return f"{reverse('admin:trips_trip_changelist')}?{urlencode(asked)}"


def _editions(user: Any, when: str) -> str:
    """The list of editions, filtered, for those who may see it."""
    address = f"{reverse('admin:trips_edition_changelist')}?when={when}"
    return address if user.has_perm("trips.view_edition") else ""


def _turns(user: Any, trips: TripQuerySet) -> dict[str, Lines]:
    """What waits for the person, and what they submitted: the longest wait first."""
    trips = trips.select_related("owner").order_by("submitted_at", "pk")
    mine = _lines(trips.filter(waiting.waiting(user)), address=_trips(mine="waiting"))
    started = _lines(trips.filter(waiting.started(user)), address=_trips(mine="started"))
    acts = AuditEntry.objects.filter(
        model=Trip._meta.label_lower, record__in={str(one.pk) for one in mine.rows + started.rows}, verb__in=TOLD
    )
    last = {entry.record: entry for entry in acts.order_by("at", "pk")}
    for lines in (mine, started):
        lines.rows = [_turn(user, trip, last.get(str(trip.pk)), is_mine=lines is mine) for trip in lines.rows]
    for turn in started.rows:
        turn.mine = any(turn.trip.pk == one.trip.pk for one in mine.rows)
    return {"mine": mine, "started": started}


def _turn(user: Any, trip: Trip, last: AuditEntry | None, *, is_mine: bool) -> Turn:
    trip.state = TripState(trip.state)
    verbs = waiting.steps(user, trip.state) if is_mine else []
    steps = [Action(VERBS[verb], href=reverse(f"admin:trips_trip_{verb}", args=[trip.pk])) for verb in verbs]
    return Turn(trip, last, is_mine, steps)


def _drafts(user: Any, trips: TripQuerySet) -> Lines:
    drafts = trips.filter(waiting.own(user), state=TripState.DRAFT).order_by("-updated_at", "pk")
    return _lines(drafts, address=_trips(mine="own", state=TripState.DRAFT.value))


def _coming(user: Any, editions: EditionQuerySet, now: dt.datetime) -> dict[str, Any]:
    """Beginnings and ends, soonest first, those of the next seven days by themselves."""
    events = [
        Event(edition, getattr(edition, moment), ends=moment == "public_until")
        for moment in ("public_from", "public_until")
        for edition in editions.coming(now, moment).order_by(moment, "pk")[:SHOWN]
    ]
    rows = sorted(events, key=lambda one: one.moment)[:SHOWN]
    week = [one for one in rows if one.moment <= now + WEEK]
    named = {one.edition.pk for one in rows}
    total = editions.ahead(now).count()
    return {"week": week, "later": rows[len(week) :], "all": Lines([*named], total, _editions(user, "coming"))}


def _found(trips: TripQuerySet) -> Lines:
    """Worst first."""
    counts = {f"found_{level}": Coalesce(Cast(KT(f"found__{level}"), IntegerField()), 0) for level in ("block", "warn")}
    something = trips.filter(FindingsFilter.BLOCK | FindingsFilter.WARN).annotate(**counts)
    return _lines(something.order_by("-found_block", "-found_warn", "-starts_on", "pk"), address=_trips(found="any"))


def _behind(trips: TripQuerySet) -> Lines:
    lines = _lines(behind(trips).prefetch_related("reports"), address=_trips(translation="behind"))
    lines.rows = [(trip, languages_behind(trip)) for trip in lines.rows]
    return lines


def _recent(user: Any, editions: EditionQuerySet, now: dt.datetime) -> Lines:
    """The trips published last, each with the press that is recorded."""
    public = editions.public(now).select_related("trip", "published_by").prefetch_related("trip__coverage__outlet")
    lines = _lines(public.order_by(F("public_from").desc(), "-pk"), LAST, _editions(user, "now"))
    lines.rows = [(edition, *_press(edition.trip)) for edition in lines.rows]
    return lines


def _press(trip: Trip) -> tuple[int, list[str], int]:
    """How many press items, the first outlets by name, and how many more outlets."""
    items = trip.coverage.all()
    outlets = list(dict.fromkeys(str(item.outlet) for item in items))
    return len(items), outlets[:OUTLETS], len(outlets[OUTLETS:])

"""The page on which a trip is published, or an edition that is scheduled moved to another time."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk import moments
from trips import together, workflow
from trips.admin.verb_forms import REVIEWED, SAVED, SCHEDULED, MoveForm, PublishForm
from trips.conditions import NOT_SCHEDULED
from trips.models import Candidate, Edition, Trip

WAIVE = "waive:"  # and the key of a finding
TEXTS = {
    SCHEDULED: _("Edition %d, exactly as it is, at another time"),
    REVIEWED: _("What was submitted"),
    SAVED: _("The working copy as it is saved"),
}


class Publishing:
    """For the admin of trips, with ``Verbs``: the page says which text it is about, and acts on no other."""

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What is under review becomes an edition; where nothing is, the working copy does, in one step.

        While an edition is scheduled, moving it is offered first: whatever else is saved has no part in that.
        """
        trip = self._trip(request, pk, workflow.VERBS["publish"].permission)  # type: ignore[attr-defined]
        candidate, coming = together.under_review(trip), workflow.scheduled(trip, timezone.now())
        offers = [*([SCHEDULED] if coming else []), REVIEWED if candidate else SAVED]
        text = _asked(request, offers, default=REVIEWED if candidate else offers[0])
        links = _links(offers, text, coming) if coming else []
        if coming and text == SCHEDULED:
            return self._move(request, trip, coming, links)
        return self._publish(request, trip, candidate, coming, links)

    def _publish(
        self, request: HttpRequest, trip: Trip, candidate: Candidate | None, coming: Edition | None, links: list[Any]
    ) -> HttpResponse:
        form = PublishForm(trip.zone, request.POST or None, initial=_initial(candidate, coming))
        waived = reasons(request, trip)

        def act(wanted: dict[str, Any]) -> str:
            seen = wanted.pop("seen")
            if seen == SCHEDULED:
                raise workflow.Refused(NOT_SCHEDULED)
            reviewed = seen == REVIEWED
            return told(together.publish_as_seen(trip, by=request.user, reviewed=reviewed, waived=waived, **wanted))

        return self._answer(request, trip, "publish", form, act, candidate, waived, texts=links)  # type: ignore[attr-defined]

    def _move(self, request: HttpRequest, trip: Trip, coming: Edition, links: list[Any]) -> HttpResponse:
        times = {"public_from": coming.public_from, "public_until": coming.public_until}
        form = MoveForm(trip.zone, request.POST or None, initial={"when": "at", **times})

        def act(wanted: dict[str, Any]) -> str:
            return told(workflow.move(trip, by=request.user, **wanted))

        return self._answer(request, trip, "publish", form, act, None, texts=links, moved=coming)  # type: ignore[attr-defined]


def _asked(request: HttpRequest, offers: list[str], *, default: str) -> str:
    """Which text the page is about: the one that it showed, or that the link names."""
    asked = request.POST.get("seen") if request.method == "POST" else request.GET.get("text")
    return asked if asked in offers else offers[-1] if request.method == "POST" else default


def _links(offers: list[str], text: str, coming: Edition) -> list[dict[str, Any]]:
    """The way from each text to the other."""
    words = {one: str(TEXTS[one]) % coming.number if one == SCHEDULED else TEXTS[one] for one in offers}
    return [{"href": f"?text={one}", "label": words[one], "current": one == text} for one in offers]


def _initial(candidate: Candidate | None, coming: Edition | None) -> dict[str, Any]:
    """What was meant at submission; in place of a scheduled edition, its time and notes, which nobody has read yet."""
    kept = candidate or coming
    notes = {"note_en": coming.note_en, "note_zh_hans": coming.note_zh_hans} if coming else {}
    if kept and kept.public_from and kept.public_from > timezone.now():
        return {**notes, "when": "at", "public_from": kept.public_from}
    return notes


def reasons(request: HttpRequest, trip: Trip) -> dict[str, str]:
    """Why warnings are published all the same, by the findings' keys: as typed now, else as of the last edition."""
    if request.method == "POST":
        typed = ((name, value) for name, value in request.POST.items() if name.startswith(WAIVE))
        return {name.removeprefix(WAIVE): str(value) for name, value in typed}
    last = trip.editions.first()
    return {one["key"]: one["reason"] for one in last.waived} if last else {}


def told(edition: Edition) -> str:
    """What happened, for the person who did it."""
    zone = edition.trip.time_zone
    said = gettext("Edition %d is public.") % edition.number
    if edition.public_from > timezone.now():
        begins = gettext("Edition %(number)d becomes public: %(when)s.")
        said = begins % {"number": edition.number, "when": moments.told(edition.public_from, zone)}
    if edition.public_until:
        said += " " + gettext("It stays public until: %s.") % moments.told(edition.public_until, zone)
    return said

"""The pages of the verbs: what will happen, then the act. Each acts on exactly the document that was seen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from trips import workflow
from trips.admin.aftermath import choices
from trips.admin.consequences import CONSEQUENCES, NAMES, TITLES
from trips.admin.previews import previews
from trips.admin.publication import Publication, publication
from trips.admin.publishing import Publishing
from trips.admin.verb_forms import (
    REVIEWED,
    SAVED,
    SCHEDULED,
    ApproveForm,
    SendBackForm,
    SubmitForm,
    VerbForm,
    WithdrawForm,
)
from trips.choices import TripState
from trips.models import Candidate, Edition, Trip

SHOWN = {REVIEWED: "candidate", SCHEDULED: "scheduled", SAVED: "preview"}  # what the previews of a page show


class Verbs(Publishing):
    """For the admin of trips: a page for each verb of the workflow."""

    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [
            path(f"<int:pk>/{verb.replace('_', '-')}/", guard(getattr(self, f"{verb}_view")), name=f"trips_trip_{verb}")
            for verb in workflow.VERBS
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def submit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The working copy as it is now goes to the reviewers."""
        trip = self._trip(request, pk, workflow.VERBS["submit"].permission)  # type: ignore[attr-defined]
        form = SubmitForm(trip.zone, request.POST or None)

        def act(wanted: dict[str, Any]) -> str:
            workflow.submit(trip, by=request.user, **wanted)
            return gettext("It is submitted. Those who review were told.")

        return self._answer(request, trip, "submit", form, act, None)

    def send_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What was submitted goes back with the reviewer's words."""
        return self._decide(request, pk, "send_back", SendBackForm, gettext("It was sent back with your comment."))

    def check_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What was submitted was read and is in order, as whoever approves it will see."""
        return self._decide(request, pk, "check", ApproveForm, gettext("It is noted that you have checked it."))

    def approve_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What was submitted may be published as it is."""
        return self._decide(request, pk, "approve", ApproveForm, gettext("It is approved and can be published."))

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One edition, or all of them, go out of public sight; the reason stands in their place."""
        trip = self._trip(request, pk, workflow.VERBS["withdraw"].permission)  # type: ignore[attr-defined]
        now, every = timezone.now(), list(trip.editions.defer("document"))
        editions = list(trip.editions.standing().defer("document"))
        form = WithdrawForm(trip.zone, request.POST or None, numbers=[one.number for one in editions])

        def act(wanted: dict[str, Any]) -> str:
            reasons = {name: wanted[name] for name in ("reason_en", "reason_zh_hans")}
            workflow.withdraw(trip, by=request.user, number=form.number, **reasons)
            return gettext("It is withdrawn.")

        if answer := self._acted(request, trip, form, act):
            return answer
        after = choices(trip, every, now) if editions else []
        return self._page(request, trip, "withdraw", form, editions=editions, choices=after)

    def _decide(self, request: HttpRequest, pk: int, verb: str, kind: type[VerbForm], done: str) -> HttpResponse:
        trip = self._trip(request, pk, workflow.VERBS[verb].permission)  # type: ignore[attr-defined]
        candidate = workflow.open_candidate(trip, timezone.now())
        form = kind(trip.zone, request.POST or None)

        def act(wanted: dict[str, Any]) -> str:
            getattr(workflow, verb)(trip, by=request.user, **wanted)
            return done

        return self._answer(request, trip, verb, form, act, candidate)

    def _answer(
        self,
        request: HttpRequest,
        trip: Trip,
        verb: str,
        form: VerbForm,
        act: Callable[[dict[str, Any]], str],
        candidate: Candidate | None,
        waived: dict[str, str] | None = None,
        *,
        moved: Edition | None = None,
        **context: Any,
    ) -> HttpResponse:
        """The act, where it was asked for and is possible; else the page that says what it would do."""
        if answer := self._acted(request, trip, form, act):
            return answer
        wanted = getattr(form, "cleaned_data", {}).get("public_from")
        what = publication(trip, wanted or timezone.now(), candidate, waived, moved=moved)
        return self._page(request, trip, verb, form, what=what, **context)

    def _acted(
        self, request: HttpRequest, trip: Trip, form: VerbForm, act: Callable[[dict[str, Any]], str]
    ) -> HttpResponse | None:
        if request.method != "POST" or not form.is_valid():
            return None
        wanted = {name: value for name, value in form.cleaned_data.items() if name != "when"}
        try:
            self.message_user(request, act(wanted), messages.SUCCESS)  # type: ignore[attr-defined]
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return None
        return redirect("admin:trips_trip_change", trip.pk)

    def _page(self, request: HttpRequest, trip: Trip, verb: str, form: VerbForm, **context: Any) -> HttpResponse:
        state = TripState(trip.state)
        frame = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": trip,
            "verb": verb,
            "name": NAMES[verb],
            "title": TITLES[verb] % trip,
            "consequences": CONSEQUENCES[verb],
            "state": state,
            "form": form,
            "possible": possible(verb, state),
        }
        what: Publication | None = context.get("what")
        frame["previews"] = previews(trip, SHOWN[what.text] if what else "preview")
        templates = [f"admin/trips/trip/{verb}.html", "admin/trips/trip/verb.html"]
        return TemplateResponse(request, templates, {**frame, **context})


def possible(verb: str, state: TripState) -> bool:
    """True when the verb can be used in that state: to publish, what is not under review is submitted on the way."""
    return verb == "publish" or state in workflow.VERBS[verb].sources

"""The pages on which several trips are published at one moment, or withdrawn for one reason: all of them or none."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exchange.desk import moments
from trips import conditions, rights, together, workflow
from trips.admin.previews import previews
from trips.admin.publication import Publication, publication
from trips.admin.verb_forms import REVIEWED, SAVED, PublishTogetherForm, ReasonForm, VerbForm
from trips.choices import TripState
from trips.models import Edition, Trip
from trips.readiness import Level
from trips.together import Seen

TITLES = {"publish": _("Publish several trips at one moment"), "withdraw": _("Withdraw several trips")}
KEY = re.compile(r"[0-9]{1,12}")
Act = Callable[[list[Seen], dict[str, Any]], str]


@dataclass
class Line:
    """One of the trips: what the act would do with it, or the sentence that says why it cannot.

    ``history`` is sent back with the act; to publish, with the word for which of the two texts was shown.
    """

    trip: Trip
    history: str
    obstacle: Any
    what: Publication | None = None
    editions: list[Edition] | None = None

    @property
    def state(self) -> TripState:
        return TripState(self.trip.state)  # type: ignore[attr-defined]

    @property
    def previews(self) -> list[dict[str, str]]:
        return previews(self.trip, "candidate" if self.what and self.what.candidate else "preview")


class Together:
    """For the admin of trips: two actions of the list, and a page for each."""

    actions = ("publish_together", "withdraw_together")

    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [
            path(f"{verb}-together/", guard(getattr(self, f"{verb}_together_view")), name=f"trips_trip_{verb}_together")
            for verb in TITLES
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Only ours: what was published is not deleted, and drafts are deleted one by one."""
        found = super().get_actions(request)  # type: ignore[misc]
        return {name: found[name] for name in self.actions if name in found}

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return rights.may(request.user, workflow.VERBS["publish"].permission)

    @admin.action(description=_("Publish at one moment…"), permissions=["publish"])
    def publish_together(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        return _onward("publish", chosen)

    @admin.action(description=_("Withdraw…"), permissions=["publish"])
    def withdraw_together(self, request: HttpRequest, chosen: QuerySet) -> HttpResponse:
        return _onward("withdraw", chosen)

    def publish_together_view(self, request: HttpRequest) -> HttpResponse:
        """One moment and one change note for all that can be published; the others are named with the reason."""
        trips = self._chosen(request, "publish")
        own = [zone for zone, _count in Counter(one.time_zone for one in trips).most_common()]
        form = PublishTogetherForm(list(dict.fromkeys((*own, settings.TIME_ZONE, "UTC"))), request.POST or None)

        def act(seen: list[Seen], wanted: dict[str, Any]) -> str:
            zone = wanted.pop("time_zone")
            done = together.publish(seen, by=request.user, **wanted)
            return _told(done, wanted["public_from"], zone)

        if answer := self._together(request, "publish", trips, form, act):
            return answer
        wanted = getattr(form, "cleaned_data", {}).get("public_from")
        lines = [_publishable(one, wanted or timezone.now(), request.user) for one in trips]
        return self._lines(request, "publish", lines, form, moment=wanted)

    def withdraw_together_view(self, request: HttpRequest) -> HttpResponse:
        """One reason for all that are public or scheduled."""
        trips = self._chosen(request, "withdraw")
        form = ReasonForm(timezone.get_default_timezone(), request.POST or None)

        def act(seen: list[Seen], wanted: dict[str, Any]) -> str:
            n = len(together.withdraw(seen, by=request.user, **wanted))
            return ngettext("%d trip is withdrawn.", "%d trips are withdrawn.", n) % n

        if answer := self._together(request, "withdraw", trips, form, act):
            return answer
        standing = Edition.objects.standing().filter(trip__in=trips).defer("document").order_by("number")
        of_trip: dict[int, list[Edition]] = {one.pk: [] for one in trips}
        for edition in standing:
            of_trip[edition.trip_id].append(edition)
        lines = [
            Line(
                one,
                together.history(one),
                "" if of_trip[one.pk] else conditions.NOTHING_STANDS,
                editions=of_trip[one.pk],
            )
            for one in trips
        ]
        return self._lines(request, "withdraw", lines, form, now=timezone.now())

    def _chosen(self, request: HttpRequest, verb: str) -> list[Trip]:
        """The trips of the address on which this person may use the verb; none where there are too many."""
        permission = workflow.VERBS[verb].permission
        if not rights.may(request.user, permission):
            raise PermissionDenied
        asked = {int(one) for one in request.GET.getlist("trip") if KEY.fullmatch(one)}
        if len(asked) > together.MOST:
            return []
        own = self.get_queryset(request).filter(pk__in=asked).prefetch_related("colleagues").order_by("pk")  # type: ignore[attr-defined]
        return [one for one in own if rights.may(request.user, permission, one)]

    def _together(
        self, request: HttpRequest, verb: str, trips: list[Trip], form: VerbForm, act: Act
    ) -> HttpResponse | None:
        """The act on those trips that were shown as possible, exactly as they were shown."""
        if request.method != "POST" or not form.is_valid():
            return None
        seen = [one for one in (_seen(request, trip) for trip in trips) if one]
        wanted = {name: value for name, value in form.cleaned_data.items() if name != "when"}
        try:
            if not seen:
                raise workflow.Refused(_("None of these trips was chosen."))
            self.message_user(request, act(seen, wanted), messages.SUCCESS)  # type: ignore[attr-defined]
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return None
        return redirect("admin:trips_trip_changelist")

    def _lines(self, request: HttpRequest, verb: str, lines: list[Line], form: VerbForm, **more: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
            "title": TITLES[verb],
            "verb": verb,
            "form": form,
            "possible": [one for one in lines if not one.obstacle],
            "impossible": [one for one in lines if one.obstacle],
            "most": together.MOST,
            **more,
        }
        return TemplateResponse(request, f"admin/trips/trip/{verb}_together.html", context)


def _onward(verb: str, chosen: QuerySet) -> HttpResponse:
    keys = chosen.order_by("pk").values_list("pk", flat=True)[: together.MOST + 1]
    return redirect(f"{reverse(f'admin:trips_trip_{verb}_together')}?{urlencode({'trip': list(keys)}, doseq=True)}")


def _seen(request: HttpRequest, trip: Trip) -> Seen | None:
    """What the page said of this trip, as it was sent back; None where it was not among the possible ones."""
    history, which, digest, *_more = [*request.POST.get(f"seen-{trip.pk}", "").split(" "), "", ""]
    return Seen(trip, history, digest, unreviewed=which != REVIEWED) if history else None


def _publishable(trip: Trip, public_from: dt.datetime, by: Any) -> Line:
    history, candidate = together.history(trip), together.under_review(trip)
    what = publication(trip, public_from, candidate)
    return Line(trip, f"{history} {REVIEWED if candidate else SAVED}", _obstacle(what, by), what=what)


def _obstacle(what: Publication, by: Any) -> Any:
    """Why it cannot be published here, in the words of the rule."""
    if what.is_unchanged and what.newest:
        return gettext("Edition %d says exactly this already.") % what.newest.number
    if what.is_blocked:
        return conditions.RIGHT_FIRST
    if any(one["level"] == Level.WARN for one in what.findings):
        return gettext("There are warnings. Say on its own page why it is published all the same.")
    return conditions.OWN_TEXT if conditions.is_own_text(what.candidate or what.trip, by) else ""


def _told(editions: list[Edition], public_from: dt.datetime | None, zone: str) -> str:
    n = len(editions)
    if public_from and public_from > timezone.now():
        said = ngettext("%(n)d trip becomes public: %(when)s.", "%(n)d trips become public: %(when)s.", n)
        return said % {"n": n, "when": moments.told(public_from, zone)}
    return ngettext("%d trip is public.", "%d trips are public.", n) % n

"""Questions put to the record, one English word each."""

import datetime as dt
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When

from trips.choices import Decision, Place, TripState


class TripQuerySet(models.QuerySet):
    """Trips as the desk sees them."""

    def listed(self) -> Self:
        """With all that the desk's list shows, in a constant number of queries."""
        stops = apps.get_model("trips", "RouteStop").objects.select_related("city")
        senders = apps.get_model("trips", "Delegation").objects.select_related("sender__country")
        parts = Prefetch("route", stops), Prefetch("delegations", senders), "reports"
        return self.select_related("owner").prefetch_related(*parts)

    def translated(self) -> Self:
        """With all texts that are translated, in a constant number of queries."""
        parts = ("organisings", "delegates", "visits", "photos", "documents", "statements", "outcomes", "reports")
        return self.prefetch_related(*parts)

    def of(self, user: Any) -> Self:
        """Those a member of staff may work on: all of them, or the own ones, as owner or colleague."""
        return self if user.has_perm("trips.any_trip") else self.own(user)

    def own(self, user: Any) -> Self:
        """Those of which somebody is the owner or a colleague."""
        shared = self.model.colleagues.through.objects.filter(trip=OuterRef("pk"), user=user.pk)
        return self.filter(Q(owner=user.pk) | Exists(shared))

    def stated(self, at: dt.datetime) -> Self:
        """Each with its ``state``, derived from candidates, editions and withdrawals.

        A candidate is open until an edition is made of it, or the trip is withdrawn after it was submitted.
        """
        of_trip = {"trip": OuterRef("pk")}
        editions = apps.get_model("trips", "Edition").objects.filter(**of_trip)
        newest = editions.uncancelled().order_by("-number")
        candidates = apps.get_model("trips", "Candidate").objects.filter(**of_trip).order_by("-submitted_at")
        newest_is = {
            f"newest_{name}": Subquery(newest.values(name)[:1])
            for name in ("number", "frozen_at", "public_from", "public_until")
        }
        covering = apps.get_model("trips", "Withdrawal").objects.filter(
            **of_trip, first__lte=OuterRef("newest_number"), last__gte=OuterRef("newest_number")
        )
        is_closed = Exists(editions.filter(frozen_at__gte=OuterRef("submitted_at"))) | Exists(
            covering.filter(withdrawn_at__gte=OuterRef("submitted_at"))
        )
        return self.annotate(
            **newest_is,
            submitted_at=Subquery(candidates.values("submitted_at")[:1]),
            decision=Subquery(candidates.values("decision")[:1]),
            meant_for=Subquery(candidates.values("public_from")[:1]),
        ).annotate(
            is_open=Case(
                When(Q(submitted_at__isnull=False) & ~is_closed, then=Value(True)),
                default=Value(False),
            ),
            state=Case(
                When(is_open=True, decision=Decision.OPEN, then=Value(TripState.REVIEW)),
                When(is_open=True, then=F("decision")),
                When(newest_number=None, then=Value(TripState.DRAFT)),
                When(Exists(covering), then=Value(TripState.WITHDRAWN)),
                When(newest_public_until__lte=at, then=Value(TripState.EXPIRED)),
                When(newest_public_from__gt=at, then=Value(TripState.SCHEDULED)),
                When(changed_at__gt=F("newest_frozen_at"), then=Value(TripState.CHANGED)),
                default=Value(TripState.PUBLISHED),
                output_field=models.CharField(),
            ),
        )

    def placed(self, at: dt.datetime) -> Self:
        """Each with the number of the edition that is public and of the next to become so, and whether any stands."""
        editions = apps.get_model("trips", "Edition").objects
        of_trip = {"trip": OuterRef("pk")}
        coming = editions.coming(at, "public_from").filter(**of_trip).order_by("public_from", "-number")
        return self.annotate(
            live_number=Subquery(editions.public(at).filter(**of_trip).values("number")[:1]),
            next_number=Subquery(coming.values("number")[:1]),
            next_from=Subquery(coming.values("public_from")[:1]),
            stands=Exists(editions.standing().filter(**of_trip)),
        )


def covering(**more: Any) -> models.QuerySet:
    """The withdrawals that cover the edition of an outer query."""
    number = OuterRef("number")
    withdrawals = apps.get_model("trips", "Withdrawal").objects
    return withdrawals.filter(trip=OuterRef("trip"), first__lte=number, last__gte=number, **more)


class EditionQuerySet(models.QuerySet):
    """Editions and who may see them when."""

    def standing(self) -> Self:
        """Those that are public, were, or will be: neither withdrawn nor overtaken."""
        return self.exclude(Exists(covering())).exclude(Exists(self._overtaking()))

    def marked(self) -> Self:
        """Each with ``is_overtaken``: a higher number took its place before its own time came.

        Such an edition never becomes public, whatever becomes of the one that overtook it later.
        """
        return self.annotate(is_overtaken=Exists(self._overtaking()))

    def _overtaking(self) -> models.QuerySet:
        """Those that overtake the edition of an outer query: published before its time, for a time no later.

        One that was cancelled overtakes nothing. See ``Edition.overtakes``.
        """
        theirs = {"number__gt": OuterRef("number"), "published_at__lte": OuterRef("public_from")}
        by_then = self.model.objects.filter(trip=OuterRef("trip"), public_from__lte=OuterRef("public_from"), **theirs)
        return by_then.uncancelled()

    def uncancelled(self) -> Self:
        """Without those that were withdrawn before their time came: they never take the place of another."""
        return self.exclude(Exists(covering(withdrawn_at__lt=OuterRef("public_from"))))

    def due(self, at: dt.datetime) -> Self:
        """Those whose time has come and that nothing overtook before it, cancelled ones included."""
        return self._reached(at).exclude(Exists(self._overtaking()))

    def _reached(self, at: dt.datetime) -> Self:
        return self.filter(public_from__lte=at)

    def begun(self, at: dt.datetime) -> Self:
        """Those whose time has come, and which were not withdrawn before it."""
        return self.due(at).uncancelled()

    def lasting(self, at: dt.datetime) -> Self:
        """Those whose time has not run out."""
        return self.filter(Q(public_until=None) | Q(public_until__gt=at))

    def readable(self, at: dt.datetime) -> Self:
        """Those that can be read at their own address, superseded ones included."""
        return self._reached(at).lasting(at).standing()  # what stands was never cancelled

    def public(self, at: dt.datetime) -> Self:
        """Per trip the highest-numbered edition whose time has come, unless it expired or was withdrawn.

        An older edition never comes back by itself.
        """
        reached = self.model.objects.filter(trip=OuterRef("trip"))._reached(at).uncancelled().order_by("-number")
        newest = Subquery(reached.values("pk")[:1])  # the highest of them was overtaken by none
        return self._reached(at).lasting(at).exclude(Exists(covering())).filter(pk=newest)

    def coming(self, at: dt.datetime, moment: str) -> Self:
        """Those whose ``public_from`` or ``public_until`` is ahead, unless a later edition is in place by then."""
        by_then = {"number__gt": OuterRef("number"), "public_from__lte": OuterRef(moment)}
        later = self.model.objects.uncancelled().filter(trip=OuterRef("trip"), **by_then)
        return self.standing().filter(**{f"{moment}__gt": at}).exclude(Exists(later))

    def ahead(self, at: dt.datetime) -> Self:
        """Those that become public, or cease to be, after that time."""
        moments = (self.model.objects.coming(at, name) for name in ("public_from", "public_until"))
        begins, ends = (Q(pk__in=one.values("pk")) for one in moments)
        return self.filter(begins | ends)


class PageEditionQuerySet(models.QuerySet):
    """What was published of the pages that staff write."""

    def public(self) -> Self:
        """Per page the newest edition, unless it was withdrawn."""
        later = self.model.objects.filter(page=OuterRef("page"), number__gt=OuterRef("number"))
        withdrawals = apps.get_model("trips", "PageWithdrawal").objects
        covering = withdrawals.filter(page=OuterRef("page"), last__gte=OuterRef("number"))
        return self.exclude(Exists(later)).exclude(Exists(covering))

    def linked(self) -> Self:
        """Those that stand in the menu or at the foot of every page, in order."""
        return self.public().exclude(place=Place.NOWHERE).order_by("position", "slug")


class ListingQuerySet(models.QuerySet):
    """The index of editions."""

    def public(self, at: dt.datetime) -> Self:
        """The entries whose edition is the visible one of its trip."""
        return self.filter(visible_from__lte=at).filter(Q(visible_until=None) | Q(visible_until__gt=at))

    def coming(self, today: dt.date) -> Self:
        """Trips that are not over, soonest first."""
        return self.filter(ends_on__gte=today).order_by("starts_on", "slug")

    def newest(self) -> Self:
        """The latest trips first, in a stable order."""
        return self.order_by(F("starts_on").desc(), "slug")

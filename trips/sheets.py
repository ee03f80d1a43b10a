"""Trips and what belongs to them as sheets."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from exchange.fields import Translated
from exchange.lib.freshness import remember
from exchange.transfer import Column, Intake, Names, Sheet, choice, field, fields, many
from exchange.versions import keep
from institutions.choices import Kind
from institutions.sheets import cities, organisations
from trips import readiness
from trips.choices import TripState
from trips.models import Coverage, Delegate, DelegateContact, Delegation, Outcome, Theme, Trip, Visit


def _of_trips(
    model: type[models.Model], *loaded: str, many: tuple[str, ...] = ()
) -> Callable[[models.QuerySet], models.QuerySet]:
    """The rows of the trips of a list, by trip and then in the order of the form."""
    order = ["-trip__starts_on", "trip__slug", *model._meta.ordering]

    def rows(found: models.QuerySet) -> models.QuerySet:
        keys = found.order_by().values("pk")
        return (
            model._default_manager.filter(trip__in=keys)
            .select_related("trip", *loaded)
            .prefetch_related(*many)
            .order_by(*order)
        )

    return rows


def _trip(model: type[models.Model]) -> tuple[Column, ...]:
    return (
        field(model, "trip.slug", names=trips),
        field(model, "trip.title_en", name="title", label=_("Title"), tells=True),
    )


def trips(by: Any) -> Names:
    """The trips somebody may work on, by their addresses and titles."""
    found = Trip.objects.of(by).values_list("pk", "slug", "title_en", "title_zh_hans")
    return Names(
        ((name, pk) for pk, *names in found for name in names),
        _("Several trips are called “%(name)s”: write the last part of the address."),
        _("There is no trip “%(name)s” that you may work on."),
    )


def outlets(by: Any) -> Names:
    """The media outlets by every name they have or had."""
    return organisations(by, kind=Kind.MEDIA)


def _intake(model: type[models.Model], *keys: str, loose: bool = False) -> Intake:
    """How rows become parts of trips that somebody may work on."""
    name = model._meta.model_name
    return Intake(
        keys=(keys,),
        loose=loose,
        permissions=("trips.change_trip", "trips.any_trip", f"trips.add_{name}", f"trips.change_{name}"),
        open_to=lambda by: model._default_manager.filter(trip__in=Trip.objects.of(by)),
        save=_save,
    )


def _save(new: list[Any], changed: list[Any], fields: list[str], by: Any) -> None:
    """Write the rows and note it with their trips, as saving the trip's form does."""
    found = Trip.objects.filter(pk__in={one.trip_id for one in (*new, *changed)})
    for trip in found:
        keep(trip, by=None, act="found")
    _place(new)
    _join_delegations([one for one in new if isinstance(one, Delegate)])
    for one in changed:
        if isinstance(one, Translated):
            _remember(one)
    for one in (*new, *changed):
        one.save()
    for trip in found:
        trip.touch(by=by)
        readiness.count(trip, timezone.now())
        keep(trip, by=by, act="import")


def _place(new: list[Any]) -> None:
    """New rows stand after those that are there, in the order of the file."""
    if new and hasattr(new[0], "position"):
        own = type(new[0])._default_manager.filter(trip__in={one.trip_id for one in new}).values("trip")
        last = dict(own.annotate(last=Max("position")).order_by().values_list("trip", "last"))
        for one in new:
            one.position = last[one.trip_id] = last.get(one.trip_id, 0) + 1


def _join_delegations(new: list[Delegate]) -> None:
    """A person of an organisation that sent a delegation belongs to that delegation."""
    senders = Delegation.objects.filter(trip__in={one.trip_id for one in new})
    there = {(one.trip_id, one.sender_id): one for one in senders}
    for one in new:
        one.delegation = there.get((one.trip_id, one.organisation_id))


def _remember(row: Any) -> None:
    """Note of its translations what they are made from, and which of them are stale by that."""
    was = type(row)._base_manager.get(pk=row.pk)
    now, words = row.sources(), row.translations()
    written = {name for name, text in was.translations().items() if text != words[name]}
    row.made_from = remember(row.made_from, was=was.sources(), seen=now, now=now, translations=words, looked_at=written)


STATE = Column(
    "state", lambda: str(_("State")), attrgetter("state"), lambda state: capfirst(str(TripState(state).label))
)
TRIPS = Sheet(
    "trips",
    _("trips"),
    Trip,
    (
        *fields(Trip, "slug", "title"),
        STATE,
        choice(Trip, "format"),
        *fields(Trip, "starts_on", "ends_on", "time_zone", "audience", "destination"),
        many(Trip, "cities", lambda trip: (stop.city.name_en for stop in trip.route.all())),
        many(Trip, "organisers", lambda trip: (one.organisation.name_en for one in trip.organisings.all())),
        many(Trip, "themes", lambda trip: (one.name_en for one in trip.themes.all())),
        field(Trip, "owner.username"),
        field(Trip, "note"),
    ),
    lambda found: found.select_related("owner").prefetch_related("route__city", "organisings__organisation", "themes"),
)  # fmt: skip
DELEGATIONS = Sheet(
    "delegations",
    _("delegations"),
    Delegation,
    (
        *_trip(Delegation),
        field(Delegation, "sender.name_en", names=organisations),
        field(Delegation, "sender.country.name_en", name="country", label=_("Country")),
        choice(Delegation, "status"),
        field(Delegation, "size"),
        field(Delegation, "note"),
    ),
    _of_trips(Delegation, "sender__country"),
    _intake(Delegation, "trip", "sender"),
)
PRIVATE = tuple(
    field(Delegate, f"contact.{one.name}", name=one.name, label=one.verbose_name, private=True)
    for one in DelegateContact._meta.concrete_fields
    if one.name in ("email", "phone", "needs")
)
PEOPLE = Sheet(
    "people",
    _("people"),
    Delegate,
    (
        *_trip(Delegate),
        *fields(Delegate, "name", "post", "rank"),
        choice(Delegate, "role"),
        field(Delegate, "delegation.sender.name_en"),
        field(Delegate, "organisation.name_en", names=organisations),
        field(Delegate, "public"),
        *PRIVATE,
    ),
    _of_trips(Delegate, "delegation__sender", "organisation", "contact"),
    _intake(Delegate, "trip", "name_en"),
)
PROGRAMME = Sheet(
    "programme",
    _("programme"),
    Visit,
    (
        *_trip(Visit),
        *fields(Visit, "date", "starts", "ends"),
        choice(Visit, "day_part"),
        choice(Visit, "kind"),
        field(Visit, "city.name_en", names=cities),
        field(Visit, "host.name_en", names=organisations),
        *fields(Visit, "place", "seen", "company"),
        many(Visit, "participants", lambda visit: (one.name_en for one in visit.participants.all())),
        many(Visit, "absent", lambda visit: (one.sender.name_en for one in visit.absent.all())),
    ),
    _of_trips(Visit, "city", "host", many=("participants", "absent__sender")),
    _intake(Visit, "trip", "date", "starts", "host", "place_en", loose=True),
)  # fmt: skip
COVERAGE = Sheet(
    "coverage",
    _("press coverage"),
    Coverage,
    (
        *_trip(Coverage),
        field(Coverage, "outlet.name_en", names=outlets),
        *fields(Coverage, "headline", "link", "date"),
        choice(Coverage, "language"),
    ),
    _of_trips(Coverage, "outlet"),
    _intake(Coverage, "trip", "outlet", "headline", "link", loose=True),
)
OUTCOMES = Sheet(
    "outcomes",
    _("outcomes"),
    Outcome,
    (
        *_trip(Outcome),
        choice(Outcome, "kind"),
        *fields(Outcome, "text", "who"),
        many(Outcome, "parties", lambda outcome: (one.name_en for one in outcome.parties.all())),
        choice(Outcome, "state"),
        field(Outcome, "due_on"),
        field(Outcome, "public"),
    ),
    _of_trips(Outcome, many=("parties",)),
)
THEMES = Sheet("themes", _("themes"), Theme, fields(Theme, "name", "slug"))

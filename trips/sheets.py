"""Trips and what belongs to them as sheets."""

from collections.abc import Callable
from operator import attrgetter

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from exchange.transfer import Column, Sheet, choice, field, fields, many
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
        field(model, "trip.slug"),
        field(model, "trip.title_en", name="title", label=_("Title")),
    )


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
        field(Delegation, "sender.name_en"),
        field(Delegation, "sender.country.name_en", name="country", label=_("Country")),
        choice(Delegation, "status"),
        field(Delegation, "size"),
        field(Delegation, "note"),
    ),
    _of_trips(Delegation, "sender__country"),
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
        field(Delegate, "organisation.name_en"),
        field(Delegate, "public"),
        *PRIVATE,
    ),
    _of_trips(Delegate, "delegation__sender", "organisation", "contact"),
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
        field(Visit, "city.name_en"),
        field(Visit, "host.name_en"),
        *fields(Visit, "place", "seen", "company"),
        many(Visit, "participants", lambda visit: (one.name_en for one in visit.participants.all())),
        many(Visit, "absent", lambda visit: (one.sender.name_en for one in visit.absent.all())),
    ),
    _of_trips(Visit, "city", "host", many=("participants", "absent__sender")),
)  # fmt: skip
COVERAGE = Sheet(
    "coverage",
    _("press coverage"),
    Coverage,
    (
        *_trip(Coverage),
        field(Coverage, "outlet.name_en"),
        *fields(Coverage, "headline", "link", "date"),
        choice(Coverage, "language"),
    ),
    _of_trips(Coverage, "outlet"),
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

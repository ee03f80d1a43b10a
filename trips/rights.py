"""Who may do what with a trip: the one question behind every door of the desk."""

from typing import Any

from exchange.versions.keeping import of
from trips.models import Candidate, Edition, Trip

ANY_TRIP = "trips.any_trip"


def may(user: Any, permission: str, trip: Trip | None = None) -> bool:
    """True when the user has the permission and, where a trip is given, may work on that trip."""
    return user.has_perm(permission) and (trip is None or user.has_perm(ANY_TRIP) or is_own(user, trip))


def is_own(user: Any, trip: Trip) -> bool:
    """True for the owner and the colleagues of a trip."""
    return trip.owner_id == user.pk or any(one.pk == user.pk for one in trip.colleagues.all())


def may_delete_own(user: Any, trip: Trip) -> bool:
    """True for the owner of a draft that nobody else worked on: never submitted, never published."""
    if trip.owner_id != user.pk or not user.has_perm("trips.change_trip"):
        return False
    if of(Trip, trip.pk).exclude(by=user).exclude(by=None).exists():  # whoever takes it over does not delete it
        return False
    return not any(model.objects.filter(trip_id=trip.pk).exists() for model in (Candidate, Edition))

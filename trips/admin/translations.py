"""Trips whose report stands in one language only, or in Chinese beside an English one that has changed since."""

from django.db.models import Exists, OuterRef, Q

from trips.admin.reports import standing
from trips.choices import Language
from trips.models import Report, Trip
from trips.querysets import TripQuerySet

COMPARED = 300  # trips, those saved last: whether a text is stale takes reading both


def _written(language: str) -> Exists:
    written = Report.objects.filter(trip=OuterRef("pk"), language=language)
    return Exists(written.exclude(headline="", summary="", body=""))


ENGLISH, CHINESE = _written(Language.ENGLISH), _written(Language.CHINESE)
MISSING = (Q(ENGLISH) & ~Q(CHINESE)) | (Q(CHINESE) & ~Q(ENGLISH))


def behind(trips: TripQuerySet, *hows: str) -> TripQuerySet:
    """Those of the trips whose second report is ``missing`` or ``stale``, or what of both is asked for."""
    hows = hows or ("missing", "stale")
    asked = MISSING if "missing" in hows else Q(pk__in=[])
    if "stale" in hows:
        latest = trips.filter(ENGLISH, CHINESE).order_by("-updated_at").values_list("pk", flat=True)[:COMPARED]
        both = Trip.objects.filter(pk__in=[*latest]).only("pk").prefetch_related("reports")
        asked |= Q(pk__in=[one.pk for one in both if "stale" in standing(one).values()])
    return trips.filter(asked)

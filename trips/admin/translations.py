"""Trips whose report stands in one language only, or in the second beside a source that has changed since."""

from django.db.models import Exists, OuterRef, Q

from trips.choices import Language
from trips.models import Report
from trips.querysets import TripQuerySet
from trips.readiness.translations import stale_report


def _written(language: str) -> Exists:
    written = Report.objects.filter(trip=OuterRef("pk"), language=language)
    return Exists(written.exclude(headline="", summary="", body=""))


ENGLISH, CHINESE = _written(Language.ENGLISH), _written(Language.CHINESE)
MISSING = (Q(ENGLISH) & ~Q(CHINESE)) | (Q(CHINESE) & ~Q(ENGLISH))


def behind(trips: TripQuerySet, *hows: str) -> TripQuerySet:
    """Those of the trips whose second report is ``missing`` or ``stale``, or what of both is asked for."""
    asked = {"missing": MISSING, "stale": Q(stale_report())}
    wanted = Q()
    for how in hows or asked:
        wanted |= asked[how]
    return trips.filter(wanted)

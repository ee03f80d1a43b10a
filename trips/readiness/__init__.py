"""What stands between a trip and its publication: findings, each a sentence about one place of the trip's form."""

import datetime as dt
from collections import Counter
from typing import TypedDict

from django.utils import translation

from exchange.lib.languages import CODES
from trips.models import Trip
from trips.readiness.finding import Finding, Level
from trips.readiness.rules import RULES, findings

__all__ = ["RULES", "Finding", "Level", "Noted", "count", "findings", "noted"]


class Noted(TypedDict):
    """A finding as plain data, so that it can be kept with what was submitted; ``sentence`` is by language."""

    key: str
    rule: str
    level: str
    section: str
    sentence: dict[str, str]


def noted(trip: Trip, at: dt.datetime) -> list[Noted]:
    """What would be found if the working copy were published at that time."""
    found = findings(trip, at)
    sentences: dict[str, list[str]] = {}
    for code in CODES:
        with translation.override(code):
            sentences[code] = [str(one.sentence) for one in found]
    return [
        Noted(
            key=one.key,
            rule=one.rule,
            level=one.level.value,
            section=one.section,
            sentence={code: sentences[code][place] for code in CODES},
        )
        for place, one in enumerate(found)
    ]


def count(trip: Trip, at: dt.datetime) -> None:
    """Keep with the trip, for lists, how many findings of each level there are."""
    levels = Counter(one.level.value for one in findings(Trip.objects.get(pk=trip.pk), at))
    Trip.objects.filter(pk=trip.pk).update(found=levels)

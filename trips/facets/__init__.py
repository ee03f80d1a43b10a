"""The public trips as bitmaps, held in memory: which have a value of a facet, and how many of a selection do."""

from trips.facets.keeping import snapshot
from trips.facets.reading import ROLES
from trips.facets.snapshot import FACETS, Choice, Snapshot, Value

__all__ = ["FACETS", "ROLES", "Choice", "Snapshot", "Value", "snapshot"]

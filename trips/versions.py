"""What belongs to a trip: its versions hold all of it."""

from exchange import versions
from trips.models import PlainPage, Theme, Trip

PARTS = (
    "route", "organisings", "delegations", "delegates", "delegates__contact", "visits", "reports", "photos",
    "documents", "coverage", "statements", "outcomes",
)  # fmt: skip

versions.register(
    Trip,
    *PARTS,
    derived={"created_at", "updated_at", "changed_at", "edited_by", "found", "demo"},
)
versions.register(Theme, derived={"demo"})
versions.register(PlainPage, derived={"demo", "updated_at", "edited_by"})

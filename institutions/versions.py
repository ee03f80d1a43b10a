"""What belongs to a record of the address book. A merge is undone as a merge, not by an older version."""

from exchange import versions
from institutions.models import City, Country, Organisation

versions.register(
    Organisation, "names", derived={"merged_into", "demo", "checked_at", "checked_by"}, successor="merged_into"
)
versions.register(City, derived={"demo"})
versions.register(Country, derived={"demo"})

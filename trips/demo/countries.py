"""The member states of ASEAN, and China. The demonstration needs them, but they are no part of it.

They are reference data: `up` loads them into every empty database, and nothing takes them out again.
"""

from institutions.countries import records
from institutions.models import Country
from trips.demo.records import columns, put


def load() -> dict[str, Country]:
    """The countries by ISO code. Those that are missing are added; the others stay as staff left them."""
    Country.objects.filter(demo=True).update(demo=False)  # earlier versions loaded them with the demonstration
    there = Country.objects.in_bulk(field_name="iso2")
    wanted = {one["iso2"]: one for one in records()}
    return {iso2: there.get(iso2) or put(Country(**columns(one))) for iso2, one in wanted.items()}

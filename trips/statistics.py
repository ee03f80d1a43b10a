"""Exchange in figures: trips counted by what they have, all from one snapshot of what is public.

Every number is the number of trips that the list shows with the same filters.
"""

import heapq
from collections.abc import Iterable

from trips.facets import Snapshot, Value
from trips.renderings.tallies import Counts, Item, Overview, Row, Table

HOSTS = ("institutions", "enterprises")  # the directories of those who received a trip, or worked with who did


def overview(public: Snapshot) -> Overview:
    """All that is public, in one line."""
    years = [int(year) for year in public.values["year"]]
    counts = _counts(public, public.everything)
    return Overview(counts, min(years, default=None), max(years, default=None), public.digest)


def by_year(public: Snapshot) -> dict[int, Counts]:
    """Each year that has a trip, the earliest first."""
    years = sorted((int(year), within) for year, within in public.values["year"].items())
    return {year: _counts(public, within) for year, within in years}


def states_by_year(public: Snapshot) -> Table:
    """Every state that took part, in protocol order; those that were no member of ASEAN on any trip come last."""
    rows = [_state(public, one) for one in _in_protocol_order(public)]
    return Table(
        facets=("state", "year"),
        columns=_years(public),
        rows=sorted(rows, key=lambda row: not row.member),
        without=_without(public, "state"),
        more=0,
    )


def hosts_by_state(public: Snapshot, most: int | None = None) -> Table:
    """Institutions and enterprises, those with the most trips first, by the states that came as members of ASEAN."""
    listed = {key for section in HOSTS for key in public.roles.get(section, ())}
    hosts = [one for one in public.known["organisation"].values() if one.key in listed]
    columns = [one for one in _in_protocol_order(public) if one.key in public.members]
    return _ranked(public, ("organisation", "state"), hosts, columns, most)


def themes_by_year(public: Snapshot, most: int | None = None) -> Table:
    """Themes, those of the most trips first."""
    years = [public.known["year"][one.slug] for one in _years(public)]
    return _ranked(public, ("theme", "year"), public.known["theme"].values(), years, most)


def _counts(public: Snapshot, within: int) -> Counts:
    return Counts(
        trips=within.bit_count(),
        visits=public.visited(within),
        states=_present(public.members.values(), within),
        institutions=_present(public.roles.get("institutions", {}).values(), within),
        enterprises=_present(public.roles.get("enterprises", {}).values(), within),
        cities=_present(public.values["city"].values(), within),
        themes=_present(public.values["theme"].values(), within),
    )


def _present(bitmaps: Iterable[int], within: int) -> int:
    """How many of them have a trip of the selection."""
    return sum(1 for bits in bitmaps if bits & within)


def _ranked(
    public: Snapshot, facets: tuple[str, str], values: Iterable[Value], columns: Iterable[Value], most: int | None
) -> Table:
    """The values of one facet, by those of another, with the most trips first and then by English name."""
    totals = public.totals[facets[0]]
    found, across = list(values), list(columns)
    shown = heapq.nsmallest(most or len(found), found, key=lambda one: (-totals[one.slug], *_alphabet(one)))
    return Table(
        facets=facets,
        columns=[_item(facets[1], one) for one in across],
        rows=[_row(public, facets, one, across) for one in shown],
        without=_without(public, facets[0]),
        more=len(found) - len(shown),
    )


def _row(public: Snapshot, facets: tuple[str, str], value: Value, columns: Iterable[Value]) -> Row:
    own, across = public.values[facets[0]][value.slug], public.values[facets[1]]
    counted = ((one.slug, (own & across[one.slug]).bit_count()) for one in columns)
    return Row(_item(facets[0], value), own.bit_count(), {slug: count for slug, count in counted if count})


def _state(public: Snapshot, value: Value) -> Row:
    """The table says of a state how many of its trips were before it belonged to ASEAN."""
    row = _row(public, ("state", "year"), value, public.known["year"].values())
    as_member = public.members.get(value.key, 0).bit_count()
    return row._replace(member=as_member > 0, before=row.trips - as_member if as_member else 0)


def _without(public: Snapshot, facet: str) -> int:
    return (public.everything & ~public.united(facet, public.values[facet])).bit_count()


def _in_protocol_order(public: Snapshot) -> list[Value]:
    return sorted(public.known["state"].values(), key=_alphabet)


def _alphabet(value: Value) -> tuple[str, str]:
    return value.names["en"].casefold(), value.slug


def _years(public: Snapshot) -> list[Item]:
    """Every year that has a trip, the earliest first."""
    return [_item("year", public.known["year"][year]) for year in sorted(public.values["year"], key=int)]


def _item(facet: str, value: Value) -> Item:
    is_taken = facet == "organisation" and value.slug == value.key  # its address is another one's by now
    address = f"{value.home}/{value.slug}/" if value.home and not is_taken else ""
    return Item(value.slug, value.names, address, value.key if facet == "state" else "")

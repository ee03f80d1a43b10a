"""Numbers as figures show them: what ``trips.statistics`` counts."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Item(NamedTuple):
    """What a row or a column of a table stands for.

    ``slug`` is how the filters of the list of trips call it, ``address`` where its profile is, below the language and
    empty where there is none, ``code`` the ISO code of a state.
    """

    slug: str
    names: Mapping[str, str]
    address: str = ""
    code: str = ""


class Counts(NamedTuple):
    """How many there are in a selection of trips; ``states`` are those that belonged to ASEAN on a trip's first day."""

    trips: int
    visits: int
    states: int
    institutions: int
    enterprises: int
    cities: int
    themes: int


class Overview(NamedTuple):
    """All that is public: counts, the years of the first and the last trip, none where there is no trip, and the
    digest that names this state of the data.
    """

    counts: Counts
    first: int | None
    last: int | None
    digest: str


class Row(NamedTuple):
    """A row of a table: how many trips have it at all, and how many have each column besides, by its slug.

    What no trip has is left out. ``member``: the state belonged to ASEAN on a trip at least; ``before``: on how many
    of the trips it did not.
    """

    item: Item
    trips: int
    cells: Mapping[str, int]
    member: bool = True
    before: int = 0


class Table(NamedTuple):
    """Trips by two facets. ``without``: how many trips have no row; ``more``: how many rows are left out."""

    facets: tuple[str, str]
    columns: Sequence[Item]
    rows: Sequence[Row]
    without: int
    more: int

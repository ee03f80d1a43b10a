"""What is public at one time, as bitmaps.

Bit ``i`` of a bitmap is the trip at place ``i`` of the list of all that is public, the latest first. A selection is one
bitmap, the trips that it shares with another are ``one & other``, and their number is ``bit_count()``: exact, and quick
enough to count every choice of every filter for every visitor.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from trips.facets.bitmaps import bitmap, places

FACETS = ("year", "state", "city", "theme", "organisation", "language")
Choice = Mapping[str, str | Sequence[str]]


class Value(NamedTuple):
    """A value of a facet: how addresses call it, the key of its mentions, its names, the directory of its profile.

    Names and address are those of the latest trip that names it. ``member``: the state belonged to ASEAN on that day.
    """

    slug: str
    key: str
    names: Mapping[str, str]
    home: str = ""
    member: bool = False


@dataclass(frozen=True)
class Snapshot:
    """All that is public in a stretch of time in which nothing begins or ends to be public.

    A trip is listed by its edition. ``values`` has a bitmap for each value of each facet, by the slug of the value;
    ``former`` leads from a slug that an older trip knows it by. ``roles`` has a bitmap for each organisation, by its
    key, in each directory that lists it; ``parties`` says who that is, embassies and outlets included, ``addresses``
    at which (directory, slug) a public trip names it. ``members`` has the trips on which a state, by its key, took
    part as a member of ASEAN. ``visits`` is the number of visits of each trip in binary: a bit of the bitmap at place
    ``k`` is worth 2 to the power of ``k``. ``digest`` is that of the digests of the editions, sorted, each on a line.
    """

    since: dt.datetime | None
    until: dt.datetime | None
    editions: tuple[int, ...]
    values: Mapping[str, Mapping[str, int]]
    known: Mapping[str, Mapping[str, Value]]
    former: Mapping[str, Mapping[str, str]]
    roles: Mapping[str, Mapping[str, int]]
    parties: Mapping[str, Value]
    addresses: Mapping[tuple[str, str], str]
    members: Mapping[str, int]
    visits: Sequence[int]
    digest: str

    @cached_property
    def everything(self) -> int:
        """The bitmap of all trips."""
        return (1 << len(self.editions)) - 1

    @cached_property
    def places(self) -> Mapping[int, int]:
        """The place of each edition in the list."""
        return {edition: place for place, edition in enumerate(self.editions)}

    @cached_property
    def slugs(self) -> Mapping[str, Mapping[str, str]]:
        """By facet, the slug of each value by its key."""
        return {facet: {one.key: slug for slug, one in those.items()} for facet, those in self.known.items()}

    def of(self, facet: str, key: str) -> int:
        """The trips of the value with this key, none where no public trip has it."""
        return self.values[facet].get(self.slugs[facet].get(key, ""), 0)

    def of_party(self, key: str) -> int:
        """The trips that name an organisation, whatever it did."""
        found = 0
        for those in self.roles.values():
            found |= those.get(key, 0)
        return found

    def label(self, facet: str, value: str) -> Mapping[str, str]:
        """The names of a value by language."""
        return self.known[facet][value].names

    def find(self, facet: str, slug: str) -> str | None:
        """The value that has this slug, or had it on an older trip; None where no public trip has it."""
        return slug if slug in self.values[facet] else self.former[facet].get(slug)

    def matching(self, choice: Choice) -> int:
        """The trips that have a chosen value in each of the facets; several values of one facet are alternatives."""
        found = self.everything
        for facet, chosen in choice.items():
            slugs = [chosen] if isinstance(chosen, str) else chosen
            found &= self.united(facet, slugs)
        return found

    def united(self, facet: str, slugs: Iterable[str]) -> int:
        """The trips that have one of the values at least."""
        found = 0
        for slug in slugs:
            found |= self.values[facet].get(slug, 0)
        return found

    def counts(self, facet: str, within: int) -> dict[str, int]:
        """How many trips of a selection have each value; values that none of them has are left out."""
        if within == self.everything:
            return dict(self.totals[facet])
        counted = ((slug, (bits & within).bit_count()) for slug, bits in self.values[facet].items())
        return {slug: count for slug, count in counted if count}

    @cached_property
    def totals(self) -> Mapping[str, Mapping[str, int]]:
        """How many of all trips have each value."""
        return {facet: {slug: bits.bit_count() for slug, bits in self.values[facet].items()} for facet in FACETS}

    def visited(self, within: int) -> int:
        """The visits of all trips of a selection."""
        return sum((bits & within).bit_count() << power for power, bits in enumerate(self.visits))

    def page(self, selection: int, start: int, stop: int) -> list[int]:
        """The editions of a selection from one place to another, the latest trips first."""
        return [self.editions[place] for place in islice(places(selection), start, stop)]

    def bitmap_of(self, editions: Iterable[int]) -> int:
        """The selection of these editions; what is not public is left out."""
        return bitmap(self.places[one] for one in editions if one in self.places)

    def holds(self, at: dt.datetime) -> bool:
        """True when this is what is public at that time, if nothing is published or withdrawn."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)

"""What stands outside a document: which edition it is, and the others of its trip."""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple


class Issue(NamedTuple):
    """An edition in a trip's history. ``readable``: it can be opened at its own address."""

    number: int
    slug: str
    public_from: dt.datetime
    note: dict[str, str]
    readable: bool
    withdrawn: bool


@dataclass(frozen=True)
class Facts:
    """Which edition it is, and the others, newest first.

    ``own_address``: the page is asked for as this edition, not as the trip's current one.
    """

    number: int
    digest: str
    public_from: dt.datetime
    history: list[Issue] = field(default_factory=list)
    superseded: bool = False
    own_address: bool = False

    def before(self, number: int) -> Issue | None:
        """The edition that a reader would compare that one with: the nearest earlier one that can be read."""
        return next((one for one in self.history if one.number < number and one.readable), None)

    def can_be_read(self, number: int) -> bool:
        return any(one.number == number and one.readable for one in self.history)

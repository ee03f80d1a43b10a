"""What filters an address asks for. Whatever is in it, no more than a look-up is made of it."""

from collections.abc import Mapping
from typing import NamedTuple

from trips.facets import FACETS, Snapshot

LONGEST = 120  # the longest slug


class Asked(NamedTuple):
    """The filters of an address: values that public trips have, by facet, and words that no public trip knows."""

    choice: Mapping[str, str]
    unknown: Mapping[str, str]


def asked(parameters: Mapping[str, str], public: Snapshot) -> Asked:
    """One value of each facet, in the order of the facets; a slug of older trips is taken for the present one."""
    choice, unknown = {}, {}
    for facet in FACETS:
        word = "".join(filter(str.isprintable, parameters.get(facet, "")[:LONGEST])).strip()
        value = public.find(facet, word) if word else None
        if value:
            choice[facet] = value
        elif word:
            unknown[facet] = word
    return Asked(choice, unknown)

"""Sets of small numbers as the bits of one large number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any


def bitmap(places: Iterable[int]) -> int:
    """The number in which the bits at these places are set."""
    those = list(places)
    bits = bytearray(max(those, default=0) // 8 + 1)
    for place in those:
        bits[place // 8] |= 1 << place % 8
    return int.from_bytes(bits, "little")


def gathered(found: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    """A bitmap for each key, of the places found for it."""
    places: defaultdict[Any, list[int]] = defaultdict(list)
    for key, place in found:
        places[key].append(place)
    return {key: bitmap(those) for key, those in places.items()}


def binary(numbers: Sequence[int]) -> list[int]:
    """A bitmap for each binary digit, of the places at which the number has it."""
    digits = max(numbers, default=0).bit_length()
    return [bitmap(place for place, one in enumerate(numbers) if one >> power & 1) for power in range(digits)]


def places(bits: int) -> Iterator[int]:
    """The places at which a bit is set, the lowest first."""
    written, place = bin(bits)[:1:-1], -1
    while (place := written.find("1", place + 1)) >= 0:
        yield place

"""What two sequences have in common, found in bounded time whatever they are."""

import difflib
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import accumulate
from typing import TypeVar

Opcode = tuple[str, int, int, int, int]
T = TypeVar("T", bound=Hashable)
MANY = 100_000  # pairs of equal things; from here on equal ends are cut off, and what is most frequent is no anchor

LONG = 200  # pieces; what is replaced and longer is replaced as a whole, with its junk


class Effort:
    """Steps that are left. Comparisons that belong to one answer share one."""

    def __init__(self, steps: int = 2_500_000) -> None:
        self.left = steps

    def spend(self, steps: int) -> bool:
        """Whether there are as many left; if so, they are gone."""
        if steps > self.left:
            return False
        self.left -= steps
        return True


def opcodes(
    old: Sequence[T], new: Sequence[T], isjunk: Callable[[T], bool] | None = None, effort: Effort | None = None
) -> list[Opcode]:
    """As those of ``difflib``. Junk leads to no match; what there is no effort left for is replaced."""
    numbers: dict[T, int] = {}  # numbers are compared much faster than what they stand for
    a, b = ([numbers.setdefault(one, len(numbers)) for one in side] for side in (old, new))
    junk = {number for one, number in numbers.items() if isjunk and isjunk(one)}
    places = [[place for place, number in enumerate(side) if number not in junk] for side in (a, b)]
    blocks = _blocks([a[place] for place in places[0]], [b[place] for place in places[1]], effort or Effort())
    anchors = [(places[0][i + n], places[1][k + n]) for i, k, size in blocks for n in range(size)]
    return list(_opcodes(_grown(a, b, anchors, junk), len(a), len(b)))


def _blocks(a: list[int], b: list[int], effort: Effort) -> list[tuple[int, int, int]]:
    """Where both have the same, and how much of it, in order."""
    start = end = 0
    is_many = _pairs(a, b) > min(MANY, effort.left)
    if is_many:
        start = _alike(a, b)
        end = _alike(a[start:][::-1], b[start:][::-1])
    inner_a, inner_b = a[start : len(a) - end], b[start : len(b) - end]
    is_many = is_many and _pairs(inner_a, inner_b) > MANY
    inner = ((start + i, start + k, size) for i, k, size in _matches(inner_a, inner_b, is_many, effort))
    return [(0, 0, start), *sorted(inner), (len(a) - end, len(b) - end, end)]


def _pairs(a: list[int], b: list[int]) -> int:
    counts = Counter(b)
    return sum(count * counts[one] for one, count in Counter(a).items())


def _alike(a: list[int], b: list[int]) -> int:
    """How many at the beginning are the same."""
    shorter = min(len(a), len(b))
    return next((place for place in range(shorter) if a[place] != b[place]), shorter)


def _matches(a: list[int], b: list[int], is_many: bool, effort: Effort) -> Iterator[tuple[int, int, int]]:
    """The longest block, then those on either side of it, as ``difflib`` does it, for as long as there is effort."""
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=is_many)
    counts = Counter(one for one in b if one not in matcher.bpopular)  # type: ignore[attr-defined]
    steps = list(accumulate((1 + counts[one] for one in a), initial=0))
    ranges = deque([(0, len(a), 0, len(b))])
    while ranges:
        i, j, k, m = ranges.popleft()
        if i == j or k == m or not effort.spend(steps[j] - steps[i]):
            continue
        at, there, size = matcher.find_longest_match(i, j, k, m)
        if size:
            yield at, there, size
            ranges += [(i, at, k, there), (at + size, j, there + size, m)]


def _grown(a: list[int], b: list[int], anchors: list[tuple[int, int]], junk: set[int]) -> Iterator[tuple[int, int]]:
    """The anchors, what is the same right behind and right before each of them, and the junk between two in order."""
    i = k = 0
    for j, m in [*anchors, (len(a), len(b))]:
        behind = _alike(a[i:j], b[k:m])
        before = _alike(a[i + behind : j][::-1], b[k + behind : m][::-1])
        yield from ((i + n, k + n) for n in range(behind))
        if max(j - i, m - k) < LONG and set(a[i + behind : j - before]) & set(b[k + behind : m - before]) <= junk:
            spaces = [place for place in range(i + behind, j - before) if a[place] in junk]
            others = [place for place in range(k + behind, m - before) if b[place] in junk]
            yield from ((one, two) for one, two in zip(spaces, others, strict=False) if a[one] == b[two])
        yield from ((j - n, m - n) for n in range(before, -1, -1))
        i, k = j + 1, m + 1


def _opcodes(same: Iterator[tuple[int, int]], old: int, new: int) -> Iterator[Opcode]:
    """Runs of what is the same, which ends with the place behind both, and what is between them."""
    i = k = size = 0  # the run that is open
    for j, m in same:
        if (j, m) != (i + size, k + size):
            if size:
                yield "equal", i, i + size, k, k + size
            i, k, size = i + size, k + size, 0
            yield "insert" if i == j else "delete" if k == m else "replace", i, j, k, m
            i, k = j, m
        size += (j, m) != (old, new)
    if size:
        yield "equal", i, i + size, k, k + size

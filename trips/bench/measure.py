"""Time two things side by side, in turns, so that what else the machine does falls on both alike."""

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Timing(NamedTuple):
    """CPU milliseconds per call, one median for each contender, and ours as a share of the peer's."""

    ours: float
    peer: float
    share: float


def compare(ours: Callable[[], object], peer: Callable[[], object], *, rounds: int, calls: int) -> Timing:
    """Medians over the rounds; the share is the median of the shares within a round. Warm: one call is thrown away."""
    ours(), peer()
    pairs = [(_spent(ours, calls), _spent(peer, calls)) for _round in range(rounds)]
    return Timing(
        statistics.median(one for one, _other in pairs),
        statistics.median(other for _one, other in pairs),
        statistics.median(one / other for one, other in pairs),
    )


def _spent(call: Callable[[], object], calls: int, clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    for _number in range(calls):
        call()
    return (clock() - start) / calls * 1000


def cost(call: Callable[[], object], *, rounds: int, calls: int, clock: Callable[[], float]) -> float:
    """Milliseconds of a clock for one call, the median of the rounds. Warm: one call is thrown away."""
    call()
    return statistics.median(_spent(call, calls, clock) for _round in range(rounds))

"""Time two things side by side, in turns, so that what else the machine does falls on both alike."""

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from django.db import connection


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


def cost(call: Callable[[], object], *, rounds: int, calls: int) -> float:
    """CPU milliseconds for one call, the database's included, the median of the rounds. Warm: one call is thrown away.

    Of a PostgreSQL on another machine only the time that passes can be told.
    """
    call()
    clock = _clock()
    return statistics.median(_spent(call, calls, clock) for _round in range(rounds))


def _clock() -> Callable[[], float]:
    """Seconds of this process, and of the process in which PostgreSQL serves it."""
    if connection.vendor == "sqlite":
        return time.process_time
    told = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not connection.connection.info.host.startswith("/") or not told.exists():
        return time.perf_counter
    return lambda: time.process_time() + _ticks(told) / os.sysconf("SC_CLK_TCK")


def _ticks(told: Path) -> int:
    """What Linux tells of a process: the time that it ran, and that the system ran for it."""
    user, system = told.read_text().rpartition(")")[2].split()[11:13]
    return int(user) + int(system)

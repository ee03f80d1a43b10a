"""The last snapshot, kept in memory, and never longer than it is true."""

import datetime as dt
from threading import Lock
from typing import NamedTuple

from institutions.models import Organisation
from trips.facets import reading
from trips.facets.reading import Merged
from trips.facets.snapshot import Snapshot
from trips.models import IndexState

TRIES = 2
Key = tuple[str, Merged]


class _Kept(NamedTuple):
    key: Key
    snapshot: Snapshot


_kept: _Kept | None = None  # the last one read, by any thread: one is enough, as time goes forward
_reading = Lock()


def snapshot(at: dt.datetime) -> Snapshot:
    """What is public at that time: two small queries while nothing has changed.

    The key is read before the rows and again after them: of a change meanwhile, some queries saw one side and some the
    other, and the rows are read again.
    """
    global _kept
    if found := _still(_key(), at):
        return found
    with _reading:  # one thread reads, the others wait for what it finds
        for _try in range(TRIES):
            key = _key()
            if found := _still(key, at):
                return found
            found = reading.read(at, key[1])
            if _key() == key:
                _kept = _Kept(key, found)
                break
    return found


def _still(key: Key, at: dt.datetime) -> Snapshot | None:
    kept = _kept
    known = key[0] and kept and kept.key == key  # an index without a generation is not kept
    return kept.snapshot if known and kept.snapshot.holds(at) else None


def _key() -> Key:
    """Another one after every change of the index, and of which records stand for which."""
    generation = IndexState.objects.values_list("generation", flat=True).first() or ""
    merged = Organisation.objects.exclude(merged_into=None).order_by("pk")
    return generation, tuple(merged.values_list("uid", "merged_into__uid"))

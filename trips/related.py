"""Which trips have most in common with one, of those that are public now."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from trips.edition.schema import Payload
from trips.facets import Snapshot, snapshot
from trips.facets.bitmaps import places
from trips.models import Edition, Listing
from trips.renderings.related import Related

MOST = 3
# A shared host says more than a shared theme, that more than a city, and that more than a state.
WEIGHTS = {"organisation": 4, "theme": 3, "city": 2, "state": 1}
ALONE = "state"  # relates no two trips by itself: most trips share some
Place = int  # of a trip in the snapshot


class _Kept(NamedTuple):
    """What was found while the index was of one generation and nothing began or ended to be public."""

    generation: tuple[Any, ...]
    snapshot: Snapshot
    found: dict[tuple[int, str], list[Related]]


_kept: _Kept | None = None


def related(edition: Edition, language: str, at: dt.datetime) -> list[Related]:
    """Up to three other trips, those with most in common first, then the latest. The edition is a ``visible`` one.

    No query while the index is as it was; what was found is kept for as long as it holds, and no longer.
    """
    global _kept
    generation = edition.generation, edition.merged, edition.merges  # type: ignore[attr-defined]
    kept = _kept
    if not generation[0] or kept is None or kept.generation != generation or not kept.snapshot.holds(at):
        kept = _kept = _Kept(generation, snapshot(at), {})
    key = edition.pk, language
    if key not in kept.found:
        kept.found[key] = _nearest(edition, language, at, kept.snapshot)
    return kept.found[key]


def _nearest(edition: Edition, language: str, at: dt.datetime, public: Snapshot) -> list[Related]:
    shared = _shared(edition, public)
    weights = {place: sum(WEIGHTS[facet] * n for facet, n in counts.items()) for place, counts in shared.items()}
    best = sorted(weights, key=lambda place: (-weights[place], place))[:MOST]
    own = [public.editions[place] for place in best]
    rows = Listing.objects.public(at).filter(language=language, edition__in=own)
    told = {pk: row for pk, *row in rows.values_list("edition", "slug", "title", "starts_on", "ends_on")}
    return [
        Related(*told[pk], *(shared[place][facet] for facet in WEIGHTS))
        for place, pk in zip(best, own, strict=True)
        if pk in told
    ]


def _shared(edition: Edition, public: Snapshot) -> dict[Place, Counter[str]]:
    """How many values of each facet every other trip shares with this one; those that share only states left out."""
    shared: dict[Place, Counter[str]] = {}
    resolved = ((facet, public.find(facet, slug) or "") for facet, slug in _values(edition.payload))
    for facet, slug in dict.fromkeys(resolved):  # two records that were merged are one
        for place in places(public.united(facet, [slug])):
            if facet != ALONE or place in shared:
                shared.setdefault(place, Counter())[facet] += 1
    shared.pop(public.places.get(edition.pk, -1), None)
    return shared


def _values(payload: Payload) -> Iterator[tuple[str, str]]:
    """The hosts, partners, themes, cities and, last, states of a trip, as facets know them."""
    visits = payload["programme"]
    partners = {uid for visit in visits for uid in (visit["host"], *visit["participants"]) if uid}
    yield from (("organisation", slug) for slug in sorted({payload["parties"][uid]["slug"] for uid in partners}))
    yield from (("theme", one["slug"]) for one in payload["themes"])
    yield from (("city", slug) for slug in sorted({one["slug"] for one in payload["route"]}))
    states = {one["state"] for one in payload["delegations"] if one["state"]}
    yield from (("state", payload["states"][iso2]["slug"]) for iso2 in sorted(states))

"""Which source text a translation was made from, and whether the source says something else by now.

Texts go by the name of their field. ``made_from`` holds, for a translation, the source text it was made from. A name
that is not in it is of unknown origin and counts as fresh; an empty text stands for a source that is not this one, and
of which no more is known.
"""

from collections.abc import Collection, Mapping

from exchange.lib.html import plain

Texts = Mapping[str, str]


def same(one: str, other: str) -> bool:
    """True when two texts have the same words, whatever their markup and white space."""
    return one == other or plain(one) == plain(other)


def outdated(made_from: Texts, sources: Texts, translations: Texts) -> dict[str, str]:
    """The translations whose source changed, each with the source text it was made from."""
    return {
        name: made_from[name]
        for name, words in translations.items()
        if words and name in made_from and not same(made_from[name], sources.get(name, ""))
    }


def remember(
    made_from: Texts, *, was: Texts, seen: Texts, now: Texts, translations: Texts, looked_at: Collection[str]
) -> dict[str, str]:
    """What the translations are made from once they are saved.

    ``was``, ``now`` are the sources before and after; ``seen`` the sources in front of the person who saves, which can
    be older than both; ``looked_at`` the translations that this person wrote anew or found still valid.
    """
    remembered = {}
    for name, words in translations.items():
        sources = (one.get(name) or "" for one in (was, seen, now))
        origin = _origin(made_from.get(name), *sources, looked_at=name in looked_at)
        if words and origin is not None:
            remembered[name] = origin
    return remembered


def _origin(known: str | None, was: str, seen: str, now: str, *, looked_at: bool) -> str | None:
    if looked_at:
        return seen or None
    if known is None:
        return None if same(was, now) else was or None  # where there was no source, the other text stood for itself
    return now if same(known, now) else known

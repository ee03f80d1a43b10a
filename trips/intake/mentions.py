"""Organisations as a text names them, and which of the names mean the same one."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from exchange.lib.search_terms import compact
from institutions.choices import Kind


@dataclass(frozen=True)
class Party:
    """An organisation of the address book, as far as a reader needs it."""

    key: str
    kind: str
    type: str = ""
    names: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True)
class Mention:
    """A name in the text. ``short`` is the abbreviation in brackets behind it; ``end`` lies before those brackets."""

    start: int
    end: int
    kind: str
    type: str = ""
    party: Party | None = None
    short: str = ""
    weak: bool = False  # so may a part of an organisation be called, or something that is none
    owned: bool = False  # it belongs to another one: "its School of Design"

    @property
    def stop(self) -> bool:
        return self.kind in (Kind.HOST, Kind.ENTERPRISE)


@dataclass
class Group:
    """All mentions of one organisation, in order."""

    mentions: list[Mention] = field(default_factory=list)

    @property
    def party(self) -> Party | None:
        return next((one.party for one in self.mentions if one.party), None)

    @property
    def fullest(self) -> Mention:
        """The mention that gives the name in full: the one that defines an abbreviation, else the longest."""
        return max(self.mentions, key=lambda one: (bool(one.short), one.end - one.start, -one.start))


def grouped(text: str, mentions: Iterable[Mention]) -> list[Group]:
    """Mentions of the same record, the same name, or an abbreviation of it, together."""
    groups: dict[str, Group] = {}
    for one in mentions:
        names = [compact(text[one.start : one.end]), *([compact(one.short)] if one.short else [])]
        names += [f"#{one.party.key}"] if one.party else []
        group = next((groups[name] for name in names if name in groups), None) or Group()
        group.mentions.append(one)
        groups |= {name: groups.get(name, group) for name in names if name}
    found = {id(group): group for group in groups.values()}
    return sorted(found.values(), key=lambda group: group.mentions[0].start)


AHEAD, GROWN = 6, 2  # characters before and behind a known name that may be no part of it


def without_overlaps(first: Iterable[Mention], second: Iterable[Mention]) -> list[Mention]:
    """Known names and others; where two overlap the longer one holds, and of equals the known."""
    taken: dict[int, int] = {}  # of each place the number of the mention that covers it
    kept: list[Mention] = []
    for one in sorted([*first, *second], key=lambda one: (one.start - one.end, one.party is None)):
        number = next((taken[place] for place in range(one.start, one.end) if place in taken), None)
        if number is None:
            taken |= dict.fromkeys(range(one.start, one.end), len(kept))
            kept.append(one)
            continue
        clash = kept[number]
        is_inside = clash.end - one.end <= GROWN and one.start - clash.start <= AHEAD
        if one.party and not clash.party and is_inside:
            kept[number] = replace(one, short=one.short or clash.short)
    return sorted(kept, key=lambda one: one.start)


def without_brackets(text: str, offset: int, found: list[Mention]) -> list[Mention]:
    """An abbreviation in brackets behind a name is no mention of its own: the name bears it."""
    kept: list[Mention] = []
    for one in found:
        start = one.start - offset
        if (
            kept
            and text[max(0, kept[-1].end - offset) : start].strip() == "("
            and text[one.end - offset :].startswith(")")
        ):
            last = kept.pop()
            kept.append(
                replace(last, short=last.short or text[start : one.end - offset], party=last.party or one.party)
            )
        else:
            kept.append(one)
    return kept


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text without the letters of these names, so that none of their words is taken for one of the sentence."""
    signs = list(text)
    for start, end in spans:
        signs[start:end] = "_" * (end - start)
    return "".join(signs)

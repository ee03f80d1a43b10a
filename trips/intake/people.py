"""Persons as a text names them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Person:
    """A name without salutation, and a title; places are those of the text. ``sure``: the words around it name a person."""

    start: int
    end: int
    title: tuple[int, int] | None = None
    sure: bool = True
    leads: bool = False
    saluted: bool = False

    def spans(self) -> list[tuple[int, int]]:
        return [(self.start, self.end), *([self.title] if self.title else [])]


def once(text: str, found: Iterable[Person]) -> list[Person]:
    """Each person once: later mentions by a part of the name are left out, a title told later is taken over."""
    kept: list[Person] = []
    for one in found:
        words = _words(text, one)
        place = next((place for place, other in enumerate(kept) if _is_same(words, _words(text, other))), None)
        if place is None:
            kept.append(one)
        else:
            kept[place] = _joined(text, kept[place], one)
    return kept


def _words(text: str, one: Person) -> list[str]:
    name = text[one.start : one.end]
    return name.lower().replace(".", " ").split() if name.isascii() or " " in name else [name]


def _is_same(later: list[str], earlier: list[str]) -> bool:
    """The same name, or a part of it: a family name, the first names, the end of a Chinese name."""
    if later == earlier or set(later) <= set(earlier) or sorted(later) == sorted(earlier):
        return True
    return (
        len(later) == len(earlier) == 1
        and len(later[0]) < len(earlier[0])
        and not later[0].isascii()
        and (earlier[0].startswith(later[0]) and len(later[0]) == 1)
    )


def _joined(text: str, old: Person, new: Person) -> Person:
    if old.title is None and new.title is not None and len(_words(text, new)) >= len(_words(text, old)):
        return replace(old, title=new.title, leads=old.leads or new.leads)
    return replace(old, leads=old.leads or new.leads)

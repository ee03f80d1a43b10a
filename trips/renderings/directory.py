"""The directory: who takes part in exchanges, where and about what, each with the trips that say so."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from exchange.lib.alphabet import LETTERS, OTHER, initial
from exchange.lib.bilingual import choose, counterpart
from institutions.choices import Type
from trips.renderings import lists, wording
from trips.renderings.frame import Link, frame, rendered

HEADINGS = {
    "institutions": (gettext_noop("Institutions"), gettext_noop("Institution")),
    "enterprises": (gettext_noop("Enterprises"), gettext_noop("Enterprise")),
    "member-states": (gettext_noop("Member states"), gettext_noop("Member state")),
    "organisers": (gettext_noop("Organisers"), gettext_noop("Organiser")),
    "media-outlets": (gettext_noop("Media outlets"), gettext_noop("Media outlet")),
    "cities": (gettext_noop("Cities"), gettext_noop("City")),
    "themes": (gettext_noop("Themes"), gettext_noop("Theme")),
}
FILTERS = {"type": gettext_noop("Kind"), "city": gettext_noop("City"), "state": gettext_noop("Country")}
PARAMETERS = (*FILTERS, "letter")
SHOWN = 12
Names = Mapping[str, str]


class Row(NamedTuple):
    """One line of a directory list: names by language, address below the language, city, ISO code of a state, trips.

    ``values`` are what filters go by, and ``labels`` the names of those that have some.
    """

    names: Names
    address: str
    city: Names
    iso2: str
    trips: int
    values: Mapping[str, str] = {}
    labels: Mapping[str, Names] = {}


class Query(NamedTuple):
    """What was asked of a list: values by filter, how many lines each value would leave, names of values."""

    wanted: Mapping[str, str]
    offered: Mapping[str, Mapping[str, int]]
    labels: Mapping[tuple[str, str], Names]


def states(language: str, rows: Sequence[Row], *, demo: bool) -> str:
    """Today's member states, in the order given; ``demo``: some of it comes from the demonstration."""
    with translation.override(language):
        heading = _(HEADINGS["member-states"][0])
        told = _("Everyone with the trips they took part in.")
        context = {
            **frame(language, "member-states/", title=heading, description=told, demo=demo),
            "heading": heading,
            "rows": [line(row, language) for row in rows],
        }
        return rendered("directory/states.html", context)


def index(language: str, section: str, rows: Sequence[Row], query: Query, page: lists.Page, *, demo: bool) -> str:
    """A page of one directory list, in the order given; ``demo``: some of it comes from the demonstration."""
    with translation.override(language):
        names = [_value(query, name, query.wanted[name], language) for name in PARAMETERS if name in query.wanted]
        heading = _(HEADINGS[section][0])
        title = f"{heading}: {' · '.join(names)}" if names else heading
        context = {
            **frame(
                language,
                address(section, query.wanted, page.number),
                title=title,
                description=_("Everyone with the trips they took part in."),
                noindex=len(query.wanted) > 1 or "letter" in query.wanted or not rows,
                demo=demo,
            ),
            "heading": heading,
            "section": section,
            "everything": f"/{language}/{section}/",
            "count": page.rows,
            "letters": _letters(language, section, query),
            "filters": [one for one in (_filter(language, section, query, name) for name in FILTERS) if one],
            "chips": _chips(language, section, query),
            "groups": [
                (letter, [line(row, language) for row in group])
                for letter, group in groupby(rows, key=lambda row: initial(str(choose(row.names, language))))
            ],
            **lists.paging(page, _before_page(language, section, query.wanted)),
        }
        return rendered("directory/index.html", context)


def address(section: str, wanted: Mapping[str, str], page: int = 1) -> str:
    """A list with these filters, below the language, parameters always in the same order."""
    asked = {name: wanted[name] for name in PARAMETERS if wanted.get(name)}
    query = urlencode(asked | ({"page": str(page)} if page > 1 else {}))
    return f"{section}/?{query}" if query else f"{section}/"


def _before_page(language: str, section: str, wanted: Mapping[str, str]) -> str:
    own = f"/{language}/{address(section, wanted)}"
    return f"{own}&" if "?" in own else f"{own}?"


def _letters(language: str, section: str, query: Query) -> list[Link]:
    """The alphabet; a letter under which nobody stands has no address."""
    offered = query.offered["letter"]
    if sum(offered.values()) < SHOWN and "letter" not in query.wanted:
        return []
    there = [*LETTERS, *([OTHER] if OTHER in offered else [])]
    return [
        Link(
            letter,
            f"/{language}/{address(section, {**query.wanted, 'letter': letter})}" if letter in offered else "",
            "true" if query.wanted.get("letter") == letter else "",
        )
        for letter in there
    ]


def _filter(language: str, section: str, query: Query, name: str) -> dict[str, Any] | None:
    """One filter of plain links, the most frequent values first; none where there is nothing to choose."""
    offered, chosen = query.offered[name], query.wanted.get(name, "")
    if len(offered) < 2 and not chosen:
        return None
    values = sorted(offered, key=lambda one: (-offered[one], one))[:SHOWN]
    options = [
        {
            "name": _value(query, name, value, language),
            "count": offered[value],
            "href": f"/{language}/{address(section, {**query.wanted, name: value})}",
            "chosen": value == chosen,
        }
        for value in values
    ]
    rest = sorted(set(offered) - set(values))
    return {
        "code": name,
        "heading": _(FILTERS[name]),
        "options": options,
        "rest": [(one, _value(query, name, one, language), offered[one], one == chosen) for one in rest],
        "hidden": [(one, word) for one, word in query.wanted.items() if one != name],
    }


def _value(query: Query, name: str, value: str, language: str) -> str:
    if name == "type":
        return wording.label(Type, value)
    return str(choose(query.labels.get((name, value), {"en": value, "zh-hans": value}), language))


def _chips(language: str, section: str, query: Query) -> list[tuple[str, str, str]]:
    headings = {**FILTERS, "letter": gettext_noop("Letter")}
    return [
        (
            _(headings[name]),
            _value(query, name, query.wanted[name], language),
            f"/{language}/{address(section, {one: word for one, word in query.wanted.items() if one != name})}",
        )
        for name in PARAMETERS
        if name in query.wanted
    ]


def line(row: Row, language: str) -> dict[str, Any]:
    return {
        "name": choose(row.names, language),
        "other": counterpart(row.names, language),
        "href": f"/{language}/{row.address}",
        "city": choose(row.city, language),
        "flag": wording.flag(row.iso2),
        "trips": wording.trips(row.trips) if row.trips else "",
    }

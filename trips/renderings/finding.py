"""The list of trips with its filters: what is chosen, what else could be, and what to loosen where nothing is left."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from exchange.lib import dates
from exchange.lib.alphabet import initial, order
from exchange.lib.bilingual import Words, choose
from exchange.lib.languages import other
from trips.renderings import lists, wording
from trips.renderings.frame import Link, frame, rendered

HEADINGS = {
    "year": (gettext_noop("Year"), gettext_noop("All years")),
    "state": (gettext_noop("Member state"), gettext_noop("All member states")),
    "city": (gettext_noop("City"), gettext_noop("All cities")),
    "theme": (gettext_noop("Theme"), gettext_noop("All themes")),
    "organisation": (gettext_noop("Host, partner or organiser"), gettext_noop("All organisations")),
    "language": (gettext_noop("Report in"), gettext_noop("All languages")),
}
TITLES = {
    "year": gettext_noop("Trips in %(name)s"),
    "state": gettext_noop("Trips of %(name)s"),
    "city": gettext_noop("Trips to %(name)s"),
    "theme": gettext_noop("Trips on the theme “%(name)s”"),
    "organisation": gettext_noop("Trips with %(name)s"),
    "language": gettext_noop("Trips with a report in %(name)s"),
}
IN_YEAR = {
    "state": gettext_noop("Trips of %(name)s in %(year)s"),
    "city": gettext_noop("Trips to %(name)s in %(year)s"),
    "theme": gettext_noop("Trips on the theme “%(name)s” in %(year)s"),
    "organisation": gettext_noop("Trips with %(name)s in %(year)s"),
    "language": gettext_noop("Trips with a report in %(name)s in %(year)s"),
}
LANGUAGES = {"en": gettext_noop("English"), "zh-hans": gettext_noop("Chinese")}
SHOWN = {"city": 8, "theme": 8, "organisation": 100}  # of the values of a filter; of others all
PATH = "trips/"
SEARCH = "search/"


class Option(NamedTuple):
    """A value of a filter and how many trips it leaves; ``member``: it is a state of ASEAN."""

    slug: str
    names: Mapping[str, str]
    trips: int
    chosen: bool
    member: bool


class Query(NamedTuple):
    """What was asked for: values by filter, and words that no public trip knows.

    ``options`` are what could be chosen, the most frequent ones where there are many; ``offered`` says how many there
    are. ``without`` has the number of trips that are left when one of the filters is given up. ``words`` are what is
    searched besides, on the page of search.
    """

    language: str
    choice: Mapping[str, str]
    unknown: Mapping[str, str]
    options: Mapping[str, Sequence[Option]]
    offered: Mapping[str, int]
    without: Mapping[str, int]
    words: str = ""


def render(query: Query, rows: Sequence[lists.Row], page: lists.Page, trips: int) -> str:
    """A page of the list. ``trips``: how many are public at all."""
    language = query.language
    with translation.override(language):
        title = _title(query)
        own = address(query.choice, page=page.number)
        context = {
            # Of combinations there are more than anyone would look for: a search engine gets the single filters.
            **_frame(query, own, title, noindex=len(query.choice) > 1 or not rows or bool(query.unknown)),
            "demo": any(row.demo for row in rows),
            "heading": title,
            "years": _years(rows, language),
            "count": wording.trips(page.rows),
            **offered(query),
            "unknown": [(_(HEADINGS[facet][0]), word) for facet, word in query.unknown.items()],
            "looser": _looser(query) if not rows else [],
            "total": wording.trips(trips) if trips else "",
            **lists.paging(page, before_page(query)),
        }
        return rendered("trips/trips.html", context)


def offered(query: Query) -> dict[str, Any]:
    """The context of ``trips/_filters.html`` and of the chips: what could be chosen, and what is."""
    return {
        "filters": _filters(query),
        "chips": _chips(query),
        "form": _form(query),
        "everything": f"/{query.language}/{address({}, words=query.words)}",
    }


def choices(query: Query, facet: str, page: lists.Page, lines: int) -> str:
    """Every value of one filter, in the order of the alphabet, a page of so many lines."""
    language = query.language
    with translation.override(language):
        heading = _(HEADINGS[facet][1])
        ordered = sorted(query.options[facet], key=lambda one: order(one.names[language] or one.names[other(language)]))
        if facet == "year":
            ordered.reverse()
        shown = ordered[(page.number - 1) * lines : page.number * lines]
        context = {
            **_frame(
                query, address(query.choice, whole=facet, page=page.number, words=query.words), heading, noindex=True
            ),
            "heading": heading,
            "chips": _chips(query, facet),
            "back": _to(query, query.choice),
            "groups": [
                (letter, [_choice(query, facet, one) for one in group])
                for letter, group in groupby(shown, key=lambda one: _letter(facet, one, language))
            ],
            **lists.paging(page, before_page(query, facet)),
        }
        return rendered("trips/choices.html", context)


def address(choice: Mapping[str, str], *, whole: str = "", page: int = 1, words: str = "") -> str:
    """The list with these filters, below the language, parameters always in the same order.

    ``whole``: not the trips, but all values of this filter. ``words``: the page of search.
    """
    path = SEARCH if words else PATH
    asked = {"q": words} if words else {}
    asked |= {facet: choice[facet] for facet in HEADINGS if facet in choice}
    asked |= {name: value for name, value in (("all", whole), ("page", str(page) if page > 1 else "")) if value}
    query = urlencode(asked)
    return f"{path}?{query}" if query else path


def _to(query: Query, choice: Mapping[str, str], whole: str = "") -> str:
    return f"/{query.language}/{address(choice, whole=whole, words=query.words)}"


def before_page(query: Query, whole: str = "") -> str:
    """The address to which the number of a page is added."""
    own = _to(query, query.choice, whole)
    return f"{own}&" if "?" in own else f"{own}?"


def _frame(query: Query, own: str, title: str, *, noindex: bool) -> dict[str, Any]:
    language = query.language
    home = Link(_("Home"), f"/{language}/")
    crumbs = (home, Link(_("Trips"), f"/{language}/{PATH}")) if own != PATH else ()
    told = _("Education-exchange trips, newest first.")
    return frame(language, own, title=title, description=told, crumbs=crumbs, noindex=noindex)


def _title(query: Query) -> str:
    """A phrase for one filter, or one in a year; of more filters the names."""
    names = {facet: str(_chosen(query, facet)) for facet in query.choice}
    rest = [facet for facet in names if facet != "year"]
    if not names or query.unknown:
        return _("Trips")
    if len(names) == 1:
        return _(TITLES[next(iter(names))]) % {"name": next(iter(names.values()))}
    if len(names) == 2 and "year" in names:
        return _(IN_YEAR[rest[0]]) % {"name": names[rest[0]], "year": names["year"]}
    return _("Trips: %(filters)s") % {"filters": " · ".join(names.values())}


def _chosen(query: Query, facet: str) -> Words:
    return next(_name(facet, one, query.language) for one in query.options[facet] if one.chosen)


def _name(facet: str, option: Option, language: str) -> Words:
    if facet == "year":
        return Words(dates.year(int(option.slug), language))
    if facet == "language":
        return Words(_(LANGUAGES[option.slug]))
    return choose(option.names, language)


def _letter(facet: str, option: Option, language: str) -> str:
    return "" if facet in ("year", "language") else initial(str(_name(facet, option, language)))


def _filters(query: Query) -> list[dict[str, Any]]:
    """Each filter of plain links, most frequent values first; years and states in their own order."""
    return [_filter(query, facet) for facet in HEADINGS if facet != "organisation" and query.options[facet]]


def _filter(query: Query, facet: str) -> dict[str, Any]:
    options = query.options[facet]
    kept = sorted(options, key=_rank(facet))
    country = facet == "state" and not all(one.member for one in options)
    return {
        "code": facet,
        "heading": _("Country") if country else _(HEADINGS[facet][0]),
        "options": [_choice(query, facet, one) for one in kept],
        "more": query.offered[facet] - sum(one.trips > 0 for one in kept),
        "everything": _(HEADINGS[facet][1]),
        "offered": query.offered[facet],
        "all": _to(query, query.choice, facet),
    }


def _rank(facet: str) -> Any:
    if facet == "year":
        return lambda one: -int(one.slug)
    if facet in ("state", "language"):  # protocol order, and the order of the languages
        return lambda one: one.names["en"].casefold()
    return lambda one: (-one.trips, one.names["en"].casefold(), one.slug)


def _choice(query: Query, facet: str, one: Option) -> dict[str, Any]:
    return {
        "name": _name(facet, one, query.language),
        "count": one.trips,
        "trips": wording.trips(one.trips),
        "href": _to(query, {**query.choice, facet: one.slug}),
        "chosen": one.chosen,
        "slug": one.slug,
    }


def _form(query: Query) -> dict[str, Any] | None:
    """The filter with the longest list of values, as a form; the other filters are sent along."""
    options = query.options["organisation"]
    if not options:
        return None
    named = [_choice(query, "organisation", one) for one in options]
    return {
        "heading": _(HEADINGS["organisation"][0]),
        "hidden": [
            *([("q", query.words)] if query.words else []),
            *((facet, value) for facet, value in query.choice.items() if facet != "organisation"),
        ],
        "options": sorted(named, key=lambda one: order(str(one["name"]))),
        "more": query.offered["organisation"] - sum(one.trips > 0 for one in options),
        "everything": _(HEADINGS["organisation"][1]),
        "offered": query.offered["organisation"],
        "all": _to(query, query.choice, "organisation"),
    }


def _chips(query: Query, whole: str = "") -> list[tuple[str, Words, str]]:
    """Each chosen value with its filter, and the address without it; words that nothing matched are among them."""
    return [
        (_(HEADINGS[facet][0]), name, _to(query, _without(query.choice, facet), whole)) for facet, name in _asked(query)
    ]


def _asked(query: Query) -> list[tuple[str, Words]]:
    known = [(facet, _chosen(query, facet)) for facet in query.choice]
    return known + [(facet, Words(word)) for facet, word in query.unknown.items()]


def _looser(query: Query) -> list[tuple[Words, str, str]]:
    """What to give up where nothing is left: a chosen value, the address without it, and how many trips that has."""
    return [
        (name, href, wording.trips(query.without[facet]))
        for (facet, name), (_heading, _name, href) in zip(_asked(query), _chips(query), strict=True)
        if query.without[facet]
    ]


def _without(choice: Mapping[str, str], facet: str) -> dict[str, str]:
    return {one: value for one, value in choice.items() if one != facet}


def _years(rows: Sequence[lists.Row], language: str) -> list[tuple[str, list[dict[str, Any]]]]:
    return [
        (dates.year(year, language), [lists.entry(row, language, with_year=False) for row in group])
        for year, group in groupby(rows, key=lambda row: row.starts_on.year)
    ]

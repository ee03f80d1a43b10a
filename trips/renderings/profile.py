"""One entry of the directory: who it is, its trips, with whom, and what came of them."""

import datetime as dt
from collections.abc import Sequence
from collections.abc import Set as Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.translation import gettext as _

from exchange.lib import dates
from exchange.lib.bilingual import Words, choose, counterpart, listed
from institutions.choices import NameKind, Type
from trips.edition.reading import Reader
from trips.edition.schema import Payload
from trips.renderings import jsonld, lists, results, wording
from trips.renderings.directory import HEADINGS, Names, Row, line
from trips.renderings.frame import Link, frame, rendered

FACTS = 4
ROR, WIKIDATA = "https://ror.org/", "https://www.wikidata.org/wiki/"


class Former(NamedTuple):
    """A further name: its kind, language, text, and the days on which it was the name, where known."""

    kind: str
    language: str
    text: str
    valid_from: dt.date | None
    valid_until: dt.date | None


class Fact(NamedTuple):
    """A line of a profile's head: label, value, a note below, and where the value leads, if anywhere."""

    label: str
    value: Any
    note: Any = ""
    href: str = ""


class Record(NamedTuple):
    """How many trips are on record, and the years of the first and the last, none where there is no trip."""

    trips: int
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Profile:
    """What is told of a party besides its trips; of one that no editor checked, the names alone."""

    section: str
    names: Names
    address: str
    short: Names = field(default_factory=dict)
    full: Names = field(default_factory=dict)
    type: str = ""
    city: Names = field(default_factory=dict)
    province: Names = field(default_factory=dict)
    website: str = ""
    ror: str = ""
    wikidata: str = ""
    founded: int | None = None
    about: Names = field(default_factory=dict)
    further: Sequence[Former] = ()
    iso2: str = ""
    joined: dt.date | None = None
    capital: Names = field(default_factory=dict)
    embassies: Sequence[Names] = ()
    member: bool = True  # of a state: it belongs to ASEAN, or did on a trip


class Company(NamedTuple):
    """Who else was on a party's trips: by directory those met most often and how many more, states; cities, themes.

    ``members``: each of the states took part as a member of ASEAN.
    """

    states: Sequence[Row]
    groups: Sequence[tuple[str, Sequence[Row], int]]
    cities: Sequence[Row]
    themes: Sequence[Row]
    members: bool


class Came(NamedTuple):
    """An outcome that a party shares: what came of which trip."""

    text: Any
    note: Any
    trip: Any
    address: str


def render(
    language: str,
    who: Profile,
    rows: Sequence[lists.Row],
    record: Record,
    page: lists.Page,
    company: Company,
    outcomes: Sequence[Came],
    neighbours: tuple[Row | None, Row | None] = (None, None),
) -> str:
    """One party, with its trips and who else was on them. ``neighbours`` come before and after it in protocol order."""
    with translation.override(language):
        name = choose(who.names, language)
        context = {
            **frame(
                language,
                who.address if page.number == 1 else f"{who.address}?page={page.number}",
                title=str(name),
                description=_("%(name)s: the exchange trips on record, and with whom.") % {"name": str(name)},
                crumbs=_crumbs(language, who.section),
                demo=any(row.demo for row in rows),
            ),
            "own_feed": f"/{language}/{who.address}feed/",
            "jsonld": _data(who, language),
            "name": name,
            "long": wording.is_long(name, language),
            "alternatives": _alternatives(who, language),
            "kind": _(HEADINGS[who.section][1]) if who.member else _("Country"),
            "flag": wording.flag(who.iso2),
            "facts": [one for one in _facts(who, record, language) if one.value][:FACTS],
            "about": choose(who.about, language),
            "names": _history(who, language),
            "identifiers": _identifiers(who),
            "rows": [lists.entry(row, language, with_year=True) for row in rows],
            "count": wording.trips(record.trips),
            **lists.paging(page, f"/{language}/{who.address}?"),
            **_company(company, language),
            "outcomes": outcomes,
            "previous": line(neighbours[0], language) if neighbours[0] else None,
            "next": line(neighbours[1], language) if neighbours[1] else None,
        }
        return rendered("directory/profile.html", context)


def _data(who: Profile, language: str) -> str:
    """The party for other programs."""
    names = _alternatives(who, language)
    if who.section in jsonld.PLACES:
        facts: dict[str, Any] = {"alternateName": [str(one) for one in names]}
    else:
        facts = jsonld.organisation(
            website=who.website,
            identifiers=[one.href for one in _identifiers(who)],
            founded=who.founded,
            names=[*names, *(one.text for one in who.further if one.kind != NameKind.VARIANT)],
            city=choose(who.city, language),
        )
    name = str(choose(who.names, language))
    steps = jsonld.breadcrumbs(_crumbs(language, who.section), name)
    return jsonld.block(jsonld.party(language, who.section, who.address, name, facts, kind=who.type), steps)


def _company(company: Company, language: str) -> dict[str, Any]:
    """The context of ``directory/_company.html``."""
    return {
        "met": _("Member states on the same trips") if company.members else _("Countries on the same trips"),
        "received": [line(row, language) for row in company.states],
        "groups": [
            (_(HEADINGS[section][0]), [line(row, language) for row in group], more)
            for section, group, more in company.groups
        ],
        "tagged": [
            (_(HEADINGS[section][0]), [line(row, language) for row in those])
            for section, those in (("cities", company.cities), ("themes", company.themes))
            if those
        ],
    }


def _crumbs(language: str, section: str) -> tuple[Link, ...]:
    return Link(_("Home"), f"/{language}/"), Link(_(HEADINGS[section][0]), f"/{language}/{section}/")


def _alternatives(who: Profile, language: str) -> list[Words]:
    full = choose(who.full, language)
    names = [full if full != choose(who.names, language) else Words(""), counterpart(who.names, language)]
    return [one for one in (*names, choose(who.short, language)) if one]


def _facts(who: Profile, record: Record, language: str) -> list[Fact]:
    joined, website = who.joined, who.website
    return [
        Fact(_("Kind"), wording.label(Type, who.type) if who.type else ""),
        Fact(_("City"), choose(who.city, language), choose(who.province, language)),
        Fact(_("Founded"), dates.year(who.founded, language) if who.founded else ""),
        Fact(_("Website"), website.partition("//")[2].removeprefix("www.").strip("/"), href=website),
        Fact(_("Joined ASEAN"), wording.day(joined, dates.written(joined, language)) if joined else ""),
        Fact(_("Capital"), choose(who.capital, language)),
        Fact(_("Embassy in China"), listed([choose(one, language) for one in who.embassies], language)),
        Fact(_("Trips on record"), str(record.trips), _years(record, language)),
    ]


def _identifiers(who: Profile) -> list[Link]:
    """Where others keep a record of the same party."""
    found = (("ROR", ROR, who.ror), ("Wikidata", WIKIDATA, who.wikidata))
    return [Link(f"{name} {given}", f"{base}{given}") for name, base, given in found if given]


def came(documents: Sequence[tuple[str, Payload]], keys: Collection[str], language: str) -> list[Came]:
    """The outcomes in these documents that name one of the parties, those of the latest trip first."""
    found = []
    with translation.override(language):
        for slug, payload in sorted(documents, key=lambda one: one[1]["starts_on"], reverse=True):
            reader = Reader(payload, language)
            shared = zip(payload["outcomes"], reader.outcomes, strict=True)
            found += [
                Came(one.text, results.standing(one, language), reader.headline, f"/{language}/trips/{slug}/#outcomes")
                for raw, one in shared
                if keys & set(raw["parties"])
            ]
    return found


def _years(record: Record, language: str) -> str:
    if record.first is None or record.last is None:
        return ""
    first, last = dates.year(record.first, language), dates.year(record.last, language)
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _history(who: Profile, language: str) -> list[tuple[str, list[Words]]]:
    """When, and the names of that time, if there is more to tell than the current name; variants are not told."""
    told: dict[str, list[Words]] = {}
    for one in who.further:
        if one.kind != NameKind.VARIANT:
            told.setdefault(_when(one, language), []).append(choose({one.language: one.text}, language))
    current = choose(who.names, language), counterpart(who.names, language), choose(who.short, language)
    now = [one for one in current if one]
    own_first = [(when, sorted(names, key=lambda name: name.lang)) for when, names in told.items()]
    return [(_("Current"), now), *own_first] if told else []


def _when(one: Former, language: str) -> str:
    if one.valid_until is None:
        return _("Also known as")
    if one.valid_from:
        return str(dates.span(one.valid_from, one.valid_until, language))
    return _("Until %(day)s") % {"day": dates.written(one.valid_until, language)}

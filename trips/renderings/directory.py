"""The directory: who takes part in exchanges, each with the trips that say so."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from exchange.lib import dates
from exchange.lib.bilingual import Words, choose, counterpart, listed
from institutions.choices import NameKind, Type
from trips.renderings import lists, wording
from trips.renderings.frame import Link, frame

HEADINGS = {
    "institutions": (gettext_noop("Institutions"), gettext_noop("Institution")),
    "enterprises": (gettext_noop("Enterprises"), gettext_noop("Enterprise")),
    "member-states": (gettext_noop("Member states"), gettext_noop("Member state")),
    "organisers": (gettext_noop("Organisers"), gettext_noop("Organiser")),
    "media-outlets": (gettext_noop("Media outlets"), gettext_noop("Media outlet")),
}
Names = Mapping[str, str]


class Row(NamedTuple):
    """One line of a directory list: names by language, address below the language, city, ISO code of a state, trips."""

    names: Names
    address: str
    city: Names
    iso2: str
    trips: int


class Former(NamedTuple):
    """A further name: its kind, language, text, and the days on which it was the name, where known."""

    kind: str
    language: str
    text: str
    valid_from: dt.date | None
    valid_until: dt.date | None


class Fact(NamedTuple):
    """A line of a profile's head: label, value, a note below."""

    label: str
    value: Any
    note: Any = ""


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
    founded: int | None = None
    about: Names = field(default_factory=dict)
    further: Sequence[Former] = ()
    iso2: str = ""
    joined: dt.date | None = None
    capital: Names = field(default_factory=dict)
    embassies: Sequence[Names] = ()


class Company(NamedTuple):
    """Who else was on a party's trips: label and rows by directory, states apart, themes as names."""

    states: Sequence[Row]
    groups: Sequence[tuple[str, Sequence[Row]]]
    themes: Sequence[Names]


def index(language: str, section: str, rows: Sequence[Row], page: lists.Page, *, demo: bool) -> str:
    """One directory list; ``demo``: some of it comes from the demonstration."""
    with translation.override(language):
        heading = _(HEADINGS[section][0])
        own = f"{section}/" if page.number == 1 else f"{section}/?page={page.number}"
        base = f"/{language}/{section}/"
        context = {
            **frame(
                language, own, title=heading, description=_("Everyone with the trips they took part in."), demo=demo
            ),
            "heading": heading,
            "states": section == "member-states",
            "rows": [_line(row, language) for row in rows],
            "page": page,
            "before": f"{base}?page={page.number - 1}" if page.number > 1 else "",
            "after": f"{base}?page={page.number + 1}" if page.number < page.pages else "",
        }
        return render_to_string("directory/index.html", context)


def profile(
    language: str,
    who: Profile,
    rows: Sequence[lists.Row],
    company: Company,
    neighbours: tuple[Row | None, Row | None] = (None, None),
) -> str:
    """One party, with its trips and who else was on them. ``neighbours`` come before and after it in protocol order."""
    with translation.override(language):
        name = choose(who.names, language)
        context = {
            **frame(
                language,
                who.address,
                title=str(name),
                description=_("%(name)s: the exchange trips on record, and with whom.") % {"name": str(name)},
                crumbs=_crumbs(language, who.section),
                demo=any(row.demo for row in rows),
            ),
            "name": name,
            "alternatives": _alternatives(who, language),
            "kind": _(HEADINGS[who.section][1]),
            "flag": wording.flag(who.iso2),
            "facts": [one for one in _facts(who, rows, language) if one.value],
            "about": choose(who.about, language),
            "names": _history(who, language),
            "rows": [lists.entry(row, language, with_year=True) for row in rows],
            "count": wording.trips(len(rows)),
            "received": [_line(row, language) for row in company.states],
            "groups": [
                (_(HEADINGS[section][0]), [_line(row, language) for row in group]) for section, group in company.groups
            ],
            "themes": [choose(one, language) for one in company.themes],
            "previous": _line(neighbours[0], language) if neighbours[0] else None,
            "next": _line(neighbours[1], language) if neighbours[1] else None,
        }
        return render_to_string("directory/profile.html", context)


def _line(row: Row, language: str) -> dict[str, Any]:
    return {
        "name": choose(row.names, language),
        "other": counterpart(row.names, language),
        "href": f"/{language}/{row.address}",
        "city": choose(row.city, language),
        "flag": wording.flag(row.iso2),
        "trips": wording.trips(row.trips),
        "count": row.trips,
    }


def _crumbs(language: str, section: str) -> tuple[Link, ...]:
    return Link(_("Home"), f"/{language}/"), Link(_(HEADINGS[section][0]), f"/{language}/{section}/")


def _alternatives(who: Profile, language: str) -> list[Words]:
    full = choose(who.full, language)
    names = [full if full != choose(who.names, language) else Words(""), counterpart(who.names, language)]
    return [one for one in (*names, choose(who.short, language)) if one]


def _facts(who: Profile, rows: Sequence[lists.Row], language: str) -> list[Fact]:
    years = sorted({row.starts_on.year for row in rows})
    written = [dates.year(one, language) for one in years]
    return [
        Fact(_("Kind"), capfirst(str(Type(who.type).label)) if who.type in Type.values else ""),
        Fact(_("City"), choose(who.city, language), choose(who.province, language)),
        Fact(_("Founded"), dates.year(who.founded, language) if who.founded else ""),
        Fact(_("Website"), (who.website, who.website.split("//")[-1].strip("/")) if who.website else ""),
        Fact(_("Joined ASEAN"), wording.day(who.joined, dates.written(who.joined, language)) if who.joined else ""),
        Fact(_("Capital"), choose(who.capital, language)),
        Fact(_("Embassy in China"), listed([choose(one, language) for one in who.embassies], language)),
        Fact(
            _("Trips on record"),
            str(len(rows)),
            _("%(first)s to %(last)s") % {"first": written[0], "last": written[-1]}
            if len(years) > 1
            else "".join(written),
        ),
    ]


def _history(who: Profile, language: str) -> list[tuple[str, list[Words]]]:
    """When, and the names that were valid then; variants for matching are not told."""
    told: dict[str, list[Words]] = {}
    for one in who.further:
        if one.kind == NameKind.VARIANT:
            continue
        if one.valid_until:
            label = _("Until %(day)s") % {"day": dates.written(one.valid_until, language)}
        else:
            label = _("Also known as")
        told.setdefault(label, []).append(choose({one.language: one.text}, language))
    return list(told.items())

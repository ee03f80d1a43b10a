"""How an edition is cited: on its page, and as files for programs that keep references."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from exchange.lib import dates
from exchange.lib.bilingual import TAGS, choose
from trips.edition.reading import Reader
from trips.renderings import wording
from trips.renderings.facts import Facts, Issue
from trips.renderings.frame import absolute, site_name

SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    sign: f"\\{sign}" for sign in "&%$#_{}"
}


def citation(reader: Reader, edition: Facts) -> dict[str, Any]:
    """Which edition this is, how to cite it, and what became of the others."""
    address = absolute(reader.language, path(reader, edition.number))
    return {
        "number": edition.number,
        "date": _day(reader, edition.public_from),
        "line": LINES[reader.language](reader, edition),
        "address": address,
        "files": [(name, f"/{reader.language}/{path(reader, edition.number)}citation.{name}") for name in FILES],
        "digest": wording.digest(edition.digest),
        "superseded": edition.superseded,
        "history": [_row(reader, edition, one) for one in edition.history],
    }


def path(reader: Reader, number: int) -> str:
    """Where an edition is found, below the language."""
    return f"trips/{reader.slug}/editions/{number}/"


def _row(reader: Reader, edition: Facts, one: Issue) -> dict[str, Any]:
    own = f"/{reader.language}/trips/{one.slug}/editions/{one.number}/"
    earlier = edition.before(one.number) if one.readable else None
    return {
        "number": one.number,
        "href": own if one.readable and one.number != edition.number else "",
        "date": _day(reader, one.public_from),
        "note": choose(one.note, reader.language) or (_("First published.") if one.number == 1 else ""),
        "changes": f"{own}changes/" if earlier else "",
        "all": _("All changes of edition %(number)s") % {"number": one.number},
        "withdrawn": one.withdrawn,
    }


def _date(reader: Reader, moment: dt.datetime) -> dt.date:
    """The day of a moment where the trip was."""
    return moment.astimezone(reader.zone).date()


def _day(reader: Reader, moment: dt.datetime) -> SafeString:
    date = _date(reader, moment)
    return wording.day(date, dates.written(date, reader.language))


def _english(reader: Reader, edition: Facts) -> SafeString:
    return format_html(
        "{}, “{}, {}”, edition {}, {}.",
        site_name(),
        reader.title,
        dates.span(reader.first, reader.last, "en"),
        edition.number,
        _day(reader, edition.public_from),
    )


def _chinese(reader: Reader, edition: Facts) -> SafeString:
    """In the manner of GB/T 7714. The day of reading is the reader's: a script writes it, else the reader does."""
    return format_html(
        "{}. {}: {}, 第{}版[EB/OL]. ({})[<span data-today>引用日期</span>].",
        site_name(),
        reader.title,
        dates.span(reader.first, reader.last, "zh-hans"),
        edition.number,
        _date(reader, edition.public_from).isoformat(),
    )


LINES: dict[str, Callable[[Reader, Facts], SafeString]] = {"en": _english, "zh-hans": _chinese}


def bibtex(reader: Reader, edition: Facts) -> str:
    date = _date(reader, edition.public_from)
    fields = {
        "author": f"{{{_escaped(site_name())}}}",
        "title": f"{{{_escaped(_title(reader))}}}",
        "year": f"{date:%Y}",
        "date": date.isoformat(),
        "edition": str(edition.number),
        "url": absolute(reader.language, path(reader, edition.number)),
        "note": _escaped(_("Edition %(number)s") % {"number": edition.number}),
        "langid": {"en": "english", "zh-hans": "chinese"}[reader.language],
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{reader.slug}-{edition.number}-{reader.language},\n{lines}}}\n"


def ris(reader: Reader, edition: Facts) -> str:
    date = _date(reader, edition.public_from)
    fields = [
        ("TY", "ELEC"),
        ("AU", f"{site_name()},"),  # the comma says that it is the name of a body
        ("TI", _title(reader)),
        ("PY", f"{date:%Y}"),
        ("DA", f"{date:%Y/%m/%d}"),
        ("ET", str(edition.number)),
        ("PB", site_name()),
        ("LA", TAGS[reader.language]),
        ("UR", absolute(reader.language, path(reader, edition.number))),
        ("ER", ""),
    ]
    return "".join(f"{name}  - {value}\r\n" for name, value in fields)


FILES: dict[str, Callable[[Reader, Facts], str]] = {"bib": bibtex, "ris": ris}


def _title(reader: Reader) -> str:
    """Name and days on one line."""
    days = dates.span(reader.first, reader.last, reader.language)
    title = " ".join(str(reader.title).split())
    return f"{title}（{days}）" if reader.language == "zh-hans" else f"{title}, {days}"


def _escaped(text: str) -> str:
    """The text for BibTeX, to which some signs are commands."""
    return "".join(SPECIAL.get(sign, sign) for sign in text)

"""What a question found: those of that name, then the trips, each with the passage in which it was found."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.lib.bilingual import TAGS, choose, counterpart
from exchange.lib.languages import other
from exchange.lib.marking import counted, marked, passage
from exchange.lib.search_terms import LENGTH, TERMS, Question, Term
from trips.edition.schema import Payload
from trips.renderings import lists, wording
from trips.renderings.directory import HEADINGS
from trips.renderings.frame import frame, rendered
from trips.renderings.search_text import Searchable, searchable

ROOM = {"en": 230, "zh-hans": 110}  # characters of a passage
FEW = 3  # names in place of a passage


class Hit(NamedTuple):
    """A trip that was found: its row, its document, and names of those it mentions by which it was found."""

    row: lists.Row
    payload: Payload
    through: Collection[str]


class Entry(NamedTuple):
    """Somebody or something of that name: names by language, directory, address, state, trips, the name it has there."""

    names: Mapping[str, str]
    section: str
    address: str
    iso2: str
    trips: int
    found: str


def blank(language: str) -> str:
    """The page without a question."""
    with translation.override(language):
        title = _("Search")
        description = _("Search the reports of education-exchange trips in English and Chinese.")
        return rendered(
            "trips/search.html", {**frame(language, "search/", title=title, description=description), "heading": title}
        )


def found(
    language: str,
    asked: Question,
    entries: Sequence[Entry],
    more_entries: int,
    hits: Sequence[Hit],
    page: lists.Page,
    suggestions: Sequence[str],
) -> str:
    """The answer to a question. ``suggestions`` are questions that may have been meant."""
    with translation.override(language):
        query = urlencode({"q": asked.text})
        own = f"search/?{query}" + (f"&page={page.number}" if page.number > 1 else "")
        title = _("Search: %(query)s") % {"query": asked.text}
        context = {
            **frame(language, own, title=title, noindex=True, demo=any(hit.row.demo for hit in hits)),
            "heading": _("Search"),
            "asked": asked.text,
            "cut": _cut() if asked.is_cut else "",
            "nothing_asked": not asked.terms,
            "entries": [_entry(one, language, asked.terms) for one in entries],
            "more_entries": more_entries,
            "count": _count(page.rows),
            "hits": [_hit(hit, language, asked.terms) for hit in hits],
            "suggestions": [(one, f"/{language}/search/?{urlencode({'q': one})}") for one in suggestions],
            **lists.paging(page, f"/{language}/search/?{query}&"),
        }
        return rendered("trips/search.html", context)


def _cut() -> str:
    return _("Only the first %(letters)d characters and %(words)d words of a search are used.") % {
        "letters": LENGTH,
        "words": TERMS,
    }


def _count(trips: int) -> str:
    return ngettext("%(count)d trip found", "%(count)d trips found", trips) % {"count": trips}


def _entry(one: Entry, language: str, terms: Sequence[Term]) -> dict[str, Any]:
    name = choose(one.names, language)
    shown = {str(name), str(counterpart(one.names, language))}
    return {
        "kind": _(HEADINGS[one.section][1]) if one.section in HEADINGS else "",
        "flag": wording.flag(one.iso2),
        "name": marked(str(name), terms),
        "lang": name.lang,
        "other": counterpart(one.names, language),
        "found": marked(one.found, terms) if one.found and one.found not in shown else "",
        "href": f"/{language}/{one.address}",
        "trips": wording.trips(one.trips) if one.trips else "",
    }


def _hit(hit: Hit, language: str, terms: Sequence[Term]) -> dict[str, Any]:
    entry = lists.entry(hit.row, language, with_year=True)
    there = other(language)
    texts = {code: searchable(hit.payload, code) for code in (language, there)}
    code = max((language, there), key=lambda one: _covered(texts[one], terms))  # of equals the page's own
    shown = _passage(texts[code], terms, str(entry["title"]), ROOM[code])
    reported = hit.row.card["languages"]
    return {
        **entry,
        "name": marked(str(entry["title"]), terms),
        "lang": entry["title"].lang,
        "passage": shown or (entry["summary"] if not hit.through else ""),
        "passage_lang": TAGS[code] if shown and code != language else "",
        "through": [marked(one, terms) for one in sorted(hit.through)[:FEW]] if not shown else [],
        "only": _only(there) if reported == [there] else "",
    }


def _covered(texts: Searchable, terms: Sequence[Term]) -> int:
    """How many of the terms stand anywhere in the texts of a language."""
    return counted("\n".join([*texts.title, *texts.names, *texts.body]), terms)


def _passage(texts: Searchable, terms: Sequence[Term], title: str, room: int) -> Any:
    """The best piece of the text, else the names that were looked for."""
    told = [*texts.body, *(one for one in texts.title if one != title)]
    in_text = passage(told, terms, room)
    names = [one for one in texts.names if counted(one, terms)]
    in_names = passage([" · ".join(names[:FEW])], terms, room)
    best = max((one for one in (in_text, in_names) if one), key=lambda one: one.terms, default=None)
    return best.markup if best else ""


def _only(language: str) -> str:
    return _("Only in English") if language == "en" else _("Only in Chinese")

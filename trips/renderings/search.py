"""What a question found: those of that name, then the trips, each with the passage in which it was found."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.lib.bilingual import TAGS, choose, counterpart
from exchange.lib.languages import other
from exchange.lib.marking import contained, marked, passage
from exchange.lib.search_terms import LENGTH, TERMS, Question, Term
from trips.edition.schema import Payload
from trips.renderings import finding, lists, wording
from trips.renderings.directory import HEADINGS
from trips.renderings.frame import frame, rendered
from trips.renderings.search_text import Searchable, searchable

ROOM = {"en": 230, "zh-hans": 110}  # characters of a passage
ENTRIES = 6
FEW = 3  # names beside a passage


class Hit(NamedTuple):
    """A trip that was found: its row, its document, and by which names of others: what sort, key, name."""

    row: lists.Row
    payload: Payload
    through: Collection[tuple[str, str, str]]


class Entry(NamedTuple):
    """Who or what has that name: names by language, the directory and the address below the language, how many trips.

    ``found`` is the name by which it was found, where that may be shown. ``iso2`` is that of a state.
    """

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
    asked: Question,
    query: finding.Query,
    entries: Sequence[Entry],
    hits: Sequence[Hit],
    page: lists.Page,
    suggestions: Sequence[str],
) -> str:
    """The answer to a question. ``suggestions`` are questions that may have been meant."""
    language = query.language
    with translation.override(language):
        own = finding.address(query.choice, page=page.number, words=query.words)
        title = _("Search: %(query)s") % {"query": asked.text}
        context = {
            **frame(language, own, title=title, noindex=True, demo=any(hit.row.demo for hit in hits)),
            **finding.offered(query),
            "heading": _("Search"),
            "asked": asked.text,
            "cut": _cut() if asked.is_cut else "",
            "nothing_asked": not asked.terms,
            "entries": [_entry(one, language, asked.terms) for one in entries[:ENTRIES]],
            "more_entries": len(entries) > ENTRIES,
            "count": _count(page.rows),
            "hits": [_hit(hit, language, asked.terms) for hit in hits],
            "unknown": list(query.unknown.values()),
            "suggestions": [(one, f"/{language}/search/?{urlencode({'q': one})}") for one in suggestions],
            **lists.paging(page, finding.before_page(query)),
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
    code = language if len(_contained(texts[language], terms)) == len(terms) else _richer(texts, terms)
    title = str(entry["title"])
    shown = _passage(hit, texts[code], code, terms)
    return {
        **entry,
        "name": marked(title, terms),
        "lang": entry["title"].lang,
        "passage": shown,
        "passage_lang": TAGS[code] if code != language else "",
        "names": _names(
            hit, language, texts, [one for one in terms if one not in contained(f"{title}\n{shown}", terms)]
        ),
        "only": _only(there) if hit.row.card["languages"] == [there] else "",
    }


def _passage(hit: Hit, texts: Searchable, language: str, terms: Sequence[Term]) -> SafeString:
    """The piece of the text with most of the terms; the summary where names have more of them."""
    told = [*texts.body, *(one for one in texts.title if one != hit.row.title)]
    in_text, in_names = (max((len(contained(one, terms)) for one in some), default=0) for some in (told, texts.names))
    if in_text and in_text >= in_names:
        return passage(told, terms, ROOM[language])
    report = hit.payload["report"].get(language)
    return marked(report["summary"] if report else "", terms)


def _richer(texts: Mapping[str, Searchable], terms: Sequence[Term]) -> str:
    """The language in which more of the terms stand; of equals the first."""
    return max(texts, key=lambda code: len(_contained(texts[code], terms)))


def _contained(texts: Searchable, terms: Sequence[Term]) -> list[Term]:
    return contained("\n".join([*texts.title, *texts.names, *texts.body]), terms)


def _names(hit: Hit, language: str, texts: Mapping[str, Searchable], terms: Sequence[Term]) -> list[SafeString]:
    """Names with those of the terms that are not to be seen otherwise, one for each; then names they have elsewhere."""
    names: dict[str, SafeString] = {}
    for term in terms:
        having = [name for code in texts for name in texts[code].names if contained(name, [term])]
        if having and not any(name in names for name in having):
            shortest = min(having, key=len)
            names[shortest] = marked(shortest, terms)
    for subject, key, text in sorted(hit.through, key=lambda one: (len(one[2]), one))[: FEW - len(names)]:
        name = choose(_name(hit.payload, subject, key), language)
        names[f"{name} {text}"] = wording.also(name, marked(text, terms), language)
    return list(names.values())


def _name(payload: Payload, subject: str, key: str) -> Mapping[str, Any]:
    """What the document calls somebody or something."""
    if subject == "organisation":
        return payload["parties"][key]["name"] if key in payload["parties"] else {}
    if subject == "state":
        return payload["states"][key]["name"] if key in payload["states"] else {}
    named = payload["route"] if subject == "city" else payload["themes"]
    return next((one["name"] for one in named if one["slug"] == key), {})


def _only(language: str) -> str:
    return _("Only in English") if language == "en" else _("Only in Chinese")

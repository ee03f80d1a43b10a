"""What one edition says otherwise than an earlier one: line by line of the page, section by section.

Compared is what the page prints in its language. A section of which the document changed and the printed lines did
not, its text in the other language or a file for example, is named at the end, so that nothing changes unsaid.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from exchange.lib.bilingual import listed
from exchange.lib.differences import word_differences
from exchange.lib.html import plain
from exchange.lib.matching import Effort, opcodes
from trips.edition import diff
from trips.edition.reading import Reader
from trips.edition.schema import Payload
from trips.renderings import page
from trips.renderings.citation import citation, path
from trips.renderings.facts import Facts, Issue
from trips.renderings.frame import Link, frame, rendered
from trips.renderings.marked import WORDS

# Where on the page a section of the document is printed.
PLACES = {
    "title": "head", "route": "route", "organisers": "organisers", "themes": "themes", "delegations": "delegations",
    "people": "organisers", "programme": "programme", "report": "report", "photos": "pictures",
    "documents": "documents", "coverage": "coverage", "statements": "outcomes", "outcomes": "outcomes",
}  # fmt: skip
ENDS = re.compile(r"</?(?:p|li|dt|dd|h[1-6]|small|figcaption|figure|tr|caption|blockquote|br|div|section)\b[^>]*>")
PICTURES = re.compile(r'<img[^>]*?\balt="([^"]*)"[^>]*>')
BESIDE = re.compile(r'</span>\s*(?=<span class="rows__text)|(?=<span class="aka")')  # set apart by the stylesheet only
LINKS = re.compile(r'<a href="(https?://[^"]+)"([^>]*)>(.*?)</a>')
STEPS = 1_000_000  # of comparing, for the whole page
ALIKE = 0.3  # from here on two lines are one that was changed


class Section(NamedTuple):
    heading: str
    lines: list[SafeString]


def render(old: Payload, new: Payload, language: str, *, before: Issue, edition: Facts) -> str:
    """The page as HTML."""
    with translation.override(language):
        reader = Reader(new, language)
        found = compared(old, new, language)
        names = {"number": edition.number, "before": before.number}
        title = _("What changed from edition %(before)d to edition %(number)d") % names
        own = path(reader, edition.number)
        context = frame(
            language,
            f"{own}changes/",
            title=f"{title} · {reader.title}",
            crumbs=(Link(_("Home"), f"/{language}/"), Link(_("Trips"), f"/{language}/trips/")),
            noindex=True,
            demo=reader.demo,
        )
        row = next(one for one in citation(reader, edition)["history"] if one["number"] == edition.number)
        return rendered(
            "trips/changes.html",
            {
                **context,
                "heading": title,
                "trip": Link(reader.title, f"/{language}/trips/{reader.slug}/"),
                "note": row["note"],
                "date": row["date"],
                "sections": found,
                "unsaid": listed(_unsaid(old, new, found), language),
                "earlier": Link(
                    _("Edition %(number)s") % {"number": before.number},
                    f"/{language}/trips/{before.slug}/editions/{before.number}/",
                ),
                "later": Link(_("Edition %(number)s") % {"number": edition.number}, f"/{language}/{own}"),
            },
        )


def compared(old: Payload, new: Payload, language: str) -> list[Section]:
    """Those sections of which the printed lines differ. Work is bounded, however long the texts are."""
    was, now = (_lines(payload, language) for payload in (old, new))
    effort = Effort(STEPS)
    found = [
        Section(heading, list(_differences(was[name], now[name], effort)))
        for name, heading in _headings().items()
        if was[name] != now[name]
    ]
    return [one for one in found if one.lines]


def _headings() -> dict[str, str]:
    own = [one for one in page.all_headings() if one[0] not in ("edition", "related")]
    return {"head": _("Title and facts"), **dict(own)}


def _unsaid(old: Payload, new: Payload, found: list[Section]) -> list[str]:
    """The headings of sections that changed in what is not printed."""
    headings = _headings()
    changed = dict.fromkeys(
        headings[PLACES[name]]
        for name, keys in diff.SECTIONS.items()
        if any(old[key] != new[key] for key in keys)  # type: ignore[literal-required]
    )
    said = {one.heading for one in found}
    return [one for one in changed if one not in said]


def _lines(payload: Payload, language: str) -> dict[str, list[str]]:
    """The printed lines of every section."""
    context: dict[str, Any] = page.describe(
        Reader(payload, language), None, preview="", media_base="", documents_base=""
    )
    facts = [" · ".join(plain(str(part)) for part in fact if part) for fact in context["facts"]]
    words = [context[name] for name in ("headline", "official", "standfirst", "kind", "audience")]
    report = context["report"] or {"body": "", "headline": "", "cover": None}
    shown = ([report["cover"]] if report["cover"] else []) + context["pictures"]
    lines = {"head": [*map(str, words), *facts], "report": [str(report["headline"]), *_cut(report["body"])]}
    for name in _headings():
        if name == "pictures":
            lines[name] = [line for one in shown for line in _of_picture(one)]
        elif name not in lines:
            lines[name] = _printed(name, context) if context[name] else []
    return {name: [line for line in found if line] for name, found in lines.items()}


def _of_picture(one: dict[str, Any]) -> Iterator[str]:
    yield from (str(one["caption"]), str(one["alt"]), str(one["credit"]))


def _printed(name: str, context: dict[str, Any]) -> list[str]:
    return _cut(render_to_string(f"trips/_{name}.html", context).partition("section__body")[2].partition(">")[2])


def _cut(markup: str) -> list[str]:
    """The lines of a piece of a page; a link to another site with its address, a picture with its text."""
    markup = LINKS.sub(lambda link: f"{link[3]} &lt;{link[1]}&gt;", PICTURES.sub(r" \1 ", markup))
    return [words for words in map(plain, ENDS.split(BESIDE.sub(" · ", markup))) if words]


def _differences(old: list[str], new: list[str], effort: Effort) -> Iterator[SafeString]:
    """The lines that differ; before each run the line above it, so that its place is known."""
    for kind, i, j, k, m in opcodes(old, new, effort=effort):
        if kind == "equal":
            continue
        if k:
            yield format_html('<li class="same">{}</li>', new[k - 1])
        paired = min(j - i, m - k)
        for was, now in zip(old[i : i + paired], new[k : k + paired], strict=True):
            yield from _pair(was, now, effort)
        yield from (_whole("del", line) for line in old[i + paired : j])
        yield from (_whole("ins", line) for line in new[k + paired : m])


def _pair(was: str, now: str, effort: Effort) -> Iterator[SafeString]:
    words = [Counter(one for one in WORDS.findall(line) if not one.isspace()) for line in (was, now)]
    if (words[0] & words[1]).total() < ALIKE * max(one.total() for one in words):
        yield from (_whole("del", was), _whole("ins", now))
    else:
        yield format_html("<li>{}</li>", word_differences(was, now, effort))


def _whole(tag: str, line: str) -> SafeString:
    return format_html("<li><{0}>{1}</{0}></li>", tag, line)

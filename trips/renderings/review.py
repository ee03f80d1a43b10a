"""A text under review: as the holder of a link reads and answers it, and as it is printed for a signature."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from exchange.lib import dates
from exchange.lib.bilingual import TAGS
from exchange.lib.languages import NAMES, other
from trips.edition.schema import Payload
from trips.renderings import page, wording
from trips.renderings.frame import Alternate, frame, rendered

HEADING = re.compile(r'<h2 id="([a-z]+)">([^<]*)</h2>(?:<p>[^<]*</p>)?')
SHORT = 8  # digits of a digest that tell two texts apart at a glance


def render(
    payload: Payload,
    language: str,
    *,
    digest: str,
    link: Any,
    address: str,
    switch: str,
    remarks: Iterable[Any],
    agreed: Any,
    forms: dict[str, Any],
    said: str = "",
) -> str:
    """The public page as it would be, with a way to answer below it.

    ``link``, ``remarks`` and ``agreed`` are records; ``address`` is what the addresses of its files begin with;
    ``said`` names the answer that was just taken.
    """
    with translation.override(language):
        shown = page.headings(payload, language)
        beside = {
            "canonical": "",
            "for_whom": link.for_whom,
            "until": dates.written(timezone.localdate(link.expires_at), language),
            "digest": digest,
            "short": digest[:SHORT],
            "grouped": wording.digest(digest),
            "remarks": told(remarks, language, digest),
            "agreed": agreed and {"name": agreed.name, "at": moment(agreed.at, language)},
            "forms": forms,
            "said": said,
        }
        html = page.render(
            payload,
            language,
            preview=_("For review, not public"),
            media_base=f"{address}/photos",
            documents_base=f"{address}/documents",
            switch=switch,
            template="review/text.html",
            beside=beside,
        )
        return _with_ways_to_remark(html, {one for one, _heading in shown})


def closed(language: str, *, title: str, slug: str, switch: str, remarks: Iterable[Any], unsent: str) -> str:
    """That nothing is under review; with ``slug``, where the published page is. ``unsent`` is kept for the reader."""
    with translation.override(language):
        context = frame(language, "", title=_("Nothing is under review"), noindex=True)
        context |= {"canonical": "", "switch": Alternate(TAGS[other(language)], NAMES[other(language)], switch)}
        context |= {"title": title, "slug": slug, "remarks": told(remarks, language), "unsent": unsent}
        return rendered("review/closed.html", context)


def printed(
    payload: Payload,
    language: str,
    *,
    digest: str,
    submitted_by: str,
    submitted_at: dt.datetime,
    switch: str,
    back: str,
    media_base: str,
    documents_base: str,
) -> str:
    """The text as a document on A4 paper: a cover, the page, and lines to sign, the digest on every sheet."""
    with translation.override(language):
        beside = {
            "canonical": "",
            "digest": digest,
            "grouped": wording.digest(digest),
            "submitted_by": submitted_by,
            "submitted_at": moment(submitted_at, language),
            "days": dates.span(
                dt.date.fromisoformat(payload["starts_on"]), dt.date.fromisoformat(payload["ends_on"]), language
            ),
            "written_in": NAMES[language],
            "back": back,
        }
        return page.render(
            payload,
            language,
            preview=_("Submitted for review, not public"),
            switch=switch,
            template="review/print.html",
            beside=beside,
            media_base=media_base,
            documents_base=documents_base,
        )


def told(remarks: Iterable[Any], language: str, digest: str = "") -> list[dict[str, Any]]:
    """Remarks for a list; one is ``old`` where it was made on another text than the one with this digest."""
    names = dict(page.all_headings())
    return [
        {
            "about": names.get(one.section, _("The whole text")),
            "text": one.text,
            "name": one.name,
            "at": moment(one.at, language),
            "old": bool(digest) and one.digest != digest,
            "done": one.done_at is not None,
        }
        for one in remarks
    ]


def moment(at: dt.datetime, language: str) -> str:
    """22 October 2024, 09:30."""
    local = timezone.localtime(at)
    return f"{dates.written(local.date(), language)}{'，' if language == 'zh-hans' else ', '}{local:%H:%M}"


def _with_ways_to_remark(html: str, sections: set[str]) -> str:
    """A link at each section's heading to the form with that section chosen.

    The headings are found in the finished page: public pages are made by the same templates, which know nothing of
    this. Nothing that an editor writes can look like one, for rich text has no ``id``.
    """

    def added(found: re.Match[str]) -> str:
        if found[1] not in sections:
            return found[0]
        context = {"section": found[1], "heading": found[2]}
        return found[0] + render_to_string("review/_way.html", context).strip()

    return HEADING.sub(added, html)

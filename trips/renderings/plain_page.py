"""A page that staff write: the page of the site and the desk's preview are both made here."""

import datetime as dt
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from exchange.lib import dates
from exchange.lib.bilingual import TAGS, Words, choose
from exchange.lib.html import paragraphs, sanitise
from exchange.lib.languages import NAMES, other
from trips.choices import SourceLanguage
from trips.edition.schema import PagePayload
from trips.renderings import wording
from trips.renderings.frame import PAGES, Alternate, Link, frame, rendered

LEVELS = (("h3>", "h2>"), ("h4>", "h3>"))  # in the editor the title is taken; on the page it stands above


def render(
    payload: PagePayload,
    language: str,
    *,
    number: int = 0,
    published_at: dt.datetime | None = None,
    preview: Any = "",
    switch: str = "",
) -> str:
    """The page as HTML. Without ``published_at`` it is a ``preview``, which is what the page says of itself.

    ``switch`` is the address of the page in the other language, where that is not the public one.
    """
    with translation.override(language):
        there, path = other(language), f"{PAGES}{payload['slug']}/"
        title, body = choose(payload["title"], language), choose(payload["body"], language)
        context = {
            **frame(
                language,
                path,
                title=str(title),
                description=next(iter(paragraphs(body)), ""),
                crumbs=(Link(_("Home"), f"/{language}/"),),
                noindex=bool(preview),
                demo=payload["demo"],
            ),
            "title": title,
            "long": wording.is_long(title, language),
            "body": raised(sanitise(body)),
            "lang": body.lang,
            "borrowed": wording.label(SourceLanguage, there) if body.lang else "",
            "newer": wording.label(SourceLanguage, there) if payload["older"] == language else "",
            "number": number,
            "date": _date(published_at, language),
            "preview": preview,
        }
        if switch:
            context["switch"] = Alternate(TAGS[there], NAMES[there], switch)
        return rendered("plain.html", context)


def raised(markup: str) -> str:
    """Sanitised markup with its headings one level higher, for no level is left out under the page's title."""
    for written, shown in LEVELS:
        markup = markup.replace(f"<{written}", f"<{shown}").replace(f"</{written}", f"</{shown}")
    return markup


def _date(moment: dt.datetime | None, language: str) -> Any:
    if moment is None:
        return Words("")
    day = timezone.localdate(moment)
    return wording.day(day, dates.written(day, language))

"""The addresses of the site for search engines, each with its counterpart in the other language."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from django.conf import settings

from exchange.lib.bilingual import TAGS
from exchange.lib.languages import CODES
from trips.renderings.frame import absolute

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


class Place(NamedTuple):
    """A page in every language: its path below the language, and when what it says was published last."""

    path: str
    changed: dt.datetime | None = None


def addresses(places: Iterable[Place]) -> str:
    """The addresses of these pages, in every language."""
    urls = "".join(_url(one, language) for one in places for language in CODES)
    return f'{HEAD}<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">\n{urls}</urlset>\n'


def parts(changed: Sequence[dt.datetime | None]) -> str:
    """The files among which the addresses are divided, each with the time of its last change."""
    files = "".join(
        f"<sitemap><loc>{settings.SITE_URL}/sitemap-{number}.xml</loc>{_changed(one)}</sitemap>\n"
        for number, one in enumerate(changed, start=1)
    )
    return f'{HEAD}<sitemapindex xmlns="{SITEMAP}">\n{files}</sitemapindex>\n'


def _url(place: Place, language: str) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{TAGS[code]}" href="{escape(absolute(code, place.path))}"/>'
        for code in CODES
    )
    return f"<url><loc>{escape(absolute(language, place.path))}</loc>{_changed(place.changed)}{links}</url>\n"


def _changed(moment: dt.datetime | None) -> str:
    return f"<lastmod>{moment.astimezone(dt.UTC).isoformat(timespec='seconds')}</lastmod>" if moment else ""

"""Trips as an Atom feed, those published last first."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from exchange.lib import dates
from exchange.lib.bilingual import TAGS, choose, listed
from exchange.lib.languages import other
from exchange.lib.plain import plain
from trips.renderings.frame import absolute, site_name
from trips.renderings.identity import urn
from trips.renderings.lists import Row

NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Entry(NamedTuple):
    """A trip in a feed. ``trip`` stays its own whatever its address.

    ``published`` is when its first edition became public, ``updated`` when this one did.
    """

    trip: int
    published: dt.datetime
    updated: dt.datetime
    row: Row


class _Feed(Atom1Feed):
    """Names the feed and each entry in the other language too, and is as old as its newest entry.

    What is in the other language is related and no alternate: of several alternates, some readers take the last.
    """

    def latest_post_date(self) -> dt.datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for link in self.feed["links"]:
            handler.addQuickElement("link", "", link)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("link", "", item["counterpart"])


def render(language: str, path: str, entries: Sequence[Entry], *, name: str = "", key: Sequence[str] = ()) -> str:
    """The feed at ``/{language}/{path}feed/``, of all trips or of those of the party that is called ``name``.

    ``path`` is the address of the page it belongs to, ``key`` what names that page for good.
    """
    with translation.override(language):
        there = other(language)
        title = f"{plain(name)} · {site_name()}" if name else site_name()
        feed = _Feed(
            title=title,
            link=absolute(language, path),
            description=None,
            language=TAGS[language],
            subtitle=_("Reports of education-exchange trips."),
            author_name=site_name(),
            author_link=absolute(language, ""),
            feed_url=absolute(language, f"{path}feed/"),
            feed_guid=urn(language, *key, "feed"),
            feed_copyright=settings.DATA_LICENCE or None,
            links=[
                _link("related", there, path, "text/html"),
                _link("related", there, f"{path}feed/", "application/atom+xml"),
                *_licence(),
            ],
        )
        for one in entries:
            _add(feed, one, language)
        return feed.writeString("utf-8")


def _add(feed: _Feed, entry: Entry, language: str) -> None:
    row, there = entry.row, other(language)
    path = f"trips/{row.slug}/"
    feed.add_item(
        title=plain(row.title),
        link=absolute(language, path),
        description=_summary(row, language),
        unique_id=urn(language, "trips", entry.trip),
        pubdate=entry.published.astimezone(dt.UTC),
        updateddate=entry.updated.astimezone(dt.UTC),
        counterpart=_link("related", there, path, "text/html"),
    )


def _summary(row: Row, language: str) -> str:
    """When and where, and the report's own summary."""
    cities = [choose(one, language) for one in row.card["cities"]] or [choose(row.card["destination"], language)]
    where = listed([str(one) for one in cities], language)
    when = dates.span(row.starts_on, row.ends_on, language)
    head = format_html("<p>{}{}{}</p>", when, " · " if where else "", where)
    return plain(head + format_html("<p>{}</p>", row.summary) if row.summary else head)


def _link(rel: str, language: str, path: str, kind: str) -> dict[str, str]:
    return {"rel": rel, "type": kind, "hreflang": TAGS[language], "href": absolute(language, path)}


def _licence() -> list[dict[str, str]]:
    """A link where the licence is stated by an address."""
    licence = settings.DATA_LICENCE
    return [{"rel": "license", "href": licence}] if licence.startswith("http") else []

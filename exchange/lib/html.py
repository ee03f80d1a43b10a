"""Rich text by allow-list. What is not named here does not reach the database, and does not reach a page."""

import re
from html import unescape

import nh3

TAGS = {
    "p", "br", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "em", "a",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "hreflang", "lang"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
SCHEMES = {"http", "https", "mailto"}


def sanitise(markup: str) -> str:
    """Markup with only the allowed tags, attributes and link schemes, or nothing where no word is left.

    The text of scripts and styles is dropped with them.
    """
    clean = nh3.clean(
        markup.replace("\x00", ""), tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener"
    )
    return clean if plain(clean) else ""


def plain(markup: str) -> str:
    """The words of a piece of markup, tags removed, entities resolved, white space joined."""
    return " ".join(unescape(nh3.clean(markup, tags=set())).split())


def is_web_address(address: str) -> bool:
    """True for an absolute http or https address, the only kind a public page links to."""
    return address.startswith(("https://", "http://"))


def paragraphs(markup: str) -> list[str]:
    """The words of each paragraph, heading, item or table row, in order; empty ones left out."""
    return [words for words in map(plain, re.split(r"</(?:p|h3|h4|li|blockquote|tr|caption)>", markup)) if words]

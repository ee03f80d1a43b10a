"""Rich text by allow-list. What is not named here does not reach the database, and does not reach a page."""

import re
from html import unescape
from urllib.parse import urlsplit

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
MAIL = "mailto:"


def sanitise(markup: str) -> str:
    """Markup with only the allowed tags and attributes, or nothing where no word is left.

    A link leads to a web address with a host or to a mail address, else it loses its target: what is relative would
    lead to another place on every site that shows the text. The text of scripts and styles is dropped with them.
    """
    clean = nh3.clean(
        markup.replace("\x00", ""),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    return clean if plain(clean) else ""


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute, or None for a target that no link may have."""
    return None if attribute == "href" and not (is_web_address(value) or _is_mail_address(value)) else value


def plain(markup: str) -> str:
    """The words of a piece of markup, tags removed, entities resolved, white space joined."""
    return " ".join(unescape(nh3.clean(markup, tags=set())).split())


def is_web_address(address: str) -> bool:
    """True for an absolute http or https address with a host, the only kind a public page links to."""
    if not address.lower().startswith(("https://", "http://")):
        return False
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:  # a bracket that is not closed
        return False


def _is_mail_address(address: str) -> bool:
    return address.lower().startswith(MAIL) and "@" in address[len(MAIL) :]


def paragraphs(markup: str) -> list[str]:
    """The words of each paragraph, heading, item or table row, in order; empty ones left out."""
    return [words for words in map(plain, re.split(r"</(?:p|h3|h4|li|blockquote|tr|caption)>", markup)) if words]

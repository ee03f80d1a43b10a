"""Texts that know their language, so that a page can borrow words of the other language and say so."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from exchange.lib.languages import CODES, other

TAGS = {"en": "en", "zh-hans": "zh-Hans"}
COMMAS = {"en": ", ", "zh-hans": "、"}


class Words(str):
    """A text for a page. ``lang`` is a language tag where its words are not in the page's language, else empty.

    Printed in a template it escapes itself and carries its mark; inside an attribute use ``str(words)``.
    """

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str = "") -> "Words":
        words = super().__new__(cls, text)
        words.lang = lang if text else ""
        return words

    def __html__(self) -> SafeString:
        return marked(str(self), self.lang)


def marked(text: str, lang: str) -> SafeString:
    """The escaped text, in an element with its language where it is a foreign one."""
    return format_html('<span lang="{}">{}</span>', lang, text) if lang else escape(text)


def choose(texts: Mapping[str, Any], language: str) -> Words:
    """The text in the page's language, else the other language's, marked; empty where there is none."""
    own = texts.get(language, "")
    return Words(own) if own else Words(texts.get(other(language), ""), TAGS[other(language)])


def counterpart(texts: Mapping[str, Any], language: str) -> Words:
    """The other language's text, to stand beside the page's own; empty where one of them is missing."""
    there = other(language)
    return Words(texts.get(there, "") if texts.get(language) else "", TAGS[there])


def detected(text: str, language: str) -> Words:
    """A text of which only the words tell the language: without a Chinese character it is English."""
    written = CODES[1] if any("一" <= letter <= "鿿" for letter in text) else CODES[0]
    return Words(text, "" if written == language else TAGS[written])


def listed(items: Iterable[str], language: str) -> SafeString:
    """The items as one line of markup, with the commas of the page's language."""
    return joined(items, COMMAS[language])


def joined(items: Iterable[str], separator: str = " · ") -> SafeString:
    """Those of the items that say something as one line of markup."""
    return mark_safe(separator.join(conditional_escape(one) for one in items if one))  # noqa: S308  each is escaped

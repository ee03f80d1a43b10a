"""The words that renderings share: labels of codes, counts, marked-up days, and flags."""

import datetime as dt
from functools import cache
from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import ngettext

from exchange.lib import dates
from exchange.lib.bilingual import Words
from trips.edition.reading import Party

LONG = {"en": 34, "zh-hans": 16}
FLAGS = frozenset(["BN", "CN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"])


def label(choices: Any, code: str) -> str:
    """The code's label in the language in force; a code that is no longer known stands for itself."""
    try:
        return capfirst(str(choices(code).label))
    except ValueError:
        return code


@cache
def flag(iso2: str) -> str:
    """The address of a state's flag, or empty where there is none to show."""
    return static(f"flags/{iso2.lower()}.svg") if iso2 in FLAGS else ""


def is_long(headline: str, language: str) -> bool:
    """True when the largest type would break the headline into too many lines."""
    return len(headline) > LONG[language]


def day(when: dt.date, text: str) -> SafeString:
    """A day's text in a ``time`` element."""
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), text)


def span(first: dt.date, last: dt.date, language: str, *, with_year: bool = True) -> SafeString:
    """The days from first to last, each end in a ``time`` element."""
    words = dates.span(first, last, language, with_year=with_year)
    end = day(last, words.last)
    return format_html("{}{}{}", day(first, words.first), words.joint, end) if words.first else end


def spelt(pattern: str, count: int, language: str) -> str:
    """A sentence with its ``%(count)s`` in words where it is small."""
    return capfirst(pattern % {"count": dates.spelt(count, language)})


def trips(count: int) -> str:
    return ngettext("%(count)d trip", "%(count)d trips", count) % {"count": count}


def delegations(count: int) -> str:
    return ngettext("%(count)d delegation", "%(count)d delegations", count) % {"count": count}


def bracketed(party: Party, language: str) -> str:
    """A party's short name to stand behind the official one."""
    if not party.short or party.short == party.name:
        return ""
    return f"（{party.short}）" if language == "zh-hans" else f" ({party.short})"


def also(name: Words, further: SafeString, language: str) -> SafeString:
    """A name with another one behind it, in brackets; the other name alone where there is none."""
    if not name:
        return further
    return format_html("{}（{}）" if language == "zh-hans" else "{} ({})", name, further)


def titled(name: Words, *, is_newspaper: bool, language: str) -> Words:
    """A newspaper's name in Chinese stands in title marks."""
    if is_newspaper and language == "zh-hans" and not name.lang:
        return Words(f"《{name}》")
    return name


def digest(text: str) -> str:
    """A digest in groups of eight, to be read aloud and compared."""
    return " ".join(text[start : start + 8] for start in range(0, len(text), 8))

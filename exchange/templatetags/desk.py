"""The desk's words for its templates."""

import datetime as dt
import difflib
import re
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from exchange.desk import moments, words

register = template.Library()
TOKENS = re.compile(r"[㐀-鿿]|[^\W㐀-鿿]+|\s+|[^\w\s]")

for tag in (words.flag, words.state, words.row_parts):
    register.simple_tag(tag)
for filter_ in (words.day, words.weekday, words.days):
    register.filter(filter_)
register.simple_tag(moments.marked, name="moment")
register.simple_tag(moments.told, name="told_moment")


@register.filter
def day_in(moment: dt.datetime, zone: str) -> str:
    """The moment's day in that time zone."""
    return words.day(moment.astimezone(ZoneInfo(zone)).date())


@register.simple_tag
def typed_moment(zone: str) -> dict[str, str]:
    """What the browser needs to tell a time again that is typed in that zone."""
    blank = {"time": "{time}", "zone": "{zone}"}
    return {
        "zones": " ".join(moments.zones(zone)),
        "skipped": str(moments.SKIPPED) % blank,
        "twice": str(moments.TWICE) % blank,
    }


@register.simple_tag
def word_differences(before: str, after: str) -> SafeString:
    """The later text with what went struck out and what came underlined, word by word or sign by sign."""
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    pieces = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(format_html("{}", "".join(new[k:m])))
            continue
        pieces += [format_html("<del>{}</del>", "".join(old[i:j]))] if i < j else []
        pieces += [format_html("<ins>{}</ins>", "".join(new[k:m]))] if k < m else []
    return format_html_join("", "{}", ((piece,) for piece in pieces))

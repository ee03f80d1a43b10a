"""The desk's words for its templates."""

import difflib
import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from exchange.desk import words
from exchange.lib.bilingual import listed

register = template.Library()
TOKENS = re.compile(r"[㐀-鿿]|[^\W㐀-鿿]+|\s+|[^\w\s]")

for tag in (words.flag, words.state, words.row_parts):
    register.simple_tag(tag)
for filter_ in (words.day, words.weekday, words.days):
    register.filter(filter_)


@register.filter
def commas(items: list[str]) -> SafeString:
    """The items in one line, with the commas of the desk's language."""
    return listed(items, words.language())


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

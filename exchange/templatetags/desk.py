"""The desk's words for its templates."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from exchange.desk import moments, words
from exchange.lib import differences
from exchange.lib.bilingual import listed

register = template.Library()

for tag in (words.flag, words.state, words.row_parts, differences.word_differences, differences.markup_differences):
    register.simple_tag(tag)
for filter_ in (words.day, words.at_minute, words.at_second, words.weekday, words.days):
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


@register.filter
def kind_of(model: Any) -> str:
    """What a record of the model is called."""
    return capfirst(model._meta.verbose_name)


@register.filter
def commas(items: list[str]) -> SafeString:
    """The items in one line, with the commas of the desk's language."""
    return listed(items, words.language())


@register.simple_tag
def conflict_at(field: Any) -> Any:
    """The two versions of a field of a form's page, where two people changed it."""
    bound = field.field
    return getattr(getattr(bound, "form", None), "conflicts", {}).get(getattr(bound, "name", None))

"""How the desk writes things: flags, states, days, and what the line of a row says."""

import datetime as dt
from typing import Any

from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_noop

from exchange.lib import dates
from exchange.lib.languages import CODES, column

IN_LANGUAGE = {"en": gettext_noop("%(name)s, English"), "zh-hans": gettext_noop("%(name)s, Chinese")}


def language() -> str:
    """The desk's language; English where it is one that content is not written in."""
    current = get_language()
    return current if current in CODES else CODES[0]


def field_label(field: Any) -> str:
    """A model field's name, with its language where it is one of a bilingual pair."""
    name, code = str(capfirst(field.verbose_name)), language_of(field)
    return in_language(name, code) if code else name


def language_of(field: Any) -> str | None:
    """The language of a model field that is one of a bilingual pair."""
    return next((code for code in CODES if field.name.endswith(column("", code))), None)


def in_language(name: Any, code: str) -> str:
    """What a text is called, with the language that it is in."""
    return gettext(IN_LANGUAGE[code]) % {"name": name}


def flag(country: Any) -> SafeString | str:
    """The country's flag, or its letters where there is no picture of it."""
    if not country:
        return ""
    try:
        address = static(f"flags/{country.iso2.lower()}.svg")
    except ValueError:
        return country.iso2
    return format_html('<img class="flag" src="{}" alt="{}" width="24" height="16">', address, country.name)


def state(value: Any) -> SafeString:
    """A trip's state as a shape and a word."""
    return format_html('<span class="state is-{}">{}</span>', value, capfirst(str(value.label)))


def day(value: dt.date | dt.datetime | None) -> str:
    """22 October 2024; 2024年10月22日."""
    value = timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
    return dates.written(value, language()) if value else ""


def at_minute(value: dt.datetime | None) -> str:
    """22 October 2024, 14:05; 2024年10月22日 14:05. In the desk's time zone."""
    if value is None:
        return ""
    return f"{day(value)}{', ' if language() == CODES[0] else ' '}{timezone.localtime(value):%H:%M}"


def at_second(value: dt.datetime | None) -> str:
    """22 October 2024, 14:05:09; 2024年10月22日 14:05:09. In the desk's time zone."""
    return f"{at_minute(value)}{timezone.localtime(value)::%S}" if value else ""


def weekday(value: dt.date | None) -> str:
    """Wed 23 October; 10月23日（周三）."""
    return dates.with_weekday(value, language()) if value else ""


def days(trip: Any) -> str:
    """22–26 October 2024; 2024年10月22日至26日."""
    return str(dates.span(trip.starts_on, trip.ends_on, language()))


def row_parts(rows: Any, record: Any) -> list[tuple[str, Any]]:
    """The line of a row: what its ``summary`` names, as words; nothing yet for a new row."""
    return [(name, _part(rows, record, name) if record else "") for name in rows.summary]


def _part(rows: Any, record: Any, name: str) -> Any:
    if hasattr(rows, f"part_{name}"):
        return getattr(rows, f"part_{name}")(record)
    if hasattr(record, f"get_{name}_display"):
        return capfirst(getattr(record, f"get_{name}_display")())
    value = getattr(record, name)
    if isinstance(value, dt.date):
        return weekday(value)
    return value.strftime("%H:%M") if isinstance(value, dt.time) else "" if value is None else value

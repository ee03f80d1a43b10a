"""Moments in words that cannot be misread: in a named time zone, in the desk's own, and in UTC.

The zone in which the reader sits is known to the browser alone; ``static/desk/moments.js`` adds it.
"""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk.words import language
from exchange.lib import dates

SKIPPED = _(
    "%(time)s does not exist on that day in %(zone)s: the clocks are put forward over it. "
    "Choose an earlier or a later time."
)
TWICE = _(
    "%(time)s comes twice on that day in %(zone)s: the clocks are put back over it. Choose an earlier or a later time."
)


def zones(zone: str) -> list[str]:
    """The zones in which a moment is told: its own, the desk's, and UTC, each once."""
    return list(dict.fromkeys((zone, settings.TIME_ZONE, "UTC")))


def pieces(moment: dt.datetime, zone: str) -> list[tuple[str, str]]:
    """``(day and time, zone)`` for each of the zones; the day is said again only where it is another one."""
    first = moment.astimezone(ZoneInfo(zone)).date()
    found = []
    for name in zones(zone):
        local = moment.astimezone(ZoneInfo(name))
        same = found and local.date() == first
        found.append((f"{local:%H:%M}" if same else _written(local), name))
    return found


def brief(moment: dt.datetime, zone: str) -> str:
    """1 January 2035, 09:00 Asia/Tokyo."""
    return f"{_written(moment.astimezone(ZoneInfo(zone)))} {zone}"


def told(moment: dt.datetime, zone: str) -> str:
    """1 January 2035, 09:00 Asia/Tokyo · 08:00 Asia/Shanghai · 00:00 UTC."""
    return " · ".join(f"{words} {name}" for words, name in pieces(moment, zone))


def marked(moment: dt.datetime | None, zone: str) -> SafeString | str:
    """The same for a page, where the browser can add the reader's own time."""
    if moment is None:
        return ""
    (words, own), *others = pieces(moment, zone)
    return format_html(
        '<span class="moment" data-zones="{}" data-yours="{}">'
        '<time datetime="{}"><b>{}</b> {}</time><small>{}</small></span>',
        " ".join(zones(zone)),
        gettext("your time"),
        moment.isoformat(),
        words,
        own,
        format_html_join("", " · <span>{} {}</span>", others),
    )


def recorded(details: dict[str, Any]) -> list[tuple[str, dt.datetime, str]]:
    """The moments in the details of an audit entry: ``(name, moment, zone)``."""
    zone = details.get("time_zone") or settings.TIME_ZONE
    names = [name for name in ("public_from", "public_until") if details.get(name)]
    return [(name, dt.datetime.fromisoformat(details[name]), zone) for name in names]


def check_clocks(typed: dt.datetime, zone: dt.tzinfo) -> None:
    """Refuse a time of day that the zone's clocks skip or show twice: nobody could say which moment it is."""
    before, after = (typed.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if before is not None and after is not None and before != after:
        message = SKIPPED if before < after else TWICE
        raise ValidationError(message, params={"time": f"{typed:%H:%M}", "zone": str(zone)})


def _written(local: dt.datetime) -> str:
    joint = " " if language() == "zh-hans" else ", "
    return f"{dates.written(local.date(), language())}{joint}{local:%H:%M}"

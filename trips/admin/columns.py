"""The columns of the list of trips; each reads what ``Trip.objects.listed()`` loads."""

import datetime as dt

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk import moments, words
from exchange.lib.bilingual import TAGS
from exchange.lib.languages import column, other
from trips.admin.reports import standing
from trips.choices import Attendance, TripState
from trips.models import Trip

FOUND = '<span class="mark {0}">{1}<span class="visually-hidden"> {2}</span></span>'
ARROW = SafeString(' <span class="arrow" aria-hidden="true">→</span> ')


@admin.display(description=_("trip"), ordering="title_en")
def trip(one: Trip) -> SafeString:
    code = other(words.language())
    below = getattr(one, column("title", code))
    below = "" if below == one.title else below
    return format_html('<b>{}</b><span class="sub" lang="{}">{}</span>', one.title, TAGS[code], below)


@admin.display(description=_("state"))
def state(one: Trip) -> SafeString:
    lines = ((label, moments.marked(moment, one.time_zone)) for label, moment in times(one, timezone.now(), brief=True))
    told = format_html_join("", '<span class="sub">{} {}</span>', lines)
    return format_html("{}{}", words.state(TripState(one.state)), told)


def times(one: Trip, now: dt.datetime, *, brief: bool = False) -> list[tuple[str, dt.datetime | None]]:
    """All that is true of the trip's editions beside its state: what is public, what comes when, what is newer.

    ``brief``: without what the state says already.
    """
    withdrawn = one.state == TripState.WITHDRAWN
    coming = {one.next_number: one.next_from, one.newest_number: None if withdrawn else one.newest_public_from}
    becomes = gettext("Edition %d becomes public:")
    lines = [
        (gettext("Submitted to become public:"), one.meant_for if one.is_open else None),
        *((becomes % number, moment) for number, moment in coming.items() if number),
        (gettext("Public until:"), None if withdrawn else one.newest_public_until),
    ]
    told = [(label, moment) for label, moment in lines if moment and moment > now]
    if one.live_number and not (brief and one.state in (TripState.PUBLISHED, TripState.CHANGED)):
        told.insert(0, (gettext("Edition %d is public.") % one.live_number, None))
    if one.state == TripState.SCHEDULED and one.changed_at > one.newest_frozen_at:
        told.append((gettext("There are newer changes, which are not part of it."), None))
    return told


@admin.display(description=_("dates"), ordering="starts_on")
def dates(one: Trip) -> str:
    return words.days(one)


@admin.display(description=_("route"))
def route(one: Trip) -> SafeString:
    return format_html_join(ARROW, "{}", ((stop.city,) for stop in one.route.all())) or "—"


@admin.display(description=_("delegations"))
def delegations(one: Trip) -> SafeString:
    coming = (part for part in one.delegations.all() if part.status != Attendance.DECLINED)
    flags = ((words.flag(part.sender.country),) for part in coming)
    return format_html('<span class="flags">{}</span>', format_html_join("", "{}", flags))


@admin.display(description=_("languages"))
def languages(one: Trip) -> SafeString:
    return _languages(standing(one))


def languages_behind(one: Trip) -> SafeString:
    """Those in which the report is missing or stale."""
    return _languages({code: how for code, how in standing(one).items() if how != "ok"})


def _languages(stands: dict[str, str]) -> SafeString:
    names = {"en": "EN", "zh-hans": "中文"}
    notes = {"ok": "", "stale": gettext("stale"), "missing": gettext("missing")}
    marks = ((how, names[code], f" · {notes[how]}" if notes[how] else "") for code, how in stands.items())
    return format_html_join("", '<span class="lang {}">{}{}</span>', marks)


@admin.display(description=_("findings"))
def findings(one: Trip) -> SafeString:
    """How many stop publication, and how many ask for a look; as of the last save."""
    words = {"block": gettext("stops publication"), "warn": gettext("to check")}
    marks = ((level, one.found[level], words[level]) for level in words if one.found.get(level))
    return format_html_join(" ", FOUND, marks)


COLUMNS = (trip, state, findings, dates, route, delegations, languages)

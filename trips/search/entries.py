"""What is told of those who are named in a question: names, where their page is, on how many trips they were."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Max

from exchange.lib.languages import CODES, column
from institutions.choices import Kind
from institutions.models import Country, Organisation
from trips.edition.reading import HOMES
from trips.models import Mention
from trips.models.listing import Subject
from trips.renderings.search import Entry
from trips.search import names
from trips.search.asking import Named

STATES = "member-states"


def described(named: Sequence[Named], at: dt.datetime) -> list[Entry]:
    """An entry for each, each address once: an embassy's page is that of its state."""
    if not named:
        return []
    uids = [one.key for one in named if one.subject == Subject.ORGANISATION]
    merged = dict(Organisation.objects.filter(merged_into__uid__in=uids).values_list("uid", "merged_into__uid"))
    parties = Organisation.objects.current().filter(uid__in=uids).select_related("country")
    live = {(Subject.ORGANISATION.value, one.uid): one for one in parties}
    states = Country.objects.filter(iso2__in=[one.key for one in named if one.subject == Subject.STATE])
    countries = {(Subject.STATE.value, one.iso2): one for one in states}
    printed, trips = _told(named, merged, at)
    entries: dict[str, Entry] = {}
    for one in named:
        key = (one.subject, one.key)
        entry = _entry(one, live.get(key) or countries.get(key), printed.get(key), trips[key])
        entries.setdefault(entry.address, entry)
    return list(entries.values())


def _told(
    named: Iterable[Named], merged: Mapping[str, str], at: dt.datetime
) -> tuple[dict[tuple[str, str], dict[str, Any]], Counter[tuple[str, str]]]:
    """Of each the latest mention, and on how many trips it was."""
    keys = {(one.subject, one.key) for one in named} | {(Subject.ORGANISATION.value, uid) for uid in merged}
    fields = ("subject", "key", "home", "slug", "name_en", "name_zh_hans")
    told = Mention.objects.public(at).filter(names.any_of(keys)).order_by().values(*fields)
    printed, trips = {}, Counter[tuple[str, str]]()
    for row in told.annotate(last=Max("starts_on"), n=Count("edition", distinct=True)).order_by("last", *fields):
        key = (row["subject"], merged.get(row["key"], row["key"]))
        printed[key] = row
        trips[key] += row["n"]
    return printed, trips


def _entry(one: Named, live: Any, printed: Mapping[str, Any] | None, trips: int) -> Entry:
    found = "" if one.hidden else one.text
    if isinstance(live, Country):
        return Entry(_texts(live), STATES, f"{STATES}/{live.slug}/", live.iso2, trips, found)
    if live is not None and live.checked_at:
        section = HOMES[live.kind]
        of_state = live.kind == Kind.EMBASSY and live.country
        address = f"{STATES}/{live.country.slug}/" if of_state else f"{section}/{live.slug}/"
        return Entry(_texts(live), section, address, live.country.iso2 if of_state else "", trips, found)
    row = printed or {}
    texts = {code: row.get(column("name", code), "") for code in CODES}
    home = row.get("home", "")
    return Entry(texts, home, f"{home}/{row.get('slug', '')}/", "", trips, found)


def _texts(row: Any) -> dict[str, str]:
    return {code: getattr(row, column("name", code)) for code in CODES}

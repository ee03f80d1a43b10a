"""Persons whom the text names: in the order in which their names are recorded, and only those who agreed to it."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from exchange.lib.names import CHINESE, alike
from trips.readiness.finding import Finding, Level, both
from trips.readiness.prose import Passage
from trips.readiness.record import Record

SHORTEST = 3  # characters of a Chinese name that is no word besides


def swapped(record: Record) -> Iterator[Finding]:
    """A known person whose name stands in the text with its parts the other way round."""
    wording = _("The text says “%(found)s”. The record has “%(name)s”: write the name in one order.")
    for passage in record.passages:
        if passage.relation == "delegates" or not passage.is_english:
            continue
        for person in record.trip.delegates.all():
            name = both(person, "name").en
            for other in sorted(_other_orders(name)):
                if _stands_in(other, passage):
                    yield passage.found("person-name-order", Level.WARN, wording, found=other, name=name)


def not_to_be_named(record: Record) -> Iterator[Finding]:
    """A person who did not agree to be named in public, and whom a text names."""
    wording = _("The text names %(name)s, who is not to be named in public. Remove the name, or record the agreement.")
    named = {name for one in record.trip.delegates.all() if one.public for name in both(one, "name")}
    for passage in record.passages:
        for person in record.trip.delegates.all():
            english, chinese = both(person, "name")
            hidden = not person.public and not {english, chinese} & (named - {""})
            if hidden and (_stands_in(english, passage) or (len(chinese) >= SHORTEST and _stands_in(chinese, passage))):
                yield passage.found("person-not-public", Level.WARN, wording, name=both(person, "name"))


def _other_orders(name: str) -> set[str]:
    """A name with its first part last, or its last part first."""
    parts = name.split()
    return {" ".join([*parts[1:], parts[0]]), " ".join([parts[-1], *parts[:-1]])} - {name} if len(parts) > 1 else set()


def _stands_in(name: str, passage: Passage) -> bool:
    """True where the text has the name: an English one of several words, or a Chinese one, written as it is."""
    name = alike(name)
    if " " not in name and not CHINESE.search(name):
        return False
    pattern = re.compile(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])")
    return any(pattern.search(text) for text in passage.plain)

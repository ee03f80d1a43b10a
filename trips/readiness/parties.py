"""Organisations and persons: those the text names, those on record, and what they were called at the time."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from exchange.lib.languages import CODES
from exchange.lib.names import CHINESE, Hit, alike
from institutions.choices import Kind, NameKind
from institutions.models import Name, Organisation
from trips.choices import Attendance
from trips.readiness.finding import LANGUAGES, Finding, Level, Listed, both, found
from trips.readiness.prose import CAPTION, REPORT, SECTIONS, Passage, report_field
from trips.readiness.record import Record

LONG = {"en": 200, "zh-hans": 400}  # words, characters: a shorter report need not name everybody
EARLIER = re.compile(
    r"(?:\b(?:formerly|previously|renamed|became|called|known as|until \w+)\b[^.;]{0,20}"
    r"|\b(?:former|the then|now|today)"
    r"|(?:原|前身|今|现)(?:名|称|为|是)?|曾用名|更名为?|改称)[（(“\"《：:,\s]*$",
    re.IGNORECASE,
)


def unchecked(record: Record) -> Iterator[Finding]:
    """Parties that would be named in public and that no editor has looked at."""
    wording = _("Not checked in the address book: %(names)s. Open each record and mark it as checked.")
    for section, relation, keys in _named(record):
        names = [record.name(key) for key in keys if record.organisation(key).checked_at is None]
        if names:
            yield found(
                "party-unchecked", Level.WARN, wording, section, relation, relation=relation, names=Listed(names)
            )


def open_attendance(record: Record) -> Iterator[Finding]:
    """After the trip: delegations of which nobody has said whether they came."""
    wording = _("Still invited or confirmed, and therefore not shown: %(names)s. Say who attended.")
    waiting = (Attendance.INVITED, Attendance.CONFIRMED)
    rows = [one for one in record.trip.delegations.all() if one.status in waiting] if record.full else []
    if rows:
        place = {"relation": "delegations", "row": rows[0].pk}
        names = Listed(record.name(one.sender_id) for one in rows)
        yield found("attendance-open", Level.WARN, wording, "delegations", "status", **place, names=names)


def not_on_record(record: Record) -> Iterator[Finding]:
    """A party of the address book that the text names and the trip does not know."""
    wording = _("The text names “%(name)s”, which has no part in this trip. Record the part or correct the text.")
    known = _known(record)
    for passage in _prose(record):
        strangers = {hit.name: hit for hit in _hits(record, passage) if not hit.keys & known}
        for name in strangers:
            yield passage.found("party-not-on-record", Level.WARN, wording, name=name)


def not_in_text(record: Record) -> Iterator[Finding]:
    """Hosts that a long report names nowhere."""
    wording = _("The report in %(language)s does not name: %(names)s.")
    hosts = {visit.host_id for visit in record.trip.visits.all() if visit.host_id}
    for code, report in record.reports.items() if record.full else ():
        texts = [one for one in _prose(record) if one.part == REPORT and one.language == code]
        body = " ".join(words for one in texts if one.field.endswith("-body") for words in one.plain)
        if report.body and _length(body, code) > LONG[code]:
            named = {key for one in texts for hit in _hits(record, one) for key in hit.keys}
            left = [key for key in hosts if record.merged.get(key, key) not in named]
            names = sorted(
                record.name(key) for key in left if record.organisation(key).kind in (Kind.HOST, Kind.ENTERPRISE)
            )
            if names:
                place = SECTIONS[code], report_field(code, "body")
                yield found(
                    "host-not-named", Level.NOTE, wording, *place, language=LANGUAGES[code], names=Listed(names)
                )


def names_of_the_day(record: Record) -> Iterator[Finding]:
    """A former or later name of a party, where another one was valid on the trip's first day."""
    wording = _("The text says “%(found)s”. On the trip's first day, %(day)s, the name was “%(name)s”.")
    for passage in _prose(record):
        seen = set()
        for text in passage.plain:
            for hit in record.names.find(text):
                then = [_name_then(record, key, hit.name) for key in hit.keys & {*record.organisations}]
                if then and all(then) and hit.name not in seen and not EARLIER.search(text[: hit.start]):
                    seen.add(hit.name)
                    data = {"found": hit.name, "day": record.trip.starts_on, "name": min(then)}
                    yield passage.found("name-of-the-day", Level.WARN, wording, **data)


def _named(record: Record) -> Iterator[tuple[str, str, Iterable[int]]]:
    """Those a section of the form names, each once, as ``(section, relation, keys)``."""
    trip, seen = record.trip, set[int]()
    sections: list[tuple[str, str, list[int | None]]] = [
        ("facts", "organisings", [one.organisation_id for one in trip.organisings.all()])
    ]
    if record.full:
        visits = [(visit.host_id, *(one.pk for one in visit.participants.all())) for visit in trip.visits.all()]
        sections += [
            ("delegations", "delegations", [one.sender_id for one in record.attended]),
            ("people", "delegates", [one.organisation_id for one in trip.delegates.all() if one.public]),
            ("programme", "visits", [key for keys in visits for key in keys]),
            ("coverage", "coverage", [one.outlet_id for one in trip.coverage.all()]),
            (
                "outcomes",
                "outcomes",
                [party.pk for one in trip.outcomes.all() if one.public for party in one.parties.all()],
            ),
        ]
    for section, relation, keys in sections:
        fresh = [key for key in dict.fromkeys(keys) if key and key not in seen]
        seen.update(fresh)
        yield section, relation, fresh


def _prose(record: Record) -> list[Passage]:
    return [one for one in record.passages if one.part in (REPORT, CAPTION)]


def _hits(record: Record, passage: Passage) -> list[Hit[int]]:
    return [hit for text in passage.plain for hit in record.names.find(text)]


def _known(record: Record) -> set[int]:
    """Whoever has a part in the trip, by row or by name in a text of the record."""
    known = {record.merged.get(key, key) for key in record.organisations}
    others = [one for one in record.passages if one.part not in (REPORT, CAPTION)]
    return known | {key for one in others for hit in _hits(record, one) for key in hit.keys}


def _name_then(record: Record, key: int, name: str) -> str:
    """The name that was valid on the first day where this one was not; empty where it was, or may always be used."""
    organisation, day = record.organisation(key), record.trip.starts_on
    now = {alike(text) for part in organisation.names_on(day).values() for text in part.values()}
    own = {alike(text) for part in ("name", "short") for text in both(organisation, part)}
    further = [one for one in organisation.names.all() if alike(one.text) == alike(name)]
    if alike(name) in now or any(_is_free(one) for one in further) or not (further or alike(name) in own):
        return ""  # the last: the name of a record that was merged into this one
    part = "short" if _is_short(organisation, name, further) else "name"
    code = CODES[1] if CHINESE.search(name) else CODES[0]
    return organisation.names_on(day)[part][code] or organisation.names_on(day)["name"][code]


def _is_free(name: Name) -> bool:
    """True for a name that is not bound to a time: an alias, a variant, an acronym without an end."""
    return name.kind != NameKind.FORMER and name.valid_until is None and name.valid_from is None


def _is_short(organisation: Organisation, name: str, further: list[Name]) -> bool:
    current = {alike(text) for text in both(organisation, "short") if text}
    return alike(name) in current or any(one.kind == NameKind.ACRONYM for one in further)


def _length(text: str, code: str) -> int:
    return len(text.split()) if code == CODES[0] else len(CHINESE.findall(text))

"""A proposal as JSON: plain values first, then each value with its passages, its certainty and the reason."""

from dataclasses import fields
from typing import Any

from institutions.choices import Kind
from trips.intake.proposal import Proposal, Value
from trips.intake.reading import is_centre

LISTS = (
    "organisers",
    "states",
    "organisations",
    "cities",
    "people",
    "media",
    "concepts",
    "themes",
    "statements",
    "outcomes",
)


def printed(proposal: Proposal, text: str) -> dict[str, Any]:
    """What a program reads. Plain values are those that are sure or likely; what is only mentioned stands below."""
    stops = [one for one in proposal.organisations if one.counts]
    return {
        "title": proposal.title.printed if proposal.title else None,
        "start_date": proposal.start.day.isoformat() if proposal.start and proposal.start.day else None,
        "end_date": proposal.end.day.isoformat() if proposal.end and proposal.end.day else None,
        "organisers": _plain(proposal.organisers),
        "member_states": list(dict.fromkeys(one.name for one in proposal.states if one.counts)),
        "institutions": _plain(one for one in stops if one.kind != Kind.ENTERPRISE),
        "enterprises": _plain(one for one in stops if one.kind == Kind.ENTERPRISE),
        "international_organisations": _plain(one for one in stops if is_centre(one)),
        "cities": _plain(proposal.cities),
        "people": [{"name": one.printed, "title": one.title or None} for one in proposal.people if one.counts],
        "head_of_delegation": next((one.printed for one in proposal.people if one.leads), None),
        "media": _plain(proposal.media),
        "concepts": _plain(proposal.concepts),
        "abbreviations": proposal.abbreviations,
        "language": proposal.language,
        "values": {
            "title": [_whole(proposal.title, text)] if proposal.title else [],
            "days": [_whole(one, text) for one in (proposal.start, proposal.end) if one],
            **{name: [_whole(one, text) for one in getattr(proposal, name)] for name in LISTS},
        },
    }


def _plain(values: Any) -> list[str]:
    return list(dict.fromkeys(one.printed for one in values if one.counts))


def _whole(value: Value, text: str) -> dict[str, Any]:
    made = {one.name: getattr(value, one.name) for one in fields(value)}
    made["why"] = str(value.why)
    made["certainty"] = str(value.certainty)
    made["passages"] = [{"start": start, "end": end, "text": text[start:end]} for start, end in value.passages]
    if made.get("day"):
        made["day"] = made["day"].isoformat()
    return {name: one for name, one in made.items() if one not in ("", None)}

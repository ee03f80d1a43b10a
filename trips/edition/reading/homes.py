"""Where those who are named have their place: which directory, and which group of hosts."""

from institutions.choices import Kind, Type
from trips.edition.reading.parts import Party

HOMES: dict[str, str] = {
    Kind.HOST: "institutions",
    Kind.ENTERPRISE: "enterprises",
    Kind.EMBASSY: "member-states",
    Kind.ORGANISER: "organisers",
    Kind.MEDIA: "media-outlets",
}


def group_of(party: Party) -> str:
    """The group of hosts that a party belongs to."""
    if party.type == Type.IO_CENTRE:
        return "centres"
    groups: dict[str, str] = {Kind.HOST: "institutions", Kind.ENTERPRISE: "enterprises"}
    return groups.get(party.kind, "others")

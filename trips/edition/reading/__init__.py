"""The only way a rendering looks into a published document: in one language, with the other's words marked.

A ``Reader`` knows no database, no clock and no request. Codes (formats, kinds, roles) are handed on as they are;
a rendering chooses the words for them.
"""

from trips.edition.reading.counts import visits
from trips.edition.reading.homes import HOMES
from trips.edition.reading.parts import (
    City,
    Coverage,
    Day,
    Delegation,
    Document,
    Host,
    Outcome,
    Party,
    Person,
    Picture,
    Prose,
    Role,
    State,
    Statement,
    Theme,
    Visit,
)
from trips.edition.reading.pictures import picture
from trips.edition.reading.reader import Reader

__all__ = [
    "HOMES",
    "City",
    "Coverage",
    "Day",
    "Delegation",
    "Document",
    "Host",
    "Outcome",
    "Party",
    "Person",
    "Picture",
    "Prose",
    "Reader",
    "Role",
    "State",
    "Statement",
    "Theme",
    "Visit",
    "picture",
    "visits",
]

"""The texts of a trip that are translated, where they stand on the form, and which of them are stale."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from exchange.fields import Translated
from exchange.lib.canonical import canonical, digest
from exchange.lib.languages import TRANSLATION, column
from trips.models import Trip
from trips.readiness.finding import Finding, Level, found
from trips.readiness.record import Record


class Part(NamedTuple):
    """A relation of a trip with translated texts. ``hidden`` are the values of rows that are never public."""

    section: str
    relation: str
    hidden: dict[str, Any]

    def rows(self, trip: Trip) -> list[Translated]:
        """The rows that can become public; reads what is prefetched."""
        rows = getattr(trip, self.relation).all()
        return [row for row in rows if not any(getattr(row, name) == value for name, value in self.hidden.items())]


PARTS = (
    Part("facts", "organisings", {}),
    Part("people", "delegates", {"public": False}),
    Part("programme", "visits", {}),
    Part("photos", "photos", {"consent": ""}),
    Part("documents", "documents", {"public": False}),
    Part("statements", "statements", {}),
    Part("outcomes", "outcomes", {"public": False}),
)


class Place(NamedTuple):
    """A row with texts that can become public, and where it stands; without a relation it is the trip itself."""

    section: str
    relation: str
    row: Translated


def places(trip: Trip) -> Iterator[Place]:
    """The trip and its rows, in the order of the form; the reports stand apart."""
    yield Place("facts", "", trip)
    for part in PARTS:
        yield from (Place(part.section, part.relation, row) for row in part.rows(trip))


def stale_texts(record: Record) -> Iterator[Finding]:
    """Chinese texts that were made from another English text, one note for each section of the form."""
    wording = _("Chinese texts whose English source changed after they were made from it: %(count)s.")
    stale: dict[str, list[tuple[Place, str, str]]] = {}
    for place in places(record.trip):
        if record.full or place.section == "facts":
            marks = [(place, name, place.row.sources()[name]) for name in place.row.stale()]
            stale.setdefault(place.section, []).extend(marks)
    for section, marks in stale.items():
        if marks:
            (_section, relation, row), name, _source = marks[0]
            where = {"relation": relation, "row": row.pk} if relation else {}
            sources = digest(canonical([source for _place, _name, source in marks]))
            field = column(name, TRANSLATION)
            yield found("chinese-stale", Level.NOTE, wording, section, field, **where, count=len(marks), text=sources)

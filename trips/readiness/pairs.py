"""Chinese fields that are empty beside a filled English one."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from exchange.lib.languages import CODES, column
from trips.readiness.finding import Finding, Level, both, found
from trips.readiness.record import Record


def chinese_missing(record: Record) -> Iterator[Finding]:
    """Texts that the Chinese page would show in English, one note for each section of the form."""
    wording = _(
        "Texts in English without their Chinese counterpart: %(count)s. The Chinese page shows them in English."
    )
    trip = record.trip
    sections = (
        ("programme", "visits", trip.visits.all(), ("place", "seen", "company")),
        ("photos", "photos", [one for one in trip.photos.all() if one.consent], ("caption",)),
        ("statements", "statements", trip.statements.all(), ("text", "who")),
        ("outcomes", "outcomes", [one for one in trip.outcomes.all() if one.public], ("text", "who")),
    )
    for section, relation, rows, names in sections if record.full and record.has_chinese else ():
        bare = [(row, name) for row in rows for name in names if both(row, name).en and not both(row, name).zh_hans]
        if bare:
            row, name = bare[0]
            place = {"relation": relation, "row": row.pk}
            yield found(
                "chinese-missing", Level.NOTE, wording, section, column(name, CODES[1]), **place, count=len(bare)
            )

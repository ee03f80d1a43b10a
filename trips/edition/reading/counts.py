"""What is counted in a document."""

from trips.choices import VisitKind
from trips.edition.schema import Payload


def visits(payload: Payload) -> int:
    """The stops of the programme; journeys between them are none."""
    return sum(one["kind"] != VisitKind.TRANSFER for one in payload["programme"])

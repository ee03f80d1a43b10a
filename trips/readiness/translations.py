"""The texts of a trip that are translated, where they stand on the form, and which of them are missing or stale."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from exchange.fields import Translated
from exchange.lib.canonical import canonical, digest
from exchange.lib.languages import CODES, SOURCE, TRANSLATION, column, other
from trips.models import Report, Trip
from trips.querysets import TripQuerySet
from trips.readiness.finding import Finding, Level, found
from trips.readiness.prose import SECTIONS
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


class Gap(NamedTuple):
    """What a language lacks in a section of the form. ``is_whole``: of the report nothing is written."""

    section: str
    missing: int
    stale: int
    is_whole: bool = False


def gaps(trip: Trip) -> dict[str, list[Gap]]:
    """What each language lacks, in the order of the form; reads what ``translated`` loads."""
    counts: dict[str, dict[str, list[int]]] = {code: {} for code in CODES}
    for section, _relation, row in places(trip):
        for code, texts, others in (
            (SOURCE, row.sources(), row.translations()),
            (TRANSLATION, row.translations(), row.sources()),
        ):
            count = counts[code].setdefault(section, [0, 0])
            count[0] += sum(bool(others[name]) and not words for name, words in texts.items())
            count[1] += len(row.stale()) if code == TRANSLATION else 0
    found = {code: [Gap(section, *count) for section, count in counts[code].items()] for code in CODES}
    return {
        code: [one for one in [*_of_report(trip, code), *found[code]] if one.missing or one.stale] for code in CODES
    }


def _of_report(trip: Trip, code: str) -> Iterator[Gap]:
    reports = {one.language: one for one in trip.reports.all() if not one.is_empty}
    own, there = reports.get(code), reports.get(other(code))
    if own is None:
        yield Gap(SECTIONS[code], len(Report.prose), 0, is_whole=True)
        return
    texts, others = own.texts(), there.texts() if there else {}
    missing = sum(bool(others.get(name)) and not words for name, words in texts.items())
    yield Gap(SECTIONS[code], missing, len(own.stale()))


def lacking(trips: TripQuerySet, what: str) -> TripQuerySet:
    """Those of the trips in which a text is ``missing`` or ``stale``; all of them where nothing is asked for."""
    if what not in LACKS:
        return trips
    rows = Q()
    for part in PARTS:
        related = Trip._meta.get_field(part.relation).related_model
        shown = related._default_manager.exclude(**part.hidden) if part.hidden else related._default_manager.all()
        rows |= Exists(shown.filter(LACKS[what](related), trip=OuterRef("pk")))
    reports = _missing_reports() if what == "missing" else stale_report()
    return trips.filter(LACKS[what](Trip) | rows | reports)


def _missing(model: type[Translated]) -> Q:
    """Rows of which one language has a text that the other has not."""
    found = Q()
    for name in model.prose:
        source, translation = column(name, SOURCE), column(name, TRANSLATION)
        found |= Q(**{source: ""}) ^ Q(**{translation: ""})
    return found


def _stale(model: type[Translated]) -> Q:
    """Rows of which a translation is not made from the source that stands beside it."""
    found = Q()
    for name in model.prose:
        is_known = Q(made_from__has_key=name) & ~Q(**{column(name, TRANSLATION): ""})
        found |= is_known & ~Q(**{column(name, SOURCE): KT(f"made_from__{name}")})
    return found


LACKS = {"missing": _missing, "stale": _stale}


def _written(code: str, **more: Any) -> Any:
    empty = Q(**dict.fromkeys(Report.prose, ""))
    return Report.objects.filter(~empty, language=code, **more)


def _missing_reports() -> Q:
    """Trips without a report in one of the languages, or with a part of it in one language alone."""
    found = Q()
    for code in CODES:
        there = {name: _written(other(code), trip=OuterRef("trip")).exclude(**{name: ""}) for name in Report.prose}
        lacks = Q()
        for name in Report.prose:
            lacks |= Q(**{name: ""}) & Exists(there[name])
        found |= ~Exists(_written(code, trip=OuterRef("pk"))) | Exists(
            _written(code, trip=OuterRef("pk")).filter(lacks)
        )
    return found


def stale_report() -> Exists:
    """Trips whose translated report has a part that is not made from the source as it is."""
    source = _written(SOURCE, trip=OuterRef("trip"))
    differs = Q()
    for name in Report.prose:
        same = source.filter(**{name: OuterRef(f"from_{name}")})
        differs |= Q(made_from__has_key=name) & ~Q(**{name: ""}) & ~Exists(same)
    origins = {f"from_{name}": KT(f"made_from__{name}") for name in Report.prose}
    translations = _written(TRANSLATION, trip=OuterRef("pk")).annotate(**origins)
    return Exists(translations.filter(Exists(source), differs))

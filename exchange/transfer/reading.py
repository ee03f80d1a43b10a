"""From what stands in a cell to what a field holds, or a sentence that says what to write instead."""

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange.lib.dates import MONTHS
from exchange.lib.folding import fold
from exchange.lib.languages import CODES
from exchange.lib.sheets import Cell

YES, NO = {"yes", "true", "1", "x", "✓", "是", "y"}, {"no", "false", "0", "-", "否", "n", "✗"}
MONTH = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
DAYS = (
    re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?(?:[T ].*)?"),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
    re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)? (?P<name>[A-Za-z]{3,9})\.?,? (?P<y>\d{4})"),
    re.compile(r"(?P<name>[A-Za-z]{3,9})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})"),
)
HOUR = re.compile(r"(\d{1,2})[:：.时](\d{2})(?::\d{2})?分?")


class Unreadable(ValueError):
    """The cell does not say what its column holds; ``remedy`` says what would."""

    def __init__(self, remedy: str | Promise) -> None:
        super().__init__(remedy)
        self.remedy = remedy


def text(cell: Cell) -> str:
    """The cell as text; a moment is written as a day, or a day and a time."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "minutes")
    return "" if cell is None else str(cell)


def day(cell: Cell) -> dt.date | None:
    """A day: the spreadsheet's own, or one that is written with its year so that it can mean one day alone."""
    if cell is None:
        return None
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    for form in DAYS:
        if found := form.fullmatch(text(cell).strip()):
            parts = found.groupdict()
            month = MONTH.get(parts["name"][:3].lower(), 0) if "name" in parts else int(parts["m"])
            try:
                return dt.date(int(parts["y"]), month, int(parts["d"]))
            except ValueError:
                break
    raise Unreadable(_("Write the day as 2024-10-22."))


def hour(cell: Cell) -> dt.time | None:
    """A time of day."""
    if cell is None:
        return None
    if isinstance(cell, dt.datetime):
        return cell.time()
    if isinstance(cell, dt.time):
        return cell
    if found := HOUR.fullmatch(text(cell).strip()):
        try:
            return dt.time(int(found[1]), int(found[2]))
        except ValueError:
            pass
    raise Unreadable(_("Write the time as 09:30."))


def whole(cell: Cell) -> int | None:
    """A whole number."""
    try:
        return None if cell is None else int(text(cell))
    except ValueError:
        raise Unreadable(_("Write a whole number, in figures.")) from None


def fraction(cell: Cell) -> Decimal | None:
    """A number."""
    try:
        return None if cell is None else Decimal(text(cell).replace(",", "."))
    except InvalidOperation:
        raise Unreadable(_("Write a number, in figures.")) from None


def yes_or_no(cell: Cell) -> bool:
    """Yes or no; an empty cell says no."""
    said = text(cell).casefold()
    if said in YES:
        return True
    if said in NO or not said:
        return False
    raise Unreadable(_("Write “yes” or “no”."))


def one_of(own: models.Field) -> Callable[[Cell], Any]:
    """An entry of a closed list, by its key or by its word in any language of the desk."""
    known: dict[str, Any] = {}

    def read(cell: Cell) -> Any:
        if not known:
            for code in CODES:
                with translation.override(code):
                    known.update({fold(str(word)): key for key, word in own.flatchoices if key})
            known.update({fold(str(key)): key for key, _word in own.flatchoices if key})
        said = fold(text(cell))
        if said and said not in known:
            words = ", ".join(str(word) for key, word in own.flatchoices if key)
            raise Unreadable(_("Write one of these: %s.") % words)
        return known.get(said, "")

    return read


def reader(own: models.Field) -> Callable[[Cell], Any]:
    """How the cells of a field's column are read."""
    for kind, read in (
        (models.DateField, day),
        (models.TimeField, hour),
        (models.BooleanField, yes_or_no),
        (models.DecimalField, fraction),
        (models.IntegerField, whole),
    ):
        if isinstance(own, kind):
            return read
    return one_of(own) if own.choices else text


class Names:
    """The records that a column may name, by all that they are called: read once for a whole file.

    ``pairs`` gives ``(what it is called, key)``. A name that several records share names none of them.
    """

    def __init__(self, pairs: Iterable[tuple[str, Any]], several: str | Promise, none: str | Promise) -> None:
        self.keys: dict[str, set[Any]] = {}
        self.several, self.none = several, none
        for name, key in pairs:
            if name:
                self.keys.setdefault(folded(name), set()).add(key)

    def find(self, cell: Cell) -> Any:
        """The key of the record that is named; None for an empty cell."""
        said = text(cell).strip()
        if not said:
            return None
        found = self.keys.get(folded(said), set())
        if len(found) != 1:
            raise Unreadable((self.several if found else self.none) % {"name": said})
        return next(iter(found))


def folded(value: Hashable) -> Hashable:
    """What is compared when a row is looked for: of a text not the case, the accents or the blanks."""
    return " ".join(fold(value).split()) if isinstance(value, str) else value

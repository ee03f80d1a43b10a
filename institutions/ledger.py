"""The names of an organisation over time: what does not fit together, and "renamed on" as one act."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange import audit, versions
from exchange.desk.words import day
from exchange.lib.canonical import canonical, digest
from exchange.lib.languages import CODES, column
from exchange.models import AuditEntry
from institutions.choices import NameKind
from institutions.merging import locked
from institutions.models import Name, Organisation

KINDS = {"name": NameKind.FORMER, "short": NameKind.ACRONYM}  # what a current text becomes when another takes its place
COLUMNS = {column(part, code): (part, code) for part in KINDS for code in CODES}
ONE = dt.timedelta(days=1)
UNSEEN = _("The names were changed meanwhile. Look at them below, then decide.")
NOTHING_NEW = _("Change at least one name.")
AHEAD = _("Record it when the day has come: the new name is shown at once.")


class Refused(ValidationError):
    """A renaming that is not possible; the message says why."""


def seen(organisation: Organisation) -> str:
    """A digest of the current names: if it is another one later, they are not what somebody saw."""
    return digest(canonical([getattr(organisation, name) for name in COLUMNS]))


def rename(
    organisation: Organisation, names: Mapping[str, str], *, on: dt.date, source: str, digest: str, by: Any
) -> AuditEntry:
    """Give it the names, by columns, from that day on. Those they replace are names of the time before."""
    if on > timezone.localdate():
        raise Refused({"on": AHEAD})
    with transaction.atomic():
        (held,) = locked(organisation.pk)
        if seen(held) != digest:
            raise Refused(UNSEEN)
        new = {name: text for name, text in names.items() if text != getattr(held, name)}
        if not new:
            raise Refused(NOTHING_NEW)
        versions.keep_first(type(organisation), held.pk)
        before = {name: getattr(held, name) for name in new}
        known = list(held.names.all())
        for row in [_former(held, known, name, on, source) for name in new if before[name]]:
            row.save()
        for name, text in new.items():
            setattr(held, name, text)
        held.save(update_fields=[*new])
        versions.keep(organisation, by=by, act="rename")
        told = {"before": [*before.values()], "after": [*new.values()], "renamed_on": on.isoformat()}
        return audit.record("renamed", held, by=by, source=source, **told)


def _former(held: Organisation, known: list[Name], name: str, on: dt.date, source: str) -> Name:
    """The current text as one that was valid until the day before, and after the one before it."""
    (part, code), text = COLUMNS[name], getattr(held, name)
    older = [one for one in known if (one.kind, one.language) == (KINDS[part], code)]
    last = max((one for one in older if one.valid_until), key=lambda one: one.valid_until, default=None)
    if last and last.valid_until >= on - ONE:
        told = {"name": last.text, "day": day(last.valid_until)}
        raise Refused({"on": _("It was called “%(name)s” until %(day)s: choose a later day.") % told})
    if any(one.text == text for one in older):
        raise Refused({name: _("“%s” is among the further names already. Give that entry its dates instead.") % text})
    since = last.valid_until + ONE if last else None
    more = {"valid_from": since, "valid_until": on - ONE, "source": source}
    return Name(organisation=held, kind=KINDS[part], language=code, text=text, **more)


def findings(organisation: Organisation) -> list[str]:
    """What does not fit together in the dated names; nothing of it stops anybody."""
    today, found = timezone.localdate(), []
    for part, kind in KINDS.items():
        for code in CODES:
            dated = [one for one in organisation.names.all() if (one.kind, one.language) == (kind, code)]
            rows = sorted((one for one in dated if one.valid_until), key=lambda one: one.valid_until)
            found += [*_between(rows)]
            current = getattr(organisation, column(part, code))
            found += [gettext("“%s” has an end that is still ahead, and is printed until then.") % one.text
                      for one in rows if one.valid_until >= today]  # fmt: skip
            if rows and rows[-1].text == current:
                found.append(gettext("“%s” is the current name, and the last one before it.") % current)
    return found


def _between(rows: list[Name]) -> Iterator[str]:
    """Overlaps and gaps of names that follow each other. A name without a beginning follows the one before."""
    for earlier, later in pairwise(rows):
        told = {"earlier": earlier.text, "later": later.text}
        if later.valid_from and later.valid_from <= earlier.valid_until:
            yield gettext("“%(earlier)s” and “%(later)s” are both valid on some days.") % told
        elif later.valid_from and later.valid_from > earlier.valid_until + ONE:
            yield gettext("Between “%(earlier)s” and “%(later)s” there are days without a name.") % told

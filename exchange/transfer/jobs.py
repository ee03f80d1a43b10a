"""An import on its way: checked in pieces, written in one transaction, taken back; in the request or beside it."""

import subprocess
import sys
from dataclasses import asdict
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.lib import sheets
from exchange.models import Import, ImportRow
from exchange.transfer import applying
from exchange.transfer.applying import Overtaken
from exchange.transfer.checking import SAME, Check
from exchange.transfer.columns import SHEETS
from exchange.transfer.reading import text

State = Import.State
PIECE = 500  # rows that are checked together
AT_ONCE = 64 * 1024  # bytes of a file that is small enough to be worked on while its sender waits
SILENT = timedelta(seconds=30)  # after which whoever worked on it is taken to be gone
IN_WORK = (State.CHECKING, State.APPLYING, State.UNDOING)


def begin(job: Import, state: str) -> None:
    """Take the import on to its next state: here, or for a large file in a process that outlives the request."""
    Import.objects.filter(pk=job.pk).update(state=state, beat=None, refusal="")
    if job.size <= AT_ONCE:
        run(job.pk)
    else:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_import", str(job.pk)]
        subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 -- our own command


def is_silent(job: Import) -> bool:
    """True for an import in work on which nobody works: its process was ended."""
    return job.state in IN_WORK and (job.beat is None or timezone.now() - job.beat > SILENT)


def run(pk: int) -> None:
    """Do what is next for this import, if nobody else does it already."""
    now = timezone.now()
    free = models.Q(beat=None) | models.Q(beat__lt=now - SILENT)
    if not Import.objects.filter(free, pk=pk, state__in=IN_WORK).update(beat=now):
        return
    job = Import.objects.select_related("by").get(pk=pk)
    work = {State.CHECKING: check, State.APPLYING: applying.write, State.UNDOING: applying.undo}
    try:
        work[State(job.state)](job)
    except (sheets.Refused, Overtaken) as error:
        back = State.CHECKED if isinstance(error, Overtaken) else State.REFUSED
        Import.objects.filter(pk=pk).update(state=back, refusal=str(error))


def check(job: Import) -> None:
    """Say of every row what it would do. Takes a whole new look where an earlier one was ended."""
    check = Check(SHEETS[job.sheet], job.matching, job.scope, job.by)
    job.rows.all().delete()
    counts: dict[str, int] = {}
    numbered = enumerate(sheets.rows(bytes(job.content)), 1)
    next(numbered, None)  # the heading
    while piece := list(islice(numbered, PIECE)):
        outcomes = check.outcomes(piece)
        for one in outcomes:
            counts[one.what] = counts.get(one.what, 0) + 1
        ImportRow.objects.bulk_create(ImportRow(of=job, **asdict(one)) for one in outcomes if one.what != SAME)
        progress = {"done": piece[-1][0] - 1, "counts": counts, "beat": timezone.now()}
        if not Import.objects.filter(pk=job.pk, state=State.CHECKING).update(**progress):
            return  # cancelled meanwhile
    Import.objects.filter(pk=job.pk, state=State.CHECKING).update(state=State.CHECKED, beat=None)


def heading(content: bytes) -> tuple[list[str], list[str]]:
    """The first row of a file and the one below it, as text; refuses a file without a heading."""
    first, second, *_rest = [*islice(sheets.rows(content), 2), [], []]
    if not any(first):
        raise sheets.Refused(_("The first row is empty. It names the columns."))
    return [text(cell) for cell in first], [text(cell) for cell in second]


def cancel(job: Import) -> bool:
    """Stop before anything is written; False where that is too late."""
    before = (State.MATCHING, State.CHECKING, State.CHECKED, State.REFUSED)
    done = Import.objects.filter(pk=job.pk, state__in=before).update(state=State.CANCELLED, content=b"", beat=None)
    if done:
        job.rows.all().delete()
    return bool(done)

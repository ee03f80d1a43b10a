"""Whether enough is written: before the trip its name and summary, after it a report."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from exchange.lib.canonical import canonical, digest
from exchange.lib.html import plain
from exchange.lib.languages import CODES, column
from trips.choices import Language
from trips.readiness.finding import LANGUAGES, Finding, Level, both, found
from trips.readiness.prose import PARTS, SECTIONS, report_field
from trips.readiness.record import Record

MISSING = {
    "headline": _("The report in %(language)s has no headline. Write one."),
    "summary": _("The report in %(language)s has no summary. Write one for lists and the top of the page."),
    "body": _("The report in %(language)s has no body. Write it, or leave this language empty."),
}


def title(record: Record) -> Iterator[Finding]:
    """The trip's name: the English one is needed, the Chinese one ought to be there."""
    titles = both(record.trip, "title")
    if not titles.en:
        wording = _("The trip has no English title. Write one.")
        yield found("title-missing", Level.BLOCK, wording, "facts", column("title", CODES[0]))
    if not titles.zh_hans:
        wording = _("The trip has no Chinese title. Write one, or the Chinese page borrows the English title.")
        yield found("title-missing", Level.WARN, wording, "facts", column("title", CODES[1]))


def summaries(record: Record) -> Iterator[Finding]:
    """Before the trip: a summary in each language, all that its page has to say."""
    wording = _("There is no summary in %(language)s. Before the trip it is all that the page says: write one.")
    if record.full:
        return
    for code in CODES:
        report = record.reports.get(code)
        if not (report and report.summary.strip()):
            field = report_field(code, "summary")
            yield found("summary-missing", Level.WARN, wording, SECTIONS[code], field, language=LANGUAGES[code])


def no_report(record: Record) -> Iterator[Finding]:
    """After the trip: a report in some language. A summary alone is a short entry, and may be meant as one."""
    if not record.full or any("body" in parts for parts in _written(record).values()):
        return
    field = report_field(CODES[0], "body")
    if _is_short_entry(record):
        wording = _("The trip has summaries and no report. It is published as a short entry.")
        yield found("short-entry", Level.NOTE, wording, SECTIONS[CODES[0]], field)
    else:
        wording = _("The trip is over and has no report: neither language has a body. Write one.")
        yield found("report-missing", Level.BLOCK, wording, SECTIONS[CODES[0]], field)


def incomplete_reports(record: Record) -> Iterator[Finding]:
    """After the trip: what a report lacks in a language in which something is written."""
    if not record.full or _is_short_entry(record):
        return
    written = _written(record)
    somewhere = {part for parts in written.values() for part in parts} | {*PARTS[:2]}  # no body at all is no report
    for code in CODES:
        for part in PARTS:
            if written[code] and part in somewhere - written[code]:
                place = SECTIONS[code], report_field(code, part)
                yield found("report-incomplete", Level.WARN, MISSING[part], *place, language=LANGUAGES[code])


def one_language(record: Record) -> Iterator[Finding]:
    """After the trip: a language without a word of its own."""
    wording = _("There is no report in %(language)s. That page shows the other language's words.")
    written = _written(record)
    for code in CODES:
        if record.full and not written[code] and any(written.values()):
            place = SECTIONS[code], report_field(code, "body")
            yield found("language-missing", Level.NOTE, wording, *place, language=LANGUAGES[code])


def stale_chinese(record: Record) -> Iterator[Finding]:
    """A Chinese report that was made from another English text."""
    wording = _(
        "The English report changed after the Chinese one was made from it. Change the Chinese text, or say that it is "
        "still valid."
    )
    chinese = record.reports.get(Language.CHINESE)
    shown = [part for part in (chinese.stale() if chinese else ()) if part != "body" or record.full]
    if shown:
        place = SECTIONS[CODES[1]], report_field(CODES[1], shown[0])
        sources = chinese.sources()
        yield found(
            "chinese-stale", Level.WARN, wording, *place, text=digest(canonical([sources[one] for one in shown]))
        )


def _written(record: Record) -> dict[str, set[str]]:
    """The parts in which words stand, by language."""
    return {
        code: {part for part in PARTS if report and plain(getattr(report, part))}
        for code, report in ((code, record.reports.get(code)) for code in CODES)
    }


def _is_short_entry(record: Record) -> bool:
    """True when nothing but summaries was written."""
    return {frozenset(parts) for parts in _written(record).values() if parts} == {frozenset({"summary"})}

"""Which rows hold which words: the only place that speaks to the two databases in their own ways."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection, transaction

from exchange.lib.search_terms import Form, Term
from trips.models import SearchName, SearchText

LEVELS = ("title", "names", "body")  # where a word counts most, first
BEGUN = len(LEVELS)  # further away is what only begins as the word does, wherever it stands
CANDIDATES = 100  # names that are looked at for one term
ALL = -1
Statement = tuple[str, list[Any]]
VISIBLE = "visible_from <= %s AND (visible_until IS NULL OR visible_until > %s)"
# A name that anyone may know at that time: of whom or what a visible edition mentions. For an organisation of the
# address book it is enough that one of the records merged into its own is, but it has to be checked. States are known.
# CROSS JOIN keeps SQLite to this order: by itself it would begin with all mentions, for each of the names.
KNOWN = f"""(
    live AND subject = 'state'
    OR live AND subject = 'organisation' AND EXISTS (
        SELECT 1 FROM institutions_organisation own
        CROSS JOIN institutions_organisation standing
        CROSS JOIN institutions_organisation one
        CROSS JOIN trips_mention told
        WHERE own.uid = trips_searchname.key
            AND standing.id = COALESCE(own.merged_into_id, own.id) AND standing.checked_at IS NOT NULL
            AND (one.id = standing.id OR one.merged_into_id = standing.id)
            AND told.subject = 'organisation' AND told.key = one.uid AND {VISIBLE})
    OR NOT (live AND subject = 'organisation') AND EXISTS (
        SELECT 1 FROM trips_mention told
        WHERE told.subject = trips_searchname.subject AND told.key = trips_searchname.key AND {VISIBLE})
)"""  # noqa: S608  names of ours


class NameFound(NamedTuple):
    """A row of names that holds the term of this number, or all of them; how far away: 0, or ``BEGUN``."""

    term: int
    far: int
    subject: str
    key: str
    text: str
    live: bool
    hidden: bool


def editions(terms: Sequence[Term], at: dt.datetime) -> list[tuple[int, int, int]]:
    """The number of a term, an edition that is visible then and holds it, and how far away at best, see ``LEVELS``."""
    table = SearchText._meta.db_table
    statements = []
    for number, term, far in _asked(terms):
        for level, column in enumerate(LEVELS):
            where, values = _holds(table, column, [term])
            statements.append(
                (
                    f"SELECT {number} AS term, edition_id, {far + level} AS level FROM {table} WHERE {where} "  # noqa: S608
                    f"AND {VISIBLE}",
                    [*values, at, at],
                )
            )
    union, values = _united(statements)
    return _rows(f"SELECT term, edition_id, MIN(level) FROM ({union}) found GROUP BY term, edition_id", values)  # noqa: S608


def names(terms: Sequence[Term], at: dt.datetime) -> list[NameFound]:
    """The names that hold each term, and those that hold all, the shortest first, true or not any more.

    Only those that somebody may know: however many others there are, they take nobody's place.
    """
    table = SearchName._meta.db_table
    c = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
    statements = []
    for number, some, far in _asked_of_names(terms):
        where, values = _holds(table, "tokens", some)
        statements.append(
            (
                f"SELECT * FROM (SELECT {number} AS term, {far} AS far, subject, key, text, live, hidden "  # noqa: S608
                f"FROM {table} WHERE {where} AND {KNOWN} ORDER BY length(text), subject{c}, key{c}, text{c}, live "
                f"LIMIT {CANDIDATES}) some{len(statements)}",
                [*values, at, at, at, at],
            )
        )
    return [NameFound(*row[:5], *map(bool, row[5:])) for row in _rows(*_united(statements))]


def _asked(terms: Iterable[Term]) -> Iterator[tuple[int, Term, int]]:
    for number, term in enumerate(terms):
        yield number, term.closed, 0
        if term.is_open:
            yield number, term, BEGUN


def _asked_of_names(terms: Sequence[Term]) -> Iterator[tuple[int, Sequence[Term], int]]:
    yield ALL, [term.closed for term in terms], 0
    if any(term.is_open for term in terms):
        yield ALL, terms, BEGUN
    for number, term, far in _asked(terms):
        yield number, [term], far


def compact() -> None:
    """Leave no trace of what was taken out: SQLite keeps the words of removed rows until it has reason to tidy up."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for model in (SearchText, SearchName):
                words = f"{model._meta.db_table}_words"
                cursor.execute(f"INSERT INTO {words} ({words}) VALUES ('optimize')")  # noqa: S608


def _holds(table: str, column: str, terms: Sequence[Term]) -> Statement:
    """A condition of SQL: the column has all of the terms."""
    if connection.vendor == "postgresql":
        return f"{column}_words @@ %s::tsquery", [" & ".join(f"({_tsquery(one)})" for one in terms)]
    words = " AND ".join(f"({_fts5(one)})" for one in terms)
    rows = f"SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s"  # noqa: S608
    return f"id IN ({rows})", [f"{{{column}}} : ({words})"]


def _fts5(term: Term) -> str:
    return " OR ".join(f'"{" ".join(form.tokens)}"{" *" if form.open else ""}' for form in term.forms)


def _tsquery(term: Term) -> str:
    return " | ".join(f"({_row(form)})" for form in term.forms)


def _row(form: Form) -> str:
    return " <-> ".join(form.tokens) + (":*" if form.open else "")


def _united(statements: Iterable[Statement]) -> Statement:
    parts, values = zip(*statements, strict=True)
    return " UNION ALL ".join(parts), [one for some in values for one in some]


def _rows(sql: str, values: list[Any]) -> list[Any]:
    adapted = [connection.ops.adapt_datetimefield_value(one) if isinstance(one, dt.datetime) else one for one in values]
    with _by_index(), connection.cursor() as cursor:
        cursor.execute(sql, adapted)
        return cursor.fetchall()


@contextmanager
def _by_index() -> Iterator[None]:
    """Let PostgreSQL go by the index, whatever it thinks.

    Of a common word it would rather read all the texts themselves, which takes a hundred times as long.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")

import pytest
from django.db import connection

from exchange.sqlite import explain, init_command, wal_is_safe


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_the_write_ahead_log_is_used_where_it_is_fixed(version, safe):
    assert wal_is_safe(version) is safe
    assert ("journal_mode=WAL" in init_command(version)) is safe
    assert ("write-ahead log, synchronous=FULL" in explain(version)) is safe


@pytest.mark.sqlite
@pytest.mark.django_db
def test_a_connection_has_the_mode_that_was_chosen():
    import sqlite3

    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        timeout = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    assert mode == ("wal" if wal_is_safe(sqlite3.sqlite_version_info) else "truncate")
    assert timeout == 20_000

"""What the tests in a browser share."""

import sqlite3
from collections.abc import Callable, Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection


@pytest.fixture(scope="session")
def _demonstration() -> Iterator[Callable[[], None]]:
    """Loads the demonstration the first time, and from then on copies the database as it was then: some seconds less.

    These tests run on SQLite only, and their media store is emptied when all of them are over.
    """
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    loaded = []

    def load() -> None:
        connection.ensure_connection()
        if loaded:
            kept.backup(connection.connection)
        else:
            call_command("load_demo", verbosity=0)
            connection.connection.backup(kept)
            loaded.append(True)
        ContentType.objects.clear_cache()

    yield load
    kept.close()


@pytest.fixture
def demonstration(transactional_db, _demonstration) -> None:
    """The demonstration, loaded."""
    _demonstration()

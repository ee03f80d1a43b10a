"""What `manage.py check` says about this installation beyond Django's own checks."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Info, Tags, register
from django.db import connections

from exchange.sqlite import explain


@register(Tags.database)
def journal_mode(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Which journal SQLite keeps, and why. Shown by `manage.py check --database default`."""
    return [
        Info(explain(sqlite3.sqlite_version_info), id="exchange.I001")
        for alias in databases or ()
        if connections[alias].vendor == "sqlite"
    ]

"""A copy of database and media, made before the database changes shape, and the way back to it."""

import os
import shlex
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from exchange.configuration import env_file, read

# Dollars and double quotes only: each stands in single quotes on a line for the shell.
READ_ADDRESS = r's/^DATABASE_URL="*\([^"]*\).*/\1/p'
DROP_TABLES = (
    "SET client_min_messages = warning; SELECT format($$DROP TABLE IF EXISTS %I.%I CASCADE$$, schemaname, tablename) "
    "FROM pg_tables WHERE schemaname = current_schema() \\gexec"
)


def pending() -> tuple[bool, int]:
    """Whether the database is in use already (some migration was applied), and how many migrations wait."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return bool(executor.loader.applied_migrations), len(plan)


def make() -> Path:
    """Copy database and media to var/backups/<time>/ and return that folder. CommandError if it cannot be done."""
    folder = Path(settings.BASE_DIR, "var", "backups", f"{datetime.now():%Y-%m-%d-%H%M%S}")
    folder.mkdir(mode=0o700, parents=True)
    if connection.vendor == "sqlite":
        copy_sqlite(Path(connection.settings_dict["NAME"]), folder / "database.sqlite3")
    else:
        copy_postgresql(folder / "database.dump")
    if Path(settings.MEDIA_ROOT).exists():
        shutil.copytree(settings.MEDIA_ROOT, folder / "media")
    return folder


def copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's own online copy: right even while others write."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        try:
            sound = new.execute("PRAGMA quick_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            sound = False
    if not sound:
        raise CommandError(f"The database {source} is damaged; nothing was changed. The copy is {target}.")


def copy_postgresql(target: Path) -> None:
    arguments, extra = connection.client.settings_to_cmd_args_env(
        {**connection.settings_dict, "OPTIONS": {}}, ["--format=custom", f"--file={target}"]
    )
    host = connection.settings_dict.get("OPTIONS", {}).get("host")
    environment: dict[str, Any] = {**os.environ, **({"PGHOST": str(host)} if host else {}), **(extra or {})}
    try:
        subprocess.run(["pg_dump", *arguments[1:]], check=True, env=environment, capture_output=True, text=True)  # noqa: S607
    except FileNotFoundError:
        reason = "pg_dump is not installed"
    except subprocess.CalledProcessError as error:
        reason = error.stderr.strip()
    else:
        return
    raise CommandError(
        f"No copy of the database could be made ({reason}), so nothing was changed. "
        "Make one yourself, then start with --no-copy."
    )


def way_back(folder: Path) -> str:
    """What to type, in the project's folder, to return to the copy."""
    restore = restore_sqlite(folder) if connection.vendor == "sqlite" else restore_postgresql(folder)
    lines = [
        "git checkout the version you had",
        *restore,
        f"cp -R {quote(folder / 'media')}/. {quote(settings.MEDIA_ROOT)}/",
        "python3 manage.py up",
    ]
    begin = f"A copy of database and media is in {folder}. To go back, stop the site, then:"
    return "\n".join([begin, *(f"  {line}" for line in lines)])


def quote(path: Path | str) -> str:
    return shlex.quote(str(path))


def restore_sqlite(folder: Path) -> list[str]:
    name = connection.settings_dict["NAME"]
    left = " ".join(quote(f"{name}-{part}") for part in ("journal", "wal", "shm"))
    return [f"cp {quote(folder / 'database.sqlite3')} {quote(name)} && rm -f {left}"]


def restore_postgresql(folder: Path) -> list[str]:
    """The tables go first: what a later version added may refer to older tables, which could then not be replaced."""
    return [
        read_address(),
        f'echo {quote(DROP_TABLES)} | psql --quiet --set ON_ERROR_STOP=1 "$DATABASE_URL"',
        f'pg_restore --clean --if-exists --dbname="$DATABASE_URL" {quote(folder / "database.dump")}',
    ]


def read_address() -> str:
    """How a shell learns DATABASE_URL without its password being printed."""
    path = env_file()
    if read(path).get("DATABASE_URL", "").strip('"') == os.environ.get("DATABASE_URL"):
        return f'DATABASE_URL="$(sed -n {quote(READ_ADDRESS)} {quote(path)})"'
    return "DATABASE_URL=...    # the address in use; it comes from the environment of this start"

"""A copy of database and media, made before the database changes shape, and the way back to it."""

import os
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
    """What to type to return to the copy."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        restore = f"cp {folder / 'database.sqlite3'} {name} && rm -f {name}-journal {name}-wal {name}-shm"
    else:
        restore = f'pg_restore --clean --if-exists --dbname="$DATABASE_URL" {folder / "database.dump"}'
    return "\n".join(
        [
            f"A copy of database and media is in {folder}. To go back, stop the site, then:",
            "  git checkout the version you had",
            f"  {restore}",
            f"  cp -R {folder / 'media'}/. {settings.MEDIA_ROOT}/",
            "  python3 manage.py up",
        ]
    )

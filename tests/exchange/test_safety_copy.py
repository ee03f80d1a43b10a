"""The copy made before a migration, on both databases."""

import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest
from django.core.management import CommandError
from django.db import connection

from exchange import safety_copy
from exchange.management.postgresql_server import binaries


@pytest.fixture
def base(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    (settings.MEDIA_ROOT / "photos").mkdir(parents=True)
    (settings.MEDIA_ROOT / "photos" / "one.jpg").write_bytes(b"picture")
    return tmp_path


@pytest.mark.django_db
def test_a_migrated_database_waits_for_nothing():
    assert safety_copy.pending() == (True, 0)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_database_and_media_are_copied(base):
    folder = safety_copy.make()
    assert folder.parent == base / "var" / "backups"
    assert (folder / "media" / "photos" / "one.jpg").read_bytes() == b"picture"
    with closing(sqlite3.connect(folder / "database.sqlite3")) as copy:
        assert copy.execute("select count(*) from django_migrations").fetchone()[0] > 10
    assert f"cp {folder}/database.sqlite3 {connection.settings_dict['NAME']}" in safety_copy.way_back(folder)


@pytest.mark.sqlite
def test_a_damaged_database_stops_it(tmp_path):
    source = tmp_path / "damaged.sqlite3"
    with closing(sqlite3.connect(source)) as database:
        database.execute("create table t (x)")
        database.executemany("insert into t values (?)", [("y" * 1000,)] * 100)
        database.commit()
    content = bytearray(source.read_bytes())
    content[8192:12288] = b"\xff" * 4096
    source.write_bytes(content)
    with pytest.raises(CommandError, match="is damaged; nothing was changed"):
        safety_copy.copy_sqlite(source, tmp_path / "copy.sqlite3")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_postgresql_is_dumped(base, monkeypatch):
    programs = binaries()
    if not programs and not shutil.which("pg_dump"):
        pytest.skip("no pg_dump on this machine")
    if programs:
        monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    dump = safety_copy.make() / "database.dump"
    listed = subprocess.run(["pg_restore", "--list", dump], capture_output=True, text=True, check=True)  # noqa: S607
    assert "django_migrations" in listed.stdout


@pytest.mark.postgresql
@pytest.mark.django_db
def test_without_a_copy_nothing_is_changed(base, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(CommandError, match=r"pg_dump is not installed[\s\S]*--no-copy"):
        safety_copy.make()

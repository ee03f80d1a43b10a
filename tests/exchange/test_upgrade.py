"""A database of the first release, brought up to date by this version: nothing that was published changes."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIRST_RELEASE = "0b1fb8ce9bddc5f6f147a4dc2222a33bf08e1e3a"

pytestmark = pytest.mark.sqlite


def git(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run([shutil.which("git") or "git", "-C", str(ROOT), *words], capture_output=True, check=False)


@pytest.fixture
def old(tmp_path):
    """The files of the first release, in a folder of their own."""
    if git("cat-file", "-e", f"{FIRST_RELEASE}^{{commit}}").returncode:
        pytest.skip("the history of this clone does not reach back to the first release")
    folder = tmp_path / "old"
    folder.mkdir()
    with tarfile.open(fileobj=io.BytesIO(git("archive", FIRST_RELEASE).stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture
def manage(tmp_path):
    """``manage(folder, *words)``: a command of the version in that folder, on one and the same database."""
    environment = {
        "PATH": os.environ["PATH"],
        "EXCHANGE_VENV": "0",
        "EXCHANGE_ENV": os.devnull,
        "SECRET_KEY": "only-for-tests-" + "x" * 50,
        "SITE_URL": "http://testserver",
        "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "STATIC_ROOT": str(tmp_path / "static"),
    }

    def run(folder: Path, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def published(folder: Path) -> list[tuple]:
    with sqlite3.connect(folder / "site.sqlite3") as connection:
        return connection.execute(
            "SELECT trip_id, number, slug, digest, document, public_from FROM trips_edition ORDER BY id"
        ).fetchall()


def translations(folder: Path) -> dict[str, dict]:
    """What the Chinese reports are made from, by the address of their trip."""
    with sqlite3.connect(folder / "site.sqlite3") as connection:
        rows = connection.execute(
            "SELECT slug, trips_report.made_from FROM trips_report JOIN trips_trip ON trips_trip.id = trip_id "
            "WHERE language = 'zh-hans'"
        )
        return {slug: json.loads(made_from) for slug, made_from in rows}


def test_a_database_of_the_first_release(tmp_path, old, manage):
    manage(old, "migrate", "-v0")
    manage(old, "load_demo", "-v0")
    before = published(tmp_path)
    assert len(before) == 16
    with sqlite3.connect(tmp_path / "site.sqlite3") as connection:
        connection.execute(
            "UPDATE trips_report SET source_digest = 'of another text' WHERE trip_id = "
            "(SELECT id FROM trips_trip WHERE slug = 'guangdong-2024')"
        )
    manage(ROOT, "migrate", "-v0")
    assert published(tmp_path) == before
    stale = {slug: any(text == "" for text in texts.values()) for slug, texts in translations(tmp_path).items()}
    assert stale.pop("guangdong-2024")
    assert stale
    assert not any(stale.values())
    assert "16" in manage(ROOT, "verify_editions")
    manage(ROOT, "rebuild_listing", "-v0")
    asked = "from django.test import Client; print(Client().get('/api/v1/trips/guangdong-2024/').status_code)"
    assert manage(ROOT, "shell", "-v0", "-c", asked).strip().endswith("200")

"""`manage.py up` from nothing to a site that answers, in a copy of the project, in processes of its own."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent.parent
PARTS = ("exchange", "institutions", "trips", "templates", "static", "manage.py")

pytestmark = pytest.mark.sqlite


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """The project's files in a folder of their own, without configuration or data."""
    folder = tmp_path_factory.mktemp("clone")
    for part in PARTS:
        if (BASE / part).is_dir():
            shutil.copytree(BASE / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(BASE / part, folder / part)
    return folder


def start(project: Path, *arguments: str, command: str = "up") -> subprocess.Popen:
    environment = {"PATH": os.environ["PATH"], "EXCHANGE_VENV": "0"}  # the packages of this test run
    return subprocess.Popen(
        [sys.executable, "manage.py", command, *arguments],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(project: Path, *arguments: str, command: str = "up") -> tuple[int, str]:
    process = start(project, *arguments, command=command)
    output = process.communicate(timeout=120)[0]
    return process.returncode, output


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status_of(address: str) -> int:
    """The status of a page, as soon as anything answers."""
    for _ in range(200):
        try:
            return urllib.request.urlopen(address, timeout=5).status  # noqa: S310  an address of this test
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} never answered")


def test_from_nothing_to_a_prepared_site(project):
    code, output = finish(project, "--prepare")
    assert code == 0, output
    assert "Loading the demonstration" in output
    assert re.search(r"^http://127\.0\.0\.1:8000/admin/first/\S+/$", output, re.M)
    assert (project / "var/exchange.env").stat().st_mode & 0o077 == 0
    assert (project / "var/static/staticfiles.json").exists()
    assert (project / "var/media").is_dir()
    code, output = finish(project, "--prepare")
    assert code == 0
    for words in ("Loading", "Preparing the database", "Static files collected"):
        assert words not in output


def test_other_commands_read_what_it_configured(project):
    assert finish(project, command="check")[0] == 0


def test_it_serves_and_stops_cleanly(project):
    port = free_port()
    process = start(project, "--port", str(port))
    try:
        assert status_of(f"http://127.0.0.1:{port}/admin/login/") == 200
        code, output = finish(project, "--port", str(port))
        assert code == 1
        assert f"Port {port} is in use" in output
        assert "Traceback" not in output
    finally:
        process.send_signal(signal.SIGINT)
        output = process.communicate(timeout=20)[0]
    assert process.returncode == 0
    assert f"Desk  http://127.0.0.1:{port}/admin/" in output
    assert "Traceback" not in output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--port", "99999"], "is not a port"), (["--host", "192.0.2.1"], "Cannot listen on 192.0.2.1")],
)
def test_an_impossible_address_gets_a_sentence(project, arguments, words):
    code, output = finish(project, *arguments)
    assert code == 1
    assert words in output
    assert "Traceback" not in output


def test_a_waiting_migration_is_preceded_by_a_copy(project):
    database = project / "var/exchange.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("delete from django_migrations where app = 'exchange'")
        for table in ("loginattempt", "auditentry", "version", "openform"):
            connection.execute(f"drop table exchange_{table}")
        connection.commit()
    code, output = finish(project, "--prepare")
    assert code == 0, output
    assert "To go back, stop the site" in output
    copy = next((project / "var/backups").glob("*/database.sqlite3"))
    for path, tables in ((copy, 0), (database, 1)):
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("select count(*) from sqlite_master where name = 'exchange_loginattempt'")
            assert found.fetchone()[0] == tables


def test_a_site_with_an_account_is_left_without_demonstration(project, tmp_path):
    shutil.rmtree(project / "var")
    assert "Loading" not in finish(project, "--prepare", "--empty")[1]
    code, output = finish(project, "ada@example.org", "--administrator", command="invite")
    assert code == 0, output
    output = finish(project, "--prepare")[1]
    assert "Loading" not in output
    assert "There is no administrator yet" not in output

"""What `up` configures by itself."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from exchange import command_line, configuration, safety_copy
from exchange.management.commands.up import Command as Up

EVERYWHERE = "0.0.0.0"  # noqa: S104  nothing listens there
BASE = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def file(tmp_path, monkeypatch):
    path = tmp_path / "var" / "exchange.env"
    for name in ("SECRET_KEY", "DATABASE_URL", "SITE_URL"):
        monkeypatch.setenv(name, "")  # so that whatever the test sets is undone
        monkeypatch.delenv(name)
    monkeypatch.setenv("EXCHANGE_ENV", str(path))
    return path


def test_the_first_start_writes_a_private_file(file):
    configuration.configure([])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    values = configuration.read(file)
    assert set(values) == {"SECRET_KEY", "DATABASE_URL", "SITE_URL"}
    assert len(values["SECRET_KEY"]) >= 50


def test_later_starts_leave_it_as_it_is(file, monkeypatch):
    configuration.configure([])
    monkeypatch.delenv("SITE_URL")
    before = file.read_text()
    configuration.configure(["--port", "9000"])
    assert file.read_text() == before


def test_a_local_address_follows_host_and_port(file):
    file.parent.mkdir()
    file.write_text("SITE_URL=http://localhost:8000\n")
    configuration.configure(["--host=0.0.0.0", "--port", "9000", "--empty"])
    assert os.environ["SITE_URL"] == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    ("before", "arguments", "after"),
    [
        ("http://localhost:8000", ["--port", "9000"], "http://127.0.0.1:9000"),
        ("http://127.0.0.1:80000", ["--host", EVERYWHERE], "http://127.0.0.1:8000"),
        ("http://127.0.0.1:8000", ["--host", "192.0.2.1"], "http://127.0.0.1:8000"),  # or it would follow no more
        ("https://exchange.example.org", ["--port", "9000"], "https://exchange.example.org"),
    ],
)
def test_the_served_address_is_kept_for_other_commands(file, before, arguments, after):
    file.parent.mkdir()
    file.write_text(f"# ours\nSITE_URL={before}\nSECRET_KEY=a=b\n")
    file.chmod(0o640)
    configuration.configure(arguments)
    assert configuration.keep_address() == ""
    assert file.read_text() == f"# ours\nSITE_URL={after}\nSECRET_KEY=a=b\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_an_address_of_the_environment_is_not_kept(file, monkeypatch):
    configuration.configure([])
    before = file.read_text()
    monkeypatch.setenv("SITE_URL", "http://127.0.0.1:9000")
    configuration.configure(["--port", "9000"])
    configuration.keep_address()
    assert file.read_text() == before


def test_a_file_that_cannot_be_changed_is_named(file, monkeypatch):
    def refuse(*given):
        raise PermissionError(13, "Permission denied")

    configuration.configure([])
    monkeypatch.delenv("SITE_URL")
    configuration.configure(["--port", "9000"])
    monkeypatch.setattr(configuration, "change", refuse)
    assert f"{file} cannot be changed (Permission denied)" in configuration.keep_address()


def test_a_public_address_does_not(file):
    file.parent.mkdir()
    file.write_text("SITE_URL=https://exchange.example.org\n")
    configuration.configure(["--port", "9000"])
    assert "SITE_URL" not in os.environ


def test_what_the_environment_sets_is_not_written(file, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/exchange")
    configuration.configure([])
    assert set(configuration.read(file)) == {"SECRET_KEY", "SITE_URL"}


def test_nothing_is_written_where_the_environment_sets_all(file, monkeypatch):
    for name in ("SECRET_KEY", "DATABASE_URL", "SITE_URL"):
        monkeypatch.setenv(name, "x")
    configuration.configure([])
    assert not file.exists()


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("::", "http://127.0.0.1:80"), ("::1", "http://[::1]:80")],
)
def test_the_address_a_browser_here_uses(host, address):
    assert configuration.local_address(host, 80) == address


def test_a_database_that_does_not_answer_gets_a_sentence(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "EXCHANGE_VENV": "0",
        "EXCHANGE_ENV": str(tmp_path / "exchange.env"),
        "MEDIA_ROOT": str(tmp_path / "media"),
        "DATABASE_URL": "postgresql://exchange:a-secret@127.0.0.1:1/exchange",
        "SITE_URL": "http://127.0.0.1:8000",
    }
    command = [sys.executable, "manage.py", "migrate", "--check"]
    done = subprocess.run(
        command, cwd=BASE, env={**environment, "SECRET_KEY": "x" * 50}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "The database does not answer: " in done.stderr
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "a-secret" not in done.stderr + done.stdout


@pytest.mark.django_db(transaction=True)
def test_another_error_of_the_database_is_not_called_that(monkeypatch):
    def fail(line):
        raise OperationalError("table already exists")

    monkeypatch.setattr(command_line.CommandLine, "execute", fail)
    with pytest.raises(OperationalError, match="already exists"):
        command_line.execute(["manage.py", "migrate"])


@pytest.mark.parametrize("written", ["{}", '"{}"'])
def test_the_way_back_reads_the_address_and_prints_no_password(file, tmp_path, monkeypatch, written):
    address = "postgresql://exchange:a%40secret@db/exchange"
    file.parent.mkdir()
    file.write_text(f"SECRET_KEY=x\nDATABASE_URL={written.format(address)}\n")
    monkeypatch.setenv("DATABASE_URL", address)
    lines = safety_copy.restore_postgresql(tmp_path / "it's here")
    assert "secret" not in "".join(lines)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("psql", "pg_restore"):
        (programs / name).write_text('#!/bin/sh\nprintf "%s\\n" "$0" "$@"\n')
        (programs / name).chmod(0o700)
    pasted = subprocess.run(
        ["sh", "-c", "\n".join(lines)],  # noqa: S607
        env={"PATH": f"{programs}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert pasted.stdout.splitlines() == [
        *(str(programs / "psql"), "--quiet", "--set", "ON_ERROR_STOP=1", address),
        *(str(programs / "pg_restore"), "--clean", "--if-exists", f"--dbname={address}"),
        f"{tmp_path}/it's here/database.dump",
    ]


def test_the_way_back_says_where_the_address_comes_from(file, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://exchange:a-secret@db/exchange")
    first, *rest = safety_copy.restore_postgresql(tmp_path)
    assert "environment of this start" in first
    assert "secret" not in "".join([first, *rest])


@pytest.mark.sqlite
def test_the_way_back_quotes_paths(settings, tmp_path, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "/srv/the site/x.sqlite3")
    settings.MEDIA_ROOT = "/srv/the site/media"
    told = safety_copy.way_back(tmp_path)
    assert f"cp {tmp_path}/database.sqlite3 '/srv/the site/x.sqlite3' && rm -f" in told
    assert f"cp -R {tmp_path}/media/. '/srv/the site/media'/" in told


def test_listening_everywhere_names_who_is_answered(settings):
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["localhost", "127.0.0.1"], "http://127.0.0.1:9000"
    told = Up().listening(EVERYWHERE, 9000)
    assert "answering to: localhost, 127.0.0.1." in told
    assert "SITE_URL=http://NAME:9000" in told
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["exchange.example.org"], "https://exchange.example.org"
    assert Up().listening(EVERYWHERE, 9000).endswith("answering to: exchange.example.org.")
    assert Up().listening("127.0.0.1", 9000) == ""

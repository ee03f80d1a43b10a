"""What the configuration accepts, what it refuses and in which words, and what follows from an https address."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parent.parent.parent
COMPLETE = {
    "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    "DATABASE_URL": "sqlite:///var/site.sqlite3",
    "SITE_URL": "https://exchange.example.org",
}
SHOW = """
import json
from exchange import settings
names = %r
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


def run(*command: str, **variables: str) -> subprocess.CompletedProcess:
    environment = {"PATH": os.environ["PATH"], "EXCHANGE_ENV": os.devnull, "EXCHANGE_VENV": "0", **variables}
    return subprocess.run([sys.executable, *command], cwd=BASE, env=environment, capture_output=True, text=True)


def settings(*names: str, **variables: str) -> dict:
    done = run("-c", SHOW % (names,), **(COMPLETE | variables))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", COMPLETE)
def test_a_missing_variable_is_named(name):
    done = run("manage.py", "check", **{key: value for key, value in COMPLETE.items() if key != name})
    assert done.returncode == 1
    assert done.stderr.startswith(f"Not configured: {name}. Set it in the environment")
    assert "Traceback" not in done.stderr


def test_all_missing_variables_are_named_at_once():
    assert run("manage.py", "check").stderr.startswith("Not configured: SECRET_KEY, DATABASE_URL, SITE_URL. Set them")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SITE_URL", "exchange.example.org", "SITE_URL is 'exchange.example.org'"),
        ("SITE_URL", "https://example.org/exchange/", "SITE_URL is"),
        ("SITE_URL", "ftp://example.org", "SITE_URL is"),
        ("DATABASE_URL", "mysql://localhost/exchange", "DATABASE_URL must begin with"),
        ("CACHE_URL", "rediscache://localhost:6379/1", "CACHE_URL must be"),
    ],
)
def test_a_wrong_value_gets_a_sentence(name, value, words):
    done = run("manage.py", "check", **(COMPLETE | {name: value}))
    assert done.returncode == 1
    assert done.stderr.startswith(words)


def test_the_file_is_read_and_the_environment_wins(tmp_path):
    file = tmp_path / "exchange.env"
    file.write_text("SITE_NAME=From the file\nDEFAULT_FROM_EMAIL=file@example.org\n")
    found = settings("SITE_NAME", "DEFAULT_FROM_EMAIL", EXCHANGE_ENV=str(file), SITE_NAME="From the environment")
    assert found == {"SITE_NAME": "From the environment", "DEFAULT_FROM_EMAIL": "file@example.org"}


def test_https_brings_secure_cookies_and_strict_transport():
    secure = settings("SESSION_COOKIE_NAME", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")
    assert list(secure.values()) == ["__Host-session", True, True, 31_536_000]
    plain = settings(*secure, SITE_URL="http://127.0.0.1:8000")
    assert list(plain.values()) == ["session", False, False, 0]


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        ("https://exchange.example.org", ["exchange.example.org"]),
        ("http://127.0.0.1:8000", ["localhost", "127.0.0.1", "[::1]"]),
        ("http://[2001:db8::1]:8000", ["[2001:db8::1]"]),
    ],
)
def test_only_the_sites_own_host_is_answered(address, hosts):
    assert settings("ALLOWED_HOSTS", SITE_URL=address)["ALLOWED_HOSTS"] == hosts


def test_a_relative_database_lies_in_the_projects_folder():
    assert settings("DATABASES")["DATABASES"]["default"]["NAME"] == str(BASE / "var/site.sqlite3")


def test_postgresql_keeps_its_connections():
    config = settings("DATABASES", DATABASE_URL="postgresql://u:p%40ss@db/exchange")["DATABASES"]["default"]
    assert (config["PASSWORD"], config["CONN_MAX_AGE"], config["OPTIONS"]) == ("p@ss", 60, {"connect_timeout": 2})


def test_check_deploy_has_nothing_to_say_about_a_site_on_https():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.sqlite
def test_the_check_of_the_database_names_the_journal():
    done = run("manage.py", "check", "--database", "default", **(COMPLETE | {"DATABASE_URL": "sqlite://:memory:"}))
    assert "(exchange.I001) SQLite 3." in done.stderr


def test_help_needs_no_configuration():
    done = run("manage.py", "help", "up")
    assert done.returncode == 0
    assert "--port" in done.stdout

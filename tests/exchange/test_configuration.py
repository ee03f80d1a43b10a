"""What `up` configures by itself."""

import os
import stat

import pytest

from exchange import configuration


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

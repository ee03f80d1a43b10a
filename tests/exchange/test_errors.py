"""What stands in place of a page when a request fails: in the dress of the site, in both languages, and still safe."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError
from django.test import Client

from tests.browser.staff import PASSWORD, member
from trips.views import pages

pytestmark = pytest.mark.django_db


def failing(client, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(pages.lists, "front", broken)
    client.raise_request_exception = False
    return client.get("/en/")


def from_another_host(client, monkeypatch):
    return client.get("/en/", headers={"host": "elsewhere.example"})


def without_the_right(client, monkeypatch):
    member("intern", is_superuser=False)
    client.login(username="intern", password=PASSWORD)
    return client.get("/admin/auth/user/")


def from_an_old_form(client, monkeypatch):
    return Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "mei"})


@pytest.mark.parametrize(
    ("happens", "status", "english", "chinese"),
    [
        (failing, 500, "Something went wrong here", "出错了"),
        (from_another_host, 400, "This request cannot be answered", "无法处理此请求"),
        (without_the_right, 403, "You may not do this", "无权执行此操作"),
        (from_an_old_form, 403, "This form is no longer valid", "表单已失效"),
    ],
)
def test_a_failure_is_told_in_both_languages(client, monkeypatch, happens, status, english, chinese):
    response = happens(client, monkeypatch)
    text = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{english}</h1>" in text
    assert chinese in text
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert len(response.content) <= 10_000
    assert "elsewhere.example" not in text


def test_a_request_without_a_path_is_answered():
    """`OPTIONS *` is legal HTTP; what is served then is our answer, not a failure."""
    from django.test import RequestFactory

    from exchange.middleware import Language

    request = RequestFactory().options("/")
    request.path_info = "*"
    assert Language(lambda _request: "answered")(request) == "answered"


@pytest.mark.parametrize("error", [OperationalError("connection refused"), InterfaceError("connection already closed")])
def test_without_a_database_a_public_page_is_unavailable_for_a_while(client, monkeypatch, caplog, error):
    def down(*args, **kwargs):
        raise error

    monkeypatch.setattr(pages.lists, "front", down)
    response = client.get("/en/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert response.headers["Cache-Control"] == "no-store"
    text = response.content.decode()
    assert "<h1>Not available just now</h1>" in text
    assert "暂时无法访问" in text
    assert "connection" not in text
    assert "The database does not answer." in caplog.text


def test_without_a_database_the_desk_is_unavailable_for_a_while(client, monkeypatch):
    def down(*args, **kwargs):
        raise OperationalError

    member()
    client.login(username="mei", password=PASSWORD)
    monkeypatch.setattr(SessionStore, "_get_session_from_db", down)
    response = client.get("/admin/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")


def test_other_failures_of_the_database_stay_failures(client, monkeypatch):
    assert failing(client, monkeypatch).status_code == 500


ASK = """
import json, time, django
django.setup()
from django.test import Client
found = []
for path in ("/en/", "/en/trips/any/", "/api/v1/trips/", "/media/photos/any/1.jpg", "/admin/login/", "/healthz"):
    start = time.monotonic()
    response = Client(raise_request_exception=False).get(path)
    found.append([path, response.status_code, time.monotonic() - start])
print(json.dumps(found))
"""


def test_a_server_that_is_not_there_is_found_out_soon():
    """In a process of its own, whose database is an address at which nothing listens."""
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    run = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    for path, status, seconds in json.loads(run.stdout):
        assert status == (200 if path == "/admin/login/" else 503), path
        assert seconds <= 3, path

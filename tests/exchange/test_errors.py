"""What stands in place of a page when a request fails: in the dress of the site, in both languages, without a policy hole."""

import pytest
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

"""The layer around Django: bodies that are too large, and whom to believe about the client's address."""

import pytest
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from exchange.wsgi import ignore_charsets, limit_bodies


def answer(length: str | None) -> str:
    statuses = []

    def application(environ, start_response):
        start_response("200 OK", [])
        return [b""]

    environ = {} if length is None else {"CONTENT_LENGTH": length}
    list(limit_bodies(application, 1000)(environ, lambda status, headers: statuses.append(status)))
    return statuses[0]


@pytest.mark.parametrize("length", [None, "", "0", "1000"])
def test_a_body_within_the_limit_passes(length):
    assert answer(length) == "200 OK"


@pytest.mark.parametrize("length", ["1001", "9" * 5000, "-1", "ten", "١"])
def test_a_larger_or_nonsensical_one_is_refused(length):
    assert answer(length).startswith("413")


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("10.0.0.1", "203.0.113.9", ("203.0.113.9", "https")),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", ("203.0.113.9", "https")),
        ("192.0.2.5", "203.0.113.9", ("192.0.2.5", "http")),
    ],
)
def test_only_a_trusted_proxy_speaks_for_a_client(peer, forwarded, seen):
    environ = {
        "REMOTE_ADDR": peer,
        "HTTP_X_FORWARDED_FOR": forwarded,
        "HTTP_X_FORWARDED_PROTO": "https",
        "wsgi.url_scheme": "http",
    }
    wrap_wsgi_with_proxy_headers(lambda environ, start: [], ["10.0.0.1"])(environ, None)
    assert (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]) == seen


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("text/html; charset=rot13", "text/html"),
        ("application/x-www-form-urlencoded;charset=utf-16", "application/x-www-form-urlencoded"),
        ("multipart/form-data; charset=idna; boundary=abc", "multipart/form-data; boundary=abc"),
        ("multipart/form-data; boundary=abc", "multipart/form-data; boundary=abc"),
    ],
)
def test_a_request_does_not_choose_how_it_is_decoded(given, left):
    environ = {"CONTENT_TYPE": given}
    ignore_charsets(lambda environ, start: [])(environ, None)
    assert environ["CONTENT_TYPE"] == left

"""Headers that every page carries, the desk included."""

import pytest
from django.core.files.base import ContentFile

from exchange.settings import CONTENT_SECURITY_POLICY
from tests import cast
from trips import workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def headers(client):
    return client.get("/admin/login/").headers


def test_the_content_policy_allows_the_sites_own_files_and_nothing_else(headers):
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert set(policy) == set(CONTENT_SECURITY_POLICY["DIRECTIVES"])
    assert "unsafe" not in str(policy)
    assert "data:" not in str(policy)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_the_others(headers, name, value):
    assert headers[name] == value


def test_unused_features_of_the_browser_are_off(headers):
    assert "camera=()" in headers["Permissions-Policy"]


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client):
    cookie = client.get("/admin/login/").cookies["csrf"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_withdrawn_file_is_out_of_every_cache_within_five_seconds(client):
    trip = cast.trip()
    document = trip.documents.create(title_en="Agenda", public=True, file=ContentFile(b"%PDF-1.7", name="a.pdf"))
    cast.published(trip)
    address = f"/media/documents/{document.uid}/{document.file.name.rpartition('/')[2]}"
    response = client.get(address)
    assert response.headers["Cache-Control"] == "public, max-age=5, must-revalidate"
    assert client.get(address, headers={"if-none-match": response.headers["ETag"]}).status_code == 304
    workflow.withdraw(trip, by=None, reason_en="Wrong.")
    gone = client.get(address, headers={"if-none-match": response.headers["ETag"]})
    assert (gone.status_code, gone.headers["Cache-Control"]) == (410, "public, max-age=0, must-revalidate")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_in_a_browser(page, violations, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto("/admin/login/")
    assert page.title()
    assert violations(page) == []


def test_a_cookie_that_was_sent_along_is_not_answered_with_another_one(client):
    for path in ("/en/", "/en/trips/", "/api/v1/trips/", "/robots.txt", "/en/nothing/"):
        response = client.get(path, headers={"cookie": "csrf=x; csrftoken=y"})
        assert not response.cookies, path
        assert "Cookie" not in response.headers.get("Vary", ""), path

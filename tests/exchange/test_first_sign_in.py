"""The link with which the first administrator begins."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange import first_sign_in

User = get_user_model()
PASSWORD = "Kuala-Lumpur-2026"
FORM = {"username": "ada", "email": "", "password1": PASSWORD, "password2": PASSWORD}


def path() -> str:
    return first_sign_in.link().removeprefix("http://testserver")


@pytest.mark.django_db
def test_the_link_makes_one_administrator_and_signs_in(client):
    address = path()
    assert client.get(address).status_code == 200
    response = client.post(address, FORM)
    assert response.headers["Location"] == reverse("admin:index")
    ada = User.objects.get()
    assert (ada.username, ada.is_staff, ada.is_superuser) == ("ada", True, True)
    assert ada.check_password(PASSWORD)
    assert client.session["_auth_user_id"] == str(ada.pk)


@pytest.mark.django_db
def test_it_works_once(client):
    address = path()
    client.post(address, FORM)
    stranger = Client()
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, FORM | {"username": "eve"}).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_it_ends_after_a_day(client, monkeypatch):
    monkeypatch.setattr(signing.time, "time", lambda: (timezone.now() - timedelta(hours=25)).timestamp())
    address = path()
    monkeypatch.undo()
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "administrator.1xW4vp.AAAA", "administrator"])
def test_a_forged_link_leads_nowhere(client, token):
    page = client.get(reverse("first_sign_in", args=[token]))
    assert page.status_code == 404
    assert "This link is not valid" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"password2": "another"}, {"password1": "123", "password2": "123"}, {"username": ""}]
)
def test_a_wrong_form_comes_back(client, wrong):
    page = client.post(path(), FORM | wrong)
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_page_is_kept_by_no_cache_and_tells_no_other_site(client):
    headers = client.get(path()).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db(transaction=True)
def test_of_two_people_with_the_link_one_gets_through():
    address, start, answers = path(), Barrier(2), []

    def run(name: str) -> None:
        start.wait()
        answers.append(Client().post(address, FORM | {"username": name}).status_code)
        connection.close()

    threads = [Thread(target=run, args=[name]) for name in ("ada", "eve")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 404]
    assert User.objects.count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_in_a_browser(page, live_server, violations):
    page.goto(path())
    assert violations(page) == []
    for label, value in {"Username": "ada", "Password:": PASSWORD, "confirmation": PASSWORD}.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Create the account").click()
    page.wait_for_url(live_server.url + reverse("admin:index"))

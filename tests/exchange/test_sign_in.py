"""The brake on guessing passwords."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django.utils import timezone

from exchange import sign_in
from exchange.models import LoginAttempt

pytestmark = pytest.mark.django_db
PASSWORD = "right-and-long-enough"


@pytest.fixture
def ada():
    return get_user_model().objects.create_user("ada", password=PASSWORD, is_staff=True)


def attempt(name: str, password: str = "wrong", address: str = "203.0.113.9") -> list[str]:
    """What the form answers; empty for success."""
    request = RequestFactory().post("/admin/login/", REMOTE_ADDR=address)
    form = sign_in.SignInForm(request, data={"username": name, "password": password})
    form.is_valid()
    return [error.code for error in form.non_field_errors().as_data()]


def test_the_right_password_signs_in_and_clears_the_count(ada):
    for _ in range(sign_in.PER_ACCOUNT - 1):
        assert attempt("ada") == ["invalid_login"]
    assert attempt("ada", PASSWORD) == []
    assert not LoginAttempt.objects.exists()


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_known_and_unknown_accounts_get_the_same_answers(ada, name):
    answers = [attempt(name) for _ in range(sign_in.PER_ACCOUNT + 2)]
    assert answers == [["invalid_login"]] * sign_in.PER_ACCOUNT + [["too_many"]] * 2


def test_even_the_right_password_waits(ada):
    for _ in range(sign_in.PER_ACCOUNT):
        attempt("ada")
    assert attempt("ada", PASSWORD) == ["too_many"]


@pytest.mark.parametrize("spelling", ["ADA", " ada ", "ａｄａ"])  # the last is full-width
def test_spellings_of_a_name_count_together(ada, spelling):
    for _ in range(sign_in.PER_ACCOUNT):
        attempt(spelling)
    assert attempt("ada") == ["too_many"]


def test_one_address_trying_many_names_is_stopped():
    for number in range(sign_in.PER_ADDRESS):
        assert attempt(f"name{number}") == ["invalid_login"]
    assert attempt("another") == ["too_many"]
    assert attempt("another", address="203.0.113.10") == ["invalid_login"]


def test_neighbours_in_an_ipv6_network_are_one_address():
    assert sign_in.address_key("2001:db8::1") == sign_in.address_key("2001:db8::ffff")
    assert sign_in.address_key("2001:db8::1") != sign_in.address_key("2001:db8:0:1::1")
    assert sign_in.address_key("::ffff:203.0.113.9") == sign_in.address_key("203.0.113.9")


def test_the_brake_lets_go_after_a_quarter_of_an_hour(ada):
    for _ in range(sign_in.PER_ACCOUNT):
        attempt("ada")
    LoginAttempt.objects.update(at=timezone.now() - sign_in.WINDOW - timedelta(seconds=1))
    assert attempt("ada", PASSWORD) == []


def test_refused_attempts_do_not_prolong_the_wait(ada):
    for _ in range(sign_in.PER_ACCOUNT + 5):
        attempt("ada")
    assert LoginAttempt.objects.count() == sign_in.PER_ACCOUNT


def test_the_table_names_nobody(ada):
    attempt("ada")
    row = LoginAttempt.objects.get()
    assert len(row.account) == len(row.address) == 64
    assert "ada" not in row.account


def test_somebody_who_is_not_staff_is_told_no_more_than_a_stranger():
    get_user_model().objects.create_user("reader", password=PASSWORD)
    assert attempt("reader", PASSWORD) == ["invalid_login"]
    assert LoginAttempt.objects.count() == 1


def test_the_desk_uses_this_form(client, ada):
    for _ in range(sign_in.PER_ACCOUNT):
        client.post("/admin/login/", {"username": "ada", "password": "wrong"})
    page = client.post("/admin/login/", {"username": "ada", "password": PASSWORD})
    assert "Too many attempts" in page.content.decode()

"""The brake on asking for passwords by mail: the same answer always, and few mails."""

import smtplib
import threading
import time
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange import password_reset, sign_in
from exchange.models import LoginAttempt

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei():
    return get_user_model().objects.create_user("mei", "mei@example.org", "an-old-pass-phrase")


def ask(email: str, address: str = "203.0.113.9") -> tuple[int, str]:
    response = Client().post(reverse("admin_password_reset"), {"email": email}, REMOTE_ADDR=address)
    return response.status_code, response.headers["Location"]


def test_an_account_gets_three_mails_in_a_quarter_of_an_hour(mei, mailoutbox):
    answers = {ask(email, f"203.0.113.{number}") for number, email in enumerate([mei.email, "MEI@example.org"] * 10)}
    assert answers == {(302, reverse("password_reset_done"))}
    assert len(mailoutbox) == 3
    LoginAttempt.objects.update(at=timezone.now() - sign_in.WINDOW - timedelta(seconds=1))
    ask(mei.email)
    assert len(mailoutbox) == 4


def test_an_address_asks_twenty_times(mei, mailoutbox):
    answers = {ask(f"nobody{number}@example.org") for number in range(password_reset.PER_ADDRESS)}
    answers.add(ask(mei.email))
    assert answers == {(302, reverse("password_reset_done"))}
    assert mailoutbox == []
    ask(mei.email, "203.0.113.10")
    assert len(mailoutbox) == 1


def test_the_table_names_nobody_and_sign_in_counts_apart(mei):
    for _ in range(5):
        ask(mei.email)
    assert LoginAttempt.objects.count() == password_reset.PER_ACCOUNT
    for row in LoginAttempt.objects.all():
        assert row.account != sign_in.account_key(mei.email)
        assert row.address != sign_in.address_key("203.0.113.9")


def test_the_answer_does_not_wait_for_the_mail_server(mei, settings, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    let_go, sent = threading.Event(), threading.Event()

    class SlowServer:
        def __init__(self, *args, **kwargs):
            let_go.wait(10)
            sent.set()
            raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(smtplib, "SMTP", SlowServer)
    started = time.monotonic()
    assert ask(mei.email)[0] == 302
    assert time.monotonic() - started < 5
    assert not sent.is_set()
    let_go.set()
    assert sent.wait(10)

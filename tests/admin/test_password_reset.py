"""A new password by mail: in both languages, to our own address, and the same answer for everybody."""

import re

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_mail_speaks_both_languages_and_leads_to_this_site():
    user = User.objects.create_user("mei", "mei@example.org", "an-old-pass-phrase")
    client = Client()
    assert client.post(reverse("admin_password_reset"), {"email": user.email}).status_code == 302
    (letter,) = mail.outbox
    assert "Your password" in letter.subject
    assert "您的密码" in letter.subject
    links = set(re.findall(r"http://testserver/\S+", letter.body))
    assert len(links) == 1
    page = client.get(links.pop(), follow=True)
    assert "<title>Choose your password" in page.content.decode()
    words = {"new_password1": "a-new-pass-phrase", "new_password2": "a-new-pass-phrase"}
    assert client.post(page.request["PATH_INFO"], words).status_code == 302
    assert client.login(username="mei", password="a-new-pass-phrase")


def test_an_unknown_address_gets_the_same_answer_and_no_mail():
    client = Client()
    response = client.post(reverse("admin_password_reset"), {"email": "nobody@example.org"})
    assert response.headers["Location"] == reverse("password_reset_done")
    assert mail.outbox == []

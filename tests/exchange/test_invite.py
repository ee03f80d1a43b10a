import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
User = get_user_model()
PASSWORD = "Kuala-Lumpur-2026"


def link_in(message) -> str:
    return re.search(r"http://testserver(/\S+)\n", message.body).group(1)


def test_an_invitation_makes_an_account_and_mails_a_link_in_both_languages(mailoutbox):
    call_command("invite", "Ada@Example.org", name="Ada Tan")
    ada = User.objects.get()
    assert (ada.username, ada.email, ada.first_name) == ("ada@example.org", "ada@example.org", "Ada Tan")
    assert (ada.is_staff, ada.is_superuser, ada.has_usable_password()) == (True, False, False)
    message = mailoutbox[0]
    assert message.to == ["ada@example.org"]
    assert "choose a password" in message.body
    assert "设置密码" in message.body
    assert message.body.count(link_in(message)) == 2


def test_the_link_lets_the_person_choose_a_password(client, mailoutbox):
    call_command("invite", "ada@example.org")
    page = client.get(link_in(mailoutbox[0]), follow=True)
    done = client.post(page.request["PATH_INFO"], {"new_password1": PASSWORD, "new_password2": PASSWORD}, follow=True)
    assert done.status_code == 200
    assert User.objects.get().check_password(PASSWORD)
    assert client.get(link_in(mailoutbox[0])).status_code == 200  # the page that says it has been used
    assert not client.get(link_in(mailoutbox[0])).context["validlink"]


def test_an_administrator():
    call_command("invite", "ada@example.org", administrator=True)
    assert User.objects.get().is_superuser


def test_inviting_again_sends_a_new_link_and_keeps_the_account(mailoutbox):
    call_command("invite", "ada@example.org", name="Ada Tan")
    call_command("invite", "ada@example.org", name="Somebody else")
    assert User.objects.get().first_name == "Ada Tan"
    assert len(mailoutbox) == 2


def test_a_wrong_address_and_a_closed_account_are_refused(mailoutbox):
    with pytest.raises(CommandError, match="is not a mail address"):
        call_command("invite", "ada")
    User.objects.create_user("ada@example.org", is_active=False)
    with pytest.raises(CommandError, match="is closed"):
        call_command("invite", "ada@example.org")
    assert not mailoutbox


def test_no_account_without_its_mail(monkeypatch):
    def broken(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("exchange.management.commands.invite.send_mail", broken)
    with pytest.raises(ConnectionRefusedError):
        call_command("invite", "ada@example.org")
    assert not User.objects.exists()

import re
import socket

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from exchange.roles import ROLES

pytestmark = pytest.mark.django_db
User = get_user_model()
PASSWORD = "Kuala-Lumpur-2026"


def link_in(message) -> str:
    return re.search(r"http://testserver(/\S+)\n", message.body).group(1)


def roles_of(user) -> list[str]:
    return sorted(user.groups.values_list("name", flat=True))


def test_an_invitation_makes_an_account_and_mails_a_link_in_both_languages(mailoutbox):
    call_command("invite", "Ada@Example.org", name="Ada Tan", role="editor")
    ada = User.objects.get()
    assert (ada.username, ada.email, ada.first_name) == ("ada@example.org", "ada@example.org", "Ada Tan")
    assert (ada.is_staff, ada.is_superuser, ada.has_usable_password()) == (True, False, False)
    message = mailoutbox[0]
    assert message.to == ["ada@example.org"]
    assert "choose a password" in message.body
    assert "设置密码" in message.body
    assert message.body.count(link_in(message)) == 2


@pytest.mark.parametrize("role", ROLES)
def test_the_role_gives_the_rights(role):
    call_command("invite", "ada@example.org", "--role", role.lower())
    ada = User.objects.get()
    assert roles_of(ada) == [role]
    assert ada.has_perm("trips.change_trip")
    assert ada.has_perm("trips.publish_trip") == (role in ("Publisher", "Administrator"))


def test_a_new_account_needs_a_role(mailoutbox):
    with pytest.raises(CommandError, match="--role: contributor, editor, publisher or administrator"):
        call_command("invite", "ada@example.org", name="Ada Tan")
    with pytest.raises(CommandError, match="invalid choice: 'king'"):
        call_command("invite", "ada@example.org", "--role", "king")
    assert not User.objects.exists()
    assert not mailoutbox


def test_the_link_lets_the_person_choose_a_password(client, mailoutbox):
    call_command("invite", "ada@example.org", role="contributor")
    page = client.get(link_in(mailoutbox[0]), follow=True)
    done = client.post(page.request["PATH_INFO"], {"new_password1": PASSWORD, "new_password2": PASSWORD}, follow=True)
    assert done.status_code == 200
    assert User.objects.get().check_password(PASSWORD)
    assert client.get(link_in(mailoutbox[0])).status_code == 200  # the page that says it has been used
    assert not client.get(link_in(mailoutbox[0])).context["validlink"]


@pytest.mark.parametrize("option", ["--superuser", "--administrator"])
def test_a_superuser_needs_no_role(option):
    call_command("invite", "ada@example.org", option)
    ada = User.objects.get()
    assert (ada.is_staff, ada.is_superuser, roles_of(ada)) == (True, True, [])


def test_inviting_again_sends_a_new_link_keeps_the_account_and_adds_the_role(mailoutbox):
    call_command("invite", "ada@example.org", name="Ada Tan", role="contributor")
    call_command("invite", "ada@example.org", name="Somebody else")
    assert roles_of(User.objects.get()) == ["Contributor"]
    call_command("invite", "ada@example.org", role="publisher")
    assert User.objects.get().first_name == "Ada Tan"
    assert roles_of(User.objects.get()) == ["Contributor", "Publisher"]
    assert len(mailoutbox) == 3


@pytest.mark.parametrize("given", ["ada@example.org", "ADA@Example.org", "ada", "Ada"])
def test_an_account_is_found_by_its_mail_address_or_its_user_name(mailoutbox, given):
    User.objects.create_superuser("ada", "Ada@example.org", PASSWORD)  # as the first sign-in makes it
    call_command("invite", given)
    assert User.objects.count() == 1
    assert mailoutbox[0].to == ["Ada@example.org"]
    assert "Your user name is ada." in mailoutbox[0].body


def test_an_account_without_rights_is_pointed_out(capsys):
    User.objects.create_user("ada", "ada@example.org", PASSWORD)
    call_command("invite", "ada")
    assert "This account may do nothing yet" in capsys.readouterr().out
    call_command("invite", "ada", role="editor")
    assert "may do nothing" not in capsys.readouterr().out
    assert User.objects.get().is_staff


def test_of_several_accounts_with_an_address_one_is_to_be_named(mailoutbox):
    for name in ("ada", "deputy"):
        User.objects.create_user(name, "office@example.org")
    with pytest.raises(CommandError, match="ada, deputy"):
        call_command("invite", "office@example.org")
    call_command("invite", "deputy")
    assert "Your user name is deputy." in mailoutbox[0].body


def test_who_cannot_be_invited(mailoutbox):
    with pytest.raises(CommandError, match="is not a mail address"):
        call_command("invite", "ada", role="editor")
    User.objects.create_user("ada@example.org", is_active=False)
    with pytest.raises(CommandError, match="is closed"):
        call_command("invite", "ada@example.org")
    User.objects.create_superuser("root")
    with pytest.raises(CommandError, match=r"has no mail address.*changepassword root"):
        call_command("invite", "root")
    assert not mailoutbox


def test_a_mail_server_that_does_not_answer_gets_a_sentence_and_the_account_is_kept(settings, mailoutbox):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))  # bound, but nobody listens
        settings.EMAIL_HOST, settings.EMAIL_PORT = probe.getsockname()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        with pytest.raises(CommandError, match=r"could not be sent \(.*refused.*\). Check EMAIL_URL"):
            call_command("invite", "ada@example.org", role="editor")
    assert roles_of(User.objects.get()) == ["Editor"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("invite", "ada@example.org")
    assert len(mailoutbox) == 1

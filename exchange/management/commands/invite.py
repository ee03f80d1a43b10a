"""`manage.py invite`: a colleague gets an account, a role and, by mail, a link to choose a password."""

import argparse
import shlex
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from exchange import audit
from exchange.roles import ROLES

User = get_user_model()
CHOICES = [name.lower() for name in ROLES]
ROLE_NAMES = f"{', '.join(CHOICES[:-1])} or {CHOICES[-1]}"

SUBJECT = "Your account · 您的账号：{site}"
BODY = """\
{name}

You are invited to {site}. Your user name is {username}. Please open this link
within three days and choose a password:

{link}

After that you sign in at {desk}
If the link has expired, ask your administrator for a new invitation.

----

{name}：

诚邀您使用 {site}。您的用户名是 {username}。请在三天之内打开以下链接并设置密码：

{link}

此后请在此登录：{desk}
如链接已失效，请联系管理员重新发送邀请。
"""


def password_link(user: Any) -> str:
    """Where this person chooses a password. It ends when it is used, and after PASSWORD_RESET_TIMEOUT."""
    names = {
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    return settings.SITE_URL + reverse("password_reset_confirm", kwargs=names)


def account_of(address: str) -> Any:
    """The account with this mail address or user name, whatever the case; None where there is none."""
    found = list(User.objects.filter(Q(email__iexact=address) | Q(username__iexact=address)))
    exact = [user for user in found if user.username == address]
    if len(found) > 1 and not exact:
        names = ", ".join(sorted(user.username for user in found))
        raise CommandError(f"Several accounts have the address {address}: {names}. Invite one by its user name.")
    return (exact or found or [None])[0]


def give(user: Any, *, role: str, superuser: bool) -> None:
    """The rights that were asked for, beside those the account has."""
    if role:
        group = Group.objects.filter(name=role.capitalize()).first()
        if group is None:
            raise CommandError(f"There is no group {role.capitalize()}. `manage.py migrate` makes it.")
        user.groups.add(group)
    user.is_staff = user.is_staff or bool(role) or superuser
    user.is_superuser = user.is_superuser or superuser
    user.save()


class Command(BaseCommand):
    help = "Invite a member of staff: makes an account with a role and mails a link to choose its password."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("address", help="where the invitation goes; a new account has it as user name too")
        parser.add_argument("--name", default="", help="the person's name as colleagues see it")
        parser.add_argument("--role", choices=CHOICES, type=str.lower, default="", help="what the person may do")
        parser.add_argument(
            "--superuser", "--administrator", action="store_true", help="every right, also to make superusers"
        )

    def handle(self, *args: Any, address: str, name: str, role: str, superuser: bool, **options: Any) -> None:
        with transaction.atomic():
            user = account_of(address.strip())
            created = user is None
            if created:
                user = self.new_account(address.strip().lower(), name, may_something=bool(role) or superuser)
            self.require_reachable(user)
            give(user, role=role, superuser=superuser)
            audit.record("invited", user, by=None, role="superuser" if superuser else role.capitalize())
        # Outside the transaction: a slow mail server does not hold up the others.
        self.send(user)
        self.stdout.write(f"{'Invited' if created else 'A new link went to'} {user.email}.")
        if not (user.is_superuser or user.groups.exists() or user.user_permissions.exists()):
            self.stdout.write(f"This account may do nothing yet. Give the command again with --role: {ROLE_NAMES}.")

    def new_account(self, address: str, name: str, *, may_something: bool) -> Any:
        try:
            validate_email(address)
        except ValidationError:
            raise CommandError(f"{address!r} is not a mail address, and no account has that user name.") from None
        if not may_something:
            raise CommandError(f"What may {address} do? A new account needs --role: {ROLE_NAMES}.")
        return User.objects.create_user(address, address, first_name=name)  # without a password

    def require_reachable(self, user: Any) -> None:
        if not user.is_active:
            raise CommandError(f"The account of {user.username} is closed. Open it again on the desk first.")
        if not user.email:
            raise CommandError(
                f"The account {user.username} has no mail address. Enter one on the desk, or set a password here: "
                f"python3 manage.py changepassword {shlex.quote(user.username)}"
            )

    def send(self, user: Any) -> None:
        words = {
            "site": settings.SITE_NAME,
            "name": user.get_full_name() or user.username,
            "username": user.username,
            "link": password_link(user),
            "desk": f"{settings.SITE_URL}/admin/",
        }
        try:
            send_mail(SUBJECT.format(**words), BODY.format(**words), None, [user.email])
        except OSError as error:  # the network's and SMTP's errors are all of this kind
            raise CommandError(
                f"The account of {user.username} is ready, but the mail could not be sent ({error}). "
                "Check EMAIL_URL and give the command again: it sends a new link."
            ) from None

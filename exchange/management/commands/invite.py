"""`manage.py invite`: a colleague gets an account and, by mail, a link to choose its password."""

import argparse
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

User = get_user_model()

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


class Command(BaseCommand):
    help = "Invite a member of staff: makes an account and mails a link to choose its password."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email", help="the address the invitation goes to; also the user name")
        parser.add_argument("--name", default="", help="the person's name as colleagues see it")
        parser.add_argument("--administrator", action="store_true", help="may do everything")

    @transaction.atomic  # no account without its mail
    def handle(self, *args: Any, email: str, name: str, administrator: bool, **options: Any) -> None:
        email = email.strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is not a mail address.") from None
        user, created = User.objects.get_or_create(
            username=email, defaults={"email": email, "first_name": name, "is_staff": True}
        )
        if not user.is_active:
            raise CommandError(f"The account of {email} is closed. Open it again on the desk first.")
        if created:
            user.set_unusable_password()
        if administrator:
            user.is_superuser = True
        user.save()
        self.send(user)
        self.stdout.write(f"{'Invited' if created else 'A new link went to'} {email}.")

    def send(self, user: Any) -> None:
        words = {
            "site": settings.SITE_NAME,
            "name": user.get_full_name() or user.username,
            "username": user.username,
            "link": password_link(user),
            "desk": f"{settings.SITE_URL}/admin/",
        }
        send_mail(SUBJECT.format(**words), BODY.format(**words), None, [user.email])

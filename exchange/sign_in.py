"""The sign-in form of the desk, with a brake on guessing. The brake is a table, so all workers share it."""

import ipaddress
import unicodedata
from datetime import timedelta
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from exchange.models import LoginAttempt

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 30


def keyed(kind: str, value: str) -> str:
    """A hash that only this installation can make, so that the table is of no use outside."""
    return salted_hmac(f"exchange.sign_in.{kind}", value, algorithm="sha256").hexdigest()


def account_key(name: str) -> str:
    """One key for all spellings of a name: width, case and blanks make no difference."""
    return keyed("account", unicodedata.normalize("NFKC", name).casefold().strip())


def address_key(address: str) -> str:
    """One key for an IPv4 address, or for the /64 network of an IPv6 one: that much belongs to one household."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return keyed("address", address)
    if parsed.version == 6 and parsed.ipv4_mapped is None:
        return keyed("address", str(ipaddress.ip_network((parsed, 64), strict=False)))
    return keyed("address", str(getattr(parsed, "ipv4_mapped", None) or parsed))


@transaction.atomic
def begin(account: str, address: str, per_account: int = PER_ACCOUNT, per_address: int = PER_ADDRESS) -> bool:
    """Note an attempt before its password is looked at. False, and nothing noted, where there were too many.

    Attempts at the very same instant may pass the limit by as many as there are workers; that is no help to guessing.
    """
    now = timezone.now()
    LoginAttempt.objects.filter(at__lt=now - WINDOW).delete()
    by_account = LoginAttempt.objects.filter(account=account).count()
    if by_account >= per_account or LoginAttempt.objects.filter(address=address).count() >= per_address:
        return False
    LoginAttempt.objects.create(account=account, address=address, at=now)
    return True


class SignInForm(AdminAuthenticationForm):
    """Django's form. After too many failures it gives one answer, whether or not the account exists."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "too_many": _("Too many attempts to sign in. Please wait 15 minutes and try again."),
    }

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        if not name or not self.cleaned_data.get("password"):
            return super().clean()
        account = account_key(name)
        if not begin(account, address_key(self.request.META.get("REMOTE_ADDR", ""))):
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        cleaned = super().clean()
        LoginAttempt.objects.filter(account=account).delete()
        return cleaned

"""A forgotten password, or a first one: the pages and the mail."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _

from exchange import sign_in
from exchange.sign_in import account_key, address_key, keyed

PER_ACCOUNT = 3
PER_ADDRESS = 20
# Two threads for each worker, started with the first mail; a worker that stops lets them finish.
MAILER = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password-mail")


class OnTheDesk:
    """In the desk's dress, for people who are not signed in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **admin.site.each_context(self.request),
            "is_nav_sidebar_enabled": False,
            **super().get_context_data(**kwargs),
        }  # type: ignore[attr-defined, misc]


@transaction.atomic
def begin(email: str, address: str) -> bool:
    """Note that somebody asked for a mail. False, and nothing noted, where there were too many.

    The rows are those of the brake on sign-in, under keys of their own: one never counts for the other.
    """
    # A row that is always there, locked, so that requests at the same instant are counted one after the other.
    ContentType.objects.select_for_update().get(app_label="auth", model="user")
    account, sender = keyed("reset", account_key(email)), keyed("reset", address_key(address))
    return sign_in.begin(account, sender, PER_ACCOUNT, PER_ADDRESS)


class AskForm(PasswordResetForm):
    """Django's form. It does not wait for the mail server: how long that takes would tell who has an account."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        send = super().send_mail  # it logs what goes wrong
        if settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend"):
            MAILER.submit(send, *args, **kwargs)
        else:
            send(*args, **kwargs)  # printed or kept: done in no time


class Ask(OnTheDesk, views.PasswordResetView):
    """Always answers the same, whether or not the address belongs to somebody, and whether or not a mail is sent."""

    form_class = AskForm
    subject_template_name = "registration/password_reset_subject.txt"
    extra_email_context = {"site": settings.SITE_URL, "site_title": settings.SITE_NAME}

    def form_valid(self, form: AskForm) -> HttpResponse:
        if begin(form.cleaned_data["email"], self.request.META.get("REMOTE_ADDR", "")):
            return super().form_valid(form)
        return HttpResponseRedirect(self.get_success_url())


class Asked(OnTheDesk, views.PasswordResetDoneView):
    """The mail is on its way."""


class Choose(OnTheDesk, views.PasswordResetConfirmView):
    """The page behind the link in the mail: for a first password too, so its title speaks of no old one."""

    title = _("Choose your password")


class Chosen(OnTheDesk, views.PasswordResetCompleteView):
    """The new password works."""


urlpatterns = [
    path("", Ask.as_view(success_url=reverse_lazy("password_reset_done")), name="admin_password_reset"),
    path("sent/", Asked.as_view(), name="password_reset_done"),
    path("<uidb64>/<token>/", Choose.as_view(), name="password_reset_confirm"),
    path("done/", Chosen.as_view(), name="password_reset_complete"),
]

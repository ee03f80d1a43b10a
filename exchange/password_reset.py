"""A forgotten password, or a first one: the pages and the mail."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.urls import path, reverse_lazy


class OnTheDesk:
    """In the desk's dress, for people who are not signed in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **admin.site.each_context(self.request),
            "is_nav_sidebar_enabled": False,
            **super().get_context_data(**kwargs),
        }  # type: ignore[attr-defined, misc]


class Ask(OnTheDesk, views.PasswordResetView):
    """Always answers the same, whether or not the address belongs to somebody."""

    subject_template_name = "registration/password_reset_subject.txt"
    extra_email_context = {"site": settings.SITE_URL, "site_title": settings.SITE_NAME}


class Asked(OnTheDesk, views.PasswordResetDoneView):
    """The mail is on its way."""


class Choose(OnTheDesk, views.PasswordResetConfirmView):
    """The page behind the link in the mail."""


class Chosen(OnTheDesk, views.PasswordResetCompleteView):
    """The new password works."""


urlpatterns = [
    path("", Ask.as_view(success_url=reverse_lazy("password_reset_done")), name="admin_password_reset"),
    path("sent/", Asked.as_view(), name="password_reset_done"),
    path("<uidb64>/<token>/", Choose.as_view(), name="password_reset_confirm"),
    path("done/", Chosen.as_view(), name="password_reset_complete"),
]

"""The first administrator: whoever holds the link that `manage.py up` prints chooses a name and a password, once."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model, login
from django.contrib.auth.forms import UserCreationForm
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from exchange import audit

User = get_user_model()

MAX_AGE = 24 * 3600
SIGNER = signing.TimestampSigner(salt="exchange.first_sign_in", sep=".")
BACKEND = "django.contrib.auth.backends.ModelBackend"


def administrator_exists() -> bool:
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def link() -> str:
    """An address for the first sign-in. It ends after a day, and with the first administrator."""
    token = SIGNER.sign("administrator")
    return settings.SITE_URL + reverse("first_sign_in", args=[token])


def is_valid(token: str) -> bool:
    try:
        SIGNER.unsign(token, max_age=MAX_AGE)
    except signing.BadSignature:
        return False
    return not administrator_exists()


class FirstAdministratorForm(UserCreationForm):
    """A name, a mail address if wanted, and a password twice."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "email")
        labels = {"email": _("Email address (optional)")}
        widgets = {"username": forms.TextInput(attrs={"autocomplete": "username"})}


def create(form: FirstAdministratorForm) -> bool:
    """Save the administrator. False when somebody else was first."""
    with transaction.atomic():
        # A row that is always there, locked, so that of two people with the link only one gets through.
        ContentType.objects.select_for_update().get(app_label="auth", model="user")
        if administrator_exists():
            return False
        form.instance.is_staff = form.instance.is_superuser = True
        form.save()
        audit.record("account_made", form.instance, by=None, after=["staff", "superuser"])
    return True


@sensitive_post_parameters()
@never_cache
@csrf_protect
def first_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """The form behind the link, or a page (404) that says how to get a new link. Success signs the person in."""
    open_ = is_valid(token)
    form = FirstAdministratorForm(request.POST or None) if open_ else None
    if form is not None and form.is_valid():
        if create(form):
            login(request, form.instance, backend=BACKEND)
            return redirect("admin:index")
        form = None
    context = {
        **admin.site.each_context(request),
        "title": _("First sign-in"),
        "form": form,
        "is_nav_sidebar_enabled": False,  # nobody is signed in yet
    }
    return TemplateResponse(request, "admin/first_sign_in.html", context, status=200 if form else 404)

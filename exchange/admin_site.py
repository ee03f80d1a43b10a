"""The desk: Django's admin under our name, with its sections grouped as people work and a page for today."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.desk import kept
from exchange.sign_in import SignInForm

GROUPS = (
    (_("Trips"), ("Trip", "Edition", "Theme")),
    (_("Site"), ("PlainPage",)),
    (
        _("Address book"),
        ("HostInstitution", "EnterprisePartner", "Embassy", "Organiser", "MediaOutlet", "Country", "City"),
    ),
    (_("People"), ("User", "Group", "AuditEntry")),
)


# Words of Django's admin for which its own Chinese catalogue has none.
LACKING = (
    _("Forgotten your login credentials?"),
    _("After you’ve created a user, you’ll be able to edit more user options."),
)


class Autocomplete(AutocompleteJsonView):
    """Choices are called what their section calls them."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": self.model_admin.label(obj)}


class DeskSite(admin.AdminSite):
    """Django's admin site with our words, sign-in form, groups and page for today."""

    site_header = _("Exchange Desk")
    site_title = _("Exchange Desk")
    index_title = _("Today")
    login_form = SignInForm

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """The sections a person may see, in our groups; Django's own list where it asks for one app."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        found = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = [
            {"name": name, "app_label": "", "models": [found[one] for one in models if one in found]}
            for name, models in GROUPS
        ]
        return [group for group in groups if group["models"]]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), kept.SAVED: kept.take_saved(request)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        from exchange.today import today  # knows the sections, which are registered with this site

        context: dict[str, Any] = {"now": timezone.now()}
        if request.user.has_perm("trips.view_trip"):
            context |= today(request.user, context["now"])
        return super().index(request, {**context, **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return Autocomplete.as_view(admin_site=self)(request)

"""Users and groups in the desk's dress."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, Permission, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from exchange.desk import Desk, DeskForm, ReadOnly

for model in (User, Group):
    admin.site.unregister(model)


class StaffForm(DeskForm, UserChangeForm):
    """Django's form, labelled as the others."""


@admin.register(User)
class StaffAdmin(Desk, UserAdmin):
    form = StaffForm
    list_display = ("username", "first_name", "last_name", "email", "is_staff", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    autocomplete_fields = ("groups",)
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Dates"), {"fields": (("last_login", "date_joined"),)}),
    )

    search_fields = ("username", "first_name", "last_name")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever works on trips can choose a person for one; only administrators see accounts."""
        choosing = request.resolver_match and request.resolver_match.url_name == "autocomplete"
        return super().has_view_permission(request, obj) or (choosing and request.user.has_perm("trips.change_trip"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The account of a superuser is a superuser's to change: its password would open every door."""
        untouchable = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not untouchable and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple:
        """Nobody makes superusers but superusers; roles are handed out by administrators."""
        if request.user.is_superuser:
            return self.readonly_fields
        kept = (
            ["is_superuser"] if request.user.has_perm("exchange.administer") else ["is_staff", "is_superuser", "groups"]
        )
        return (*self.readonly_fields, *kept)

    def label(self, record: User) -> str:
        return record.get_full_name() or record.get_username()


@admin.register(Group)
class RoleAdmin(Desk, GroupAdmin):
    filter_horizontal = ()
    autocomplete_fields = ("permissions",)


@admin.register(Permission)
class PermissionAdmin(ReadOnly, Desk):
    """Only to be chosen in a group: not in the navigation, and nothing to change."""

    search_fields = ("name", "codename", "content_type__model")
    list_select_related = ("content_type",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("content_type")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

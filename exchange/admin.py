"""Users and groups in the desk's dress."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, Permission, User
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk import Desk, DeskForm, ReadOnly, moments
from exchange.models import AuditEntry

for model in (User, Group):
    admin.site.unregister(model)


def is_last_superuser(user: User) -> bool:
    """True for the only account left that may do everything."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return user.is_superuser and not others.exists()


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

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Somebody can always get in: the last superuser stays."""
        return super().has_delete_permission(request, obj) and not (obj and is_last_superuser(obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The account of a superuser is a superuser's to change: its password would open every door."""
        untouchable = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not untouchable and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple:
        """Nobody makes superusers but superusers; roles are handed out by administrators."""
        if request.user.is_superuser:
            last = obj is not None and is_last_superuser(obj)
            return (*self.readonly_fields, *(("is_active", "is_staff", "is_superuser") if last else ()))
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

    def label(self, record: Group) -> str:
        return gettext(record.name)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What a role may do is a superuser's to change: whoever could would hold every right."""
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser


DEEDS = {
    "submit": _("submitted"),
    "send_back": _("sent back"),
    "approve": _("approved"),
    "publish": _("published"),
    "withdraw": _("withdrawn"),
}


@admin.register(AuditEntry)
class AuditAdmin(ReadOnly, Desk):
    """Every act of the workflow, with who did it and what they said."""

    list_display = ("at", "deed", "label_of_record", "who", "comment")
    list_filter = ("verb", "at")
    search_fields = ("label", "by_name", "comment")
    date_hierarchy = "at"
    fields = ("at", "who", "deed", "label_of_record", "comment", "times", "details")
    readonly_fields = fields

    @admin.display(description=_("what"), ordering="verb")
    def deed(self, entry: AuditEntry) -> str:
        return str(DEEDS.get(entry.verb, entry.verb))

    @admin.display(description=_("done by"), ordering="by_name")
    def who(self, entry: AuditEntry) -> str:
        return entry.by_name or gettext("A command")

    @admin.display(description=_("times"))
    def times(self, entry: AuditEntry) -> str:
        """In the zone in which they were said, and beside it in others."""
        names = {"public_from": _("public from"), "public_until": _("public until")}
        lines = ((names[name], moments.marked(moment, zone)) for name, moment, zone in moments.recorded(entry.details))
        return format_html_join("", "<p>{} {}</p>", lines) or "—"

    @admin.display(description=_("record"), ordering="label")
    def label_of_record(self, entry: AuditEntry) -> str:
        return entry.label


@admin.register(Permission)
class PermissionAdmin(ReadOnly, Desk):
    """Only to be chosen in a group: not in the navigation, and nothing to change."""

    search_fields = ("name", "codename", "content_type__model")
    list_select_related = ("content_type",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("content_type")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

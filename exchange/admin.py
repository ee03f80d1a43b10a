"""Users and groups in the desk's dress. What is done to them stands in the audit trail."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange import audit, trail_admin  # noqa: F401  the trail has its own room; importing registers it
from exchange.desk import Action, Desk, DeskForm, ReadOnly
from exchange.desk.kept import UNKEPT
from exchange.removals import Removals

for model in (User, Group):
    admin.site.unregister(model)


def are_last_superusers(users: Sequence[User]) -> bool:
    """True where nobody else who may do everything would be left."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk__in=[one.pk for one in users])
    return any(one.is_superuser for one in users) and not others.exists()


def _is_beyond(person: Any, account: User) -> bool:
    """True for the account of a superuser in the hands of somebody who is none."""
    return account.is_superuser and not person.is_superuser


def rights_of(user: User) -> list[str]:
    """The account's roles, and the rights it has beside them; see ``deeds.RIGHTS``."""
    beside = [name for name, has in (("staff", user.is_staff), ("superuser", user.is_superuser)) if has]
    return [*user.groups.order_by("name").values_list("name", flat=True), *beside]


class StaffForm(DeskForm, UserChangeForm):
    """Django's form, labelled as the others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "email" in self.fields:
            self.fields["email"].widget.attrs.update(UNKEPT)


@admin.register(User)
class StaffAdmin(Removals, Desk, UserAdmin):
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
        """Somebody can always get in: the last superuser stays, and superusers are a superuser's to delete."""
        untouchable = obj is not None and (_is_beyond(request.user, obj) or are_last_superusers([obj]))
        return not untouchable and super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        """All superusers at once are as good as the last one."""
        told, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return told, counts, lacking | ({self.opts.verbose_name} if are_last_superusers(objs) else set()), protected

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The account of a superuser is a superuser's to change: its password would open every door."""
        untouchable = obj is not None and _is_beyond(request.user, obj)
        return not untouchable and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple:
        """Nobody makes superusers but superusers; roles are handed out by administrators."""
        if request.user.is_superuser:
            last = obj is not None and are_last_superusers([obj])
            return (*self.readonly_fields, *(("is_active", "is_staff", "is_superuser") if last else ()))
        kept = (
            ["is_superuser"] if request.user.has_perm("exchange.administer") else ["is_staff", "is_superuser", "groups"]
        )
        return (*self.readonly_fields, *kept)

    def instead_of_deleting(self, request: HttpRequest, record: User) -> list[Action]:
        """An account that cannot be used any more keeps its name at what it did."""
        change = reverse("admin:auth_user_change", args=[record.pk])
        return [Action(_("Untick “Active” instead"), href=change, loud=True)] if record.is_active else []

    def label(self, record: User) -> str:
        return record.get_full_name() or record.get_username()

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        form.was = User.objects.get(pk=obj.pk) if change else None
        form.rights_were = rights_of(form.was) if change else []
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        """One entry for each thing that was done to the account."""
        super().save_related(request, form, formsets, change)
        user, rights = form.instance, rights_of(form.instance)
        if not change:
            audit.record("account_made", user, by=request.user, after=rights)
        elif rights != form.rights_were:
            audit.record("roles_changed", user, by=request.user, before=form.rights_were, after=rights)
        if change and user.is_active != form.was.is_active:
            audit.record("account_opened" if user.is_active else "account_closed", user, by=request.user)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Sets another person's password. Only when that is done, Django sends the browser on."""
        with transaction.atomic():
            response = super().user_change_password(request, id, form_url)
            if request.method == "POST" and response.status_code == 302:
                audit.record("password_set", User.objects.get(pk=id), by=request.user)
        return response


def codes_of(group: Group) -> list[str]:
    """What a role may do, as permissions are called in code."""
    rights = group.permissions.order_by("content_type__app_label", "codename")
    return [f"{app}.{code}" for app, code in rights.values_list("content_type__app_label", "codename")]


@admin.register(Group)
class RoleAdmin(Removals, Desk, GroupAdmin):
    filter_horizontal = ()
    autocomplete_fields = ("permissions",)

    def label(self, record: Group) -> str:
        return gettext(record.name)

    def save_model(self, request: HttpRequest, obj: Group, form: Any, change: bool) -> None:
        form.were = codes_of(obj) if change else []
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        codes = codes_of(form.instance)
        if codes != form.were:
            added, removed = sorted({*codes} - {*form.were}), sorted({*form.were} - {*codes})
            audit.record("rights_changed", form.instance, by=request.user, added=added, removed=removed)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What a role may do is a superuser's to change: whoever could would hold every right."""
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser


@admin.register(Permission)
class PermissionAdmin(ReadOnly, Desk):
    """Only to be chosen in a group: not in the navigation, and nothing to change."""

    search_fields = ("name", "codename", "content_type__model")
    list_select_related = ("content_type",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("content_type")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

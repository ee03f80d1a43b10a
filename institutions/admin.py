"""The address book on the desk: five sections of organisations, countries and cities."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from exchange import audit
from exchange.desk import Action, Addressed, ReadOnly, Rows, Section, Sections, label_of
from exchange.desk.words import language
from exchange.lib.languages import column, other
from exchange.models import Version
from exchange.transfer import Exporting
from exchange.versions import keep_first
from exchange.versions.pages import Versioned
from institutions import sheets
from institutions.asking import Asking
from institutions.choices import TYPES, Kind
from institutions.merge_pages import Merging
from institutions.models import (
    City,
    Country,
    Embassy,
    EnterprisePartner,
    HostInstitution,
    MediaOutlet,
    Name,
    Organisation,
    Organiser,
)
from institutions.models.sections import SECTIONS
from institutions.rename_pages import Renaming
from institutions.suspect_pages import Suspecting
from institutions.unmerging import merges


@admin.display(description=_("name"), ordering="name_en")
def named(record: Any) -> str:
    """The name with the other language's under it."""
    below = getattr(record, column("name", other(language())))
    below = "" if below == record.name else below
    return format_html('<b>{}</b><span class="sub">{}</span>', record.name, below)


@admin.display(description=_("type"), ordering="type")
def type_of(record: Organisation) -> str:
    return capfirst(record.get_type_display())


class NameRows(Rows):
    model = Name
    summary = ("text", "kind", "language", "valid_until")
    hint = _("Former names print on the pages of trips of their time. Variants only help to recognise a text.")
    fields = (("text", "language", "kind"), ("valid_from", "valid_until"), "source")


class CheckedFilter(admin.SimpleListFilter):
    title = _("checked")
    parameter_name = "checked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Checked")), ("no", _("To check"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        wanted = {"yes": False, "no": True}.get(self.value())
        return queryset if wanted is None else queryset.filter(checked_at__isnull=wanted)


PARTS = {
    "institutions.organisation.country": ngettext_lazy("in this country", "in this country"),
    "institutions.organisation.city": ngettext_lazy("in this city", "in this city"),
    "institutions.organisation.merged_into": ngettext_lazy("was merged into it", "was merged into it"),
    "institutions.organisation.checked_by": ngettext_lazy("checked it", "checked it"),
    "institutions.city.country": ngettext_lazy("in this country", "in this country"),
}


class OrganisationAdmin(Exporting, Asking, Renaming, Merging, Sections, Versioned):
    """What the five sections share."""

    parts = PARTS
    sheets = (sheets.ORGANISATIONS, sheets.NAMES)
    list_display = (named, type_of, "city", "standing")
    list_filter = ("type", ("city", admin.RelatedOnlyFieldListFilter), CheckedFilter)
    list_select_related = ("city", "country")
    search_fields = ("name_en", "name_zh_hans", "short_en", "short_zh_hans", "names__text")
    autocomplete_fields = ("country", "city")
    prepopulated_fields = {"slug": ("name_en",)}
    actions = ("mark_checked", "merge_selected")
    sections = (
        Section(
            "facts",
            _("Facts"),
            [
                ("name_en", "name_zh_hans"),
                ("short_en", "short_zh_hans"),
                "slug",
                ("type", "founded"),
                ("city", "country"),
                "website",
                ("ror", "wikidata"),
            ],
        ),
        Section("names", _("Names"), NameRows),
        Section("profile", _("Public profile"), [("about_en", "about_zh_hans")]),
    )

    @admin.display(description=_("checked"), ordering="checked_at")
    def standing(self, record: Organisation) -> str:
        words = _("Checked") if record.checked_at else _("To check")
        return format_html('<span class="{}">{}</span>', "lang ok" if record.checked_at else "lang stale", words)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).current()

    def formfield_for_choice_field(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "type" and hasattr(self.model, "KIND"):
            kwargs["choices"] = [("", "—"), *((one.value, one.label) for one in TYPES[self.model.KIND])]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def actions_for(self, request: HttpRequest, obj: Organisation) -> list[Action]:
        may = obj.checked_at is None and self.has_change_permission(request, obj)
        return [Action(_("Mark as checked"), name="check", loud=True)] if may else []

    def response_change(self, request: HttpRequest, obj: Organisation) -> HttpResponse:
        if request.POST.get("_action") == "check":
            self.mark_checked(request, self.model.objects.filter(pk=obj.pk))
        return super().response_change(request, obj)

    def obstacle(self, record: Organisation, version: Version) -> str:
        if any(one.at > version.at for one in merges(record)):
            return gettext("Another record was merged into this one since. Undo that first.")
        return ""

    @admin.action(description=_("Mark as checked"), permissions=["change"])
    def mark_checked(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        with transaction.atomic():
            keys = list(queryset.filter(checked_at=None).values_list("pk", flat=True))
            for key in keys:
                keep_first(self.model, key)
            count = self.model.objects.filter(pk__in=keys).update(checked_at=timezone.now(), checked_by=request.user)
            for record in self.model.objects.filter(pk__in=keys):
                audit.record("checked", record, by=request.user)
        words = ngettext("%d record is marked as checked.", "%d records are marked as checked.", count)
        self.message_user(request, words % count, messages.SUCCESS)


@admin.register(HostInstitution)
class HostInstitutionAdmin(OrganisationAdmin):
    pass


@admin.register(EnterprisePartner)
class EnterprisePartnerAdmin(OrganisationAdmin):
    list_filter = (("city", admin.RelatedOnlyFieldListFilter), CheckedFilter)


@admin.register(Embassy)
class EmbassyAdmin(OrganisationAdmin):
    list_display = (named, "country", type_of, "city", "standing")
    list_filter = ("type", ("country", admin.RelatedOnlyFieldListFilter), CheckedFilter)


@admin.register(Organiser)
class OrganiserAdmin(OrganisationAdmin):
    pass


@admin.register(MediaOutlet)
class MediaOutletAdmin(OrganisationAdmin):
    pass


@admin.register(Organisation)
class AnyOrganisationAdmin(Suspecting, ReadOnly, OrganisationAdmin):
    """Where an organisation of any section can be chosen; not a section of its own."""

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Of one section only, where the choice asks for that."""
        kind = request.GET.get("kind") if request.resolver_match.url_name == "autocomplete" else None
        queryset = queryset.filter(kind=kind) if kind in Kind.values else queryset
        return super().get_search_results(request, queryset, search_term)

    def seen(self, request: HttpRequest) -> models.QuerySet:
        """Those that were merged into others too: they still stand in the tables, and use what they use."""
        return Organisation._base_manager.select_related("merged_into")

    def address_of(self, record: Organisation) -> str:
        live = record.merged_into or record
        return reverse(admin_urlname(SECTIONS[live.kind]._meta, "change"), args=[live.pk])  # type: ignore[arg-type]

    def standing_of(self, record: Organisation) -> str:
        return _("merged into “%s”") % record.merged_into if record.merged_into else ""

    def label(self, record: Organisation) -> str:
        return f"{label_of(record)} ({record.get_kind_display()})"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Country)
class CountryAdmin(Exporting, Sections, Versioned):
    sheets = (sheets.COUNTRIES,)
    list_display = (named, "iso2", "joined_asean_on", "capital")
    search_fields = ("name_en", "name_zh_hans", "full_name_en", "full_name_zh_hans", "iso2", "iso3", "variants")
    prepopulated_fields = {"slug": ("name_en",)}
    sections = (
        Section(
            "facts",
            _("Facts"),
            [
                ("name_en", "name_zh_hans"),
                ("full_name_en", "full_name_zh_hans"),
                "slug",
                ("iso2", "iso3", "joined_asean_on"),
                ("capital_en", "capital_zh_hans"),
                "variants",
            ],
        ),
    )


@admin.register(City)
class CityAdmin(Exporting, Addressed, Asking, Sections, Versioned):
    parts = PARTS
    sheets = (sheets.CITIES,)
    list_display = (named, "province", "country")
    list_filter = (("country", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("country",)
    search_fields = ("name_en", "name_zh_hans", "province_en", "province_zh_hans")
    autocomplete_fields = ("country",)
    prepopulated_fields = {"slug": ("name_en",)}
    sections = (
        Section(
            "facts",
            _("Facts"),
            [
                ("name_en", "name_zh_hans"),
                ("province_en", "province_zh_hans"),
                "slug",
                "country",
                ("latitude", "longitude"),
            ],
        ),
    )

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk import Desk
from exchange.desk.words import day
from trips.models import Edition


@admin.register(Edition)
class EditionAdmin(Desk):
    """What was published: to be read, never changed."""

    list_display = ("trip", "number", "standing", "from_day", "change_note", "published_by")
    list_display_links = ("trip",)
    list_select_related = ("trip", "published_by")
    list_filter = ("public_from",)
    search_fields = ("slug", "trip__title_en", "trip__title_zh_hans")
    ordering = ("-public_from", "-number")
    fields = ("trip", "number", "standing", "public_from", "public_until", "change_note", "addresses", "digest")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("trip__withdrawals")

    @admin.display(description=_("state"))
    def standing(self, edition: Edition) -> str:
        if any(one.covers(edition.number) for one in edition.trip.withdrawals.all()):
            return format_html('<span class="state is-withdrawn">{}</span>', gettext("Withdrawn"))
        if edition.public_from > timezone.now():
            return format_html('<span class="state is-scheduled">{}</span>', gettext("Scheduled"))
        return format_html('<span class="state is-published">{}</span>', gettext("Published"))

    @admin.display(description=_("public from"), ordering="public_from")
    def from_day(self, edition: Edition) -> str:
        return day(edition.public_from)

    @admin.display(description=_("change note"))
    def change_note(self, edition: Edition) -> str:
        return edition.note_en or edition.note_zh_hans

    @admin.display(description=_("addresses"))
    def addresses(self, edition: Edition) -> str:
        tail = f"trips/{edition.slug}/editions/{edition.number}/"
        return format_html('<a href="/en/{0}">/en/{0}</a><br><a href="/zh-hans/{0}">/zh-hans/{0}</a>', tail)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

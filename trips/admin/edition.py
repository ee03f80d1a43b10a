from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from exchange.desk import Desk, ReadOnly, moments
from exchange.desk.words import language, state
from trips.choices import TripState
from trips.models import Edition, Trip


@admin.register(Edition)
class EditionAdmin(ReadOnly, Desk):
    """What was published: to be read, never changed."""

    list_display = ("trip", "number", "standing", "from_moment", "change_note", "published_by")
    list_display_links = ("trip",)
    list_select_related = ("trip", "published_by")
    list_filter = ("public_from",)
    search_fields = ("slug", "trip__title_en", "trip__title_zh_hans")
    ordering = ("-public_from", "-number")
    fields = (
        "trip",
        "number",
        "standing",
        "from_moment",
        "until_moment",
        "change_note",
        "reasons",
        "addresses",
        "digest",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        """Of the trips the person works on: what is scheduled is not public yet."""
        own = Trip.objects.of(request.user)
        return (
            super().get_queryset(request).filter(trip__in=own).defer("document").prefetch_related("trip__withdrawals")
        )

    @admin.display(description=_("state"))
    def standing(self, edition: Edition) -> str:
        if any(one.covers(edition.number) for one in edition.trip.withdrawals.all()):
            return state(TripState.WITHDRAWN)
        if edition.public_from > timezone.now():
            return state(TripState.SCHEDULED)
        return state(TripState.PUBLISHED)

    @admin.display(description=_("public from"), ordering="public_from")
    def from_moment(self, edition: Edition) -> str:
        return moments.marked(edition.public_from, edition.trip.time_zone)

    @admin.display(description=_("public until"))
    def until_moment(self, edition: Edition) -> str:
        return moments.marked(edition.public_until, edition.trip.time_zone) or "—"

    @admin.display(description=_("change note"))
    def change_note(self, edition: Edition) -> str:
        return edition.note_en or edition.note_zh_hans

    @admin.display(description=_("published in spite of"))
    def reasons(self, edition: Edition) -> str:
        lines = ((one["sentence"][language()], one["reason"]) for one in edition.waived)
        return format_html_join("", "<p>{} <b>{}</b></p>", lines) or "—"

    @admin.display(description=_("addresses"))
    def addresses(self, edition: Edition) -> str:
        tail = f"trips/{edition.slug}/editions/{edition.number}/"
        return format_html('<a href="/en/{0}">/en/{0}</a><br><a href="/zh-hans/{0}">/zh-hans/{0}</a>', tail)

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from exchange.desk import Desk, ReadOnly, moments
from exchange.desk.words import language, state
from institutions.models import City, Country, Organisation
from trips.admin.parts import EDITIONS
from trips.choices import EditionState
from trips.models import Edition, Mention, Theme, Trip
from trips.models.listing import Subject

NAMED = {
    Organisation: (Subject.ORGANISATION, "uid"),
    Country: (Subject.STATE, "iso2"),
    City: (Subject.CITY, "slug"),
    Theme: (Subject.THEME, "slug"),
}


class WhenFilter(admin.SimpleListFilter):
    title = _("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", _("Public now")), ("coming", _("Begins or ends later"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        now = timezone.now()
        found = {"now": Edition.objects.public, "coming": Edition.objects.ahead}.get(self.value())
        return queryset.filter(pk__in=found(now).values("pk")) if found else queryset


@admin.register(Edition)
class EditionAdmin(ReadOnly, Desk):
    """What was published: to be read, never changed."""

    list_display = ("trip", "number", "standing", "from_moment", "change_note", "published_by")
    list_display_links = ("trip",)
    list_select_related = ("trip", "published_by")
    list_filter = (WhenFilter, "public_from")
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
    parts = EDITIONS

    def get_queryset(self, request: HttpRequest) -> Any:
        """Of the trips the person works on: what is scheduled is not public yet."""
        own = Trip.objects.of(request.user)
        found = super().get_queryset(request).filter(trip__in=own).marked()
        return found.defer("document").prefetch_related("trip__withdrawals")

    def mentions_of(self, records: Sequence[models.Model]) -> dict[Any, str]:
        """In how many editions each is named, which point at nothing, and how many of them are public now."""
        model = records[0]._meta.concrete_model if records else None
        if model not in NAMED:
            return {}
        subject, name = NAMED[model]  # type: ignore[index]
        keys = {getattr(one, name): one.pk for one in records}
        mentions = Mention.objects.filter(subject=subject, key__in=keys).order_by()
        now = Mention.objects.public(timezone.now()).values("pk")
        counts = {
            "n": Count("edition", distinct=True),
            "now": Count("edition", filter=models.Q(pk__in=now), distinct=True),
        }
        return {keys[key]: named_in(n, now) for key, n, now in mentions.values_list("key").annotate(**counts)}

    @admin.display(description=_("state"))
    def standing(self, edition: Edition) -> str:
        return state(_state(edition, timezone.now()))

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


def _state(edition: Edition, now: dt.datetime) -> EditionState:
    if any(one.covers(edition.number) for one in edition.trip.withdrawals.all()):
        return EditionState.WITHDRAWN
    if edition.is_overtaken:  # type: ignore[attr-defined]
        return EditionState.OVERTAKEN
    if edition.public_from > now:
        return EditionState.SCHEDULED
    return EditionState.EXPIRED if edition.public_until and edition.public_until <= now else EditionState.PUBLISHED


def named_in(number: int, public: int) -> str:
    """In how many editions something is named, for the person who would delete it."""
    words = ngettext(
        "Named in %(number)d published edition; of these, public now: %(public)d.",
        "Named in %(number)d published editions; of these, public now: %(public)d.",
        number,
    )
    return words % {"number": number, "public": public}

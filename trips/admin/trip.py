"""Trips on the desk: the list, the form in the order people work, and the way to the verbs."""

import copy
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange import audit
from exchange.desk import Action, DeskForm, Section, Sections, words
from exchange.models import Version
from exchange.transfer import Exporting
from exchange.versions.pages import Versioned
from trips import pictures, readiness, review_links, rights, sheets, workflow
from trips.admin import columns, rows
from trips.admin.comparison import Comparison
from trips.admin.filters import FindingsFilter, LanguagesFilter, MineFilter, StateFilter, YearFilter
from trips.admin.languages import Languages
from trips.admin.names import Names
from trips.admin.parts import KINDS, PARTS
from trips.admin.previews import Previews, previews
from trips.admin.reports import ChineseReport, EnglishReport, remember_sources, source_beside
from trips.admin.review import Review
from trips.admin.together import Together
from trips.admin.uploads import PicturesField, decode
from trips.admin.verbs import Verbs, possible
from trips.admin.withdrawn import absence
from trips.choices import TripState
from trips.models import Photo, Trip
from trips.models.trip import PRIVATE

VERBS = {
    "submit": _("Submit…"),
    "check": _("Checked…"),
    "send_back": _("Send back…"),
    "approve": _("Approve…"),
    "publish": _("Publish…"),
    "withdraw": _("Withdraw…"),
}
FACTS = [
    ("title_en", "title_zh_hans"),
    "slug",
    ("format", "time_zone"),
    ("starts_on", "ends_on"),
    ("audience_en", "audience_zh_hans"),
    ("destination_en", "destination_zh_hans"),
    "themes",
]
HOSTS = [("planned_hosts_en", "planned_hosts_zh_hans"), ("more_institutions", "more_enterprises")]
PEOPLE = ["owner", "colleagues", "note"]
DESK_ONLY = {*PEOPLE, "new_photos"}


class TripForm(DeskForm):
    new_photos = PicturesField(
        label=_("New photos"),
        help_text=_("JPEG, PNG or WebP, up to 15 MB each, 20 at once. Place and camera data are removed."),
    )


class TripList(ChangeList):
    def get_queryset(self, *args: Any, **kwargs: Any) -> QuerySet:
        return super().get_queryset(*args, **kwargs).listed()


@admin.register(Trip)
class TripAdmin(Exporting, Verbs, Together, Review, Comparison, Previews, Languages, Names, Sections, Versioned):
    form = TripForm
    change_form_template = "admin/trips/trip/change_form.html"
    delete_confirmation_template = "admin/trips/trip/delete_confirmation.html"
    list_display = columns.COLUMNS
    list_display_links = (columns.trip,)
    list_filter = (
        StateFilter,
        MineFilter,
        YearFilter,
        ("cities", admin.RelatedOnlyFieldListFilter),
        ("themes", admin.RelatedOnlyFieldListFilter),
        FindingsFilter,
        LanguagesFilter,
    )
    list_per_page = 50
    sheets = (
        sheets.TRIPS, sheets.DELEGATIONS, sheets.PEOPLE, sheets.PROGRAMME, sheets.COVERAGE, sheets.OUTCOMES,
    )  # fmt: skip
    parts = PARTS
    kinds = KINDS
    search_fields = ("title_en", "title_zh_hans", "slug")
    autocomplete_fields = ("themes", "owner", "colleagues")
    prepopulated_fields = {"slug": ("title_en",)}
    sections = (
        Section("facts", _("Facts"), FACTS, rows.RouteRows, rows.OrganiserRows, HOSTS),
        Section("delegations", _("Delegations"), rows.DelegationRows),
        Section("people", _("People"), rows.DelegateRows),
        Section("programme", _("Programme"), rows.VisitRows),
        Section("report-en", _("Report EN"), EnglishReport),
        Section("report-zh", _("Report 中文"), ChineseReport),
        Section("photos", _("Photos"), rows.PhotoRows, ["new_photos"]),
        Section("documents", _("Documents"), rows.DocumentRows),
        Section("coverage", _("Coverage"), rows.CoverageRows, ["more_outlets"]),
        Section("statements", _("Statements"), rows.StatementRows),
        Section("outcomes", _("Outcomes"), rows.OutcomeRows),
        Section("publish", _("Owner"), PEOPLE),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).of(request.user).stated(now := timezone.now()).placed(now)

    def has_view_permission(self, request: HttpRequest, obj: Trip | None = None) -> bool:
        return super().has_view_permission(request, obj) and self._mine(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Trip | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._mine(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Trip | None = None) -> bool:
        if super().has_delete_permission(request, obj):
            return self._mine(request, obj)
        return obj is not None and rights.may_delete_own(request.user, obj)

    def _mine(self, request: HttpRequest, trip: Trip | None) -> bool:
        return trip is None or trip._state.adding or rights.may(request.user, "trips.view_trip", trip)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TripList

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Trip | None:
        trip = super().get_object(request, *args, **kwargs)
        if trip:
            prefetch_related_objects([trip], "themes", "colleagues", "reports")
        return trip

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and request.user.has_perm("trips.add_photo"):
            decode(request.FILES.getlist("new_photos"))
        return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Trip | None = None, **kwargs: Any) -> type[TripForm]:
        form = super().get_form(request, obj, **kwargs)
        if "new_photos" in form.base_fields and not request.user.has_perm("trips.add_photo"):
            form.base_fields["new_photos"] = copy.copy(form.base_fields["new_photos"])
            form.base_fields["new_photos"].disabled = True
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"owner": request.user.pk, **super().get_changeform_initial_data(request)}

    def standing_of(self, record: Trip) -> str:
        return format_html("{} {}", words.state(TripState(record.state)), words.days(record))

    def render_delete_form(self, request: HttpRequest, context: dict) -> HttpResponse:
        trip = context["object"]
        more = {"state": TripState(trip.state), "standing": trip.editions.standing().exists()}
        return super().render_delete_form(request, {**context, **more})

    # The form: buttons, menu, the report beside its source

    def actions_for(self, request: HttpRequest, obj: Trip) -> list[Action]:
        """The next step of whoever is looking: to publish, to send back, or to submit."""
        state, verbs = TripState(obj.state), self._verbs_for(request, obj)
        if "publish" in verbs:
            return [Action(VERBS["publish"], name="publish", loud=True)]
        if "send_back" in verbs and state in workflow.IN_REVIEW:
            return [Action(VERBS[one], name=one, loud=one == "check") for one in ("check", "send_back") if one in verbs]
        return (
            [Action(VERBS["submit"], name="submit", loud=state not in workflow.IN_REVIEW)] if "submit" in verbs else []
        )

    def menu_for(self, request: HttpRequest, obj: Trip) -> list[Action]:
        """The other verbs that are possible now."""
        beside = {action.name for action in self.actions_for(request, obj)}
        menu = [
            Action(VERBS[verb], href=reverse(f"admin:trips_trip_{verb}", args=[obj.pk]))
            for verb in self._verbs_for(request, obj)
            if verb not in beside
        ]
        menu.append(Action(_("Review links…"), href=reverse("admin:trips_trip_review_links", args=[obj.pk])))
        if obj.newest_number:
            compare = reverse("admin:trips_trip_compare", args=[obj.pk])
            menu.insert(0, Action(_("Compare with the public page"), href=compare))
        if obj.state in (TripState.PUBLISHED, TripState.CHANGED):
            menu.insert(0, Action(_("View public page"), href=f"/en/trips/{obj.slug}/"))
        rest = super().menu_for(request, obj)
        return [*menu, *(one for one in rest if not (one.danger and obj.submitted_at))]  # that can only be withdrawn

    def _verbs_for(self, request: HttpRequest, obj: Trip) -> list[str]:
        state = TripState(obj.state)
        return [
            verb.name
            for verb in workflow.VERBS.values()
            if possible(verb.name, state) and rights.may(request.user, verb.permission, obj)
            if verb.name != "withdraw" or obj.stands
        ]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        if trip := context.get("original"):
            context["state"] = TripState(trip.state)
            context["absence"] = absence(trip, timezone.now()) if trip.submitted_at else None
            context["times"] = columns.times(trip, timezone.now())
            context["source"] = source_beside(trip)
            context["previews"] = previews(trip)
            context["open_address"] = reverse("admin:trips_trip_open", args=[trip.pk])
            context["scheduled_previews"] = previews(trip, "scheduled") if trip.next_number else []
            context["candidate_previews"] = previews(trip, "candidate") if trip.is_open else []
            context["prints"] = previews(trip, "print") if trip.is_open else []
            decided = audit.trail(trip).filter(verb__in=workflow.VERBS.keys() - {"check"})
            context["latest"] = decided.first() if trip.is_open else None
            candidate = workflow.open_candidate(trip, timezone.now()) if trip.is_open else None
            context["checks"] = workflow.checks(candidate) if candidate else []
            context["open_remarks"] = review_links.open_remarks(trip) if trip.submitted_at else 0
        return super().render_change_form(request, context, *args, **kwargs)

    # Saving: the trip counts as changed only when something was

    def save_model(self, request: HttpRequest, obj: Trip, form: Any, change: bool) -> None:
        if not change or form.has_changed():
            obj.edited_by = request.user
        if not change or not set(form.rewritten) <= DESK_ONLY:
            super().save_model(request, obj, form, change)
        elif form.has_changed():  # nothing that can become public: the public edition is still up to date
            obj.save(update_fields=[*PRIVATE])

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        trip = form.instance
        self._add_photos(trip, form.cleaned_data["new_photos"])
        rows = [row for one in formsets for row in one.forms if row.has_changed()]
        is_newer = remember_sources(formsets) or any(row.rewritten for row in rows)
        if form.cleaned_data["new_photos"] or rows:
            trip.edited_by = request.user
            is_newer = is_newer or bool(form.cleaned_data["new_photos"])
            trip.save(update_fields=["updated_at", "edited_by", *(["changed_at"] if is_newer else [])])
        readiness.count(trip, timezone.now())

    def may_recover(self, request: HttpRequest, version: Version) -> bool:
        """Of a deleted trip those know who could work on it: all with the right to any trip, else its own people."""
        said = version.content["trips.trip"][0]["fields"]
        return request.user.has_perm(rights.ANY_TRIP) or request.user.pk in (said["owner"], *said["colleagues"])

    def after_restore(self, request: HttpRequest, record: Trip) -> None:
        record.touch(by=request.user)
        readiness.count(record, timezone.now())
        for photo in record.photos.filter(renditions=None):  # smaller copies went with the row
            transaction.on_commit(lambda photo=photo: pictures.make_renditions(photo), robust=True)

    def _add_photos(self, trip: Trip, files: list[Any]) -> None:
        """New pictures stand after the others; their smaller copies are made when the save is certain."""
        for place, file in enumerate(files, start=Photo.objects.filter(trip=trip).count() + 1):
            photo = Photo.objects.create(trip=trip, image=file, position=place)
            transaction.on_commit(lambda photo=photo: pictures.make_renditions(photo), robust=True)

    def response_add(self, request: HttpRequest, obj: Trip, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._handed_over(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def _handed_over(self, request: HttpRequest, obj: Trip) -> HttpResponse | None:
        """Back to the list, where whoever saved the trip may work on it no more."""
        if self.get_queryset(request).filter(pk=obj.pk).exists():
            return None
        given = gettext("“%(trip)s” is saved. It now belongs to %(owner)s, and is not among your trips any more.")
        ownerless = gettext("“%(trip)s” is saved. It has no owner now, and is not among your trips any more.")
        names = {"trip": obj, "owner": obj.owner and (obj.owner.get_full_name() or obj.owner.get_username())}
        self.message_user(request, (given if obj.owner else ownerless) % names, messages.SUCCESS)
        return redirect("admin:trips_trip_changelist")

    def response_change(self, request: HttpRequest, obj: Trip) -> HttpResponse:
        if answer := self._handed_over(request, obj):
            return answer
        if (verb := request.POST.get("_action")) in workflow.VERBS:
            return redirect(f"admin:trips_trip_{verb}", obj.pk)
        return super().response_change(request, obj)

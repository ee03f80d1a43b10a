"""The pages from which a trip is previewed, published and withdrawn."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.lib.bilingual import TAGS
from exchange.lib.languages import CODES, other
from trips import workflow
from trips.admin.publication import publication
from trips.choices import TripState
from trips.edition.freeze import freeze
from trips.models import Document, Edition, Photo, Trip
from trips.renderings import page

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class InZone(forms.Form):
    """Times are typed and shown in the trip's own time zone."""

    def __init__(self, trip: Trip, *args: Any, **kwargs: Any) -> None:
        self.trip = trip
        with timezone.override(trip.zone):
            super().__init__(*args, **{"label_suffix": "", **kwargs})

    def full_clean(self) -> None:
        with timezone.override(self.trip.zone):
            super().full_clean()


class PublishForm(InZone):
    WHEN = (("now", _("Now")), ("at", _("At a time")))
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    when = forms.ChoiceField(label=_("When"), choices=WHEN, initial="now", widget=forms.RadioSelect)
    public_from = forms.DateTimeField(label=_("Public from"), required=False, widget=MOMENT)
    public_until = forms.DateTimeField(label=_("Until (optional)"), required=False, widget=MOMENT)
    note_en = forms.CharField(label=_("Change note, public, English"), required=False, max_length=300)
    note_zh_hans = forms.CharField(label=_("Change note, public, 中文"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("when") == "now":
            cleaned["public_from"] = None
        elif not cleaned.get("public_from") and "public_from" not in self.errors:
            self.add_error("public_from", _("Say when it becomes public."))
        return cleaned


class WithdrawForm(forms.Form):
    WHOLE = "all"
    what = forms.ChoiceField(label=_("What"), initial=WHOLE, widget=forms.RadioSelect)
    reason_en = forms.CharField(label=_("Reason, public, English"), max_length=500, widget=forms.Textarea({"rows": 3}))
    reason_zh_hans = forms.CharField(
        label=_("Reason, public, 中文"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, numbers: list[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        whole = (self.WHOLE, _("The whole trip, with all its editions"))
        one = gettext("Edition %d only")
        self.fields["what"].choices = [whole, *((str(number), one % number) for number in numbers)]


class Verbs:
    """For the admin of trips: its further pages."""

    def get_urls(self) -> list[Any]:
        pages = (
            ("preview/<str:language>/", self.preview_view, "preview"),
            ("publish/", self.publish_view, "publish"),
            ("withdraw/", self.withdraw_view, "withdraw"),
            ("photo/<str:uid>/<str:name>", self.photo_view, "photo"),
            ("document/<str:uid>/", self.document_view, "document"),
        )
        guard = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [path(f"<int:pk>/{tail}", guard(view), name=f"trips_trip_{name}") for tail, view, name in pages]
        return own + super().get_urls()  # type: ignore[misc]

    def _trip(self, request: HttpRequest, pk: int, permission: str = "") -> Trip:
        """The trip, for those who may see it and, where one is named, have the permission."""
        trip = self.get_queryset(request).filter(pk=pk).first()  # type: ignore[attr-defined]
        if trip is None:
            raise Http404
        if not self.has_view_permission(request, trip):  # type: ignore[attr-defined]
            raise PermissionDenied
        if permission and not request.user.has_perm(permission):
            raise PermissionDenied
        return trip

    def _page(self, request: HttpRequest, trip: Trip, name: str, title: str, **context: Any) -> HttpResponse:
        frame = self.admin_site.each_context(request)  # type: ignore[attr-defined]
        state = TripState(trip.state)
        own = {"opts": self.opts, "original": trip, "title": title, "state": state, "previews": previews(trip)}  # type: ignore[attr-defined]
        return TemplateResponse(request, f"admin/trips/trip/{name}.html", {**frame, **own, **context})

    def preview_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """The working copy in the dress of the public page. Nothing is written."""
        trip = self._trip(request, pk)
        if language not in CODES:
            raise Http404
        html = page.render(
            freeze(trip, public_from=timezone.now()),
            language,
            preview=True,
            media_base=reverse("admin:trips_trip_photo", args=[pk, "-", "-"]).removesuffix("/-/-"),
            switch=reverse("admin:trips_trip_preview", args=[pk, other(language)]),
        )
        return HttpResponse(html, headers={"Cache-Control": "no-store"})

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What will happen, then the verb: exactly the document that was seen, or a sentence why not."""
        trip = self._trip(request, pk, workflow.VERBS["publish"].permission)
        form = PublishForm(trip, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                edition = publish(trip, form.cleaned_data, request.user)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                self.message_user(request, told(edition), messages.SUCCESS)  # type: ignore[attr-defined]
                return redirect("admin:trips_trip_change", pk)
        wanted = getattr(form, "cleaned_data", {}).get("public_from")
        what = publication(trip, wanted or timezone.now())
        title = gettext("Publish “%s”") % trip
        return self._page(request, trip, "publish", title, form=form, what=what)

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One edition, or all of them, go out of public sight; the reason stands in their place."""
        trip = self._trip(request, pk, workflow.VERBS["withdraw"].permission)
        editions = list(trip.editions.standing())
        form = WithdrawForm([one.number for one in editions], request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                withdraw(trip, form.cleaned_data, request.user)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                self.message_user(request, gettext("It is withdrawn."), messages.SUCCESS)  # type: ignore[attr-defined]
                return redirect("admin:trips_trip_change", pk)
        title = gettext("Withdraw “%s”") % trip
        return self._page(request, trip, "withdraw", title, form=form, editions=editions)

    def photo_view(self, request: HttpRequest, pk: int, uid: str, name: str) -> HttpResponse:
        """A picture's file by its own name, or the smallest there is as ``small``."""
        photo = Photo.objects.filter(trip=self._trip(request, pk), uid=uid).prefetch_related("renditions").first()
        if photo is None:
            raise Http404
        files = [one.file for one in sorted(photo.renditions.all(), key=lambda one: (one.width, one.format == "jpg"))]
        files = files if name == "small" and files else [*files, photo.image]
        return sent(next((one for one in files if name in ("small", one.name.rpartition("/")[2])), None))

    def document_view(self, request: HttpRequest, pk: int, uid: str) -> HttpResponse:
        document = Document.objects.filter(trip=self._trip(request, pk), uid=uid).first()
        response = sent(document.file if document else None)
        response["Content-Security-Policy"] = "sandbox"
        return response


def previews(trip: Trip) -> list[dict[str, str]]:
    """Links to the previews, one for each language."""
    return [
        {"href": reverse("admin:trips_trip_preview", args=[trip.pk, code]), "lang": TAGS[code], "label": label}
        for code, label in (("en", "EN"), ("zh-hans", "中文"))
    ]


def publish(trip: Trip, wanted: dict[str, Any], by: Any) -> Edition:
    """Publish the working copy if it is what was seen; raises ``ValidationError`` with a sentence if not."""
    with transaction.atomic():
        candidate = workflow.submit(trip, by=by, public_from=wanted["public_from"])
        if candidate.digest != wanted["digest"]:
            raise workflow.Refused(
                _("This is not what you saw: the trip was changed meanwhile, or more of it is public at that time. "
                  "Look at it below, then publish.")
            )  # fmt: skip
        return workflow.publish(
            trip,
            digest=candidate.digest,
            by=by,
            public_from=wanted["public_from"],
            public_until=wanted["public_until"],
            note_en=wanted["note_en"],
            note_zh_hans=wanted["note_zh_hans"],
        )


def withdraw(trip: Trip, wanted: dict[str, Any], by: Any) -> None:
    """Withdraw what was chosen."""
    number = None if wanted["what"] == WithdrawForm.WHOLE else int(wanted["what"])
    reasons = {name: wanted[name] for name in ("reason_en", "reason_zh_hans")}
    workflow.withdraw(trip, by=by, number=number, **reasons)


def told(edition: Edition) -> str:
    """What happened, for the person who did it."""
    if edition.public_from > timezone.now():
        moment = timezone.localtime(edition.public_from, edition.trip.zone)
        return gettext("Edition %(number)d becomes public on %(when)s (%(zone)s).") % {
            "number": edition.number,
            "when": f"{moment:%Y-%m-%d %H:%M}",
            "zone": edition.trip.time_zone,
        }
    return gettext("Edition %d is public.") % edition.number


def sent(file: Any) -> FileResponse:
    """A stored file, for this person only."""
    if file is None or not default_storage.exists(file.name):
        raise Http404
    response = FileResponse(default_storage.open(file.name))
    response["Cache-Control"] = "private, max-age=3600"
    return response

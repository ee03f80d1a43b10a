"""What the desk shows of a trip as the public would see it, and the files that belong to it; never shared."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk import presence
from exchange.desk.words import language
from exchange.lib.bilingual import COMMAS, TAGS
from exchange.lib.languages import CODES, other
from trips import readiness, rights, workflow
from trips.edition.freeze import freeze
from trips.edition.schema import Payload
from trips.models import Document, Photo, Trip
from trips.renderings import page

LABELS = {"en": "EN", "zh-hans": "中文"}
WORKING_COPY = _("Preview of the working copy, not public")
CANDIDATE = _("Submitted for review, not public")
SCHEDULED = _("Scheduled, not public yet")


class Previews:
    """For the admin of trips: pages and files that only those see who may see the trip."""

    def get_urls(self) -> list[Any]:
        pages = (
            ("preview/<str:language>/", self.preview_view, "preview"),
            ("candidate/<str:language>/", self.candidate_view, "candidate"),
            ("scheduled/<str:language>/", self.scheduled_view, "scheduled"),
            ("findings/", self.findings_view, "findings"),
            ("open/", self.open_view, "open"),
            ("photo/<str:uid>/<str:name>", self.photo_view, "photo"),
            ("document/<str:uid>/", self.document_view, "document"),
            ("document/<str:uid>/<str:name>", self.document_view, "document_file"),
        )
        guard = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [path(f"<int:pk>/{tail}", guard(view), name=f"trips_trip_{name}") for tail, view, name in pages]
        return own + super().get_urls()  # type: ignore[misc]

    def _trip(self, request: HttpRequest, pk: int, permission: str = "trips.view_trip") -> Trip:
        """The trip, for those who may work on it and have the permission."""
        trip = self.get_queryset(request).filter(pk=pk).first()  # type: ignore[attr-defined]
        if trip is None:
            raise Http404
        if not (rights.may(request.user, "trips.view_trip", trip) and rights.may(request.user, permission, trip)):
            raise PermissionDenied
        return trip

    def preview_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """The working copy in the dress of the public page. Nothing is written."""
        trip = self._trip(request, pk)
        return _previewed(trip, freeze(trip, public_from=timezone.now()), language, "preview", WORKING_COPY)

    def candidate_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """What is under review, exactly as it was submitted."""
        trip = self._trip(request, pk)
        candidate = workflow.open_candidate(trip, timezone.now())
        if candidate is None:
            raise Http404
        return _previewed(trip, candidate.payload, language, "candidate", CANDIDATE)

    def scheduled_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """The edition that is scheduled, exactly as it will be public."""
        trip = self._trip(request, pk)
        coming = workflow.scheduled(trip, timezone.now())
        if coming is None:
            raise Http404
        return _previewed(trip, coming.payload, language, "scheduled", SCHEDULED)

    def findings_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What is found in the working copy now, each with its place on the form; the form asks once it is drawn."""
        told = ("rule", "level", "section", "relation", "row", "field")
        found = readiness.findings(self._trip(request, pk), timezone.now())
        listed = [{"sentence": str(one.sentence), **{name: getattr(one, name) for name in told}} for one in found]
        return JsonResponse({"findings": listed}, headers={"Cache-Control": "no-store"})

    def open_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form says that it is open, or that it was left; told is who else has it open."""
        trip = self._trip(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        (presence.release if "left" in request.POST else presence.note)(trip, request.user)
        names = presence.others(trip, request.user)
        also = gettext("Also open by %s") % COMMAS[language()].join(names) if names else ""
        return JsonResponse({"also": also}, headers={"Cache-Control": "no-store"})

    def photo_view(self, request: HttpRequest, pk: int, uid: str, name: str) -> HttpResponse:
        """A picture's file by its own name, or the smallest there is as ``small``."""
        photo = Photo.objects.filter(trip=self._trip(request, pk), uid=uid).prefetch_related("renditions").first()
        if photo is None:
            raise Http404
        files = [one.file for one in sorted(photo.renditions.all(), key=lambda one: (one.width, one.format == "jpg"))]
        files = files if name == "small" and files else [*files, photo.image]
        return sent(next((one for one in files if name in ("small", one.name.rpartition("/")[2])), None))

    def document_view(self, request: HttpRequest, pk: int, uid: str, name: str = "") -> HttpResponse:
        """A document's file, by whatever name a page gives it."""
        document = Document.objects.filter(trip=self._trip(request, pk), uid=uid).first()
        response = sent(document.file if document else None)
        response["Content-Security-Policy"] = "sandbox"
        return response


def previews(trip: Trip, of: str = "preview") -> list[dict[str, str]]:
    """Links to the working copy as a page, one for each language; ``of`` says to what else."""
    return [
        {"href": reverse(f"admin:trips_trip_{of}", args=[trip.pk, code]), "lang": TAGS[code], "label": LABELS[code]}
        for code in CODES
    ]


def sent(file: Any) -> FileResponse:
    """A stored file, for this person only."""
    if file is None or not default_storage.exists(file.name):
        raise Http404
    response = FileResponse(default_storage.open(file.name))
    response["Cache-Control"] = "private, max-age=3600"
    return response


def drawn(trip: Trip, payload: Payload, language: str, banner: Any, *, switch: str = "", at_desk: bool = True) -> str:
    """A document of the trip as its page. ``at_desk``: with the desk's files, else with those that are public."""
    return page.render(payload, language, preview=banner, switch=switch, **(bases(trip) if at_desk else {}))


def _previewed(trip: Trip, payload: Payload, language: str, of: str, banner: Any) -> HttpResponse:
    if language not in CODES:
        raise Http404
    beside = f"{reverse('admin:trips_trip_compare', args=[trip.pk])}?of={of}&language={language}"
    with translation.override(language):
        words = gettext("Compare with the public page")
        banner = format_html('{} · <a href="{}">{}</a>', banner, beside, words)
    switch = reverse(f"admin:trips_trip_{of}", args=[trip.pk, other(language)])
    html = drawn(trip, payload, language, banner, switch=switch)
    return HttpResponse(html, headers={"Cache-Control": "no-store"})


def bases(trip: Trip) -> dict[str, str]:
    """Where a page at the desk finds the trip's pictures and documents."""
    return {"media_base": _base("photo", trip), "documents_base": _base("document_file", trip)}


def _base(name: str, trip: Trip) -> str:
    """What the addresses of a trip's files of that sort begin with, on the desk."""
    return reverse(f"admin:trips_trip_{name}", args=[trip.pk, "-", "-"]).removesuffix("/-/-")

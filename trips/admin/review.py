"""Reading outside the desk: links for those without an account, what they said, and the print for a signature."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.lib.languages import CODES, other
from trips import review_links, rights
from trips.admin.previews import bases, previews
from trips.choices import TripState
from trips.models import ReviewLink, Trip
from trips.renderings import page, review
from trips.workflow import open_candidate

SHOWN = 500  # links, and remarks, on one page


class LinkForm(forms.ModelForm):
    days = forms.IntegerField(
        label=_("Can be opened for … days"), min_value=1, max_value=review_links.MOST_DAYS, initial=review_links.DAYS
    )

    class Meta:
        model = ReviewLink
        fields = ("for_whom",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class Review:
    """For the admin of trips, with ``Previews``: the page of the review links, and the print."""

    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [
            path("<int:pk>/review-links/", guard(self.review_links_view), name="trips_trip_review_links"),
            path("<int:pk>/candidate/<str:language>/print/", guard(self.print_view), name="trips_trip_print"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def review_links_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who may read, who read, what they said. What is done here is said in ``act``, with the key in ``row``."""
        trip = self._trip(request, pk)  # type: ignore[attr-defined]
        may_change = rights.may(request.user, "trips.change_trip", trip)
        acts = {
            "make": self._make_link,
            "revoke": self._revoke_link,
            "done": self._remark_done,
            "reopen": self._remark_reopened,
        }
        form = LinkForm(request.POST if request.POST.get("act") == "make" else None)
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            act = acts.get(request.POST.get("act", ""))
            if act is None:
                raise Http404
            if answer := act(request, trip, form):
                return answer
        return self._links_page(request, trip, form, may_change)

    def print_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """What is under review as a document to be signed on paper."""
        trip = self._trip(request, pk)  # type: ignore[attr-defined]
        candidate = open_candidate(trip, timezone.now())
        if candidate is None or language not in CODES:
            raise Http404
        by = candidate.submitted_by
        html = review.printed(
            candidate.payload,
            language,
            digest=candidate.digest,
            submitted_by=(by.get_full_name() or by.get_username()) if by else "",
            submitted_at=candidate.submitted_at,
            switch=reverse("admin:trips_trip_print", args=[pk, other(language)]),
            back=reverse("admin:trips_trip_change", args=[pk]),
            **bases(trip),
        )
        return HttpResponse(html, headers={"Cache-Control": "no-store"})

    def _make_link(self, request: HttpRequest, trip: Trip, form: LinkForm) -> HttpResponse | None:
        """The page with the address of the new link, which is shown this once: it is stored nowhere, no session."""
        if not form.is_valid():
            return None
        try:
            link, token = review_links.make(trip, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return None
        address = settings.SITE_URL + reverse("review_root", args=[token])
        return self._links_page(request, trip, LinkForm(), True, made=link, address=address)

    def _revoke_link(self, request: HttpRequest, trip: Trip, form: LinkForm) -> HttpResponse:
        link = get_object_or_404(trip.review_links.select_related("trip"), pk=_key(request))
        return self._did(request, trip, lambda: review_links.revoke(link, by=request.user), _("It was revoked."))

    def _remark_done(self, request: HttpRequest, trip: Trip, form: LinkForm) -> HttpResponse:
        return self._settle(request, trip, True)

    def _remark_reopened(self, request: HttpRequest, trip: Trip, form: LinkForm) -> HttpResponse:
        return self._settle(request, trip, False)

    def _settle(self, request: HttpRequest, trip: Trip, done: bool) -> HttpResponse:
        remark = get_object_or_404(review_links.remarks(trip).select_related("link__trip"), pk=_key(request))
        words = _("The remark is done.") if done else _("The remark is open again.")
        return self._did(request, trip, lambda: review_links.settle(remark, by=request.user, done=done), words)

    def _did(self, request: HttpRequest, trip: Trip, act: Callable[[], None], words: Any) -> HttpResponse:
        act()
        self.message_user(request, words, messages.SUCCESS)  # type: ignore[attr-defined]
        return redirect("admin:trips_trip_review_links", trip.pk)

    def _links_page(
        self, request: HttpRequest, trip: Trip, form: LinkForm, may_change: bool, **context: Any
    ) -> HttpResponse:
        now = timezone.now()
        candidate = review_links.candidate(trip, now)
        digest = candidate.digest if candidate else ""
        remarks = list(review_links.remarks(trip).order_by("-at", "-pk")[:SHOWN])
        frame = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": trip,
            "title": gettext("Review links of “%s”") % trip,
            "name": _("Review links"),
            "state": TripState(trip.state),
            "form": form,
            "may_change": may_change,
            "candidate": candidate,
            "links": [_described(one, digest, now) for one in review_links.links(trip)[:SHOWN]],
            "remarks": sorted(_placed(remarks, digest), key=lambda one: one.done_at is not None),
            "open_remarks": sum(one.done_at is None for one in remarks),
            "prints": previews(trip, "print") if candidate else [],
        }
        return TemplateResponse(request, "admin/trips/trip/review_links.html", {**frame, **context})


def _described(link: ReviewLink, digest: str, now: Any) -> ReviewLink:
    """The link with whether it ``opens``, and which of its agreements are to the text under review now."""
    link.opens = link.is_valid(now)
    link.agreed = [(one, one.digest == digest) for one in link.agreements.all()]
    return link


def _placed(remarks: list[Any], digest: str) -> list[Any]:
    """The remarks, each with what it is ``about`` in words, and whether it is on the text under review now."""
    names = dict(page.all_headings())
    for one in remarks:
        one.about = names.get(one.section, gettext("The whole text"))
        one.is_current = one.digest == digest
    return remarks


def _key(request: HttpRequest) -> int:
    """The key of the row that is meant."""
    row = request.POST.get("row", "")
    if not (row.isascii() and row.isdigit() and len(row) < 19):
        raise Http404
    return int(row)

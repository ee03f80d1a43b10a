"""A trip's page as it would be beside the page that is public now, with every difference marked in both."""

from typing import Any

from csp.constants import SELF
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from exchange.lib.bilingual import TAGS
from exchange.lib.languages import CODES
from trips import workflow
from trips.admin.previews import CANDIDATE, LABELS, SCHEDULED, WORKING_COPY, drawn
from trips.edition.freeze import freeze
from trips.models import Edition, Trip
from trips.renderings.marked import Marked, marked

LIVE = _("What is public now")
BEFORE, AFTER = "live", "desk"
SOURCES = {"preview": WORKING_COPY, "candidate": CANDIDATE, "scheduled": SCHEDULED}
KEPT = {"candidate": workflow.open_candidate, "scheduled": workflow.scheduled}
WIDTHS = {"desktop": _("Desktop"), "phone": _("Phone")}


class Comparison:
    """For the admin of trips: two pages side by side, each in a frame of its own, for those who may see the trip."""

    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view  # type: ignore[attr-defined]
        own = [
            path("<int:pk>/compare/", guard(self.compare_view), name="trips_trip_compare"),
            path("<int:pk>/compare/<str:of>/<str:language>/<str:side>/", guard(self.side_view), name="trips_trip_side"),
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The frames, how many differences there are, and the choice of language, width and text."""
        trip = self._trip(request, pk)  # type: ignore[attr-defined]
        sources = ["preview", *(name for name, kept in KEPT.items() if kept(trip, timezone.now()))]
        asked = {
            "of": _one_of(sources, request.GET.get("of")),
            "language": _one_of([*CODES], request.GET.get("language")),
            "width": _one_of([*WIDTHS], request.GET.get("width")),
        }
        live = _live(trip)
        count = _both(trip, live, asked["of"], asked["language"]).differences if live else 0
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "is_nav_sidebar_enabled": False,
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": trip,
            "title": _("Beside the public page: “%s”") % trip,
            "live": live,
            "count": count,
            "numbers": range(1, count + 1),
            "frames": _frames(trip, live, asked["of"], asked["language"]),
            "choices": _choices(asked, sources),
            **asked,
        }
        response = TemplateResponse(request, "admin/trips/trip/compare.html", context)
        response.headers["Cache-Control"] = "no-store"
        response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]
        return response

    def side_view(self, request: HttpRequest, pk: int, of: str, language: str, side: str) -> HttpResponse:
        """One of the two pages. Only this answer may stand in a frame, and only in one of this site."""
        trip = self._trip(request, pk)  # type: ignore[attr-defined]
        live = _live(trip)
        if of not in SOURCES or language not in CODES or side not in (BEFORE, AFTER) or (side == BEFORE and not live):
            raise Http404
        both = _both(trip, live, of, language)
        response = HttpResponse(both.before if side == BEFORE else both.after, headers={"Cache-Control": "no-store"})
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
        return response


def _live(trip: Trip) -> Edition | None:
    return Edition.objects.public(timezone.now()).filter(trip=trip).first()


def _both(trip: Trip, live: Edition | None, of: str, language: str) -> Marked:
    """Both pages in that language; with nothing live, the desk's page as it is."""
    if of in KEPT:
        kept = KEPT[of](trip, timezone.now())
        if kept is None:
            raise Http404
        payload = kept.payload
    else:
        payload = freeze(trip, public_from=timezone.now())
    after = _dressed(drawn(trip, payload, language, SOURCES[of]))
    if live is None:
        return Marked("", after, 0)
    return marked(_dressed(drawn(trip, live.payload, language, LIVE, at_desk=False)), after)


def _dressed(html: str) -> str:
    """The page with the look of our marks. No text can hold the end of a head: texts are escaped."""
    return html.replace("</head>", format_html('<link rel="stylesheet" href="{}"></head>', static("desk/marks.css")), 1)


def _frames(trip: Trip, live: Edition | None, of: str, language: str) -> list[dict[str, Any]]:
    sides = ((AFTER, SOURCES[of]), *(((BEFORE, LIVE),) if live else ()))
    return [
        {"side": side, "title": title, "src": reverse("admin:trips_trip_side", args=[trip.pk, of, language, side])}
        for side, title in sides
    ]


def _choices(asked: dict[str, str], sources: list[str]) -> list[dict[str, Any]]:
    """The switches: each a label and its links; the one of the text only where there is a choice."""
    texts = {"preview": _("Working copy"), "candidate": _("What was submitted"), "scheduled": _("What is scheduled")}
    switches = (
        ("of", _("Text"), [(one, texts[one], "") for one in sources]),
        ("language", _("Language"), [(code, LABELS[code], TAGS[code]) for code in CODES]),
        ("width", _("Width"), [(one, WIDTHS[one], "") for one in WIDTHS]),
    )
    return [
        {
            "name": name,
            "label": label,
            "links": [
                {
                    "href": "?" + "&".join(f"{key}={one if key == name else value}" for key, value in asked.items()),
                    "label": words,
                    "lang": lang,
                    "current": asked[name] == one,
                }
                for one, words, lang in links
            ],
        }
        for name, label, links in switches
        if len(links) > 1
    ]


def _one_of(known: list[str], asked: str | None) -> str:
    return asked if asked in known else known[0]

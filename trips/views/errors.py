"""Answers in place of a page: moved, gone, not found, failed."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page

from exchange.lib import dates
from exchange.lib.bilingual import choose
from exchange.lib.languages import CODES
from trips.models import Edition, PageWithdrawal, Withdrawal
from trips.renderings import wording
from trips.renderings.facts import Facts
from trips.renderings.frame import frame, rendered
from trips.views import editions

FRESH = "public, max-age=0, must-revalidate"  # what is not there now may be published the next moment
LONGEST = 200  # signs of an address that an answer repeats
RETRY = 30  # seconds, before a program asks again


@gzip_page
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The same answer for what is unknown, unpublished, or not public yet."""
    asked = translation.get_language()
    language = asked if asked in CODES else CODES[0]
    try:
        with translation.override(language):
            context = frame(language, _asked(request, language), title=_("Page not found"), noindex=True)
            response = HttpResponse(rendered("404.html", {**context, "canonical": ""}), status=404)
    except (OperationalError, InterfaceError):  # what is linked at its foot cannot be read
        return unavailable(request)
    at_desk = request.path_info.startswith("/admin/")  # that answer is for one person, in that person's language
    response.headers["Cache-Control"] = "private, no-store" if at_desk else FRESH
    return response


def _asked(request: HttpRequest, language: str) -> str:
    """What was asked for below its language, so that a reader who changes language is still told of the same page."""
    before, _slash, path = request.get_full_path()[1:].partition("/")
    return path if before == language and len(path) <= LONGEST else ""


def failed(request: HttpRequest) -> HttpResponse:
    """Needs no database and no language."""
    return HttpResponse(rendered("500.html", {}), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database does not answer. Needs no database and no language."""
    response = HttpResponse(rendered("503.html", {}), status=503)
    response.headers["Retry-After"] = str(RETRY)
    response.headers["Cache-Control"] = "no-store"
    return response


def absent(language: str, slug: str, at: dt.datetime, rest: str = "") -> HttpResponse:
    """No public edition lives at this slug: the trip moved, is gone, or never was. ``rest`` follows the slug."""
    current = editions.moved(slug, at)
    if current:
        return HttpResponsePermanentRedirect(f"/{language}/trips/{current.slug}/{rest}")
    absence = editions.gone(slug, at)
    if absence is None:
        raise Http404
    return gone(language, f"trips/{slug}/", absence)


def gone(language: str, path: str, absence: editions.Gone) -> HttpResponse:
    """What stands in place of a report that was withdrawn, or whose time ran out."""
    with translation.override(language):
        withdrawal = absence.withdrawal
        heading = _("This report has been withdrawn") if withdrawal else _("This report is no longer published")
    return withdrawn(language, path, heading, withdrawal, numbers=absence.numbers)


def instead(
    language: str, slug: str, found: Edition, facts: Facts, at: dt.datetime, rest: str = ""
) -> HttpResponse | None:
    """What is answered in place of an edition that is gone or lives at another slug; None for one that is here.

    ``rest`` follows the address of the edition.
    """
    own = f"editions/{found.number}/"
    if not facts.can_be_read(found.number):
        return gone(language, f"trips/{slug}/{own}", editions.absence(found, at))
    if found.slug != slug:
        return HttpResponsePermanentRedirect(f"/{language}/trips/{found.slug}/{own}{rest}")
    return None


def withdrawn(
    language: str, path: str, heading: str, withdrawal: Withdrawal | PageWithdrawal | None, numbers: Sequence[int] = ()
) -> HttpResponse:
    """What stands in place of something public: when and why it was withdrawn, and nothing of what it said.

    ``numbers`` are the editions that are gone, where they could be cited.
    """
    with translation.override(language):
        context = frame(language, path, title=_("Withdrawn") if withdrawal else _("No longer public"), noindex=True)
        context |= {"canonical": "", "heading": heading, "numbers": numbers}
        if withdrawal:
            day = timezone.localdate(withdrawal.withdrawn_at)
            context["date"] = wording.day(day, dates.written(day, language))
            reasons = {"en": withdrawal.reason_en, "zh-hans": withdrawal.reason_zh_hans}
            context["reason"] = choose(reasons, language)
        return HttpResponse(rendered("410.html", context), status=410)


def picture_gone(language: str, slug: str) -> HttpResponse:
    """What stands in place of a picture that the trip no longer shows."""
    with translation.override(language):
        context = frame(language, f"trips/{slug}/", title=_("Picture no longer shown"), noindex=True)
        context |= {"canonical": "", "trip": f"/{language}/trips/{slug}/"}
        return HttpResponse(rendered("trips/photo_gone.html", context), status=410)

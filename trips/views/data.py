"""The whole of what is public in one file, and the page that explains it. Nothing waits in memory for a slow reader."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import condition

from exchange.lib.archives import gzipped, zipped
from exchange.lib.asked import asked_for
from exchange.lib.canonical import digest
from exchange.lib.tables import csv_lines
from trips.facets import snapshot
from trips.models import Edition, Extract, IndexState, Listing
from trips.renderings import api, data, tables
from trips.views.api import issued
from trips.views.http import public, shared

BEFORE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
AT_ONCE = 50  # documents in memory
FORM = 1  # another number when the same editions are told in another way


@public
def index(request: HttpRequest) -> HttpResponse:
    """To the page in the language that the browser asks for, as the front page does it."""
    response = HttpResponseRedirect(f"/{asked_for(request.headers.get('Accept-Language', ''))}/data/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public
def page(request: HttpRequest, language: str) -> HttpResponse:
    listed = Listing.objects.public(timezone.now()).filter(language=language)
    newest = listed.order_by("-visible_from").values_list("visible_from", flat=True).first()
    demo = listed.filter(demo=True).exists()
    return HttpResponse(data.page(language, listed.count(), newest, demo=demo))


def _asked_at(request: HttpRequest) -> dt.datetime:
    """One moment for an answer and its tag: between two of them an edition may begin or end."""
    if not hasattr(request, "asked_at"):
        request.asked_at = timezone.now()  # type: ignore[attr-defined]
    return request.asked_at  # type: ignore[attr-defined, no-any-return]


def tag(request: HttpRequest, name: str = "") -> str | None:
    """The same as long as nothing is published, withdrawn or redacted, begins or ends: made without the documents.

    It is a weak one, as the same is sent compressed and not.
    """
    if name and name not in tables.TABLES:
        return None
    generation = IndexState.objects.values_list("generation", flat=True).first()
    visible = snapshot(_asked_at(request)).editions
    return f'W/"{digest(f"{FORM} {settings.DATA_LICENCE} {generation} {visible}")[:32]}"'


@shared
@condition(etag_func=tag)
def trips(request: HttpRequest) -> StreamingHttpResponse:
    """An edition a line, in the envelope of the interface."""
    lines = (f"{api.trip(issued(one))}\n" for one in _editions(_asked_at(request)))
    return _text(request, lines, "trips.jsonl", "application/jsonl")


@shared
@condition(etag_func=tag)
def table(request: HttpRequest, name: str) -> StreamingHttpResponse:
    if name not in tables.TABLES:
        raise Http404
    return _text(request, _csv(name, _asked_at(request)), f"{name}.csv", "text/csv; charset=utf-8")


@shared
@condition(etag_func=tag)
def archive(request: HttpRequest) -> StreamingHttpResponse:
    """All tables, with a text that says what they are."""
    now = _asked_at(request)
    files = [("README.txt", [data.readme()]), *((f"{name}.csv", _csv(name, now)) for name in tables.TABLES)]
    newest = Listing.objects.public(now).aggregate(newest=Max("visible_from"))["newest"] or BEFORE
    response = _sent(request, zipped(files, timezone.localtime(newest)), "exchange-csv.zip", "application/zip")
    response.headers["Content-Encoding"] = "identity"  # it is compressed already
    return response


def _text(request: HttpRequest, pieces: Iterator[str], name: str, kind: str) -> StreamingHttpResponse:
    """Compressed here, and quickly: of all that is public, the usual way takes seconds."""
    press = "gzip" in request.headers.get("Accept-Encoding", "")
    response = _sent(request, gzipped(pieces) if press else pieces, name, kind)
    response.headers["Content-Encoding"] = "gzip" if press else "identity"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _sent(request: HttpRequest, pieces: Iterator[Any], name: str, kind: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if settings.DATA_LICENCE.startswith("http"):
        headers["Link"] = f'<{settings.DATA_LICENCE}>; rel="license"'
    return StreamingHttpResponse(() if request.method == "HEAD" else pieces, content_type=kind, headers=headers)


def _csv(name: str, at: dt.datetime) -> Iterator[str]:
    return chain(csv_lines(tables.heading(name), ()), _lines(name, at))


def _lines(name: str, at: dt.datetime) -> Iterator[str]:
    """What each edition says in a table, as it was written when the edition was indexed."""
    for piece in _pieces(at):
        told = Extract.objects.public(timezone.now()).filter(table=name, edition__in=piece)
        found = dict(told.values_list("edition", "lines"))
        yield "".join(found.get(key, "") for key in piece)


def _editions(at: dt.datetime) -> Iterator[Edition]:
    for piece in _pieces(at):
        still = Listing.objects.public(timezone.now()).filter(edition__in=piece).values("edition")
        found = Edition.objects.filter(pk__in=still).in_bulk()
        yield from (found[key] for key in piece if key in found)


def _pieces(at: dt.datetime) -> Iterator[Sequence[int]]:
    """The keys of all visible editions, the latest trips first, in pieces.

    Each piece is read by a query of its own, which ends before its rows are sent: a slow reader keeps no table from
    being written. What was withdrawn in the meantime is left out.
    """
    keys = snapshot(at).editions
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))

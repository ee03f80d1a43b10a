"""Files of editions. A file is public while an edition that can be read names it, and not a moment longer."""

import datetime as dt
import re

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from trips.models import Edition, Mention
from trips.models.listing import Subject
from trips.views.errors import FRESH
from trips.views.http import unless_known

TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
}
FOLDERS = {Subject.PHOTO: "photos", Subject.DOCUMENT: "documents"}
NAME = re.compile(r"[A-Za-z0-9._-]+")  # as the store makes them; a quotation mark would look further into a document
SANDBOX = "default-src 'none'; sandbox"
FRESH_FOR = 5  # seconds; what is withdrawn is out of every cache then, and asking again costs no bytes


def photo(request: HttpRequest, uid: str, name: str) -> HttpResponse:
    return file(request, Subject.PHOTO, uid, name)


def document(request: HttpRequest, uid: str, name: str) -> HttpResponse:
    return file(request, Subject.DOCUMENT, uid, name)


@require_safe
def file(request: HttpRequest, subject: Subject, uid: str, name: str) -> HttpResponse:
    """Its name is in the edition, so a file that has replaced it on the desk stays private until it is published."""
    now = timezone.now()
    type_of(name)
    naming = Mention.objects.filter(subject=subject, key=uid, edition__document__contains=f'"{name}"')
    if not naming.filter(edition__in=Edition.objects.readable(now)).exists():
        return _absent(naming, now)
    response = stored(subject, uid, name)
    response.headers["ETag"] = f'"{name}"'
    patch_cache_control(response, public=True, max_age=FRESH_FOR, must_revalidate=True)
    return unless_known(request, response)


def type_of(name: str) -> str:
    """What sort of file has such a name; not found where no file of a trip has."""
    kind = TYPES.get(name.rpartition(".")[2])
    if kind is None or not NAME.fullmatch(name):
        raise Http404
    return kind


def stored(subject: Subject, uid: str, name: str) -> FileResponse:
    """The file, kept from running whatever is in it. Who may have it is the caller's question."""
    kind = type_of(name)
    try:
        opened = default_storage.open(f"{FOLDERS[subject]}/{uid}/{name}")
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    response = FileResponse(opened, as_attachment=subject == Subject.DOCUMENT, content_type=kind)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _absent(naming: QuerySet, at: dt.datetime) -> HttpResponse:
    """Gone where an edition that was public named the file, else not found."""
    if naming.filter(edition__in=Edition.objects.begun(at)).exists():
        headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": FRESH}
        return HttpResponse("Withdrawn.\n", status=410, headers=headers)
    raise Http404

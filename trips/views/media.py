"""Files of editions. A file is public while an edition that can be read names it, and not a moment longer."""

import datetime as dt

from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from trips.models import Edition
from trips.models.listing import Mention, Subject

TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
}
FOLDERS = {Subject.PHOTO: "photos", Subject.DOCUMENT: "documents"}
SANDBOX = "default-src 'none'; sandbox"


@require_safe
def file(request: HttpRequest, subject: Subject, uid: str, name: str) -> HttpResponse:
    now = timezone.now()
    if not is_public(subject, uid, name, now):
        return absent(uid, name, now)
    try:
        stored = default_storage.open(f"{FOLDERS[subject]}/{uid}/{name}")
    except OSError as error:
        raise Http404 from error
    response = FileResponse(
        stored,
        as_attachment=subject == Subject.DOCUMENT,
        content_type=TYPES[name.rpartition(".")[2]],
        headers={"ETag": f'"{name}"', "X-Content-Type-Options": "nosniff", "Content-Security-Policy": SANDBOX},
    )
    patch_cache_control(response, public=True, max_age=60, must_revalidate=True)
    return response


def is_public(subject: Subject, uid: str, name: str, at: dt.datetime) -> bool:
    """True when a readable edition names this very file; what replaced it on the desk has another name."""
    naming = Edition.objects.readable(at).filter(document__contains=f'"{name}"')
    return Mention.objects.filter(subject=subject, key=uid, edition__in=naming).exists()


def absent(uid: str, name: str, at: dt.datetime) -> HttpResponse:
    """Gone where a withdrawn edition named the file, else not found."""
    covered = Q(trip__withdrawals__isnull=False) | Q(public_until__lte=at)
    named = Q(document__contains=f'"{uid}"') & Q(document__contains=f'"{name}"')
    if Edition.objects.begun(at).filter(covered, named).exists():
        return HttpResponse("Withdrawn.", status=410, content_type="text/plain; charset=utf-8")
    raise Http404

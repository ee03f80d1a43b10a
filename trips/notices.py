"""Mail about a verb to those concerned: who works on the trip, and who has to look at it next."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk import moments
from exchange.lib.languages import CODES, column
from exchange.models import AuditEntry
from trips.models import Trip

SUBJECTS = {
    "submit": _("For review: %s"),
    "check": _("Checked: %s"),
    "send_back": _("Changes asked: %s"),
    "approve": _("Approved: %s"),
    "publish": _("Published: %s"),
    "schedule": _("Scheduled: %s"),
    "move": _("Moved to another time: %s"),
    "withdraw": _("Withdrawn: %s"),
    "remarked": _("Remarks: %s"),
    "agreed": _("Agreed: %s"),
}
BY_READERS = {"remarked", "agreed"}  # what they said stands on the page of the review links
DECIDES = {"submit": "trips.review_trip", "check": "trips.publish_trip"}  # and with which right one has to look next


def send(entry: AuditEntry, trip: Trip) -> None:
    """Tell them once the act is certain, all but whoever did it; a mail that fails undoes nothing."""
    readers = [one for one in concerned(trip, entry.verb) if one.email and one != entry.by]
    if readers:
        transaction.on_commit(partial(_send, entry, trip, readers), robust=True)


def concerned(trip: Trip, verb: str) -> list[Any]:
    """Owner, colleagues and whoever submitted; for what was submitted or checked, also everyone whose turn is next."""
    users = get_user_model()._default_manager
    candidate = trip.candidates.first()
    keys = {trip.owner_id, candidate.submitted_by_id if candidate else None}
    keys |= set(trip.colleagues.values_list("pk", flat=True))
    found = {one.pk: one for one in users.filter(pk__in=keys - {None}, is_active=True)}
    if verb in DECIDES:
        found |= {one.pk: one for one in users.with_perm(DECIDES[verb], is_active=True)}
    return list(found.values())


def _send(entry: AuditEntry, trip: Trip, readers: list[Any]) -> None:
    """One mail each, in both languages: nobody learns who else is written to."""
    place = "review_links" if entry.verb in BY_READERS else "change"
    address = settings.SITE_URL + reverse(f"admin:trips_trip_{place}", args=[trip.pk])
    subject = " · ".join(dict.fromkeys(_in(code, SUBJECTS[entry.verb], trip) for code in CODES))
    times = moments.recorded(entry.details)
    context = {"entry": entry, "trip": trip, "address": address, "times": times}
    body = "\n\n".join(_body(code, context) for code in CODES)
    mails = [EmailMessage(subject, body, to=[one.email]) for one in readers]
    get_connection().send_messages(mails)


def _in(code: str, words: Any, trip: Trip) -> str:
    with translation.override(code):
        return " ".join((gettext(str(words)) % trip.title).split())


def _body(code: str, context: dict[str, Any]) -> str:
    with translation.override(code):
        said = context["entry"].details.get(column("reason", code)) or context["entry"].comment
        return render_to_string("admin/trips/trip/notice.txt", {**context, "said": said}).strip()

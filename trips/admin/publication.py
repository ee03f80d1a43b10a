"""What publishing a trip would do, told before it is done."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exchange import audit
from exchange.desk.words import language
from exchange.lib.bilingual import choose, listed
from exchange.lib.languages import CODES, NAMES, column
from exchange.models import AuditEntry
from trips import review_links, workflow
from trips.admin.rows import photo_url
from trips.admin.verb_forms import REVIEWED, SAVED, SCHEDULED
from trips.choices import Attendance, Decision
from trips.edition.diff import changes
from trips.edition.freeze import freeze, frozen
from trips.edition.schema import Payload
from trips.indexing import named_in
from trips.models import Agreement, Candidate, Edition, Mention, Trip
from trips.models.listing import Subject
from trips.readiness import Level, noted

LABELS = {
    "title": _("Facts"),
    "route": _("Route"),
    "organisers": _("Organisers"),
    "themes": _("Themes"),
    "delegations": _("Delegations"),
    "people": _("People"),
    "programme": _("Programme"),
    "report": _("Report"),
    "photos": _("Photos"),
    "documents": _("Documents"),
    "coverage": _("Coverage"),
    "statements": _("Statements"),
    "outcomes": _("Outcomes"),
}
WITH_PAGES = (Subject.ORGANISATION, Subject.STATE, Subject.CITY, Subject.THEME)


@dataclass
class Publication:
    """The document as it would be published at a time.

    ``newest`` is the last edition that was not cancelled, be it public or scheduled; ``before`` is the last one that
    readers saw, with which this one is compared. ``coming`` are those that are scheduled, the newest first. ``text``
    says which document it is: what is under review, the working copy, or the newest edition itself, which is moved.
    """

    trip: Trip
    public_from: dt.datetime
    payload: Payload
    digest: str
    newest: Edition | None
    before: Edition | None
    number: int
    candidate: Candidate | None
    waived: dict[str, str]
    coming: list[Edition]
    text: str

    @cached_property
    def agreements(self) -> list[Agreement]:
        """Who agreed to exactly this, by a review link."""
        return list(review_links.agreements(self.trip, self.digest))

    @cached_property
    def checks(self) -> list[AuditEntry]:
        """Who has checked exactly this."""
        return list(workflow.checks(self.candidate)) if self.candidate else []

    @cached_property
    def comment(self) -> str:
        """What was said to the reviewers when exactly this was submitted last."""
        said = audit.trail(self.trip).filter(verb="submit", details__digest=self.digest) if self.candidate else None
        last = said.first() if said else None
        return last.comment if last else ""

    @property
    def is_outline(self) -> bool:
        return self.payload["extent"] == "outline"

    @property
    def is_unchanged(self) -> bool:
        """True when the newest edition says exactly this and still stands."""
        return bool(self.newest and self.newest.digest == self.digest and not self.newest.is_withdrawn)

    @cached_property
    def scheduled(self) -> Edition | None:
        """The newest edition, where it is scheduled: it can be moved to another time."""
        return self.coming[0] if self.coming and self.coming[0] == self.newest else None

    @property
    def is_move(self) -> bool:
        """True where the newest edition is to be moved to another time."""
        return self.text == SCHEDULED

    @cached_property
    def is_reviewed(self) -> bool:
        """True for what is under review, and for a text that was approved, or published, letter by letter."""
        if self.candidate or self.is_move or self.is_unchanged:
            return True
        return self.trip.candidates.filter(digest=self.digest, decision=Decision.APPROVED).exists()

    def differences(self) -> list[dict[str, Any]]:
        """What differs from the edition that readers saw last."""
        return _differences(self.before, self.payload) if self.before else []

    def comparisons(self) -> list[tuple[Edition, bool, list[dict[str, Any]]]]:
        """What differs from the scheduled edition, and from the one that readers saw: which, if to come, lines."""
        others = [(self.scheduled, True)] if self.scheduled and not self.is_move else []
        others += [(self.before, False)] if self.before else []
        kept = Edition.objects.in_bulk([one.pk for one, _is_coming in others])
        return [(one, is_coming, _differences(kept[one.pk], self.payload)) for one, is_coming in others]

    def changed(self) -> list[str]:
        """The parts that differ from the edition before."""
        return [str(label) for label in dict.fromkeys(one["label"] for one in self.differences())]

    def newer(self) -> list[str]:
        """What was changed on the desk since the candidate, or the edition that is scheduled, was frozen."""
        if self.text == SAVED or self.trip.changed_at <= self.frozen_at:
            return []
        kept = self.candidate or self.newest
        saved = freeze(self.trip, public_from=kept.public_from or self.public_from)
        return [str(label) for label in dict.fromkeys(LABELS[one.section] for one in changes(self.payload, saved))]

    @property
    def frozen_at(self) -> dt.datetime:
        """When the document was taken from the working copy."""
        if self.candidate:
            return self.candidate.submitted_at
        return self.newest.frozen_at if self.newest and self.is_move else self.public_from

    def addresses(self) -> list[str]:
        return [f"/{code}/trips/{self.payload['slug']}/" for code in NAMES]

    @cached_property
    def new_pages(self) -> list[str]:
        """Who and what no public edition names yet: their own pages begin with this one."""
        named = {(one.subject, one.key): one for one in named_in(self.payload) if one.subject in WITH_PAGES}
        public = Mention.objects.public(timezone.now()).filter(subject__in=WITH_PAGES)
        known = set(public.filter(key__in={key for _subject, key in named}).values_list("subject", "key"))
        return sorted(
            str(choose({code: getattr(one, column("name", code)) for code in CODES}, language()))
            for place, one in named.items()
            if place not in known
        )

    def contents(self) -> list[tuple[str, str]]:
        """What becomes public, part by part: ``(label, words)``; empty parts are left out."""
        counted = ("delegations", "people", "programme", "photos", "documents", "coverage", "statements", "outcomes")
        lines = [(LABELS[key], str(len(self.payload[key]))) for key in counted if self.payload[key]]  # type: ignore[literal-required]
        return [
            (gettext("Reports"), listed((NAMES[code] for code in self.payload["report"]), language()) or "—"),
            *lines,
        ]

    @cached_property
    def pictures(self) -> list[dict[str, Any]]:
        """Every picture of the trip, small; those that do not become public are ``held`` back."""
        shown = set(self.payload["photos"])
        return [
            {"src": photo_url(one), "alt": str(one), "held": one.uid not in shown} for one in self.trip.photos.all()
        ]

    @property
    def holds_back(self) -> bool:
        return any(one["held"] for one in self.pictures)

    def hidden(self) -> list[str]:
        """What the desk keeps, in words."""
        trip = self.trip
        counts = (
            (
                trip.delegations.exclude(status=Attendance.ATTENDED).count(),
                lambda n: ngettext("%d delegation that did not attend", "%d delegations that did not attend", n),
            ),
            (
                trip.delegates.filter(public=False).count(),
                lambda n: ngettext("%d person not named in public", "%d people not named in public", n),
            ),
            (
                sum(not one.consent for one in trip.photos.all()),
                lambda n: ngettext(
                    "%d photo without a basis for showing it", "%d photos without a basis for showing them", n
                ),
            ),
            (
                trip.documents.filter(public=False).count(),
                lambda n: ngettext("%d document not marked public", "%d documents not marked public", n),
            ),
            (
                trip.outcomes.filter(public=False).count(),
                lambda n: ngettext("%d outcome not marked public", "%d outcomes not marked public", n),
            ),
        )
        return [
            *(words(n) % n for n, words in counts if n),
            gettext("internal notes and contact data: never public"),
        ]

    @cached_property
    def findings(self) -> list[dict[str, str]]:
        """What was found when it was submitted, or is found now, the gravest first."""
        if self.is_move:
            return []  # it was looked at when it was published; its reasons stay with it
        found = self.candidate.findings if self.candidate else noted(self.trip, self.public_from)
        outline = gettext(
            "Until the trip's last day only an outline is public: stops, people and delegations come later."
        )
        told = [{"level": "note", "sentence": outline, "section": "facts"}] if self.is_outline else []
        return [
            {**one, "sentence": one["sentence"][language()], "reason": self.waived.get(one["key"], "")} for one in found
        ] + told

    @property
    def unexplained(self) -> str:
        """The key of the first warning that has no reason yet; empty where each has one."""
        warnings = (one for one in self.findings if one["level"] == Level.WARN)
        return next((one["key"] for one in warnings if not one["reason"].strip()), "")

    @property
    def is_blocked(self) -> bool:
        return any(one["level"] == Level.BLOCK for one in self.findings)


def publication(
    trip: Trip,
    public_from: dt.datetime,
    candidate: Candidate | None = None,
    waived: dict[str, str] | None = None,
    *,
    moved: Edition | None = None,
) -> Publication:
    """What publishing the candidate, or else the working copy at that time, would publish; or moving an edition.

    Nothing is written.
    """
    if kept := candidate or moved:
        document, digest = kept.document, kept.digest
    else:
        document, digest = frozen(trip, public_from=public_from)
    withdrawals, every = list(trip.withdrawals.all()), list(trip.editions.defer("document"))
    uncancelled = [one for one in every if not any(each.cancels(one) for each in withdrawals)]
    newest = next(iter(uncancelled), None)
    if newest:
        newest.is_withdrawn = any(one.covers(newest.number) for one in withdrawals)
    before = next((one for one in uncancelled if one.public_from <= timezone.now()), None)
    number = every[0].number + 1 if every else 1
    coming = list(trip.editions.coming(timezone.now(), "public_from").order_by("-number").defer("document"))
    text = REVIEWED if candidate else SCHEDULED if moved else SAVED
    payload = json.loads(document)
    return Publication(
        trip, public_from, payload, digest, newest, before, number, candidate, waived or {}, coming, text
    )


def _differences(edition: Edition, payload: Payload) -> list[dict[str, Any]]:
    found = changes(edition.payload, payload)
    return [{"label": LABELS[one.section], **one._asdict()} for one in found]

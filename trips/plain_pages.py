"""The verbs of pages that staff write: what is saved on the desk becomes public as it was seen, or goes again."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange import audit
from trips.choices import TripState
from trips.conditions import OWN_TEXT, Refused, is_own_text
from trips.edition.plain_page import frozen_page
from trips.models import PageEdition, PageWithdrawal, PlainPage

PUBLISH = "trips.publish_plainpage"
UNSEEN = _("This is not what you saw: the page was changed meanwhile. Look at it below, then decide.")
EMPTY = _("There is no text yet. Write it in one language at least, then publish.")
TAKEN = _("Another page was published at this address. Choose another address.")
NOTHING_STANDS = _("The page is not public, so there is nothing to withdraw.")
REASON = _("Give the reason: it stands in place of the page.")


def publish(page: PlainPage, *, digest: str, by: Any, note: str = "") -> PageEdition:
    """Make the working copy public, if it has that digest. What is public already is not published again."""
    with transaction.atomic():
        page = PlainPage.objects.select_for_update().get(pk=page.pk)
        document, found = frozen_page(page)
        if found != digest:
            raise Refused(UNSEEN)
        last, before = page.editions.first(), state_of(page)
        if last and before == TripState.PUBLISHED:
            return last
        _check(page, by)
        edition = PageEdition(
            page=page,
            number=last.number + 1 if last else 1,
            document=document,
            digest=digest,
            slug=page.slug,
            title_en=page.title_en,
            title_zh_hans=page.title_zh_hans,
            place=page.place,
            position=page.position,
            note=note.strip(),
            published_by=by,
            published_at=timezone.now(),
        )
        edition.clean_fields(exclude={"published_by"})
        edition.save()
        told = {"before": before.value, "digest": digest, "edition": edition.number}
        audit.record("publish", page, by=by, comment=edition.note, **told)
    return edition


def withdraw(page: PlainPage, *, by: Any, reason_en: str, reason_zh_hans: str = "") -> PageWithdrawal:
    """Take the page out of public sight, with a reason. No earlier edition comes back."""
    if not reason_en.strip():
        raise Refused(REASON)
    with transaction.atomic():
        page = PlainPage.objects.select_for_update().get(pk=page.pk)
        public, before = public_edition(page), state_of(page)
        if public is None:
            raise Refused(NOTHING_STANDS)
        withdrawal = PageWithdrawal(
            page=page,
            last=public.number,
            reason_en=reason_en.strip(),
            reason_zh_hans=reason_zh_hans.strip(),
            withdrawn_by=by,
            withdrawn_at=timezone.now(),
        )
        withdrawal.clean_fields(exclude={"withdrawn_by"})
        withdrawal.save()
        told = {"before": before.value, "first": 1, "last": public.number}
        audit.record("withdraw", page, by=by, comment=withdrawal.reason_en, **told)
    return withdrawal


def public_edition(page: PlainPage) -> PageEdition | None:
    """What is public of the page now; it reads what is prefetched."""
    newest = max(page.editions.all(), key=lambda one: one.number, default=None)
    gone = max((one.last for one in page.withdrawals.all()), default=0)
    return newest if newest and newest.number > gone else None


def state_of(page: PlainPage) -> TripState:
    """Where the page stands, in the words that trips use; it reads what is prefetched."""
    public = public_edition(page)
    if public:
        return TripState.PUBLISHED if public.digest == frozen_page(page)[1] else TripState.CHANGED
    return TripState.WITHDRAWN if page.editions.all() else TripState.DRAFT


def _check(page: PlainPage, by: Any) -> None:
    if not (page.body_en or page.body_zh_hans):
        raise Refused(EMPTY)
    if is_own_text(page, by):
        raise Refused(OWN_TEXT)
    if PageEdition.objects.filter(slug=page.slug).exclude(page=page).exists():
        raise Refused(TAKEN)

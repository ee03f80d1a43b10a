"""Which edition answers for an address, and what is told of the others."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Count, F, QuerySet, Subquery, Sum, Value

from institutions.models import Organisation
from trips.models import Edition, IndexState, Withdrawal
from trips.renderings.facts import Facts, Issue


class Gone(NamedTuple):
    """What is said in place of a report: the editions that are gone and the withdrawal, none where time ran out."""

    numbers: list[int]
    withdrawal: Withdrawal | None


def visible(slug: str, at: dt.datetime) -> Edition | None:
    """The edition that is the trip's public one and lives at this address.

    With what tells that lists have changed: the ``generation`` of the index, and which records were merged.
    """
    merged = Organisation.objects.exclude(merged_into=None).order_by().annotate(all=Value(1)).values("all")
    known = {
        "generation": Subquery(IndexState.objects.values("generation")[:1]),
        "merges": Subquery(merged.annotate(n=Count("pk")).values("n")),
        "merged": Subquery(merged.annotate(n=Sum(F("pk") * F("merged_into"))).values("n")),
    }
    return Edition.objects.public(at).filter(slug=slug).annotate(**known).first()


def moved(slug: str, at: dt.datetime) -> Edition | None:
    """The public edition of a trip of which an earlier edition lived at this address."""
    return Edition.objects.public(at).filter(trip__in=_trips(slug, at)).first()


def gone(slug: str, at: dt.datetime) -> Gone | None:
    """What became of a trip that was public at this address; None where nothing ever was."""
    trip = _trips(slug, at).first()
    if trip is None:
        return None
    newest = Edition.objects.begun(at).filter(trip=trip["trip"]).latest("number")
    return absence(newest, at)


def absence(edition: Edition, at: dt.datetime) -> Gone:
    """Why this edition cannot be read."""
    reasons = Withdrawal.objects.filter(trip=edition.trip_id, first__lte=edition.number, last__gte=edition.number)
    withdrawal = reasons.first()
    if withdrawal is None:
        return Gone([edition.number], None)
    gone_with_it = Edition.objects.begun(at).filter(
        trip=edition.trip_id, number__gte=withdrawal.first, number__lte=withdrawal.last
    )
    return Gone(sorted(gone_with_it.values_list("number", flat=True)), withdrawal)


def numbered(slug: str, number: int, at: dt.datetime) -> Edition | None:
    """The edition of that number of the trip at this address, if its time has come, readable or not."""
    return Edition.objects.begun(at).filter(trip__in=_trips(slug, at), number=number).first()


def facts(edition: Edition, at: dt.datetime, *, own_address: bool = False) -> Facts:
    """The edition's place in its trip's history, in two queries."""
    withdrawals = list(Withdrawal.objects.filter(trip=edition.trip_id))
    due = Edition.objects.due(at).filter(trip=edition.trip_id).order_by("-number").defer("document")
    begun = [one for one in due if not any(each.cancels(one) for each in withdrawals)]
    history = [_issue(one, withdrawals, at) for one in begun]
    return Facts(
        number=edition.number,
        digest=edition.digest,
        public_from=edition.public_from,
        history=history,
        superseded=edition.number != history[0].number,
        own_address=own_address,
    )


def _issue(one: Edition, withdrawals: list[Withdrawal], at: dt.datetime) -> Issue:
    withdrawn = any(each.covers(one.number) for each in withdrawals)
    lasting = one.public_until is None or one.public_until > at
    note = {"en": one.note_en, "zh-hans": one.note_zh_hans}
    return Issue(one.number, one.slug, one.public_from, note, lasting and not withdrawn, withdrawn)


def _trips(slug: str, at: dt.datetime) -> QuerySet:
    """The trip of which an edition that was ever public has this address."""
    return Edition.objects.begun(at).filter(slug=slug).order_by().values("trip")

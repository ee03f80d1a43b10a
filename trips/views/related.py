"""Which trips have most in common with one: asked of the index in one query, whatever there is in it."""

import datetime as dt
from functools import reduce
from operator import or_

from django.db.models import Case, Count, IntegerField, Max, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from institutions.choices import Kind
from trips.edition.reading import HOMES
from trips.edition.schema import Payload
from trips.models import Edition, Listing, Mention
from trips.models.listing import Subject
from trips.renderings.related import Related

MOST = 3
PARTNERS = (HOMES[Kind.HOST], HOMES[Kind.ENTERPRISE])
# A shared host says more than a shared theme, that more than a city, and that more than a state.
WEIGHTS = {"partners": 4, "themes": 3, "cities": 2, "states": 1}


def related(edition: Edition, language: str, at: dt.datetime) -> list[Related]:
    """Up to three other public trips, those with most in common first, then the latest.

    States are counted and relate no two trips by themselves: most trips share some.
    """
    common = _common(edition.payload)
    nearest = (
        Mention.objects.public(at)
        .filter(reduce(or_, common.values()))
        .exclude(edition=edition)
        .order_by()
        .values("edition")
        .annotate(weight=_weight(common), near=Count("pk", filter=~common["states"]), latest=Max("starts_on"))
        .filter(near__gt=0)
        .order_by("-weight", "-latest", "edition")
        .values("edition")[:MOST]
    )
    shown = Listing.objects.public(at).filter(language=language, edition__in=nearest)
    rows = shown.values_list("slug", "title", "starts_on", "ends_on", *map(_number, common.values()))
    return sorted((Related(*row) for row in rows), key=_rank)


def _common(payload: Payload) -> dict[str, Q]:
    """The mentions that another trip would have in common with this one, by what they are of."""
    visits = payload["programme"]
    partners = {visit["host"] for visit in visits} | {uid for visit in visits for uid in visit["participants"]}
    return {
        "partners": Q(subject=Subject.ORGANISATION, section__in=PARTNERS, key__in=sorted(partners)),
        "themes": Q(subject=Subject.THEME, key__in=[one["slug"] for one in payload["themes"]]),
        "cities": Q(subject=Subject.CITY, key__in=[one["slug"] for one in payload["route"]]),
        "states": Q(subject=Subject.STATE, key__in=[one["state"] for one in payload["delegations"] if one["state"]]),
    }


def _weight(common: dict[str, Q]) -> Sum:
    cases = [When(one, then=Value(WEIGHTS[name])) for name, one in common.items()]
    return Sum(Case(*cases, default=Value(0), output_field=IntegerField()))


def _number(common: Q) -> Coalesce:
    """How many of those the edition of a listing has."""
    of_edition = Mention.objects.filter(common, edition=OuterRef("edition")).order_by().values("edition")
    counted = of_edition.annotate(n=Count("key", distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _rank(one: Related) -> tuple[int, int, str]:
    weight = sum(getattr(one, name) * value for name, value in WEIGHTS.items())
    return -weight, -one.starts_on.toordinal(), one.slug

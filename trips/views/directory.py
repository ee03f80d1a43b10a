"""Institutions, enterprises, member states, organisers and media outlets, each with the trips that name them."""

import datetime as dt
from collections import defaultdict
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Lower
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from exchange.lib.languages import CODES, column
from institutions.choices import Kind
from institutions.models import Country, Organisation
from trips.edition.reading import HOMES
from trips.models import Listing, Mention
from trips.models.listing import Subject
from trips.renderings import directory, lists
from trips.views.http import number, public
from trips.views.pages import PER_PAGE, rows

LINES = 100
COMPANY = 60
KINDS = {section: kind for kind, section in HOMES.items()}
STATES = "member-states"
GROUPS = ("institutions", "enterprises", "organisers")
LATEST = ("-starts_on", "-edition__number", "-edition_id", "-key", "-section")  # of mentions: the same after a rebuild


class Tally(NamedTuple):
    """In how many trips somebody is named in a role."""

    key: str
    section: str
    trips: int


@public
def index(request: HttpRequest, language: str, section: str) -> HttpResponse:
    """Everyone who ever played the role, a hundred a page; the member states of today, with a trip or without."""
    now = timezone.now()
    demo = Listing.objects.public(now).filter(demo=True).exists()
    if section == STATES:
        found = _states(now)
        return HttpResponse(directory.index(language, section, found, lists.Page(1, 1, len(found)), demo=demo))
    named = _by_party(_organisations(now).filter(section=section))
    count = named.aggregate(n=Count("party", distinct=True))["n"]
    page = lists.Page(number(request.GET.get("page"), 1), max(1, -(-count // LINES)), count)
    if not 1 <= page.number <= page.pages:
        raise Http404
    counted = _tallied(named).annotate(name=Lower(Max("name_en"))).order_by("name", "party")
    shown = [Tally(*one[:3]) for one in counted[(page.number - 1) * LINES : page.number * LINES]]
    return HttpResponse(directory.index(language, section, _parties(shown, now)[section], page, demo=demo))


@public
def profile(request: HttpRequest, language: str, section: str, slug: str) -> HttpResponse:
    now = timezone.now()
    page = number(request.GET.get("page"), 1)
    if section == STATES:
        return _state_profile(language, slug, page, now)
    live, mention = _who(section, slug, now)
    if live and live.merged_into:
        live = live.merged_into
    if live and (live.slug != slug or HOMES[live.kind] != section):
        return HttpResponsePermanentRedirect(f"/{language}/{_address(live)}")
    same = Organisation.objects.filter(Q(pk=live.pk) | Q(merged_into=live.pk)).values("uid") if live else []
    named = _organisations(now).filter(Q(key=mention.key) | Q(key__in=same))
    return _answer(language, _described(section, slug, live, mention), named, page, now)


def _organisations(at: dt.datetime) -> QuerySet:
    return Mention.objects.public(at).filter(subject=Subject.ORGANISATION)


def _by_party(mentions: QuerySet) -> QuerySet:
    """Each with ``party``: the uid of the record that stands for the one it names, which may have been merged.

    The database looks up each name only where something was merged at all, which it finds out once.
    """
    merged = Organisation.objects.exclude(merged_into=None)
    into = merged.filter(uid=OuterRef("key")).values("merged_into__uid")[:1]
    return mentions.annotate(
        party=Case(When(Exists(merged), then=Coalesce(Subquery(into), F("key"))), default=F("key"))
    )


def _state_mentions(at: dt.datetime) -> QuerySet:
    return Mention.objects.public(at).filter(subject=Subject.STATE)


def _who(section: str, slug: str, at: dt.datetime) -> tuple[Organisation | None, Mention]:
    """The record that lives at this address, or lived there when a visible edition named it; else not found."""
    named, known = _organisations(at), Organisation.objects.labelled().select_related("merged_into", "city")
    live = known.filter(kind=KINDS[section], slug=slug).first()
    own = named.filter(Q(key=live.uid) | Q(key__in=live.merged.values("uid"))) if live else named.none()
    mention = own.order_by(*LATEST).first()
    if mention is None:
        mention = named.filter(home=section, slug=slug).order_by(*LATEST).first()
        live = known.filter(uid=mention.key).first() if mention else None
    if mention is None:
        raise Http404
    return live, mention


def _described(section: str, slug: str, live: Organisation | None, mention: Mention) -> directory.Profile:
    """The record's own words only when an editor has checked them."""
    address = f"{section}/{slug}/"
    if live is None or live.checked_at is None:
        return directory.Profile(section, texts(mention, "name"), address)
    return directory.Profile(
        section=section,
        names=texts(live, "name"),
        address=address,
        short=texts(live, "short"),
        type=live.type,
        city=texts(live.city, "name") if live.city else {},
        province=texts(live.city, "province") if live.city else {},
        website=live.website,
        founded=live.founded,
        about=texts(live, "about"),
        further=[
            directory.Former(one.kind, one.language, one.text, one.valid_from, one.valid_until)
            for one in live.names.all()
        ],
    )


def _address(live: Organisation) -> str:
    """Where a party's profile is, below the language; an embassy's page is that of its state."""
    if live.kind == Kind.EMBASSY and live.country:
        return f"{STATES}/{live.country.slug}/"
    return f"{HOMES[live.kind]}/{live.slug}/"


def _state_profile(language: str, slug: str, page: int, at: dt.datetime) -> HttpResponse:
    country = Country.objects.filter(slug=slug).first()
    if country is None:
        return _moved_state(language, slug, at)
    named = _state_mentions(at).filter(key=country.iso2)
    embassies = country.organisations.filter(kind=Kind.EMBASSY).current().among(_organisations(at).values("key"))
    members = list(Country.objects.members(timezone.localdate(at)))
    if country not in members and not named.exists() and not embassies.exists():
        return _moved_state(language, slug, at)
    who = directory.Profile(
        section=STATES,
        names=texts(country, "name"),
        address=f"{STATES}/{slug}/",
        full=texts(country, "full_name"),
        iso2=country.iso2,
        joined=country.joined_asean_on,
        capital=texts(country, "capital"),
        embassies=[texts(one, "name") for one in embassies.checked()],
        member=country in members or named.filter(member=True).exists(),
    )
    return _answer(language, who, named, page, at, _neighbours(country, members))


def _moved_state(language: str, slug: str, at: dt.datetime) -> HttpResponse:
    """From an address at which a visible edition named a state or an embassy to where the state is now."""
    mention = _state_mentions(at).filter(slug=slug).order_by(*LATEST).first()
    country = Country.objects.filter(iso2=mention.key).first() if mention else None
    address = f"{STATES}/{country.slug}/" if country else _moved_embassy(slug, at)
    if address == f"{STATES}/{slug}/":  # it would lead here again
        raise Http404
    return HttpResponsePermanentRedirect(f"/{language}/{address}")


def _moved_embassy(slug: str, at: dt.datetime) -> str:
    live, _mention = _who(STATES, slug, at)
    if live is None:
        raise Http404
    return _address(live.merged_into or live)


def _neighbours(country: Country, members: list[Country]) -> tuple[directory.Row | None, directory.Row | None]:
    if country not in members:
        return None, None
    place = members.index(country)
    before = members[place - 1] if place else None
    after = members[place + 1] if place + 1 < len(members) else None
    return (_state(before, 0) if before else None), (_state(after, 0) if after else None)


def _answer(
    language: str,
    who: directory.Profile,
    named: QuerySet,
    number: int,
    at: dt.datetime,
    neighbours: tuple[directory.Row | None, directory.Row | None] = (None, None),
) -> HttpResponse:
    listed = Listing.objects.public(at).filter(language=language, edition__in=named.values("edition"))
    record = directory.Record(**listed.aggregate(trips=Count("pk"), first=Min("year"), last=Max("year")))
    page = lists.Page(number, max(1, -(-record.trips // PER_PAGE)), record.trips)
    if not 1 <= number <= page.pages:
        raise Http404
    shown = rows(listed.newest()[(number - 1) * PER_PAGE : number * PER_PAGE])
    company = _company(named, at)
    return HttpResponse(directory.profile(language, who, shown, record, page, company, neighbours))


def _company(named: QuerySet, at: dt.datetime) -> directory.Company:
    """Who else is named by the editions that name this party: states, parties by directory, themes."""
    there = Mention.objects.public(at).filter(edition__in=named.values("edition"))
    there = there.exclude(pk__in=named.values("pk"))
    states = there.filter(subject=Subject.STATE).order_by().values_list("key")
    received = list(states.annotate(n=Count("edition"), as_member=Count("edition", filter=Q(member=True))))
    counts = {iso2: n for iso2, n, _as_member in received}
    parties = _by_party(there.filter(subject=Subject.ORGANISATION, section__in=GROUPS))
    found = _tallied(parties).order_by("-trips", "party")
    tallies = [Tally(*one) for one in found]
    often = [one for section in GROUPS for one in [each for each in tallies if each.section == section][:COMPANY]]
    groups = _parties(often, at)
    themes = there.filter(subject=Subject.THEME).order_by("name_en").values("name_en", "name_zh_hans").distinct()
    return directory.Company(
        states=[_state(one, counts[one.iso2]) for one in Country.objects.filter(iso2__in=counts)],
        groups=[
            (section, groups[section], sum(one.section == section for one in tallies) - len(groups[section]))
            for section in GROUPS
            if groups[section]
        ],
        themes=[{code: one[column("name", code)] for code in CODES} for one in themes],
        members=all(n == as_member for _iso2, n, as_member in received),
    )


def _tallied(mentions: QuerySet) -> QuerySet:
    """Rows for ``Tally``."""
    return mentions.order_by().values_list("party", "section").annotate(trips=Count("edition", distinct=True))


def _latest(keys: list[str], at: dt.datetime) -> dict[str, Mention]:
    """Of each organisation the mention by its latest trip, which has the name to print: one query."""
    named = _by_party(_organisations(at))
    newest = named.filter(party=OuterRef("party")).order_by(*LATEST).values("pk")[:1]
    wanted = named.filter(party__in=keys).order_by().values("party").annotate(n=Count("pk"))
    last = wanted.annotate(last=Subquery(newest)).values("last")
    return {one.party: one for one in _by_party(Mention.objects.filter(pk__in=last))}


def _parties(tallies: list[Tally], at: dt.datetime) -> defaultdict[str, list[directory.Row]]:
    """By directory, under current names, or the latest printed ones where nobody checked the record: two queries."""
    keys = [one.key for one in tallies]
    mentions = _latest(keys, at)
    known = Organisation.objects.current().checked().select_related("city")
    live = {one.uid: one for one in known.filter(uid__in=keys)}
    parties: defaultdict[str, list[directory.Row]] = defaultdict(list)
    for one in tallies:
        parties[one.section].append(_party(mentions[one.key], live.get(one.key), one.trips))
    return defaultdict(list, {section: sorted(found, key=_alphabet) for section, found in parties.items()})


def _party(mention: Mention, live: Organisation | None, trips: int) -> directory.Row:
    if live is None:
        return directory.Row(texts(mention, "name"), f"{mention.home}/{mention.slug}/", {}, "", trips)
    city = texts(live.city, "name") if live.city else {}
    return directory.Row(texts(live, "name"), f"{HOMES[live.kind]}/{live.slug}/", city, "", trips)


def _alphabet(row: directory.Row) -> str:
    return row.names["en"].casefold()


def _states(at: dt.datetime) -> list[directory.Row]:
    """Today's member states in protocol order."""
    counts = dict(_state_mentions(at).order_by().values_list("key").annotate(n=Count("edition")))
    return [_state(one, counts.get(one.iso2, 0)) for one in Country.objects.members(timezone.localdate(at))]


def _state(country: Country, trips: int) -> directory.Row:
    return directory.Row(texts(country, "name"), f"{STATES}/{country.slug}/", {}, country.iso2, trips)


def texts(row: Any, field: str) -> dict[str, str]:
    """Both languages of a pair of columns."""
    return {code: getattr(row, column(field, code)) for code in CODES}

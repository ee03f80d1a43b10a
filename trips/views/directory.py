"""Institutions, enterprises, member states, organisers and media outlets, each with the trips that name them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from institutions.choices import Kind
from institutions.models import Country, Organisation
from trips.models import Listing, Mention
from trips.models.listing import Subject
from trips.renderings import directory, lists
from trips.views.http import number, public
from trips.views.pages import rows

PER_PAGE = 100
KINDS = {
    "institutions": Kind.HOST,
    "enterprises": Kind.ENTERPRISE,
    "organisers": Kind.ORGANISER,
    "media-outlets": Kind.MEDIA,
    "member-states": Kind.EMBASSY,
}
STATES = "member-states"
Names = dict[str, str]


def texts(row: Any, field: str) -> Names:
    return {"en": getattr(row, f"{field}_en"), "zh-hans": getattr(row, f"{field}_zh_hans")}


@public
def index(request: HttpRequest, language: str, section: str) -> HttpResponse:
    now = timezone.now()
    found = _states(now) if section == STATES else _parties(now, section)
    asked, pages = number(request.GET.get("page"), 1), max(1, -(-len(found) // PER_PAGE))
    if not 1 <= asked <= pages:
        raise Http404
    shown = found[(asked - 1) * PER_PAGE : asked * PER_PAGE]
    demo = Listing.objects.public(now).filter(demo=True).exists()
    return HttpResponse(directory.index(language, section, shown, lists.Page(asked, pages, len(found)), demo=demo))


def _states(at: dt.datetime) -> list[directory.Row]:
    """Today's member states in protocol order, those without a trip too."""
    named = Mention.objects.public(at).filter(subject=Subject.STATE).order_by()
    counts = dict(named.values_list("key").annotate(n=Count("edition")))
    return [_state(one, counts.get(one.iso2, 0)) for one in Country.objects.members(timezone.localdate(at))]


def _state(country: Country, trips: int) -> directory.Row:
    return directory.Row(texts(country, "name"), f"{STATES}/{country.slug}/", {}, country.iso2, trips)


def _parties(at: dt.datetime, section: str) -> list[directory.Row]:
    """Everyone who ever played the role, by English name."""
    mentions = Mention.objects.public(at).filter(section=section, subject=Subject.ORGANISATION)
    return sorted(_grouped(mentions), key=lambda row: (row.names["en"] or row.names["zh-hans"]).casefold())


def _grouped(mentions: Any) -> list[directory.Row]:
    """One row a party under its current name, or the latest printed one where nobody checked the record: 3 queries."""
    counts = mentions.order_by().values_list("key").annotate(n=Count("edition", distinct=True), last=Max("pk"))
    known = {last: (key, n) for key, n, last in counts}
    live = {
        one.uid: one
        for one in Organisation.objects.current()
        .checked()
        .select_related("city")
        .filter(uid__in=[key for key, _n in known.values()])
    }
    return [_party(one, live.get(one.key), known[one.pk][1]) for one in Mention.objects.filter(pk__in=known)]


def _party(mention: Mention, live: Organisation | None, trips: int) -> directory.Row:
    if live is None:
        return directory.Row(texts(mention, "name"), f"{mention.home}/{mention.slug}/", {}, "", trips)
    city = texts(live.city, "name") if live.city else {}
    return directory.Row(texts(live, "name"), f"{mention.home}/{live.slug}/", city, "", trips)


@public
def profile(request: HttpRequest, language: str, section: str, slug: str) -> HttpResponse:
    now = timezone.now()
    if section == STATES:
        return _state_profile(language, slug, now)
    live, mention = _who(section, slug, now)
    if live and (live.slug != slug or live.kind != KINDS[section]):
        home = next(one for one, kind in KINDS.items() if kind == live.kind)
        return HttpResponsePermanentRedirect(f"/{language}/{home}/{live.slug}/")
    who = _described(section, slug, live, mention)
    named = Mention.objects.public(now).filter(subject=Subject.ORGANISATION, key=mention.key)
    return _answer(language, who, named, now)


def _who(section: str, slug: str, at: dt.datetime) -> tuple[Organisation | None, Mention]:
    """The living record at this address, or the one that a visible edition names there; not found where none does."""
    live = Organisation.objects.labelled().filter(kind=KINDS[section], slug=slug).first()
    named = Mention.objects.public(at).filter(subject=Subject.ORGANISATION)
    mention = named.filter(**{"key": live.uid} if live else {"home": section, "slug": slug}).last()
    if mention is None:
        raise Http404
    if live is None:
        live = Organisation.objects.labelled().filter(uid=mention.key).first()
    return (live.merged_into or live) if live else None, mention


def _described(section: str, slug: str, live: Organisation | None, mention: Mention) -> directory.Profile:
    if live is None or live.checked_at is None:
        return directory.Profile(section, texts(mention, "name"), f"{section}/{slug}/")
    return directory.Profile(
        section=section,
        names=texts(live, "name"),
        address=f"{section}/{slug}/",
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


def _state_profile(language: str, slug: str, at: dt.datetime) -> HttpResponse:
    today = timezone.localdate(at)
    country = Country.objects.filter(slug=slug).first()
    if country is None:
        embassy = Organisation.objects.select_related("country").filter(kind=Kind.EMBASSY, slug=slug).first()
        if embassy is None or not Mention.objects.public(at).filter(key=embassy.uid).exists():
            raise Http404
        return HttpResponsePermanentRedirect(f"/{language}/{STATES}/{embassy.country.slug}/")
    named = Mention.objects.public(at).filter(subject=Subject.STATE, key=country.iso2)
    members = list(Country.objects.members(today))
    if country not in members and not named.exists():
        raise Http404
    embassies = country.organisations.filter(kind=Kind.EMBASSY).current().checked()
    who = directory.Profile(
        section=STATES,
        names=texts(country, "name"),
        address=f"{STATES}/{slug}/",
        full=texts(country, "full_name"),
        iso2=country.iso2,
        joined=country.joined_asean_on,
        capital=texts(country, "capital"),
        embassies=[texts(one, "name") for one in embassies],
    )
    return _answer(language, who, named, at, _neighbours(country, members))


def _neighbours(country: Country, members: list[Country]) -> tuple[directory.Row | None, directory.Row | None]:
    if country not in members:
        return None, None
    place = members.index(country)
    before = members[place - 1] if place else None
    after = members[place + 1] if place + 1 < len(members) else None
    return (_state(before, 0) if before else None), (_state(after, 0) if after else None)


def _answer(
    language: str, who: directory.Profile, named: Any, at: dt.datetime, neighbours: Any = (None, None)
) -> HttpResponse:
    editions = list(named.order_by().values_list("edition", flat=True).distinct())
    keys = list(named.order_by().values_list("key", flat=True)[:1])
    listed = Listing.objects.public(at).filter(language=language, edition__in=editions).newest()
    return HttpResponse(directory.profile(language, who, rows(listed), _company(editions, keys, at), neighbours))


def _company(editions: Iterable[int], apart: list[str], at: dt.datetime) -> directory.Company:
    """Who else these editions name: states, parties by directory, themes; the party itself left out."""
    there = Mention.objects.public(at).filter(edition__in=editions).exclude(key__in=apart)
    counts = dict(
        there.filter(subject=Subject.STATE).order_by().values_list("key").annotate(n=Count("edition", distinct=True))
    )
    countries = Country.objects.filter(iso2__in=counts)
    groups = [(one, _parties_of(there, one)) for one in ("institutions", "enterprises", "organisers")]
    themes = there.filter(subject=Subject.THEME).order_by("name_en").values_list("name_en", "name_zh_hans").distinct()
    return directory.Company(
        states=[_state(one, counts[one.iso2]) for one in countries],
        groups=[(section, found) for section, found in groups if found],
        themes=[{"en": english, "zh-hans": chinese} for english, chinese in themes],
    )


def _parties_of(there: Any, section: str) -> list[directory.Row]:
    found = _grouped(there.filter(section=section, subject=Subject.ORGANISATION))
    return sorted(found, key=lambda row: row.names["en"].casefold())

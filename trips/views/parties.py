"""Institutions, enterprises, organisers and media outlets in the directory."""

import datetime as dt

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect

from institutions.choices import Kind
from institutions.models import Organisation
from trips.edition.reading import HOMES
from trips.facets import Snapshot, Value
from trips.renderings import profile as profiles
from trips.renderings.directory import Row
from trips.views import answer
from trips.views.answer import STATES, Subjects, texts

KINDS = {section: kind for kind, section in HOMES.items()}


def rows(known: Snapshot, section: str) -> list[Row]:
    """Everyone who ever played the role."""
    counts = {key: bits.bit_count() for key, bits in known.roles.get(section, {}).items()}
    return answer.parties({section: counts}, known)[section]


def profile(language: str, section: str, slug: str, page: int, known: Snapshot, at: dt.datetime) -> HttpResponse:
    live, value = who(section, slug, known)
    lives_at = home(live, value)
    if lives_at != f"{section}/{slug}/":
        return HttpResponsePermanentRedirect(f"/{language}/{lives_at}")
    merged = Organisation.objects.filter(merged_into__uid=value.key).values_list("uid", flat=True)
    own = Subjects(known.of_party(value.key), keys=frozenset([value.key, *merged]))
    return answer.answer(language, _described(section, slug, live, value), own, page, known, at)


def who(section: str, slug: str, known: Snapshot) -> tuple[Organisation | None, Value]:
    """Who lives at this address, or is named with it by a public trip; else not found.

    With the record once an editor has checked it. Of one that nobody checked only what trips print is public, its
    address too.
    """
    records = Organisation.objects.labelled().select_related("merged_into__city", "merged_into__country", "city")
    live = _standing(records.filter(kind=KINDS[section], slug=slug).first())
    if live and live.uid in known.parties:
        return live, known.parties[live.uid]
    key = known.addresses.get((section, slug))
    if key is None:
        raise Http404
    return _standing(records.filter(uid=key).first()), known.parties[key]


def _standing(record: Organisation | None) -> Organisation | None:
    """The record that stands for this one, if it was checked."""
    live = record.merged_into if record and record.merged_into else record
    return live if live and live.checked_at else None


def _described(section: str, slug: str, live: Organisation | None, value: Value) -> profiles.Profile:
    own = f"{section}/{slug}/"
    if live is None:
        return profiles.Profile(section, value.names, own)
    return profiles.Profile(
        section=section,
        names=texts(live, "name"),
        address=own,
        short=texts(live, "short"),
        type=live.type,
        city=texts(live.city, "name") if live.city else {},
        province=texts(live.city, "province") if live.city else {},
        website=live.website,
        ror=live.ror,
        wikidata=live.wikidata,
        founded=live.founded,
        about=texts(live, "about"),
        further=[
            profiles.Former(one.kind, one.language, one.text, one.valid_from, one.valid_until)
            for one in live.names.all()
        ],
    )


def home(live: Organisation | None, value: Value) -> str:
    """Where a party's profile is, below the language: where its record says, else where the latest trip does."""
    return address(live) if live else f"{value.home}/{value.slug}/"


def address(live: Organisation) -> str:
    """Where the profile of a checked record is; an embassy's page is that of its state."""
    if live.kind == Kind.EMBASSY and live.country:
        return f"{STATES}/{live.country.slug}/"
    return f"{HOMES[live.kind]}/{live.slug}/"

"""Cities and themes in the directory: what the trips themselves say of them."""

import datetime as dt

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect

from trips.facets import Snapshot
from trips.models import Mention
from trips.models.listing import Subject
from trips.renderings import profile as profiles
from trips.renderings.directory import Row
from trips.views.answer import Subjects, answer

FACETS = {"cities": "city", "themes": "theme"}
SUBJECTS = {"cities": Subject.CITY, "themes": Subject.THEME}


def rows(known: Snapshot, section: str) -> list[Row]:
    facet = FACETS[section]
    counts = known.counts(facet, known.everything)
    return [Row(known.label(facet, slug), f"{section}/{slug}/", {}, "", count) for slug, count in counts.items()]


def profile(language: str, section: str, slug: str, page: int, known: Snapshot, at: dt.datetime) -> HttpResponse:
    facet = FACETS[section]
    if slug not in known.values[facet]:
        return _moved(language, section, slug, known, at)
    who = profiles.Profile(section, known.label(facet, slug), f"{section}/{slug}/")
    own = Subjects(known.values[facet][slug], facet, frozenset([slug]))
    return answer(language, who, own, page, known, at)


def _moved(language: str, section: str, slug: str, known: Snapshot, at: dt.datetime) -> HttpResponse:
    """From an address that only superseded editions know to the one at which what has its name is now."""
    named = Mention.objects.filter(subject=SUBJECTS[section], key=slug, visible_from__lte=at)
    names = set(named.values_list("name_en", "name_zh_hans"))
    public = known.known[FACETS[section]].values()
    there = [one.slug for one in public if (one.names["en"], one.names["zh-hans"]) in names]
    if len(there) != 1:  # cities of one English name are told apart by the Chinese one
        raise Http404
    return HttpResponsePermanentRedirect(f"/{language}/{section}/{there[0]}/")

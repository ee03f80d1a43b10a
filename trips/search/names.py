"""The names by which parties, states, cities and themes are found.

There are two sources. Names that editions print are written when the edition is indexed, and are good while a visible
edition prints them. Names in the address book are live: of an organisation all that are recorded, once it is checked;
of a country all. They are kept in step by every save and deletion of a record; and as a question looks at the record
itself before it believes a row, a row that was left behind, by a bulk change for example, finds nothing.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.signals import post_delete, post_save

from exchange.lib.languages import CODES, column
from exchange.lib.pinyin import sounds, syllables
from exchange.lib.search_terms import compact, tokens
from institutions.choices import NameKind
from institutions.models import Country, Name, Organisation
from trips.models import Mention, NameGram, SearchName
from trips.models.listing import Subject

FOUND = (Subject.ORGANISATION, Subject.STATE, Subject.CITY, Subject.THEME)
Key = tuple[str, str]


class Known(NamedTuple):
    """A name: of what, the text, whether it is one of the address book's, whether it is only recognised."""

    subject: str
    key: str
    text: str
    live: bool
    hidden: bool


def printed(mentions: Iterable[Mention]) -> set[Known]:
    """The names in the mentions of an edition."""
    return {
        Known(one.subject, one.key, text, live=False, hidden=False)
        for one in mentions
        if one.subject in FOUND
        for text in (one.name_en, one.name_zh_hans)
        if text
    }


def follow(before: set[Known], after: set[Known]) -> None:
    """Bring the printed names in step with a trip that printed some before and prints others now."""
    keys = any_of({(one.subject, one.key) for one in after})
    there = {_known(one) for one in SearchName.objects.filter(keys, live=False)} if after else set()
    _add(after - there)
    for one in before - after:
        named = Mention.objects.filter(Q(name_en=one.text) | Q(name_zh_hans=one.text), subject=one.subject, key=one.key)
        if not named.exists():
            SearchName.objects.filter(subject=one.subject, key=one.key, text=one.text, live=False).delete()


def keep(subject: str, key: str, wanted: set[Known]) -> None:
    """Bring the live names of one record in step with it."""
    there = {_known(one): one.pk for one in SearchName.objects.filter(subject=subject, key=key, live=True)}
    gone = [pk for one, pk in there.items() if one not in wanted]
    if gone:
        SearchName.objects.filter(pk__in=gone).delete()
    _add(wanted - there.keys())


@transaction.atomic
def rebuild() -> None:
    """Take all names out and write the live ones anew; those that editions print come with their trips."""
    SearchName.objects.all().delete()
    _add({one for party in Organisation.objects.prefetch_related("names") for one in of_organisation(party)})
    _add({one for country in Country.objects.all() for one in of_country(country)})


def tidy() -> None:
    """Take out the printed names that no edition has, because it was deleted with its trip."""
    mentions = Mention.objects.filter(subject=OuterRef("subject"), key=OuterRef("key"))
    SearchName.objects.filter(~Exists(mentions), live=False).delete()


def grams(letters: str) -> set[str]:
    """The pairs of neighbouring letters."""
    return {letters[place : place + 2] for place in range(len(letters) - 1)}


def _known(row: SearchName) -> Known:
    return Known(row.subject, row.key, row.text, row.live, row.hidden)


def any_of(keys: set[Key]) -> Q:
    """The rows of any of these, of mentions or of names."""
    by_subject: dict[str, list[str]] = {}
    for subject, key in keys:
        by_subject.setdefault(subject, []).append(key)
    some = (Q(subject=subject, key__in=found) for subject, found in by_subject.items())
    return Q(*some, _connector=Q.OR) if keys else Q(pk__in=[])


def _add(wanted: set[Known]) -> None:
    """Another transaction may be adding the same names: then there is nothing to add."""
    if not wanted:
        return
    SearchName.objects.bulk_create(map(_row, sorted(wanted)), ignore_conflicts=True)
    rows = SearchName.objects.filter(any_of({(one.subject, one.key) for one in wanted}), grams=None)
    NameGram.objects.bulk_create(
        NameGram(name=row, gram=gram)
        for row in rows.order_by("pk")
        for gram in sorted(grams(compact(row.text)) | grams(row.sound))
    )


def _row(one: Known) -> SearchName:
    spoken = syllables(one.text)
    words = [*tokens(one.text), *(token for run in spoken for token in sounds(run))]
    return SearchName(**one._asdict(), sound="".join(map("".join, spoken)), tokens=" ".join(words))


def of_organisation(party: Organisation) -> set[Known]:
    current = {getattr(party, column(field, code)): False for field in ("name", "short") for code in CODES}
    further = {one.text: one.kind == NameKind.VARIANT for one in party.names.all()}
    return {
        Known(Subject.ORGANISATION, party.uid, text, live=True, hidden=hidden)
        for text, hidden in {**further, **current}.items()
        if text
    }


def of_today(country: Country) -> list[str]:
    """What texts call it, in every language."""
    return [name for name in (getattr(country, column("name", code)) for code in CODES) if name]


def of_country(country: Country) -> set[Known]:
    current = {getattr(country, column(field, code)): False for field in ("name", "full_name") for code in CODES}
    variants = dict.fromkeys((line.strip()[:200] for line in country.variants.splitlines()), True)
    return {
        Known(Subject.STATE, country.iso2, text, live=True, hidden=hidden)
        for text, hidden in {**variants, **current}.items()
        if text
    }


def _saved(instance: Any, *, raw: bool = False, **_signal: Any) -> None:
    """A record of the address book, or a further name of one, was saved or deleted."""
    if isinstance(instance, Name):
        instance = Organisation.objects.filter(pk=instance.organisation_id).first()
    if isinstance(instance, Organisation):
        there = Organisation.objects.filter(pk=instance.pk).first()
        keep(Subject.ORGANISATION, instance.uid, of_organisation(there) if there else set())
    elif isinstance(instance, Country):
        there = Country.objects.filter(pk=instance.pk).first()
        keep(Subject.STATE, instance.iso2, of_country(there) if there else set())


def listen() -> None:
    """Follow the address book."""
    for signal in (post_save, post_delete):
        signal.connect(_saved, dispatch_uid=f"trips.search.names.{id(signal)}")

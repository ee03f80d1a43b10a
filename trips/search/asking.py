"""What a question finds: trips, the best first, and parties, states, cities and themes of that name."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from exchange.lib.search_terms import Term, compact, question
from institutions.models import Country, Organisation
from trips.models import Mention, SearchName
from trips.models.listing import Subject
from trips.search import matching, names
from trips.search.matching import LEVELS, NameFound

NAMES = LEVELS.index("names")
NEAREST = 24  # names of which it is asked whether they are visible
Key = tuple[str, str]


class Named(NamedTuple):
    """Somebody or something that all terms name: which, by what name, and how well: 0 is that name and no other."""

    subject: str
    key: str
    text: str
    hidden: bool
    distance: int


class Through(NamedTuple):
    """A name of somebody or something that an edition mentions under another name."""

    subject: str
    key: str
    text: str


@dataclass(frozen=True)
class Answer:
    """What is found: of each edition how far its terms are from the title, and what is named.

    ``through`` tells whom an edition mentions that has one of the terms as a name, where the edition does not say it;
    ``unfound`` are the terms that nothing visible has.
    """

    editions: Mapping[int, int]
    named: Sequence[Named]
    through: Mapping[int, Collection[Through]]
    unfound: Sequence[Term]


def ask(terms: Sequence[Term], at: dt.datetime) -> Answer:
    """Everything visible at that time in which all the terms are found."""
    if not terms:
        return Answer({}, [], {}, [])
    found = _believed(matching.names(terms, at))
    best: list[dict[int, int]] = [{} for _term in terms]
    own: list[set[int]] = [set() for _term in terms]
    said = _said(found, terms)
    for number, edition, level in matching.editions([*terms, *(term for _numbers, term in said)], at):
        for one in (number,) if number < len(terms) else said[number - len(terms)][0]:
            best[one][edition] = min(best[one].get(edition, level), level)
        if number < len(terms):
            own[number].add(edition)
    through: defaultdict[int, set[Through]] = defaultdict(set)
    for edition, key, one in _mentioning(found, at):
        for number in range(len(terms)) if one.term == matching.ALL else [one.term]:
            far = NAMES + (one.far if terms[number].is_open else 0)
            best[number][edition] = min(best[number].get(edition, far), far)
            if edition not in own[number] and not one.hidden:
                through[edition].add(Through(one.subject, key, one.text))
    return Answer(
        {edition: sum(levels[edition] for levels in best) for edition in set.intersection(*map(set, best))},
        _best_named([one for one in found if one.term == matching.ALL], terms, at),
        through,
        [term for term, levels in zip(terms, best, strict=True) if not levels],
    )


def _said(found: Iterable[NameFound], terms: Sequence[Term]) -> list[tuple[set[int], Term]]:
    """What texts call the states of which terms are any name, with the numbers of those terms.

    A trip to Viet Nam may have had no delegation of it; whoever asks for Vietnam, or 越南, means it too.
    """
    asked = {number: compact(term.text) for number, term in enumerate(terms)}
    asked[matching.ALL] = "".join(asked.values())
    meant: defaultdict[str, set[int]] = defaultdict(set)
    for one in found:
        if one.live and one.subject == Subject.STATE and compact(one.text) == asked[one.term]:
            meant[one.key] |= {*range(len(terms))} if one.term == matching.ALL else {one.term}
    states = Country.objects.filter(iso2__in=meant) if meant else ()
    names_of = [(meant[one.iso2], name) for one in states for name in names.of_today(one)]
    return [(numbers, term) for numbers, name in names_of for term in question(f'"{name}"').terms]


def public(rows: Iterable[SearchName], at: dt.datetime) -> list[SearchName]:
    """The names that anyone may read at that time."""
    numbered = list(rows)
    found = [
        NameFound(number, 0, one.subject, one.key, one.text, one.live, one.hidden)
        for number, one in enumerate(numbered)
    ]
    return [numbered[one.term] for one in _visible(_believed(found), at)]


def _believed(found: Iterable[NameFound]) -> list[NameFound]:
    """Without live names that are not in the address book any more, or are of an organisation that nobody checked.

    A name of a record that was merged into another is one of that other.
    """
    rows = list(found)
    keys = {subject: {one.key for one in rows if one.live and one.subject == subject} for subject in names.FOUND}
    parties = Organisation.objects.filter(uid__in=keys[Subject.ORGANISATION]).select_related("merged_into")
    true: dict[tuple[Key, str], str] = {}
    for party in parties.prefetch_related("names"):
        standing = party.merged_into or party
        if standing.checked_at:
            true |= {((one.subject, one.key), one.text): standing.uid for one in names.of_organisation(party)}
    for country in Country.objects.filter(iso2__in=keys[Subject.STATE]):
        true |= {((one.subject, one.key), one.text): country.iso2 for one in names.of_country(country)}
    return [
        one._replace(key=true[(one.subject, one.key), one.text]) if one.live else one
        for one in rows
        if not one.live or ((one.subject, one.key), one.text) in true
    ]


def _mentioning(found: Iterable[NameFound], at: dt.datetime) -> Iterator[tuple[int, str, NameFound]]:
    """The visible editions that mention what was found, and under which key; by a printed name those that print it."""
    index = _Index(found)
    told = index.mentions(at).values_list("edition", "subject", "key", "name_en", "name_zh_hans").distinct()
    for edition, *row in told:
        for one in index.behind(*row):
            yield edition, row[1], one


def _visible(found: Sequence[NameFound], at: dt.datetime) -> list[NameFound]:
    """Without those of whom no visible edition tells, unless it is a member state, and what none prints."""
    index = _Index(found)
    told = index.mentions(at).values_list("subject", "key", "name_en", "name_zh_hans").distinct()
    seen = {one for row in told for one in index.behind(*row)}
    members = Country.objects.members(timezone.localdate(at))
    states = set(members.values_list("iso2", flat=True)) if any(one.subject == Subject.STATE for one in found) else ()
    return [one for one in found if one in seen or (one.live and one.subject == Subject.STATE and one.key in states)]


class _Index:
    """Names that were found, by what mentions say: a live name is of a key, a printed one of a key and a text."""

    def __init__(self, found: Iterable[NameFound]) -> None:
        self.live: defaultdict[Key, list[NameFound]] = defaultdict(list)
        self.printed: defaultdict[tuple[str, str, str], list[NameFound]] = defaultdict(list)
        for one in found:
            if one.live:
                self.live[one.subject, one.key].append(one)
            else:
                self.printed[one.subject, one.key, one.text].append(one)
        standing = [key for subject, key in self.live if subject == Subject.ORGANISATION]
        merged = Organisation.objects.filter(merged_into__uid__in=standing)
        self.merged = dict(merged.values_list("uid", "merged_into__uid")) if standing else {}

    def mentions(self, at: dt.datetime) -> QuerySet:
        """The visible mentions of any of the keys."""
        keys = {*self.live, *(key[:2] for key in self.printed)}
        keys |= {(Subject.ORGANISATION.value, uid) for uid in self.merged}
        said = Mention.objects.public(at).order_by()
        return said.filter(names.any_of(keys)) if keys else said.none()

    def behind(self, subject: str, key: str, english: str, chinese: str) -> Iterator[NameFound]:
        """The names that stand behind a mention."""
        yield from self.live.get((subject, self.merged.get(key, key)), ())
        for text in (english, chinese):
            yield from self.printed.get((subject, key, text), ())


def _best_named(found: Iterable[NameFound], terms: Sequence[Term], at: dt.datetime) -> list[Named]:
    """Who is named, each once, by the name that is nearest to what was asked; no more than can be shown."""
    asked = compact(" ".join(term.text for term in terms))
    rated = sorted((_distance(asked, compact(one.text)), len(one.text), one.text, one) for one in found)[:NEAREST]
    visible = set(_visible([one for *_rate, one in rated], at))
    named: dict[Key, Named] = {}
    for distance, _length, _text, one in rated:
        if one in visible:
            named.setdefault((one.subject, one.key), Named(one.subject, one.key, one.text, one.hidden, distance))
    return list(named.values())


def _distance(asked: str, name: str) -> int:
    return 0 if name == asked else 1 if name.startswith(asked) else 2

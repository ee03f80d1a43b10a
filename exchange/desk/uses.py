"""Where records are used, in sentences and lists: one query for each relation, whatever the number of rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exchange.desk.actions import Action
from exchange.desk.relations import Relation, relations
from exchange.desk.words import language
from exchange.lib.bilingual import listed

LISTED = 12  # of the records that use another one are named; the others are counted
HOLDS, TAKEN_OFF, EMPTIED = "holds", "taken off", "emptied"
SENTENCES = {
    HOLDS: _("In use in %s:"),
    TAKEN_OFF: _("It will be taken off %s:"),
    EMPTIED: _("It will no longer stand in %s:"),
}
Parts = dict[Any, Counter[Relation]]  # by the key of the record that uses it: how often, in which part
Found = dict[tuple[str, type[models.Model]], Parts]


@dataclass(frozen=True)
class Line:
    """One record that uses another: what it is called, where it is, how it stands, and in what part."""

    label: str
    address: str
    standing: str
    parts: str


@dataclass(frozen=True)
class Group:
    """Records of one kind, and what becomes of them when what they use is deleted."""

    sentence: str
    lines: list[Line]
    others: list[str]


@dataclass
class Uses:
    """Where one record is used."""

    record: models.Model
    label: str
    groups: list[Group] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    held: bool = False
    instead: list[Action] = field(default_factory=list)


def counted(model: type[models.Model], number: int) -> str:
    """3 trips."""
    things = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
    return gettext("%(number)d %(things)s") % {"number": number, "things": things}


def uses(records: Sequence[models.Model], request: HttpRequest, site: Any, *, deleting: bool = True) -> list[Uses]:
    """Where each of the records, all of one model, is used, as far as this person may know it.

    While ``deleting`` is asked about, uses that give way are told apart from those that hold the record.
    """
    found = _found(records, site)
    known = {model: _Known(model, keys, request, site) for model, keys in _keys(found).items()}
    told = _told(records, site)
    answers = []
    for one in records:
        groups = found[one.pk]
        held = any(effect == HOLDS for effect, _model in groups)
        groups = _united(groups) if held or not deleting else groups
        answers.append(
            Uses(
                record=one,
                label=site.get_model_admin(type(one)).label(one),
                groups=[_group(effect, parts, known[model]) for (effect, model), parts in groups.items()],
                told=told[one.pk],
                held=held,
            )
        )
    return answers


def is_used(record: models.Model, site: Any) -> bool:
    """True when a row points at the record, or something beyond the rows, such as an edition, names it."""
    return bool(_found([record], site)[record.pk] or _told([record], site)[record.pk])


def totals(records: Sequence[models.Model], site: Any) -> dict[Any, str]:
    """By keys: how many records of which kind use each of these, all of one model; in the order of the relations."""
    told = {}
    for key, found in _found(records, site).items():
        users: dict[type[models.Model], set[Any]] = defaultdict(set)
        for (_effect, model), parts in found.items():
            users[model] |= set(parts)
        told[key] = listed((counted(model, len(keys)) for model, keys in users.items()), language())
    return told


def _effect(relation: Relation) -> str | None:
    """What deleting a record does to a row that points at it; None where the row is part of it and goes along."""
    if relation.is_choice:
        return TAKEN_OFF
    return {models.CASCADE: None, models.SET_NULL: EMPTIED}.get(relation.field.remote_field.on_delete, HOLDS)


def _found(records: Iterable[models.Model], site: Any) -> dict[Any, Found]:
    found: dict[Any, Found] = defaultdict(lambda: defaultdict(lambda: defaultdict(Counter)))
    keys = [one.pk for one in records]
    for relation in relations(type(next(iter(records)))) if keys else ():
        owner = relation.path_to(site.is_registered)
        if (effect := _effect(relation)) and owner:
            model, path = owner
            name = relation.field.attname
            rows = relation.model._base_manager.filter(**{f"{relation.field.name}__in": keys}).order_by()
            for key, user, times in rows.values_list(name, path).annotate(times=Count("pk")):
                found[key][effect, model][user][relation] += times
    return found


def _keys(found: dict[Any, Found]) -> dict[type[models.Model], set[Any]]:
    keys: dict[type[models.Model], set[Any]] = defaultdict(set)
    for groups in found.values():
        for (_effect, model), parts in groups.items():
            keys[model] |= set(parts)
    return keys


def _united(found: Found) -> Found:
    """Of a record that stays all uses by one kind of record stand together."""
    united: Found = defaultdict(lambda: defaultdict(Counter))
    for (_effect, model), parts in found.items():
        for user, relations_ in parts.items():
            united[HOLDS, model][user] += relations_
    return united


class _Known:
    """The records of one model that use others; those of them that this person may see, in their own order."""

    def __init__(self, model: type[models.Model], keys: set[Any], request: HttpRequest, site: Any) -> None:
        self.model, self.admin = model, site.get_model_admin(model)
        self.seen: QuerySet = self.admin.seen(request)
        order = () if self.admin.only_counted else self.seen.values_list("pk", flat=True)
        self.order = [key for key in order if key in keys]
        self.loaded: dict[Any, models.Model] = {}

    def line(self, key: Any, parts: Counter[Relation]) -> Line:
        one = self.loaded[key]
        words = [part_words(self.admin, relation, times) for relation, times in parts.items()]
        return Line(
            self.admin.label(one), self.admin.address_of(one), self.admin.standing_of(one), listed(words, language())
        )

    def load(self, keys: list[Any]) -> None:
        if missing := [key for key in keys if key not in self.loaded]:
            self.loaded |= self.seen.in_bulk(missing)


def part_words(admin: Any, relation: Relation, times: int) -> str:
    """In what part a record is used there: host of 3 visits."""
    if words := admin.parts.get(relation.name):
        return words % times
    return gettext("%(part)s: %(number)d") % {"part": relation.field.verbose_name, "number": times}


def _group(effect: str, parts: Parts, known: _Known) -> Group:
    sentence = str(SENTENCES[effect]) % counted(known.model, len(parts))
    if known.admin.only_counted:
        total: Counter[Relation] = sum(parts.values(), Counter())
        return Group(sentence, [], [part_words(known.admin, one, times) for one, times in total.items()])
    visible = [key for key in known.order if key in parts]
    shown = visible[:LISTED]
    known.load(shown)
    others = []
    if more := len(visible) - len(shown):
        others.append(ngettext("and %d more", "and %d more", more) % more)
    if unseen := len(parts) - len(visible):
        others.append(ngettext("%d that you may not see", "%d that you may not see", unseen) % unseen)
    return Group(sentence, [known.line(key, parts[key]) for key in shown], others)


def _told(records: Sequence[models.Model], site: Any) -> dict[Any, list[str]]:
    """What is known of the records beyond the rows that point at them, such as editions that name them."""
    told: dict[Any, list[str]] = defaultdict(list)
    for admin in site._registry.values():
        for key, sentence in admin.mentions_of(records).items():
            told[key].append(sentence)
    return told

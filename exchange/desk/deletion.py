"""Pages that ask before something is deleted: they say where it is used, what goes along, and what to do instead."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.deletion import Collector
from django.http import HttpRequest
from django.urls import reverse

from exchange.desk.actions import Action
from exchange.desk.uses import counted, uses


class Deletion:
    """For a ModelAdmin: what is in use is not deleted by accident. Says of its own records how they use others."""

    delete_confirmation_template = "admin/desk/delete.html"
    delete_selected_confirmation_template = "admin/desk/delete_selected.html"
    parts: dict[str, Any] = {}  # by the names of relations: in what part a record is used here, counted
    kinds: dict[str, Any] = {}  # by models: how what belongs to a record here is counted
    only_counted = False  # True where nobody wants to read the records that use another one by one

    def seen(self, request: HttpRequest) -> models.QuerySet:
        """The records that this person may be told about."""
        return self.get_queryset(request)  # type: ignore[attr-defined]

    def address_of(self, record: models.Model) -> str:
        """Where the desk shows the record."""
        return reverse(admin_urlname(self.opts, "change"), args=[record.pk])  # type: ignore[attr-defined, arg-type]

    def standing_of(self, record: models.Model) -> str:
        """What is told of a record beside its name, such as its state and its days."""
        return ""

    def mentions_of(self, records: Sequence[models.Model]) -> dict[Any, str]:
        """Sentences, by keys, on how records of this section name others without pointing at them."""
        return {}

    def instead_of_deleting(self, request: HttpRequest, record: models.Model) -> list[Action]:
        """What a person may do in place of deleting the record."""
        return []

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        """As Django's, in a constant number of queries. In place of a tree: where each is used, what goes along."""
        records = list(objs)
        protected, counts = _collected(records)
        found = uses(records, request, self.admin_site)  # type: ignore[attr-defined]
        for one in found:
            one.instead = self.instead_of_deleting(request, one.record)
        may = all(self.has_delete_permission(request, one) for one in records)  # type: ignore[attr-defined]
        lacking = set() if may else {self.opts.verbose_name}  # type: ignore[attr-defined]
        told = {"uses": found, "goes": self._goes_along(counts), "held": [one for one in found if one.held]}
        return told, counts, lacking, protected

    def _goes_along(self, counts: dict[type[models.Model], int]) -> list[str]:
        """9 delegations, 12 visits; of kinds that have no words here, where there are such words, nothing is said."""
        own = self.opts.concrete_model  # type: ignore[attr-defined]
        listed = []
        for model, number in counts.items():
            words = self.kinds.get(model._meta.label_lower)
            if words:
                listed.append(words % number)
            elif not self.kinds and not model._meta.auto_created and model._meta.concrete_model is not own:
                listed.append(counted(model, number))
        return listed


def _collected(records: list[Any]) -> tuple[list[models.Model], dict[type[models.Model], int]]:
    """What protects the records, and how many rows of which model go with them."""
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=records)
    try:
        collector.collect(records)
    except models.ProtectedError as refusal:
        return list(refusal.protected_objects), {}
    except models.RestrictedError as refusal:
        return list(refusal.restricted_objects), {}
    counts: Counter[type[models.Model]] = Counter()
    for model, rows in collector.data.items():
        counts[model] += len(rows)
    for rows in collector.fast_deletes:
        counts[rows.model] += rows.count()
    return [], {model: number for model, number in counts.items() if number}

"""Questions put to the address book, one English word each."""

import datetime as dt
from typing import Any, Self

from django.db import models

from exchange.lib.languages import CODES, column


class CountryQuerySet(models.QuerySet):
    """Countries, in protocol order unless asked otherwise."""

    def members(self, on: dt.date) -> Self:
        """The member states of ASEAN on that day."""
        return self.filter(joined_asean_on__lte=on)


class OrganisationQuerySet(models.QuerySet):
    """Organisations of every kind."""

    def current(self) -> Self:
        """Those that were not merged into another record."""
        return self.filter(merged_into=None)

    def checked(self) -> Self:
        """Those an editor has looked at."""
        return self.exclude(checked_at=None)

    def among(self, uids: Any) -> Self:
        """Those with one of these uids, and those into which such a record was merged; a query is welcome."""
        merged = self.model._base_manager.filter(uid__in=uids).exclude(merged_into=None)
        return self.filter(models.Q(uid__in=uids) | models.Q(pk__in=merged.values("merged_into")))

    def labelled(self) -> Self:
        """With all that a list shows, in a constant number of queries."""
        return self.select_related("country", "city__country").prefetch_related("names")

    def called(self, text: str) -> Self:
        """Those with this exact name, current or recorded, whatever its case and language."""
        wanted = models.Q(names__text__iexact=text)
        for field in ("name", "short"):
            for code in CODES:
                wanted |= models.Q(**{f"{column(field, code)}__iexact": text})
        return self.filter(wanted).distinct()


class SectionManager(models.Manager.from_queryset(OrganisationQuerySet)):  # type: ignore[misc]
    """The organisations of one kind; new ones get that kind."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def get_queryset(self) -> OrganisationQuerySet:
        return super().get_queryset().filter(kind=self.kind)

    def create(self, **values: Any) -> Any:
        return super().create(**{**values, "kind": self.kind})

    def deconstruct(self) -> tuple:
        return (False, "institutions.querysets.SectionManager", None, (self.kind,), {})

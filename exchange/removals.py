"""What is deleted on the desk is named in the audit trail, one entry for each record."""

from typing import Any

from django.db import models, transaction
from django.http import HttpRequest

from exchange import audit

DELETED = "deleted"


class Removals:
    """For a ModelAdmin: its record is gone, that it was there and who deleted it stays."""

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        audit.record(DELETED, obj, by=request.user)
        super().delete_model(request, obj)  # type: ignore[misc]

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic():
            for one in queryset:
                audit.record(DELETED, one, by=request.user)
            super().delete_queryset(request, queryset)  # type: ignore[misc]

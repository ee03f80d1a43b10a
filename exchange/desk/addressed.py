"""An address that other people link to stays with its record from the moment something names it."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.desk.uses import is_used

ADDRESS = "slug"


class Addressed:
    """For a ModelAdmin, before ``Versioned``: documents name the record by its address, so that it cannot move."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))  # type: ignore[misc]
        return (*fields, ADDRESS) if self._has_settled(obj) else fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        fields = super().get_prepopulated_fields(request, obj)  # type: ignore[misc]
        return {name: of for name, of in fields.items() if name not in self.get_readonly_fields(request, obj)}

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field and db_field.name == ADDRESS:
            field.help_text = _("Stays as it is once something names the record: other people link to it.")
        return field

    def obstacle(self, record: Any, version: Any) -> str:
        """A version in which the record had another address is none to go back to once the address has settled."""
        (row,) = version.content[record._meta.label_lower]
        if row["fields"][ADDRESS] != record.slug and self._has_settled(record):
            return gettext("Its address was another one then, and other people link to the one it has now.")
        return super().obstacle(record, version)  # type: ignore[misc]

    def _has_settled(self, record: Any) -> bool:
        """Asked once for a form."""
        if record is None:
            return False
        if not hasattr(record, "has_settled"):
            record.has_settled = is_used(record, self.admin_site)  # type: ignore[attr-defined]
        return bool(record.has_settled)

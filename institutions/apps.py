from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstitutionsConfig(AppConfig):
    name = "institutions"
    verbose_name = _("Address book")

    def ready(self) -> None:
        from institutions import versions  # noqa: F401  importing says what belongs to an organisation

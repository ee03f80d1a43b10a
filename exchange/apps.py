from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """What holds the house together: sign-in, commands, checks."""

    name = "exchange"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        from exchange import checks  # noqa: F401  importing registers them


class DeskConfig(AdminConfig):
    """Django's admin, with our own site as the default one."""

    default_site = "exchange.admin_site.DeskSite"

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """What holds the house together: sign-in, commands, checks."""

    name = "exchange"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        from exchange import checks, roles  # noqa: F401  importing registers the checks

        # The last of the apps whose rights the roles are made of: what `migrate` adds is there by then.
        post_migrate.connect(roles.ensure, sender=apps.get_app_config("contenttypes"))


class DeskConfig(AdminConfig):
    """Django's admin, with our own site as the default one."""

    default_site = "exchange.admin_site.DeskSite"

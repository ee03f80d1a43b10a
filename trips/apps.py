from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TripsConfig(AppConfig):
    name = "trips"
    verbose_name = _("Trips")

    def ready(self) -> None:
        from trips import indexing, versions  # noqa: F401  importing the latter says what belongs to a trip
        from trips.search import names

        post_migrate.connect(indexing.ensure, sender=self)
        names.listen()

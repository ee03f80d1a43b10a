from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TripsConfig(AppConfig):
    name = "trips"
    verbose_name = _("Trips")

    def ready(self) -> None:
        from trips import versions  # noqa: F401  importing says what belongs to a trip

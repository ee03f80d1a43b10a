from typing import Any

from django.core.management.base import BaseCommand

from trips.indexing import index
from trips.models import Trip


class Command(BaseCommand):
    help = "Write the index of lists, directories and counts anew from the editions."

    def handle(self, *args: Any, **options: Any) -> None:
        trips = Trip.objects.exclude(editions=None).order_by("pk").distinct()
        visible = sum(index(trip) for trip in trips.iterator())
        self.stdout.write(f"{trips.count()} published trips, {visible} editions that are or were to be seen.")

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from trips.demo.removal import remove_entries, remove_trips


class Command(BaseCommand):
    help = "Delete the demonstration: its trips with their editions and pictures, and its unused address book entries."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        trips = remove_trips()
        entries, kept = remove_entries()
        self.stdout.write(f"Deleted: {trips} trips, {entries} entries of the address book and themes.")
        for one in kept:
            self.stdout.write(f"Kept: {one}")

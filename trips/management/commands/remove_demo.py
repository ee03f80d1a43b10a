import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Count

from trips.demo.removal import removable, remove_entries, remove_pages, remove_trips, touched


class Command(BaseCommand):
    help = "Delete the demonstration, after asking. What staff edited or published stays, unless --all is given."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also the trips that staff edited or published")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        everything = bool(options["all"])
        self.announce(everything)
        # Asked outside the transaction: nobody waits for the answer to save a trip.
        if sys.stdin.isatty() and not options["yes"] and not self.agreed():
            raise CommandError("Nothing was deleted.")
        with transaction.atomic():
            trips, pages = remove_trips(everything=everything), remove_pages(everything=everything)
            entries, kept = remove_entries()
        self.stdout.write(f"Deleted: {trips} trips, {pages} pages, {entries} entries of the address book and themes.")
        for one in kept:
            self.stdout.write(f"Kept: {one}")

    def announce(self, everything: bool) -> None:
        """What will go and which trips will not, with the reason."""
        self.stdout.write("This deletes, with editions and pictures:")
        for trip in removable(everything=everything).annotate(count=Count("editions")).order_by("starts_on", "slug"):
            self.stdout.write(f"  {trip.slug} ({trip.count} editions): {trip}")
        self.stdout.write(
            "the demonstration's pages, and its entries of the address book and themes that nothing else uses."
        )
        if not everything:
            for trip in touched().order_by("starts_on", "slug"):
                self.stdout.write(f"Kept, because staff edited or published it: {trip.slug} (--all deletes it)")

    def agreed(self) -> bool:
        try:
            return input("Go on? [y/N] ").strip().lower() in ("y", "yes")
        except EOFError:
            return False

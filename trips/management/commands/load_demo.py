from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from trips.demo.address_book import AddressBook
from trips.demo.history import missing, write
from trips.demo.site_pages import load_published


class Command(BaseCommand):
    help = "Load the demonstration: a real trip and its forerunners, published. What is there already stays as it is."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        trips, pages = missing(), load_published()
        if not (trips or pages):
            self.stdout.write("The demonstration is already here. Nothing was changed.")
            return
        book = AddressBook()
        editions = sum(write(one, book) for one in trips)
        self.stdout.write(
            f"The demonstration: {len(trips)} trips in {editions} editions, "
            f"{book.added} entries of the address book and themes, {pages} pages."
        )

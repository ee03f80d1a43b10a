from typing import Any

from django.core.management.base import BaseCommand

from trips import indexing


class Command(BaseCommand):
    help = "Write the index of lists, directories and counts anew from the editions."

    def handle(self, *args: Any, **options: Any) -> None:
        trips, visible = indexing.rebuild()
        self.stdout.write(f"{trips} published trips, {visible} editions that are or were to be seen.")

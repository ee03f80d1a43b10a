from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trips.models import Edition, PageEdition


class Command(BaseCommand):
    help = "Check that every edition still has the digest it was published with."

    def handle(self, *args: Any, **options: Any) -> None:
        kinds = (Edition, PageEdition)
        broken = [one for kind in kinds for one in kind.objects.order_by("pk").iterator() if not one.is_intact()]
        for edition in broken:
            self.stderr.write(f"{edition.slug}, edition {edition.number}: the document does not match its digest.")
        if broken:
            raise CommandError(f"{len(broken)} editions were changed after they were published.")
        trips, pages = (kind.objects.count() for kind in kinds)
        self.stdout.write(f"{trips} editions of trips and {pages} of pages, all intact.")

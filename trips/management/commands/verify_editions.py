from typing import Any

from django.core.management.base import BaseCommand, CommandError

from trips.models import Edition


class Command(BaseCommand):
    help = "Check that every edition still has the digest it was published with."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [edition for edition in Edition.objects.order_by("pk").iterator() if not edition.is_intact()]
        for edition in broken:
            self.stderr.write(f"{edition.slug}, edition {edition.number}: the document does not match its digest.")
        if broken:
            raise CommandError(f"{len(broken)} editions were changed after they were published.")
        self.stdout.write(f"{Edition.objects.count()} editions, all intact.")

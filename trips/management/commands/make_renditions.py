from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Exists, OuterRef

from trips.models import Edition, Photo
from trips.pictures import make_renditions


class Command(BaseCommand):
    help = "Make the smaller copies that photos lack, for instance after a crash, and say how many."

    def handle(self, *args: Any, **options: Any) -> None:
        photos = Photo.objects.select_related("trip").order_by("pk")
        made, failed, again = 0, 0, set()
        for photo in photos.annotate(named=Exists(self.naming())).iterator():
            try:
                count = make_renditions(photo)
            except Exception as error:  # one broken file must not keep the others from theirs
                failed += 1
                self.stderr.write(f"Photo {photo.uid} of {photo.trip.slug}: {error}")
                continue
            made += count
            if count and photo.named:
                again.add(photo.trip.slug)
        self.stdout.write(f"{photos.count()} photos, {made} copies made.")
        if again:
            self.stdout.write(f"An edition was frozen without them. Publish again: {', '.join(sorted(again))}.")
        if failed:
            raise CommandError(f"{failed} photos could not be read.")

    def naming(self) -> Any:
        """Editions that name the photo: they were frozen with the copies that were there, and stay as they are."""
        return Edition.objects.filter(trip=OuterRef("trip"), document__contains=OuterRef("uid"))

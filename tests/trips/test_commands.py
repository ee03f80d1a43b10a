"""The commands that keep editions, their index and their pictures in order, and the one that measures."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image

from exchange.lib.images import clean_upload
from tests import cast
from trips import pictures
from trips.bench import many
from trips.choices import Consent
from trips.demo import records
from trips.edition.freeze import freeze
from trips.models import Edition, Extract, Listing, Mention, Photo, SearchName, SearchText, Trip

pytestmark = pytest.mark.django_db


def test_rebuild_listing_restores_what_was_lost(capsys):
    cast.published(cast.trip())
    before = list(Listing.objects.values_list("slug", "language", "title", "visible_from", "card").order_by("language"))
    Listing.objects.all().delete()
    Mention.objects.all().delete()
    call_command("rebuild_listing")
    assert (
        list(Listing.objects.values_list("slug", "language", "title", "visible_from", "card").order_by("language"))
        == before
    )
    assert capsys.readouterr().out == "1 published trips, 1 editions that are or were to be seen.\n"


def test_verify_editions_names_the_edition_that_was_tampered_with(capsys):
    edition = cast.published(cast.trip())
    call_command("verify_editions")
    assert "1 editions of trips and 0 of pages, all intact." in capsys.readouterr().out
    Edition.objects.update(document=edition.document.replace("Guangdong", "Guangxi"))
    with pytest.raises(CommandError, match="1 editions were changed"):
        call_command("verify_editions")
    assert "guangdong-2024, edition 1" in capsys.readouterr().err


def photo_of(trip: Trip, **more) -> Photo:
    """A photo as the desk keeps it, whose copies were not made: the process died after the save."""
    kept = io.BytesIO()
    Image.new("RGB", (700, 400), "teal").save(kept, "JPEG")
    return Photo.objects.create(trip=trip, image=clean_upload(ContentFile(kept.getvalue())), **more)


def test_make_renditions_makes_what_is_missing_and_says_how_many(capsys):
    trip = cast.trip()
    photo = photo_of(trip)
    pictures.make_renditions(photo_of(trip))
    photo.renditions.all().delete()
    call_command("make_renditions")
    assert capsys.readouterr().out == "2 photos, 6 copies made.\n"
    assert {(one.width, one.format) for one in photo.renditions.all()} == {
        (width, kind) for width in (640, 700) for kind in ("avif", "webp", "jpg")
    }
    call_command("make_renditions")
    assert capsys.readouterr().out == "2 photos, 0 copies made.\n"


def test_make_renditions_names_the_trips_whose_edition_was_frozen_without_them(capsys):
    shown, hidden = cast.trip(), cast.trip("second")
    photo_of(shown, consent=Consent.CONSENT)
    photo_of(hidden)
    cast.published(shown)
    cast.published(hidden)
    call_command("make_renditions")
    assert "An edition was frozen without them. Publish again: guangdong-2024.\n" in capsys.readouterr().out


def test_a_photo_that_cannot_be_read_does_not_keep_the_others_from_their_copies(capsys, caplog):
    trip = cast.trip()
    broken, whole = photo_of(trip), photo_of(trip)
    Path(broken.image.path).unlink()
    with pytest.raises(CommandError, match="1 photos could not be read"):
        call_command("make_renditions")
    assert f"Photo {broken.uid} of guangdong-2024" in capsys.readouterr().err
    assert whole.renditions.count() == 6
    assert f"Photo {broken.uid} has not all of its copies: run `manage.py make_renditions`." in caplog.text


def test_the_demonstration_is_read_as_utf_8_wherever_it_is_loaded():
    script = "from trips.demo import records; print(ascii(records.body('guangdong-2024', 'zh-hans')[:200]))"
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
    run = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-W", "error::EncodingWarning:trips.demo", "-c", script],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert run.stdout.strip() == ascii(records.body("guangdong-2024", "zh-hans")[:200]), run.stderr


def test_bench_leaves_no_file_behind(monkeypatch, tmp_path):
    from trips.management.commands import bench

    where = []
    monkeypatch.setattr(bench.connection.creation, "create_test_db", lambda **options: None)
    monkeypatch.setattr(bench.connection.creation, "destroy_test_db", lambda *args, **options: None)
    monkeypatch.setattr(bench, "call_command", lambda *args, **options: where.append(Path(settings.MEDIA_ROOT)))
    monkeypatch.setattr(bench.Command, "trip", lambda *args: None)
    call_command("bench")
    (media,) = where
    assert media != Path(os.environ["MEDIA_ROOT"])
    assert not media.exists()


def test_the_trips_that_bench_makes_are_indexed_as_published_ones_are():
    many.publish(7, freeze(cast.trip(), public_from=timezone.now()), whole=True)
    names = ("home", "slug", "name_en", "name_zh_hans", "member", "starts_on")
    role, said = ("edition__slug", "subject", "key", "section"), ("edition__slug", "language", "part")
    asked = [
        Listing.objects.order_by("slug", "language").values_list("slug", "language", "title", "card", "reported"),
        Mention.objects.order_by(*role).values_list(*role, *names),
        Extract.objects.order_by("edition__slug", "table").values_list("edition__slug", "table", "lines"),
        SearchText.objects.order_by(*said).values_list(*said, "title", "names", "body"),
        SearchName.objects.filter(live=False).order_by("subject", "key", "text").values_list("key", "text", "tokens"),
    ]
    made = [list(one.all()) for one in asked]
    assert len(made[0]) == 14
    assert all(made)
    call_command("rebuild_listing", verbosity=0)
    assert [list(one.all()) for one in asked] == made

"""The commands that keep editions and their index honest."""

import pytest
from django.core.management import CommandError, call_command

from tests import cast
from trips.models import Edition, Listing, Mention

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
    assert "1 editions, all intact." in capsys.readouterr().out
    Edition.objects.update(document=edition.document.replace("Guangdong", "Guangxi"))
    with pytest.raises(CommandError, match="1 editions were changed"):
        call_command("verify_editions")
    assert "guangdong-2024, edition 1" in capsys.readouterr().err

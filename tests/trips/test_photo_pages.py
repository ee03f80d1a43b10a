"""Pictures on pages of their own: in order, for as long as the visible edition shows them."""

import re

import pytest

from tests import cast, pictures
from tests.cast import read
from trips import workflow

pytestmark = pytest.mark.django_db
PAGE = "/en/trips/guangdong-2024/"


def test_every_picture_leads_to_its_page_and_from_there_to_its_neighbours(client):
    cast.published(pictures.trip(3))
    addresses = re.findall(r'<a class="photo" href="([^"]+)"', read(client, PAGE))
    assert len(addresses) == 3
    first, second, third = (read(client, one) for one in addresses)
    assert 'rel="prev"' not in first
    assert f'<a href="{addresses[1]}" rel="next">' in first
    assert f'<a href="{addresses[0]}" rel="prev">' in second
    assert 'rel="next"' not in third
    for number, page in enumerate((first, second, third), 1):
        assert f"Picture {number} of 3</h1>" in page
        for words in (f"Caption {number}", f'alt="Text {number}"', "Illustration: A. Maker", 'class="at-x0 at-y75"'):
            assert words in page
        assert f'<a href="{PAGE}">Back to the trip</a>' in page
        assert re.search(r'href="/media/photos/\w+/1280-\w+.jpg">Full size \(JPEG, 1280 × 853\)', page)
        assert re.search(r'property="og:image" content="http://testserver/media/photos/\w+/1280-\w+.jpg"', page)


def test_a_picture_offers_avif_and_jpeg_with_its_size_and_waits_until_it_is_near(client):
    cast.published(pictures.trip(2))
    cover, other = re.findall(r"<picture>.*?</picture>", read(client, PAGE), re.DOTALL)
    for one in (cover, other):
        assert re.search(r'type="image/avif" srcset="[^"]+/640-\w+.avif 640w, [^"]+/1280-\w+.avif 1280w"', one)
        assert re.search(r'<img src="[^"]+/640-\w+.jpg" width="1280" height="853"', one)
    assert 'loading="lazy"' in other
    assert 'loading="lazy"' not in cover


def test_a_picture_is_gone_when_the_report_shows_it_no_longer_and_unknown_when_it_never_did(client):
    trip = pictures.trip(2)
    cast.published(trip)
    first, second = re.findall(r'<a class="photo" href="([^"]+)"', read(client, PAGE))
    trip.photos.get(position=2).delete()
    cast.published(trip)
    assert client.get(first).status_code == 200
    gone = client.get(second)
    assert gone.status_code == 410
    assert "This picture is no longer shown" in gone.content.decode()
    assert "Text 2" not in gone.content.decode()
    assert client.get(f"{PAGE}photos/unknown/").status_code == 404
    workflow.withdraw(trip, by=None, reason_en="A host was named wrongly.")
    withdrawn = client.get(first)
    assert withdrawn.status_code == 410
    assert "A host was named wrongly." in withdrawn.content.decode()


def test_pictures_of_a_superseded_edition_lead_to_their_files(client):
    trip = pictures.trip(1)
    cast.published(trip)
    trip.reports.update(headline="Another")
    cast.published(trip)
    old = read(client, f"{PAGE}editions/1/")
    assert re.search(r'<a class="photo" href="/media/photos/\w+/1280-\w+.jpg"', old)


def test_a_picture_moves_with_its_trip_in_one_hop(client):
    trip = pictures.trip(1)
    cast.published(trip)
    (own,) = re.findall(r'<a class="photo" href="([^"]+)"', read(client, PAGE))
    trip.slug = "new-address"
    trip.save()
    cast.published(trip)
    moved = client.get(own)
    assert (moved.status_code, moved.headers["Location"]) == (301, own.replace("guangdong-2024", "new-address"))
    assert client.get(moved.headers["Location"]).status_code == 200

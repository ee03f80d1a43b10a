"""The public addresses: what each answers, to whom, and at what price."""

import datetime as dt
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from exchange.lib.canonical import digest
from institutions.choices import Kind
from institutions.models import Organisation
from tests import cast
from trips import workflow
from trips.models import Edition, Trip

pytestmark = pytest.mark.django_db
PAGE = "/en/trips/guangdong-2024/"
LATER = timezone.now() + dt.timedelta(days=30)


def many(count: int) -> None:
    """That many published trips, each with a college of its own."""
    for number in range(count):
        trip = cast.trip(f"trip-{number}")
        trip.visits.create(host=cast.organisation(Kind.HOST, f"College {number}"))
        cast.published(trip)
    Organisation.objects.update(checked_at=timezone.now())


def test_a_page_knows_no_reader(client):
    cast.published(cast.trip())
    for path in ("/en/", "/zh-hans/", PAGE, "/en/trips/", "/en/institutions/", "/api/v1/trips/guangdong-2024/"):
        response = client.get(path, HTTP_COOKIE="session=x; language=zh-hans", HTTP_ACCEPT_LANGUAGE="zh")
        assert response.status_code == 200, path
        assert not response.cookies, path
        assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate", path
        assert response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding", path
        assert "unsafe" not in response.headers["Content-Security-Policy"], path
        again = client.get(path, HTTP_IF_NONE_MATCH=response.headers["ETag"])
        assert again.status_code == 304, path
        assert client.post(path).status_code == 405, path


@pytest.mark.parametrize(
    ("asked", "address"),
    [("zh-CN,zh;q=0.9", "/zh-hans/"), ("en-GB", "/en/"), ("th", "/en/"), ("", "/en/")],
)
def test_the_root_goes_to_the_readers_language(client, asked, address):
    response = client.get("/", HTTP_ACCEPT_LANGUAGE=asked)
    assert (response.status_code, response.headers["Location"]) == (302, address)
    assert "Accept-Language" in response.headers["Vary"]
    assert "Cookie" not in response.headers["Vary"]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/zh/", "/zh-hans/"),
        ("/zh-cn/trips/?page=2", "/zh-hans/trips/?page=2"),
        ("/zh-Hans/", "/zh-hans/"),
        ("/EN/trips/", "/en/trips/"),
        ("/en-GB/", "/en/"),
        ("/zh//elsewhere.example", "/zh-hans//elsewhere.example"),
    ],
)
def test_other_ways_to_write_a_language_lead_to_one(client, path, address):
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (301, address)


def test_unknown_unpublished_and_scheduled_look_the_same(client):
    cast.trip("draft")
    scheduled = cast.trip("scheduled")
    cast.published(scheduled, public_from=LATER)
    pages = [client.get(f"/en/trips/{slug}/") for slug in ("draft", "scheduled", "unknown")]
    assert [page.status_code for page in pages] == [404, 404, 404]
    asked = zip(pages, ("draft", "scheduled", "unknown"), strict=True)
    assert len({page.content.replace(slug.encode(), b"what-was-asked-for") for page, slug in asked}) == 1
    assert client.get("/en/trips/scheduled/editions/1/").status_code == 404
    assert client.get("/api/v1/trips/scheduled/").status_code == 404


def test_a_withdrawn_trip_says_why_everywhere(client):
    trip = cast.trip()
    cast.published(trip)
    workflow.withdraw(trip, by=None, reason_en="A host was named wrongly.", reason_zh_hans="接待单位有误。")
    for path, words in (
        (PAGE, "A host was named wrongly."),
        ("/zh-hans/trips/guangdong-2024/", "接待单位有误。"),
        (f"{PAGE}editions/1/", "A host was named wrongly."),
        ("/api/v1/trips/guangdong-2024/", "A host was named wrongly."),
    ):
        response = client.get(path)
        assert response.status_code == 410, path
        assert words in response.content.decode(), path
    assert b"guangdong-2024" not in client.get("/en/trips/").content
    assert client.get("/en/institutions/shenzhen-polytechnic-university/").status_code == 404


def test_a_superseded_edition_stays_at_its_address(client):
    trip = cast.trip()
    cast.published(trip)
    trip.reports.filter(language="en").update(headline="Second headline")
    cast.published(trip, note_en="A better headline.")
    old, new = client.get(f"{PAGE}editions/1/"), client.get(PAGE)
    assert "This edition has been superseded." in old.content.decode()
    assert '<meta name="robots" content="noindex">' in old.content.decode()
    assert "In the workshop" in old.content.decode()
    assert "Second headline" in new.content.decode()
    assert "A better headline." in new.content.decode()
    assert client.get(f"{PAGE}editions/3/").status_code == 404


def json_of(client, path: str) -> dict:
    """The record that the page links to, which has the digest that the page prints."""
    page = client.get(path).content.decode()
    address = re.search(r'<a href="([^"]+)">This record \(JSON\)</a>', page).group(1)
    printed = re.search(r'<span class="digest">([0-9a-f ]+)</span>', page).group(1).replace(" ", "")
    answer = client.get(address)
    document = answer.content.decode().partition(', "trip": ')[2][:-1]
    assert answer.json()["digest"] == printed == digest(document)
    return {"address": address, "number": answer.json()["number"]}


def test_the_record_a_page_links_to_has_the_digest_it_prints(client):
    trip = cast.trip()
    cast.published(trip)
    trip.reports.filter(language="en").update(headline="Second headline")
    cast.published(trip)
    plain = "/api/v1/trips/guangdong-2024/"
    assert json_of(client, PAGE) == {"address": plain, "number": 2}
    assert json_of(client, f"{PAGE}editions/1/") == {"address": f"{plain}editions/1/", "number": 1}
    assert json_of(client, f"{PAGE}editions/2/") == {"address": f"{plain}editions/2/", "number": 2}


def test_an_editions_record_is_there_as_long_as_its_page(client):
    trip = cast.trip()
    cast.published(trip)
    trip.slug = "new-address"
    trip.save()
    cast.published(trip)
    workflow.withdraw(trip, by=None, reason_en="A host was named wrongly.", number=1)
    old, new = (f"/api/v1/trips/{slug}/editions" for slug in ("guangdong-2024", "new-address"))
    assert client.get(f"{new}/2/").status_code == 200
    moved = client.get(f"{old}/2/")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"http://testserver{new}/2/")
    gone = client.get(f"{old}/1/")
    assert (gone.status_code, gone.json()["editions"]) == (410, [1])
    assert gone.json()["reason"]["en"] == "A host was named wrongly."
    for path in (f"{new}/3/", "/api/v1/trips/unknown/editions/1/", f"{new}/99999999999999999999/"):
        assert client.get(path).status_code == 404, path
        assert client.get(path).json()["detail"] == "There is nothing public at this address.", path


def test_an_earlier_address_leads_to_the_new_one_in_one_hop(client):
    trip = cast.trip()
    cast.published(trip)
    trip.slug = "new-address"
    trip.save()
    cast.published(trip)
    response = client.get(PAGE)
    assert (response.status_code, response.headers["Location"]) == (301, "/en/trips/new-address/")
    assert client.get(response.headers["Location"]).status_code == 200


def test_edits_and_renamed_colleges_leave_the_public_bytes_alone(client):
    trip = cast.trip()
    cast.published(trip)
    paths = (PAGE, "/zh-hans/trips/guangdong-2024/", "/api/v1/trips/guangdong-2024/", "/en/trips/", "/en/")
    before = {path: client.get(path).content for path in paths}
    trip.title_en = "Edited"
    trip.save()
    for relation in (
        "visits",
        "delegations",
        "delegates",
        "statements",
        "outcomes",
        "coverage",
        "organisings",
        "route",
    ):
        getattr(trip, relation).all().delete()
    trip.reports.update(headline="Edited", body="<p>Edited</p>")
    trip.themes.clear()
    Organisation.objects.update(name_en="Renamed", name_zh_hans="改名")
    assert {path: client.get(path).content for path in paths} == before


def test_a_page_without_its_own_report_borrows_the_other_and_says_so(client):
    trip = cast.trip()
    trip.reports.filter(language="zh-hans").delete()
    cast.published(trip)
    page = client.get("/zh-hans/trips/guangdong-2024/").content.decode()
    assert '<html lang="zh-Hans">' in page
    assert "广东职教行" in page
    assert "暂无中文版" in page
    assert '<div class="prose" lang="en">' in page


def test_before_a_trip_ends_its_page_has_days_and_cities_only(client):
    today = timezone.localdate()
    trip = cast.trip(starts_on=today, ends_on=today + dt.timedelta(days=5))
    trip.visits.update(date=None)
    cast.published(trip, public_from=timezone.now() - dt.timedelta(minutes=1))
    page = client.get(PAGE).content.decode()
    assert "Shenzhen" in page
    for hidden in ("Lin Mei", "Lao PDR", "BYD", "training bases", "They came."):
        assert hidden not in page, hidden


def test_hostile_words_are_only_words(client):
    hostile = '<script>alert(1)</script>"onmouseover="x'
    trip = cast.trip(title_en=hostile, destination_en=hostile, audience_en=hostile)
    trip.visits.update(seen_en=hostile, place_en=hostile, company_en=hostile)
    trip.statements.update(text_en=hostile, who_en=hostile)
    trip.coverage.update(headline=hostile)
    trip.reports.filter(language="en").update(headline=hostile, summary=hostile, body=f"<p>{hostile}</p>")
    Organisation.objects.update(name_en=hostile)
    cast.published(trip, note_en=hostile)
    for path in (PAGE, "/en/", "/en/trips/", "/en/institutions/"):
        page = client.get(path).content.decode()
        scripts = re.findall(r"<script[^>]*>.?", page, re.S)  # data, and where scripts run the page's own file
        assert all(
            re.fullmatch(r'<script (type="application/ld\+json">\{|src="/static/\w+\.js" defer><)', one)
            for one in scripts
        )
        assert not re.search(r'<[^<>]*"onmouseover', page), path


@pytest.mark.parametrize(
    "path",
    [
        "/en/trips/?page=0",
        "/en/trips/?page=1000000000",
        "/en/trips/?page=%00",
        "/en/trips/?year=abc",
        "/en/trips/?year=99999999999999999999",
        "/en/trips/?page=-1",
        "/en/trips/%00/",
        "/en/trips/x/editions/99999999999999999999/",
        "/en/institutions/?page=9",
        "/en/institutions/..%2f..%2fetc/",
        "/media/photos/x/..%2f..%2fsite.sqlite3",
        "/api/v1/trips/?page=1000000000",
        "/fr/",
    ],
)
def test_nonsense_is_answered_calmly(client, path):
    cast.published(cast.trip())
    assert client.get(path).status_code in (200, 404), path


def test_a_file_is_served_while_an_edition_names_it_and_not_longer(client):
    trip = cast.trip()
    photo = trip.photos.create(image="photos/x.jpg", width=640, height=427, consent="illustration")
    name = default_storage.save(f"photos/{photo.uid}/640-a.webp", ContentFile(b"RIFFxxxxWEBP"))
    photo.renditions.create(width=640, height=427, format="webp", file=name)
    address = f"/media/photos/{photo.uid}/640-a.webp"
    assert client.get(address).status_code == 404
    cast.published(trip)
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/webp")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "must-revalidate" in response.headers["Cache-Control"]
    assert client.get(f"/media/photos/{photo.uid}/other.webp").status_code == 404
    workflow.withdraw(trip, by=None, reason_en="Gone.")
    assert client.get(address).status_code == 410


def test_a_profile_is_public_once_it_was_checked(client):
    cast.published(cast.trip())
    college = Organisation.objects.get(slug="shenzhen-polytechnic-university")
    college.website, college.about_en = "https://college.example/", "A college by the sea."
    college.save()
    path = "/en/institutions/shenzhen-polytechnic-university/"
    assert b"by the sea" not in client.get(path).content
    college.checked_at = timezone.now()
    college.save()
    page = client.get(path).content.decode()
    assert "A college by the sea." in page
    assert 'href="https://college.example/"' in page
    assert "Shenzhen Polytechnic" in page
    college.slug = "szpu"
    college.save()
    assert client.get(path).headers["Location"] == "/en/institutions/szpu/"


def test_an_organisation_no_edition_names_is_not_public(client):
    college = cast.organisation(Kind.HOST, "Hidden college")
    college.checked_at = timezone.now()
    college.save()
    assert client.get("/en/institutions/hidden-college/").status_code == 404
    assert b"Hidden" not in client.get("/en/institutions/").content


@pytest.mark.parametrize("visits", [1, 40])
def test_a_trip_page_costs_four_queries_whatever_its_size(client, visits, django_assert_num_queries):
    trip = cast.trip()
    for number in range(visits):
        trip.visits.create(host=cast.organisation(Kind.HOST, f"College {number}"))
    cast.published(trip)
    client.get(PAGE)  # the first reader after a publication finds the related trips for all others
    with django_assert_num_queries(4):
        assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/en/", 6),
        ("/en/trips/", 4),
        ("/en/trips/?year=2024&state=lao-pdr&organisation=college-0", 4),
        ("/en/trips/?all=organisation", 3),
        ("/en/institutions/", 5),
        ("/en/enterprises/?type=company", 5),
        ("/en/organisers/", 5),
        ("/en/media-outlets/", 5),
        ("/en/member-states/", 5),
        ("/en/cities/", 4),
        ("/en/themes/?letter=V", 4),
        ("/en/cities/shenzhen/", 6),
        ("/en/themes/vocational-education/", 6),
        ("/en/institutions/shenzhen-polytechnic-university/", 10),
        ("/en/member-states/lao-pdr/", 10),
        ("/api/v1/trips/", 3),
        ("/api/v1/trips/?state=lao-pdr&language=en&page=1", 3),
        ("/api/v1/organisations/", 3),
        ("/api/v1/member-states/", 3),
        ("/en/feed/", 2),
        ("/en/institutions/shenzhen-polytechnic-university/feed/", 6),
        ("/en/themes/vocational-education/feed/", 4),
        ("/en/calendar.ics", 1),
        ("/sitemap.xml", 8),
    ],
)
def test_a_list_costs_the_same_whatever_its_length(client, count, path, queries, django_assert_num_queries):
    many(count)
    client.get("/en/trips/")  # since then nothing was published
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


def test_lists_are_paged_and_name_every_trip_once(client):
    for number in range(23):
        trip = Trip.objects.create(
            slug=f"trip-{number}", title_en=f"Trip {number}", starts_on=dt.date(2024, 1, 1), ends_on=dt.date(2024, 1, 2)
        )
        trip.reports.create(language="en", summary="Two days in January.")
        cast.published(trip)
    first, second = (client.get(f"/en/trips/?page={page}").content.decode() for page in (1, 2))
    shown = [number for number in range(23) for page in (first, second) if f'/en/trips/trip-{number}/"' in page]
    assert sorted(shown) == list(range(23))
    assert client.get("/en/trips/?page=3").status_code == 404


def test_the_page_is_light(client):
    cast.published(cast.trip())
    assert len(client.get("/en/nothing/").content) < 10_000
    assert Edition.objects.count() == 1
    assert len(client.get(PAGE).content) < 30_000

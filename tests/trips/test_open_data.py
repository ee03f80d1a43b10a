"""The interface and the open data: what they say, that caches are told the truth, and that nothing else is in them."""

import csv
import datetime as dt
import gzip
import io
import json
import zipfile

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.lib.canonical import digest
from institutions.choices import Kind
from institutions.models import Organisation
from tests import cast
from trips import workflow
from trips.renderings.tables import TABLES
from trips.views import data

pytestmark = pytest.mark.django_db
FILES = ["/data/trips.jsonl", "/data/csv.zip", *(f"/data/{name}.csv" for name in TABLES)]
FOR_PROGRAMS = [
    "/api/v1/trips/",
    "/api/v1/trips/guangdong-2024/",
    "/api/v1/trips/guangdong-2024/editions/1/",
    "/api/v1/organisations/",
    "/api/v1/organisations/host/shenzhen-polytechnic-university/",
    "/api/v1/member-states/",
    "/api/v1/openapi.json",
    *FILES,
]
ADDRESSES = [
    *FOR_PROGRAMS,
    "/en/feed/",
    "/en/institutions/shenzhen-polytechnic-university/feed/",
    "/en/member-states/lao-pdr/feed/",
    "/en/calendar.ics",
    "/en/trips/guangdong-2024/programme.ics",
    "/en/data/",
    "/sitemap.xml",
    "/robots.txt",
]


def told(client, path: str) -> str:
    """All that the answer says, unpacked."""
    response = client.get(path)
    sent = response.getvalue()
    if response.headers["Content-Type"] != "application/zip":
        return sent.decode()
    archive = zipfile.ZipFile(io.BytesIO(sent))
    assert archive.testzip() is None
    return "\n".join(archive.read(name).decode() for name in archive.namelist())


def table(client, name: str) -> list[dict[str, str]]:
    text = told(client, f"/data/{name}.csv")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_answer_is_kept_until_what_it_says_changes(client, path):
    trip = cast.trip()
    cast.published(trip)
    first = client.get(path, HTTP_COOKIE="session=x", HTTP_ACCEPT_LANGUAGE="zh", HTTP_ACCEPT_ENCODING="gzip")
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert first.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not first.cookies
    tag = {"if-none-match": first.headers["ETag"]}
    again = client.get(path, headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405
    workflow.withdraw(trip, by=None, reason_en="Wrong.")
    if path not in ("/en/calendar.ics", "/robots.txt", "/api/v1/openapi.json"):
        assert client.get(path, headers=tag).status_code in (200, 404, 410)


@pytest.mark.parametrize("path", [*FOR_PROGRAMS, "/api/v1/nothing/", "/data/nothing.csv"])
def test_programs_on_pages_of_others_may_read_and_only_read(client, path):
    cast.published(cast.trip())
    asked = client.options(path, headers={"origin": "https://partner.example", "access-control-request-method": "GET"})
    assert (asked.status_code, asked.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]
    refused = client.post(path)
    assert (refused.status_code, refused.headers["Content-Type"]) == (405, "application/problem+json")
    for answer in (asked, refused, client.get(path)):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["b", "a"]),
        ("year=2024", ["a"]),
        ("year=2024&year=2025", ["b", "a"]),
        ("state=lao-pdr", ["b", "a"]),
        ("state=viet-nam&year=2025", []),
        ("city=shenzhen&theme=vocational-education&organisation=byd-company-limited&language=zh-hans", ["a"]),
        ("organisation=nobody", []),
    ],
)
def test_the_filters_of_the_list(client, query, found):
    cast.published(cast.trip("a"))
    later = cast.trip("b", starts_on=dt.date(2025, 3, 1), ends_on=dt.date(2025, 3, 2))
    later.visits.all().delete()
    later.delegations.filter(sender__country__iso2="VN").delete()
    later.reports.filter(language="zh-hans").delete()
    cast.published(later, public_from=timezone.now() - dt.timedelta(minutes=1))
    answer = client.get(f"/api/v1/trips/?{query}").json()
    assert ([one["slug"] for one in answer["trips"]], answer["count"]) == (found, len(found))


@pytest.mark.parametrize(
    "query", ["year=x", "year=99999", "language=fr", "state=%00", "city=a b", "&theme=a" * 21, "page=x"]
)
def test_what_cannot_be_meant_is_refused_with_a_reason(client, query):
    answer = client.get(f"/api/v1/trips/?{query}")
    assert (answer.status_code, answer.json()["title"]) == (400, "Bad Request")
    assert answer.json()["detail"]


def test_a_long_list_is_read_page_by_page_and_keeps_its_filter(client, monkeypatch):
    monkeypatch.setattr("trips.views.api_asked.PER_PAGE", 2)
    for number in range(5):
        cast.published(cast.trip(f"trip-{number}"))
    address, seen = "/api/v1/trips/?state=lao-pdr&year=2024", []
    while address:
        answer = client.get(address.removeprefix("http://testserver")).json()
        seen += [one["slug"] for one in answer["trips"]]
        address = answer["next"]
    assert sorted(seen) == [f"trip-{number}" for number in range(5)]
    assert answer["previous"].endswith("/api/v1/trips/?year=2024&state=lao-pdr&page=2")
    assert len(client.get("/api/v1/organisations/").json()["organisations"]) == 2


def test_an_organisation_is_told_of_as_its_page_tells_of_it(client):
    cast.published(cast.trip())
    path = "/api/v1/organisations/host/shenzhen-polytechnic-university/"
    assert client.get(path).json()["profile"] is None
    college = Organisation.objects.get(slug="shenzhen-polytechnic-university")
    college.website, college.checked_at = "https://college.example/", timezone.now()
    college.save()
    told = client.get(path).json()
    assert told["profile"]["website"] == "https://college.example/"
    assert told["name"]["zh-hans"] == "深圳职业技术大学"
    assert [(one["name"], one["valid_until"]) for one in told["further_names"]] == [
        ("Shenzhen Polytechnic", "2023-05-31")
    ]
    (trip,) = client.get(told["trips"]["url"].removeprefix("http://testserver")).json()["trips"]
    assert trip["slug"] == "guangdong-2024"
    names = client.get("/api/v1/trips/guangdong-2024/").json()["trip"]["parties"]
    assert told["uid"] in names
    college.slug = "szpu"
    college.save()
    assert client.get(path).headers["Location"] == "http://testserver/api/v1/organisations/host/szpu/"
    assert client.get("/api/v1/organisations/host/nobody/").status_code == 404
    hidden = cast.organisation(Kind.HOST, "Hidden college")
    assert hidden.uid not in told_everywhere(client)


def told_everywhere(client) -> str:
    return "\n".join(told(client, path) for path in ADDRESSES if client.get(path).status_code == 200)


def test_every_line_is_an_edition_as_it_was_published(client, settings):
    settings.DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
    for slug in ("a", "b"):
        cast.published(cast.trip(slug))
    lines = told(client, "/data/trips.jsonl").splitlines()
    assert len(lines) == 2
    for line in lines:
        envelope = json.loads(line)
        assert digest(line.partition('"trip": ')[2][:-1]) == envelope["digest"]
        assert envelope["licence"] == settings.DATA_LICENCE
        assert envelope == client.get(f"/api/v1/trips/{envelope['trip']['slug']}/").json()
    assert settings.DATA_LICENCE in told(client, "/data/csv.zip")
    assert client.get("/data/visits.csv").headers["Link"] == f'<{settings.DATA_LICENCE}>; rel="license"'


def test_the_tables_say_what_the_editions_say_and_run_nothing(client):
    trip = cast.trip(title_en="=HYPERLINK(0)")
    trip.coverage.update(headline="@SUM(1)")
    cast.published(trip)
    (row,) = table(client, "trips")
    assert (row["title_en"], row["title_zh_hans"]) == ("'=HYPERLINK(0)", "广东职教行")
    assert (row["cities_zh_hans"], row["starts_on"], row["delegations"], row["visits"]) == (
        "深圳",
        "2024-10-22",
        "2",
        "2",
    )
    assert [one["state_en"] for one in table(client, "delegations")] == ["Lao PDR", "Viet Nam"]
    assert [one["host_zh_hans"] for one in table(client, "visits")] == ["深圳职业技术大学", "比亚迪股份有限公司"]
    assert table(client, "coverage")[0]["headline"] == "'@SUM(1)"
    roles = {one["name_en"]: one["roles"] for one in table(client, "organisations")}
    assert roles["ASEAN-China Centre"] == "initiator"
    assert roles["Embassy of Viet Nam"] == "sender"
    assert roles["Southern Daily"] == "outlet"
    archive = zipfile.ZipFile(io.BytesIO(client.get("/data/csv.zip").getvalue()))
    assert archive.namelist() == ["README.txt", *(f"{name}.csv" for name in TABLES)]
    for name in TABLES:
        assert archive.read(f"{name}.csv").decode() == told(client, f"/data/{name}.csv")
    assert "未注明" in archive.read("README.txt").decode()


@pytest.mark.parametrize("path", ["/data/trips.jsonl", "/data/trips.csv"])
def test_a_trip_that_begins_while_a_file_is_asked_for_is_not_under_the_tag_of_before(client, monkeypatch, path):
    begins = timezone.now() + dt.timedelta(hours=1)
    cast.published(cast.trip(), public_from=begins)
    times = iter([begins - dt.timedelta(seconds=1)])
    with monkeypatch.context() as patch:
        patch.setattr(data.timezone, "now", lambda: next(times, begins))
        before = client.get(path)
        assert "guangdong-2024" not in before.getvalue().decode()
        after = client.get(path, HTTP_IF_NONE_MATCH=before.headers["ETag"])
        assert "guangdong-2024" in after.getvalue().decode()


def test_a_file_is_sent_in_pieces_and_a_slow_reader_holds_nothing(client, monkeypatch, connection):
    """After each piece no query is open; what is withdrawn between two pieces is not in the second."""
    monkeypatch.setattr(data, "AT_ONCE", 2)
    trips = [cast.trip(f"trip-{number}") for number in range(4)]
    for trip in trips:
        cast.published(trip)
    sent = iter(client.get("/data/trips.jsonl"))
    first = next(sent)
    with CaptureQueriesContext(connection) as queries:
        workflow.withdraw(trips[3], by=None, reason_en="Wrong.")
        before = len(queries)
        rest = b"".join(sent)
        assert len(queries) - before <= 2
    assert b'"slug":"trip-0"' in first
    assert b'"slug":"trip-2"' in rest
    assert b'"slug":"trip-3"' not in rest


@pytest.fixture
def connection():
    from django.db import connection

    return connection


def test_nothing_that_is_not_public_is_anywhere(client):
    """Of a trip that is not public yet, not public any more, withdrawn, or only on the desk."""
    cast.published(cast.trip())
    now = timezone.now()
    secret = {"title_en": "Secret title", "title_zh_hans": "秘密标题", "starts_on": now.date(), "ends_on": now.date()}
    coming = [cast.trip(f"secret-{state}", **secret) for state in ("draft", "scheduled", "withdrawn", "expired")]
    for number, trip in enumerate(coming):
        trip.visits.all().delete()
        host = cast.organisation(Kind.ORGANISER, f"Secret host {number}", checked_at=now)
        trip.organisings.create(organisation=host, role="supporter")
    month = dt.timedelta(days=30)
    cast.published(coming[1], public_from=now + month)
    cast.published(coming[2], public_from=now - month)
    workflow.withdraw(coming[2], by=None, reason_en="Wrong.")
    cast.published(coming[3], public_from=now - month, public_until=now - dt.timedelta(days=1))
    for path in ADDRESSES:
        for address in (path, path.replace("/en/", "/zh-hans/")):
            words = told(client, address)
            assert words
            for hidden in ("secret", "Secret", "秘密"):
                assert hidden not in words, address
    for number, (trip, status) in enumerate(zip(coming, (404, 404, 410, 410), strict=True)):
        for address in (f"/api/v1/trips/{trip.slug}/", f"/en/trips/{trip.slug}/programme.ics"):
            assert client.get(address).status_code == status, address
        for address in ("/api/v1/organisations/organiser", "/en/organisers"):
            assert client.get(f"{address}/secret-host-{number}/").status_code == 404
        assert client.get(f"/en/organisers/secret-host-{number}/feed/").status_code == 404


@pytest.mark.parametrize("path", ["/data/", "/data"])
def test_the_data_has_an_address_without_a_language(client, path):
    response = client.get(path, HTTP_ACCEPT_LANGUAGE="zh-CN", follow=True)
    assert response.redirect_chain[-1][0] == "/zh-hans/data/"


@pytest.mark.parametrize("path", ["/data/trips.jsonl", "/data/visits.csv"])
def test_a_download_is_the_same_compressed(client, path):
    cast.published(cast.trip())
    plain, pressed = client.get(path), client.get(path, headers={"accept-encoding": "br, gzip"})
    assert (plain.headers["Content-Encoding"], pressed.headers["Content-Encoding"]) == ("identity", "gzip")
    assert gzip.decompress(pressed.getvalue()) == plain.getvalue()
    assert plain.headers["Vary"] == pressed.headers["Vary"] == "Accept-Encoding"
    assert client.get(path, headers={"if-none-match": plain.headers["ETag"]}).status_code == 304


def test_no_document_is_read_for_a_table(client, monkeypatch):
    """There are thousands of them, and each takes its time."""
    cast.published(cast.trip())
    whole = [told(client, path) for path in FILES[1:]]
    monkeypatch.setattr("trips.models.Edition.payload", property(lambda edition: pytest.fail("A document was read.")))
    assert [told(client, path) for path in FILES[1:]] == whole
    assert "Shenzhen Polytechnic University" in whole[0]


def test_the_tables_change_at_the_moment_at_which_another_edition_begins(client, monkeypatch):
    trip = cast.trip()
    cast.published(trip)
    trip.title_en = "A better title"
    trip.save()
    later = timezone.now() + dt.timedelta(hours=1)
    cast.published(trip, public_from=later)
    assert [row["edition"] for row in table(client, "trips")] == ["1"]
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert [(row["edition"], row["title_en"]) for row in table(client, "trips")] == [("2", "A better title")]

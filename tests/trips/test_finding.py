"""The list of trips and its filters: what a reader chooses, sees counted, takes back, and is told where nothing is."""

import datetime as dt
import html
import json
import re
from collections import Counter
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from exchange.lib.canonical import canonical, digest
from institutions.choices import Kind
from institutions.models import City, Organisation
from tests import cast
from trips import facets, indexing
from trips.edition.freeze import freeze
from trips.facets import FACETS
from trips.models import Edition, Trip

pytestmark = pytest.mark.django_db
BASE = "/en/trips/"


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def choices(page: str, code: str) -> dict[str, int]:
    """What a filter offers, with the number beside it."""
    listed = re.search(rf'<ul aria-labelledby="f-{code}">(.*?)</ul>', page, re.S)
    found = re.findall(r"<span>([^<]+)</span> <span class=\"count\">(\d+)</span>", listed.group(1)) if listed else []
    return {html.unescape(name): int(count) for name, count in found}


def slugs(page: str) -> list[str]:
    """The trips of the page, in order."""
    return re.findall(r'<h3><a href="/(?:en|zh-hans)/trips/([^/"]+)/"', page)


def chips(page: str) -> dict[str, str]:
    """What can be taken back, with the address without it."""
    found = re.findall(r'<a class="chip" href="([^"]+)">.*?</span>(.*?)</span></a>', page)
    return {re.sub(r"<[^>]+>", "", name): html.unescape(href) for href, name in found}


def three_trips() -> None:
    """Two to Guangzhou, in 2023 and 2024, and one to Shenzhen only in 2024, without its Chinese report."""
    guangzhou = City.objects.create(slug="guangzhou", name_en="Guangzhou", name_zh_hans="广州")
    for slug, year in (("first", 2023), ("second", 2024)):
        trip = cast.trip(slug, starts_on=dt.date(year, 5, 1), ends_on=dt.date(year, 5, 2))
        trip.visits.update(date=None)
        trip.route.all().delete()
        trip.route.create(city=guangzhou)
        cast.published(trip)
    third = cast.trip("third")
    third.reports.filter(language="zh-hans").delete()
    third.delegations.filter(sender__slug="embassy-of-lao-pdr").delete()
    cast.published(third)


def test_filters_combine_and_are_taken_back_one_by_one(client):
    three_trips()
    page = read(client, BASE)
    assert choices(page, "year") == {"2024": 2, "2023": 1}
    assert choices(page, "city") == {"Guangzhou": 2, "Shenzhen": 1}
    assert choices(page, "state") == {"Lao PDR": 2, "Viet Nam": 3}
    assert choices(page, "language") == {"English": 3, "Chinese": 2}
    page = read(client, f"{BASE}?city=guangzhou&year=2024")
    assert slugs(page) == ["second"]
    assert "<h1" in page
    assert "Trips to Guangzhou in 2024</h1>" in page
    assert choices(page, "year") == {"2024": 1, "2023": 1}
    assert choices(page, "city") == {"Guangzhou": 1, "Shenzhen": 1}
    assert chips(page) == {"2024": f"{BASE}?city=guangzhou", "Guangzhou": f"{BASE}?year=2024"}
    assert slugs(read(client, f"{BASE}?city=guangzhou")) == ["second", "first"]


def test_the_form_sends_the_other_filters_along(client):
    three_trips()
    page = read(client, f"{BASE}?year=2024&state=lao-pdr")
    form = re.search(r'<form method="get" action="/en/trips/">(.*?)</form>', page, re.S).group(1)
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)">', form))
    assert sent == {"year": "2024", "state": "lao-pdr"}
    assert '<option value="byd-company-limited">BYD Company Limited (1)</option>' in form
    answer = read(client, f"{BASE}?year=2024&state=lao-pdr&organisation=byd-company-limited")
    assert slugs(answer) == ["second"]
    assert "Trips: 2024 · Lao PDR · BYD Company Limited</h1>" in answer
    assert slugs(read(client, f"{BASE}?year=2024&state=lao-pdr&organisation=")) == ["second"]


def test_one_address_is_named_for_every_way_to_write_it(client):
    three_trips()
    page = read(client, f"{BASE}?utm=x&state=lao-pdr&year=2024&page=1")
    assert '<link rel="canonical" href="http://testserver/en/trips/?year=2024&amp;state=lao-pdr">' in page
    assert "noindex" in page
    single = read(client, f"{BASE}?state=lao-pdr&foo=bar")
    assert '<link rel="canonical" href="http://testserver/en/trips/?state=lao-pdr">' in single
    assert "noindex" not in single
    assert 'href="/zh-hans/trips/?year=2024&amp;state=lao-pdr"' in page


def test_titles_read_as_a_language_writes_them(client):
    three_trips()
    for query, title in (
        ("?state=viet-nam&year=2024", "Trips of Viet Nam in 2024"),
        ("?organisation=byd-company-limited", "Trips with BYD Company Limited"),
        ("?theme=vocational-education", "Trips on the theme “Vocational education”"),
        ("?language=zh-hans", "Trips with a report in Chinese"),
    ):
        assert f"<title>{title} · " in read(client, BASE + query)


def test_where_nothing_is_left_the_page_says_what_to_give_up(client):
    three_trips()
    page = read(client, f"{BASE}?year=2023&city=shenzhen")
    assert "No published trip has all of this." in page
    assert re.search(r'href="/en/trips/\?city=shenzhen">Without 2023</a></span><span class="[^"]+">1 trip<', page)
    assert re.search(r'href="/en/trips/\?year=2023">Without Shenzhen</a></span><span class="[^"]+">1 trip<', page)
    assert re.search(r'href="/en/trips/">All trips</a></span><span class="[^"]+">3 trips<', page)


def test_what_no_public_trip_has_is_said_and_can_be_taken_back(client):
    three_trips()
    page = read(client, f"{BASE}?state=viet-nam&city=atlantis", status=404)
    assert "City: no published trip has “atlantis”." in page
    assert "noindex" in page
    assert chips(page) == {"Viet Nam": BASE, "atlantis": f"{BASE}?state=viet-nam"}
    assert 'href="/en/trips/?state=viet-nam">Without atlantis</a>' in page


def test_filters_survive_paging_and_every_trip_comes_once(client):
    for number in range(23):
        first = dt.date(2024, 1, 1 + number // 2)
        trip = Trip.objects.create(slug=f"trip-{number}", title_en=f"Trip {number}", starts_on=first, ends_on=first)
        trip.reports.create(language="en", summary="A day in January.")
        cast.published(trip)
    first = read(client, f"{BASE}?year=2024")
    after = html.unescape(re.search(r'href="([^"]+)" rel="next"', first).group(1))
    assert after == f"{BASE}?year=2024&page=2"
    second = read(client, after)
    assert sorted(slugs(first) + slugs(second)) == sorted(f"trip-{number}" for number in range(23))
    assert client.get(f"{BASE}?year=2024&page=3").status_code == 404


def test_all_values_of_a_long_filter_have_a_page(client):
    trip = cast.trip()
    for number in range(110):
        trip.visits.create(host=cast.organisation(Kind.HOST, f"Élite College {number:03}"))
    cast.published(trip)
    page = read(client, BASE)
    assert re.search(r'href="/en/trips/\?all=organisation">All organisations <span class="count">113<', page)
    first = read(client, f"{BASE}?all=organisation&state=lao-pdr")
    second = read(client, f"{BASE}?state=lao-pdr&all=organisation&page=2")
    found = re.findall(r">(Élite College \d+)</a>", first + second)
    assert found == [f"Élite College {number:03}" for number in range(110)]
    assert "<h2>E</h2>" in first
    assert chips(first) == {"Lao PDR": f"{BASE}?all=organisation"}


@pytest.mark.parametrize("facet", [*FACETS, "page", "all"])
@pytest.mark.parametrize(
    "word",
    ["%00", "%ff%fe", "x" * 10_000, "1000000000", "-1", "%2e%2e%2f", "%F0%9F%8C%8F", "<script>", "' OR 1=1 --"],
    ids=["nul", "not-utf8", "10 kB", "large", "minus", "dots", "astral", "script", "sql"],
)
def test_whatever_is_asked_for_is_answered_calmly(client, facet, word):
    cast.published(cast.trip())
    response = client.get(f"{BASE}?{facet}={word if '%' in word else quote(word)}")
    assert response.status_code in (200, 404)
    assert b"<script" not in response.content
    assert len(response.content) < 40_000


def test_an_address_with_the_former_slug_of_a_renamed_college_still_filters(client):
    college = cast.organisation(Kind.HOST, "Old College")
    for year in (2023, 2024):
        trip = cast.trip(f"of-{year}", starts_on=dt.date(year, 5, 1), ends_on=dt.date(year, 5, 2))
        trip.visits.update(date=None)
        trip.visits.create(host=college)
        cast.published(trip)
        Organisation.objects.filter(pk=college.pk).update(name_en="New College", slug="new-college")
    page = read(client, f"{BASE}?organisation=old-college")
    assert slugs(page) == ["of-2024", "of-2023"]
    assert '<link rel="canonical" href="http://testserver/en/trips/?organisation=new-college">' in page


# Filters and counts against brute force over the documents themselves


NOW = timezone.now().replace(microsecond=0)
DAY = dt.timedelta(days=1)
HOSTS = [f"college-{number}" for number in range(3)]
CITIES = ["guangzhou", "nanning"]
STATES = ["LA", "TH", "VN"]
editions = some.fixed_dictionaries(
    {
        "year": some.sampled_from([2022, 2023, 2024]),
        "states": some.sets(some.sampled_from(STATES)),
        "cities": some.sets(some.sampled_from(CITIES)),
        "hosts": some.sets(some.sampled_from(HOSTS)),
        "languages": some.sets(some.sampled_from(["en", "zh-hans"]), min_size=1),
        "begins": some.integers(-4, 2),
        "lasts": some.none() | some.integers(1, 4),
    }
)
trips = some.lists(
    some.tuples(some.lists(editions, min_size=1, max_size=3), some.none() | some.integers(1, 3)), min_size=1, max_size=5
)


def draw(template: dict, slug: str, wanted: dict, number: int, trip: Trip) -> Edition:
    """An edition of a made-up document, stored as publishing stores it."""
    day = f"{wanted['year']}-06-01"
    named = {one: template["hosts"][one] for one in wanted["hosts"]}
    document = template["base"] | {
        "slug": slug,
        "starts_on": day,
        "ends_on": day,
        "route": [
            {"slug": one, "name": {"en": one, "zh-hans": ""}, "province": {"en": "", "zh-hans": ""}, "visits": 0,
             "arrives_on": None}
            for one in sorted(wanted["cities"])
        ],
        "parties": named | template["embassies"],
        "states": {one: template["states"][one] for one in wanted["states"]},
        "delegations": [{"party": f"embassy-{one}", "state": one, "size": None} for one in sorted(wanted["states"])],
        "programme": [template["visit"] | {"host": one} for one in sorted(wanted["hosts"])],
        "report": {one: {"headline": "H", "summary": "", "body": ""} for one in wanted["languages"]},
    }  # fmt: skip
    text = canonical(document)
    begins = NOW + wanted["begins"] * DAY
    ends = begins + wanted["lasts"] * DAY if wanted["lasts"] else None
    return Edition(
        trip=trip, number=number, slug=slug, document=text, digest=digest(text), frozen_at=NOW, published_at=NOW,
        public_from=begins, public_until=ends,
    )  # fmt: skip


def template() -> dict:
    """A real document, and the parts of it to draw from."""
    base = freeze(cast.trip("template"), public_from=NOW)
    party, visit = next(iter(base["parties"].values())), base["programme"][0]
    text = {"en": "Name", "zh-hans": ""}
    return {
        "base": base
        | {
            "organisers": [],
            "persons": {},
            "people": [],
            "themes": [],
            "statements": [],
            "outcomes": [],
            "coverage": [],
        },
        "hosts": {one: party | {"uid": one, "kind": Kind.HOST, "slug": f"s-{one}", "name": text} for one in HOSTS},
        "embassies": {
            f"embassy-{one}": party | {"uid": f"embassy-{one}", "kind": Kind.EMBASSY, "slug": f"e-{one.lower()}"}
            for one in STATES
        },
        "states": {one: {"iso2": one, "slug": one.lower(), "name": text, "member": True} for one in STATES},
        "visit": visit | {"participants": [], "present": []},
    }


def brute(at: dt.datetime, merged: dict[str, str]) -> list[dict[str, Any]]:
    """What each public document has of each facet, read from the document."""
    found = []
    for edition in Edition.objects.public(at):
        payload = json.loads(edition.document)
        uids = {visit["host"] for visit in payload["programme"]}
        uids |= {uid for uid, one in payload["parties"].items() if one["kind"] not in (Kind.EMBASSY, Kind.MEDIA)}
        found.append(
            {
                "year": {payload["starts_on"][:4]},
                "state": {payload["states"][one["state"]]["slug"] for one in payload["delegations"]},
                "city": {one["slug"] for one in payload["route"]},
                "theme": {one["slug"] for one in payload["themes"]},
                "organisation": {merged.get(uid, uid) for uid in uids},
                "language": set(payload["report"]),
                "edition": edition.pk,
            }
        )
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=trips, choice=some.fixed_dictionaries({}, optional={
    "year": some.sampled_from(["2022", "2023", "2024"]),
    "state": some.sampled_from(["la", "th", "vn"]),
    "city": some.sampled_from(CITIES),
    "organisation": some.sampled_from(HOSTS),
    "language": some.sampled_from(["en", "zh-hans"]),
}), merge=some.booleans(), later=some.integers(-3, 3))  # fmt: skip
def test_filters_and_counts_agree_with_the_documents(made, choice, merge, later):
    with transaction.atomic():
        compare(made, choice, {"college-0": "college-1"} if merge else {}, NOW + later * DAY)
        transaction.set_rollback(True)


def store(made: list, merged: dict[str, str]) -> None:
    """The drawn trips, published and indexed, and the records of their hosts."""
    drawn = template()
    for place, (versions, withdrawn) in enumerate(made):
        trip = Trip.objects.create(slug=f"t-{place}", title_en="T", starts_on=NOW.date(), ends_on=NOW.date())
        for number, wanted in enumerate(versions, 1):
            draw(drawn, f"t-{place}", wanted, number, trip).save()
        if withdrawn:
            trip.withdrawals.create(first=withdrawn, last=withdrawn, withdrawn_at=NOW, reason_en="X")
        indexing.index(trip)
    kept = {one: Organisation.objects.create(uid=one, kind=Kind.HOST, slug=one, name_en=one) for one in HOSTS}
    for gone, stays in merged.items():
        Organisation.objects.filter(uid=gone).update(merged_into=kept[stays])


def compare(made: list, choice: dict[str, str], merged: dict[str, str], at: dt.datetime) -> None:
    store(made, merged)
    known, documents = facets.snapshot(at), brute(at, merged)
    keys = {facet: {slug: known.known[facet][slug].key for slug in known.values[facet]} for facet in FACETS}
    keys["state"] = {slug: slug for slug in keys["state"]}  # addresses and documents call a state by its slug
    slugs = {facet: {key: slug for slug, key in those.items()} for facet, those in keys.items()}
    wanted = {facet: merged.get(value, value) for facet, value in choice.items()}
    expected = [one for one in documents if all(value in one[facet] for facet, value in wanted.items())]
    selection = known.matching({facet: slugs[facet].get(value, "none") for facet, value in wanted.items()})
    shown = known.page(selection, 0, 100)
    assert sorted(shown) == sorted(one["edition"] for one in expected)
    for facet in FACETS:
        found = {keys[facet][slug]: count for slug, count in known.counts(facet, selection).items()}
        assert found == Counter(value for one in expected for value in one[facet]), facet
    assert known.page(selection, 1, 3) == shown[1:3]
    assert known.bitmap_of(shown) == selection

"""Feeds, calendars and the sitemap, read back by libraries that did not write them."""

import datetime as dt
import re
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream

from institutions.models import Organisation
from tests import cast
from trips import sitemaps, workflow

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
LONG = "“走进车间”：与深圳职业技术大学师生座谈，了解产教融合、校企合作的做法；参观实训基地，观摩课堂教学。"


def feed(client, path: str) -> feedparser.FeedParserDict:
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    found = feedparser.parse(response.content)
    assert not found.bozo, found.bozo_exception
    return found


def events(client, path: str) -> dict:
    """By what they are called, as another library reads them; what was sent keeps to 75 octets a line."""
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75
    calendar = IcsCalendarStream.calendar_from_ics(response.content.decode())
    assert calendar.uid == IcsCalendarStream.calendar_from_ics(client.get(path).content.decode()).uid
    return {one.summary: one for one in calendar.events}


def test_the_feed_tells_of_each_trip_in_its_language(client, settings):
    settings.DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
    cast.published(cast.trip())
    for language, tag, title, summary in (
        ("en", "en", "Exchange Trip to Guangdong", "<p>22–26 October 2024 · Shenzhen</p><p>Five days.</p>"),
        ("zh-hans", "zh-Hans", "广东职教行", "<p>2024年10月22日至26日 · 深圳</p><p>五天。</p>"),
    ):
        found = feed(client, f"/{language}/feed/")
        assert (found.feed.language, found.feed.rights) == (tag, settings.DATA_LICENCE)
        assert [one.href for one in found.feed.links if one.rel == "self"] == [f"http://testserver/{language}/feed/"]
        (entry,) = found.entries
        assert (entry.title, entry.summary) == (title, summary)
        assert entry.link == f"http://testserver/{language}/trips/guangdong-2024/"
        assert entry.updated == found.feed.updated == cast.PUBLISHED_AT.isoformat()
        assert client.get(entry.link).status_code == 200


def test_an_entry_stays_the_same_when_its_trip_moves_and_is_corrected(client):
    trip = cast.trip()
    cast.published(trip)
    (before,) = feed(client, "/en/feed/").entries
    trip.slug, trip.title_en = "elsewhere", "Corrected"
    trip.save()
    cast.published(trip, public_from=cast.PUBLISHED_AT + MINUTE)
    (after,) = feed(client, "/en/feed/").entries
    assert before.id == after.id
    assert before.updated < after.updated
    assert before.published == after.published == cast.PUBLISHED_AT.isoformat()
    assert (after.title, after.link) == ("Corrected", "http://testserver/en/trips/elsewhere/")
    (chinese,) = feed(client, "/zh-hans/feed/").entries
    assert chinese.id != after.id


@pytest.mark.parametrize(
    "party",
    [
        "institutions/shenzhen-polytechnic-university",
        "enterprises/byd-company-limited",
        "member-states/lao-pdr",
        "cities/shenzhen",
        "themes/vocational-education",
    ],
)
def test_each_page_of_the_directory_leads_to_a_feed_of_its_own(client, party):
    cast.published(cast.trip())
    other = cast.trip("other", title_en="Another")
    other.visits.all().delete()
    other.delegations.all().delete()
    other.route.all().delete()
    other.themes.clear()
    cast.published(other)
    page = client.get(f"/en/{party}/").content.decode()
    (own,) = set(re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', page)) - {
        "/en/feed/"
    }
    assert own == f"/en/{party}/feed/"
    assert [one.title for one in feed(client, own).entries] == ["Exchange Trip to Guangdong"]


def test_the_feed_of_a_renamed_or_merged_party_is_where_its_page_is(client):
    cast.published(cast.trip())
    college = Organisation.objects.get(slug="shenzhen-polytechnic-university")
    before = feed(client, "/en/institutions/shenzhen-polytechnic-university/feed/")
    college.slug, college.name_en, college.checked_at = "szpu", "SZPU", timezone.now()
    college.save()
    moved = client.get("/en/institutions/shenzhen-polytechnic-university/feed/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/en/institutions/szpu/feed/")
    after = feed(client, "/en/institutions/szpu/feed/")
    assert (before.feed.id, len(after.entries)) == (after.feed.id, 1)
    assert after.feed.title.startswith("SZPU")
    assert client.get("/en/institutions/nobody/feed/").status_code == 404
    assert (
        client.get("/en/member-states/embassy-of-viet-nam/feed/").headers["Location"]
        == "/en/member-states/viet-nam/feed/"
    )


def test_words_that_no_feed_and_no_calendar_can_carry_do_no_harm(client):
    hostile = "]]>&<b>\x0b\x1b‮END:VEVENT\nBEGIN:VALARM"
    trip = cast.trip(title_en=hostile, destination_en=hostile)
    trip.route.all().delete()
    trip.reports.filter(language="en").update(headline=hostile, summary=hostile)
    trip.visits.update(place_en=hostile, seen_en=hostile, date=dt.date(2024, 10, 24))
    cast.published(trip)
    (entry,) = feed(client, "/en/feed/").entries
    assert "<b>" not in entry.summary
    assert all(not one.alarm for one in events(client, "/en/trips/guangdong-2024/programme.ics").values())


def test_the_programme_has_the_hours_of_the_place_and_whole_days_where_none_is_known(client):
    trip = cast.trip(time_zone="Asia/Bangkok")
    trip.visits.filter(kind="campus-visit").update(
        starts=dt.time(9, 30), ends=dt.time(11), seen_zh_hans=LONG, place_zh_hans="实训基地"
    )
    trip.visits.create(kind="ceremony", place_en="Hall", date=dt.date(2024, 10, 25), day_part="evening", position=3)
    trip.visits.create(kind="ceremony", place_en="Ship", date=dt.date(2024, 10, 25), starts=dt.time(23))
    cast.published(trip)
    found = events(client, "/en/trips/guangdong-2024/programme.ics")
    whole, hall = found["Exchange Trip to Guangdong"], found["Ceremony: Hall"]
    assert (whole.dtstart, whole.dtend) == (dt.date(2024, 10, 22), dt.date(2024, 10, 27))
    assert (hall.dtstart, hall.dtend, hall.description) == (dt.date(2024, 10, 25), dt.date(2024, 10, 26), "Evening")
    assert "Day not recorded: Enterprise tour: BYD" in whole.description
    visit = found["Campus visit: Shenzhen Polytechnic University"]
    assert visit.dtstart == dt.datetime.fromisoformat("2024-10-24T09:30+07:00")
    assert visit.dtend.utcoffset() == dt.timedelta(hours=7)
    ship = found["Ceremony: Ship"]
    assert (ship.dtstart, ship.dtend) == (dt.datetime.fromisoformat("2024-10-25T23:00+07:00"), None)
    assert visit.location == "实训基地, Shenzhen Polytechnic University, Shenzhen"
    assert (visit.sequence, visit.dtstamp) == (1, cast.PUBLISHED_AT)
    assert str(visit.url) == "http://testserver/en/trips/guangdong-2024/"
    chinese = events(client, "/zh-hans/trips/guangdong-2024/programme.ics")
    assert {one.uid for one in chinese.values()} == {one.uid for one in found.values()}
    assert chinese["院校参访：深圳职业技术大学"].description.startswith(LONG)


def test_a_visit_that_is_moved_stays_the_same_event_with_a_higher_number(client):
    path, name = "/en/trips/guangdong-2024/programme.ics", "Campus visit: Shenzhen Polytechnic University"
    trip = cast.trip()
    cast.published(trip)
    before = events(client, path)[name]
    trip.visits.create(kind="round-table", date=dt.date(2024, 10, 23), position=0)
    trip.visits.filter(kind="campus-visit").update(date=dt.date(2024, 10, 25), starts=dt.time(8), place_en="Gate")
    cast.published(trip)
    after = events(client, path)[name]
    assert (before.uid, before.sequence, after.sequence) == (after.uid, 1, 2)
    assert after.location.startswith("Gate")
    assert after.dtstart == dt.datetime.fromisoformat("2024-10-25T08:00+08:00")


def test_before_a_trip_ends_its_calendar_has_days_and_cities_only(client):
    today = timezone.localdate()
    last = today + dt.timedelta(days=5)
    trip = cast.trip(starts_on=today, ends_on=last)
    trip.route.update(arrives_on=today)
    trip.visits.update(date=today)
    cast.published(trip, public_from=timezone.now() - MINUTE)
    found = events(client, "/en/trips/guangdong-2024/programme.ics")
    assert {*found} == {"Exchange Trip to Guangdong", "Shenzhen"}
    assert (found["Shenzhen"].dtstart, found["Shenzhen"].dtend) == (today, last + dt.timedelta(days=1))
    coming = events(client, "/en/calendar.ics")
    assert coming["Exchange Trip to Guangdong"].uid == found["Exchange Trip to Guangdong"].uid
    workflow.withdraw(trip, by=None, reason_en="Wrong.")
    assert events(client, "/en/calendar.ics") == {}
    assert client.get("/en/trips/guangdong-2024/programme.ics").status_code == 410


def test_the_calendar_has_what_is_coming_and_nothing_that_is_over(client):
    today = timezone.localdate()
    cast.published(cast.trip("over"))
    coming = cast.trip("coming", title_zh_hans="即将开始", starts_on=today, ends_on=today)
    coming.visits.all().delete()
    cast.published(coming, public_from=timezone.now() - MINUTE)
    (event,) = events(client, "/zh-hans/calendar.ics").values()
    assert (event.summary, event.location) == ("即将开始", "深圳")


def addresses(client, path: str = "/sitemap.xml") -> dict[str, dict]:
    """Of each address its time and its alternates."""
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = ElementTree.fromstring(client.get(path).content)  # noqa: S314  made by the site itself
    return {
        url.findtext("s:loc", namespaces=spaces): {
            "changed": url.findtext("s:lastmod", namespaces=spaces),
            **{one.get("hreflang"): one.get("href") for one in url.findall("x:link", spaces)},
        }
        for url in found.findall("s:url", spaces)
    }


def test_the_sitemap_names_every_page_once_at_the_address_that_stays(client):
    trip = cast.trip()
    cast.published(trip)
    trip.slug = "elsewhere"
    trip.save()
    cast.published(trip)
    cast.trip("draft")
    found = addresses(client)
    assert len(found) % 2 == 0
    for address, told in found.items():
        page = client.get(address)
        assert page.status_code == 200, address
        assert f'<link rel="canonical" href="{address}">' in page.content.decode()
        assert "noindex" not in page.content.decode()
        assert address in (told["en"], told["zh-Hans"])
        assert {told["en"], told["zh-Hans"]} <= {*found}
    assert found["http://testserver/en/trips/elsewhere/"]["changed"] == cast.PUBLISHED_AT.isoformat()
    for path in ("institutions/shenzhen-polytechnic-university/", "member-states/viet-nam/", "data/", ""):
        assert f"http://testserver/zh-hans/{path}" in found
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_a_long_sitemap_is_divided(client, monkeypatch):
    cast.published(cast.trip())
    whole = addresses(client)
    monkeypatch.setattr(sitemaps, "PER_FILE", 10)
    parts = re.findall(r"<loc>http://testserver([^<]+)</loc>", client.get("/sitemap.xml").content.decode())
    assert len(parts) == -(-len(whole) // 10) > 1
    divided = [address for part in parts for address in addresses(client, part)]
    assert sorted(divided) == sorted(whole)
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404


def test_a_weakness_is_told_to_whoever_is_named(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "security@example.org"
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:security@example.org\n" in text
    expires = dt.datetime.fromisoformat(re.search("Expires: (.+)", text).group(1))
    assert dt.timedelta(days=120) < expires - timezone.now() < dt.timedelta(days=365)


def test_the_last_of_all_days_has_a_calendar(client):
    trip = cast.trip(starts_on=dt.date.max, ends_on=dt.date.max)
    trip.visits.update(date=None)
    cast.published(trip)
    assert client.get("/en/calendar.ics").status_code == 200
    assert client.get("/en/trips/guangdong-2024/programme.ics").status_code == 200

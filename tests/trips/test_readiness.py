"""What readiness says of the record: each rule with a trip that breaks it and one that nearly does."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from institutions.choices import Kind
from institutions.models import City, Country, Organisation
from tests import cast
from trips.choices import Attendance, Consent, VisitKind
from trips.demo import countries
from trips.models import Trip
from trips.readiness import Level, findings

pytestmark = pytest.mark.django_db
AFTER = dt.datetime(2024, 11, 1, tzinfo=dt.UTC)
BEFORE = dt.datetime(2024, 10, 1, tzinfo=dt.UTC)


@pytest.fixture
def trip() -> Trip:
    """The cast's trip with nothing to complain about."""
    countries.load()
    made = cast.trip()
    Organisation.objects.update(checked_at=AFTER)
    made.visits.update(place_zh_hans="实训基地", seen_zh_hans="一行。")
    made.statements.update(text_zh_hans="全貌。", who_zh_hans="东盟外交官")
    made.outcomes.update(text_zh_hans="合作项目。")
    in_step(made)
    return made


def in_step(trip: Trip) -> None:
    """The Chinese report was saved beside the English one as it is."""
    trip.reports.filter(language="zh-hans").update(made_from=trip.reports.get(language="en").texts())


def look(trip: Trip, at: dt.datetime = AFTER) -> list[tuple]:
    return [(one.rule, one.level, one.section, one.field, one.row) for one in findings(trip, at)]


def rules(trip: Trip, at: dt.datetime = AFTER) -> list[str]:
    return [one.rule for one in findings(trip, at)]


def the(rule: str, trip: Trip, at: dt.datetime = AFTER):
    """The one finding of a rule."""
    (one,) = [one for one in findings(trip, at) if one.rule == rule]
    return one


def guangzhou() -> City:
    china = Country.objects.get(iso2="CN")
    return City.objects.create(slug="guangzhou", name_en="Guangzhou", name_zh_hans="广州", country=china)


def test_a_trip_in_order_raises_nothing(trip):
    assert look(trip) == []
    assert look(trip, BEFORE) == []


def test_the_demonstration_raises_neither_blocks_nor_warnings():
    call_command("load_demo", verbosity=0)
    for trip in Trip.objects.all():
        for at in (timezone.now(), trip.editions.earliest("number").public_from):
            serious = [one for one in findings(trip, at) if one.level != Level.NOTE]
            assert [(trip.slug, one.rule, str(one.sentence)) for one in serious] == []


def test_the_number_of_queries_does_not_grow_with_the_trip(trip):
    few, many = _queries(trip, visits=1), _queries(trip, visits=40)
    assert few == many == 23


def _queries(trip: Trip, *, visits: int) -> int:
    trip.visits.all().delete()
    link = '<p><a href="http://testserver/en/trips/elsewhere/">There</a></p>' * visits
    trip.reports.update(body=link)
    for number in range(visits):
        host = cast.organisation(Kind.HOST, f"College {number}")
        visit = trip.visits.create(host=host, date=dt.date(2024, 10, 23))
        visit.participants.add(cast.organisation(Kind.HOST, f"Guest {number}"))
        visit.absent.add(trip.delegations.first())
        trip.outcomes.create(text_en="More", public=True).parties.add(host)
        trip.delegates.create(name_en=f"Lin {number}", organisation=host)
    with CaptureQueriesContext(connection) as queries:
        findings(trip, AFTER)
    return len(queries)


# What a finding is


def test_a_finding_names_the_thing_and_its_place(trip):
    visit = trip.visits.first()
    trip.visits.filter(pk=visit.pk).update(date=dt.date(2024, 10, 28))
    one = the("visit-outside-trip", trip)
    assert (one.level, one.section, one.relation, one.row, one.field) == (
        Level.BLOCK,
        "programme",
        "visits",
        visit.pk,
        "date",
    )
    assert str(one.sentence) == (
        "Shenzhen Polytechnic University is on 28 October 2024, outside the trip (22 October 2024 to 26 October 2024). "
        "Correct the date or the trip's days."
    )


def test_a_sentence_is_said_in_the_language_of_whoever_reads_it(trip):
    trip.visits.filter(host__kind=Kind.HOST).update(date=dt.date(2024, 10, 28))
    sentence = the("visit-outside-trip", trip).sentence
    with translation.override("zh-hans"):
        assert "深圳职业技术大学" in str(sentence)
        assert "2024年10月28日" in str(sentence)
    assert "Shenzhen Polytechnic University" in str(sentence)


def test_a_key_is_bound_to_exactly_one_finding(trip):
    trip.visits.filter(host__kind=Kind.HOST).update(date=dt.date(2024, 10, 28))
    key = the("visit-outside-trip", trip).key
    with translation.override("zh-hans"):
        assert the("visit-outside-trip", trip).key == key
    assert key.startswith(f"visit-outside-trip:programme:{trip.visits.first().pk}:")
    trip.visits.filter(host__kind=Kind.HOST).update(date=dt.date(2024, 10, 29))
    assert the("visit-outside-trip", trip).key != key


def test_blocks_come_first_and_notes_last(trip):
    trip.visits.filter(host__kind=Kind.HOST).update(date=dt.date(2024, 10, 28), place_zh_hans="", place_en="A hall")
    Organisation.objects.update(checked_at=None)
    levels = [one.level for one in findings(trip, AFTER)]
    assert levels[0] == Level.BLOCK
    assert levels[-1] == Level.NOTE
    assert levels == sorted(levels, key=[Level.BLOCK, Level.WARN, Level.NOTE].index)


# The programme


def test_days_of_the_trip(trip):
    trip.visits.update(date=trip.ends_on)
    trip.route.update(arrives_on=trip.starts_on)
    assert look(trip) == []
    trip.route.update(arrives_on=dt.date(2024, 10, 21))
    assert look(trip) == [("arrival-outside-trip", Level.BLOCK, "facts", "arrives_on", trip.route.get().pk)]


def timed(trip: Trip, *hours: tuple[int, int, int, int]) -> list:
    visits = list(trip.visits.all())
    for visit, (hour, minute, end, end_minute) in zip(visits, hours, strict=True):
        visit.date = dt.date(2024, 10, 24)
        visit.starts, visit.ends = dt.time(hour, minute), dt.time(end, end_minute)
        visit.save()
    return visits


def test_visits_at_one_time(trip):
    second = timed(trip, (9, 0, 11, 0), (10, 30, 12, 0))[1]
    assert look(trip) == [("visits-overlap", Level.WARN, "programme", "starts", second.pk)]
    timed(trip, (9, 0, 11, 0), (11, 0, 12, 0))
    assert look(trip) == []


def test_no_clash_for_those_who_were_not_there(trip):
    first, second = timed(trip, (9, 0, 11, 0), (10, 30, 12, 0))
    lao, viet_nam = trip.delegations.all()
    first.absent.add(lao)
    assert rules(trip) == ["visits-overlap"]
    second.absent.add(viet_nam)
    assert rules(trip) == []


def test_a_talk_within_a_stop_is_no_clash(trip):
    first, second = timed(trip, (9, 0, 12, 0), (10, 0, 11, 0))
    second.host, second.kind = first.host, VisitKind.DISCUSSION
    second.save()
    assert rules(trip) == []


def test_time_between_two_cities(trip):
    second = timed(trip, (9, 0, 11, 0), (11, 30, 12, 30))[1]
    second.city = guangzhou()
    second.save()
    trip.route.create(city=second.city, position=2)
    assert look(trip) == [("visits-too-close", Level.WARN, "programme", "starts", second.pk)]
    assert "30 minutes" in the("visits-too-close", trip).sentence
    timed(trip, (9, 0, 11, 0), (12, 0, 12, 30))
    assert look(trip) == []


def test_the_city_of_a_host(trip):
    visit = trip.visits.first()
    city = guangzhou()
    trip.route.create(city=city, position=2)
    trip.visits.filter(pk=visit.pk).update(city=city, place_zh_hans="")
    assert look(trip) == [("visit-city-differs", Level.WARN, "programme", "city", visit.pk)]
    trip.visits.filter(pk=visit.pk).update(place_en="its training base", place_zh_hans="实训基地")
    assert look(trip) == []


def test_a_city_beside_the_route(trip):
    second = trip.visits.last()
    trip.visits.filter(pk=second.pk).update(city=guangzhou())
    assert look(trip) == [("city-not-on-route", Level.WARN, "programme", "city", second.pk)]
    trip.route.all().delete()  # nothing is said of a route
    assert look(trip) == []


# Reports


def test_before_the_trip_it_needs_a_name_and_a_summary(trip):
    trip.reports.filter(language="zh-hans").delete()
    trip.reports.update(summary="", headline="Soon")
    Trip.objects.update(title_zh_hans="")
    assert look(trip, BEFORE) == [
        ("title-missing", Level.WARN, "facts", "title_zh_hans", None),
        ("summary-missing", Level.WARN, "report-en", "report-en-0-summary", None),
        ("summary-missing", Level.WARN, "report-zh", "report-zh-hans-0-summary", None),
    ]
    Trip.objects.update(title_en="")
    assert ("title-missing", Level.BLOCK, "facts", "title_en", None) in look(trip, BEFORE)


def test_before_the_trip_nobody_asks_for_a_body(trip):
    trip.reports.update(body="", headline="")
    in_step(trip)
    assert look(trip, BEFORE) == []


def test_after_the_trip_it_needs_a_report(trip):
    trip.reports.update(body="<p></p>")
    in_step(trip)
    assert look(trip) == [("report-missing", Level.BLOCK, "report-en", "report-en-0-body", None)]
    trip.reports.all().delete()
    assert look(trip) == [("report-missing", Level.BLOCK, "report-en", "report-en-0-body", None)]


def test_summaries_alone_are_a_short_entry(trip):
    trip.reports.update(body="", headline="")
    in_step(trip)
    assert look(trip) == [("short-entry", Level.NOTE, "report-en", "report-en-0-body", None)]


def test_a_language_is_written_whole_or_not_at_all(trip):
    trip.reports.filter(language="zh-hans").update(body="", headline="")
    assert look(trip) == [
        ("report-incomplete", Level.WARN, "report-zh", "report-zh-hans-0-headline", None),
        ("report-incomplete", Level.WARN, "report-zh", "report-zh-hans-0-body", None),
    ]
    trip.reports.filter(language="zh-hans").delete()
    assert look(trip) == [("language-missing", Level.NOTE, "report-zh", "report-zh-hans-0-body", None)]


def test_a_chinese_report_beside_another_english_text(trip):
    english = trip.reports.get(language="en")
    english.headline = "In the workshops"
    english.save()
    assert look(trip) == [("chinese-stale", Level.WARN, "report-zh", "report-zh-hans-0-headline", None)]
    in_step(trip)
    assert look(trip) == []


# Parties


def test_parties_that_nobody_checked(trip):
    Organisation.objects.filter(kind__in=[Kind.HOST, Kind.EMBASSY]).update(checked_at=None)
    found = findings(trip, AFTER)
    assert [(one.rule, one.level, one.section) for one in found] == [
        ("party-unchecked", Level.WARN, "delegations"),
        ("party-unchecked", Level.WARN, "programme"),
    ]
    assert "Embassy of Lao PDR, Embassy of Viet Nam" in found[0].sentence
    assert rules(trip, BEFORE) == []  # an outline names neither


def test_attendance_that_is_open(trip):
    trip.delegations.filter(sender__country__iso2="VN").update(status=Attendance.CONFIRMED)
    one = the("attendance-open", trip)
    assert (one.level, one.section, one.field) == (Level.WARN, "delegations", "status")
    assert "Embassy of Viet Nam" in one.sentence
    assert rules(trip, BEFORE) == []
    trip.delegations.filter(sender__country__iso2="VN").update(status=Attendance.DECLINED)
    assert rules(trip) == []


# Photos, documents, links


def test_photos(trip):
    photo = trip.photos.create(consent=Consent.PUBLIC_EVENT, alt_en="A hall.")
    assert look(trip) == [
        ("photo-alt", Level.WARN, "photos", "alt_zh_hans", photo.pk),
        ("photo-credit", Level.WARN, "photos", "credit_en", photo.pk),
    ]
    assert "no alternative text in Chinese" in the("photo-alt", trip).sentence
    trip.photos.update(alt_zh_hans="大厅。", credit_zh_hans="中心")
    assert look(trip) == []
    trip.photos.update(consent="", alt_zh_hans="")
    assert look(trip) == [("photo-hidden", Level.NOTE, "photos", "consent", photo.pk)]
    assert look(trip, BEFORE) == []


def test_a_public_document_has_a_file(trip):
    document = trip.documents.create(title_en="Agenda", public=True)
    assert look(trip) == [("document-file", Level.BLOCK, "documents", "file", document.pk)]
    trip.documents.update(public=False)
    assert look(trip) == []


def linking(trip: Trip, address: str) -> list[tuple]:
    """What is said of a link; what a form would refuse is written past it."""
    with connection.cursor() as cursor:
        body = f"<p>They came, and <a{address}>more</a> came.</p>"
        cursor.execute("UPDATE trips_report SET body = %s WHERE language = 'en'", [body])
    in_step(trip)
    return look(trip)


@pytest.mark.parametrize("address", ["", ' href=""', ' rel="noopener"'])
def test_links_that_lead_nowhere(trip, address):
    assert linking(trip, address) == [("link-empty", Level.BLOCK, "report-en", "report-en-0-body", None)]


@pytest.mark.parametrize(
    "address", ["/en/trips/", "javascript:alert(1)", "data:text/html,x", "https://", "www.example.org"]
)
def test_links_that_are_unsafe(trip, address):
    assert linking(trip, f' href="{address}"') == [("link-unsafe", Level.BLOCK, "report-en", "report-en-0-body", None)]


def test_links_to_pages_that_are_not_public(trip):
    hidden = [("link-not-public", Level.WARN, "report-en", "report-en-0-body", None)]
    address = ' href="http://testserver/en/trips/another/"'
    assert linking(trip, address) == hidden
    assert linking(trip, ' href="http://testserver/admin/trips/trip/1/change/"') == hidden
    cast.published(cast.trip("another"), public_from=AFTER)
    Organisation.objects.update(checked_at=AFTER)
    assert linking(trip, address) == []
    assert linking(trip, ' href="https://example.org/en/trips/unknown/"') == []
    assert linking(trip, f' href="http://testserver/en/trips/{trip.slug}/"') == []


def test_an_outlet_without_a_link_is_enough(trip):
    trip.coverage.update(link="")
    assert look(trip) == []
    trip.coverage.update(link="https://")
    assert look(trip) == [("link-unsafe", Level.BLOCK, "coverage", "link", trip.coverage.get().pk)]


# Two languages


def test_chinese_fields_beside_a_chinese_report(trip):
    trip.visits.update(place_zh_hans="", seen_zh_hans="")
    found = findings(trip, AFTER)
    assert [(one.rule, one.level, one.section) for one in found] == [("chinese-missing", Level.NOTE, "programme")]
    assert "counterpart: 2." in found[0].sentence
    trip.reports.filter(language="zh-hans").delete()
    assert rules(trip) == ["language-missing"]

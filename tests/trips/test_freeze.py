"""What leaves the desk, and what does not."""

import datetime as dt
import json

import pytest

from exchange.lib.canonical import canonical, digest
from institutions.choices import Kind, NameKind
from institutions.models import Organisation
from tests import cast
from trips.choices import Attendance
from trips.edition import pieces
from trips.edition.freeze import freeze, frozen
from trips.models import Coverage, Report, Trip

pytestmark = pytest.mark.django_db
AFTER = dt.datetime(2024, 11, 1, tzinfo=dt.UTC)
BEFORE = dt.datetime(2024, 10, 1, tzinfo=dt.UTC)


def test_the_document_names_everyone_in_protocol_order():
    payload = freeze(cast.trip(), public_from=AFTER)
    assert [one["state"] for one in payload["delegations"]] == ["LA", "VN"]
    assert payload["states"]["LA"]["name"] == {"en": "Lao PDR", "zh-hans": "老挝"}
    assert [payload["parties"][one["party"]]["short"]["en"] for one in payload["organisers"]] == ["ACC"]
    assert [one["kind"] for one in payload["programme"]] == ["campus-visit", "enterprise-tour"]
    assert payload["report"]["zh-hans"]["body"] == "<p>他们来了。</p>"


def test_before_the_last_day_it_is_an_outline_of_days_and_cities():
    payload = freeze(cast.trip(), public_from=BEFORE)
    assert payload["extent"] == "outline"
    assert [one["slug"] for one in payload["route"]] == ["shenzhen"]
    assert payload["report"]["en"] == {"headline": "In the workshop", "summary": "Five days.", "body": ""}
    for part in (
        "programme",
        "delegations",
        "persons",
        "people",
        "statements",
        "outcomes",
        "coverage",
        "photos",
    ):
        assert not payload[part], part


def test_the_last_day_is_counted_in_the_trips_own_time_zone():
    trip = cast.trip()
    midnight_in_guangzhou = dt.datetime(2024, 10, 25, 16, tzinfo=dt.UTC)
    assert freeze(trip, public_from=midnight_in_guangzhou)["extent"] == "full"
    assert freeze(trip, public_from=midnight_in_guangzhou - dt.timedelta(minutes=1))["extent"] == "outline"


def test_a_party_has_the_name_it_had_on_the_first_day():
    trip = cast.trip(starts_on=dt.date(2023, 3, 1), ends_on=dt.date(2023, 3, 2))
    trip.visits.update(date=None)
    payload = freeze(trip, public_from=AFTER)
    names = {party["name"]["en"] for party in payload["parties"].values()}
    assert "Shenzhen Polytechnic" in names
    assert "Shenzhen Polytechnic University" not in names


def test_of_several_former_names_the_one_that_ended_first_covers_an_early_day():
    college = cast.organisation(Kind.HOST, "College C")
    for text, year in (("College A", 2000), ("College B", 2010)):
        college.names.create(kind=NameKind.FORMER, text=text, valid_until=dt.date(year, 12, 31))
    told = [college.names_on(dt.date(year, 6, 1))["name"]["en"] for year in (1999, 2005, 2020)]
    assert told == ["College A", "College B", "College C"]


def test_private_and_unready_rows_stay_at_the_desk():
    trip = cast.trip(note="SECRET note")
    trip.delegates.create(name_en="SECRET person")
    trip.delegations.create(
        sender=cast.organisation(Kind.EMBASSY, "SECRET embassy", country=cast.country("MM", "Myanmar", "缅甸")),
        status="declined",
        note="SECRET",
    )
    trip.outcomes.create(text_en="SECRET outcome")
    trip.statements.create(text_en="SECRET words", speaker=trip.delegates.get(name_en="SECRET person"))
    trip.photos.create(image="photos/x/SECRET.jpg", width=1, height=1)
    trip.documents.create(title_en="SECRET agenda", file="documents/x/SECRET.pdf")
    document, _digest = frozen(trip, public_from=AFTER)
    assert "SECRET" not in document
    assert "Myanmar" not in document


def test_absent_delegations_are_never_named_and_those_present_only_where_asked():
    trip = cast.trip()
    visit = trip.visits.first()
    visit.absent.add(trip.delegations.get(sender__country__iso2="LA"))
    assert freeze(trip, public_from=AFTER)["programme"][0]["present"] == []
    trip.visits.filter(pk=visit.pk).update(attendance_public=True)
    payload = freeze(trip, public_from=AFTER)
    assert [payload["parties"][uid]["country"] for uid in payload["programme"][0]["present"]] == ["VN"]


@pytest.mark.parametrize("status", [one for one in Attendance if one != Attendance.ATTENDED])
def test_people_of_a_delegation_that_did_not_attend_stay_at_the_desk(status):
    trip = cast.trip()
    embassy = cast.organisation(Kind.EMBASSY, "Embassy of Myanmar", country=cast.country("MM", "Myanmar", "缅甸"))
    absent = trip.delegations.create(sender=embassy, status=status)
    person = trip.delegates.create(name_en="SECRET person", organisation=embassy, delegation=absent, public=True)
    trip.statements.create(text_en="SECRET words", speaker=person)
    trip.statements.create(text_en="Shared words", who_en="ASEAN diplomats", speaker=person)
    document, _digest = frozen(trip, public_from=AFTER)
    for hidden in ("SECRET", "Myanmar", person.uid, embassy.uid):
        assert hidden not in document, hidden
    assert "Shared words" in document
    absent.status = Attendance.ATTENDED
    absent.save()
    document, _digest = frozen(trip, public_from=AFTER)
    assert "SECRET person" in document
    assert "SECRET words" in document
    assert "Myanmar" in document


def test_blank_lines_of_planned_hosts_stay_at_the_desk():
    trip = cast.trip(planned_hosts_en="colleges\n\n   \n companies ", planned_hosts_zh_hans=" \n")
    assert freeze(trip, public_from=AFTER)["planned_hosts"] == {"en": ["colleges", "companies"], "zh-hans": []}


HOSTILE = '<p onclick="x()">Hi<script>alert(1)</script> <a href="javascript:alert(1)">a</a><img src=x onerror=y></p>'


@pytest.mark.parametrize("way", ["save", "update", "bulk"])
def test_hostile_markup_is_cleaned_on_every_way_into_the_database(way):
    trip = cast.trip()
    trip.reports.all().delete()
    if way == "bulk":
        Report.objects.bulk_create([Report(trip=trip, language="en", body=HOSTILE)])
    else:
        report = Report.objects.create(trip=trip, language="en", body=HOSTILE if way == "save" else "")
        if way == "update":
            Report.objects.filter(pk=report.pk).update(body=HOSTILE)
    assert Report.objects.get(trip=trip).body == '<p>Hi <a rel="noopener">a</a></p>'


@pytest.mark.parametrize(
    ("link", "printed"),
    [
        ("https://paper.example/report", "https://paper.example/report"),
        ("javascript:alert(1)", ""),
        (" javascript:alert(1)//https://", ""),
        ("//paper.example/report", ""),
    ],
)
def test_a_link_with_another_scheme_does_not_get_out(link, printed):
    """The database refuses such a row as well; the door does not rely on it."""
    row = Coverage(outlet=cast.organisation(Kind.MEDIA, "Southern Daily"), link=link)
    parties = pieces.Parties(AFTER.date(), Organisation.objects.labelled().in_bulk([row.outlet_id]))
    assert pieces.coverage(row, parties)["link"] == printed


def test_freezing_twice_gives_the_same_bytes_and_the_digest_is_theirs():
    trip = cast.trip()
    document, stated = frozen(trip, public_from=AFTER)
    assert (document, stated) == frozen(Trip.objects.get(), public_from=AFTER)
    assert stated == digest(canonical(json.loads(document)))


def test_freezing_costs_the_same_for_one_visit_and_for_many(django_assert_num_queries):
    trip = cast.trip()
    more = cast.organisation(Kind.HOST, "College")
    trip.visits.create(host=more).participants.add(more)
    trip.outcomes.create(text_en="More.", public=True).parties.add(more)
    queries = 20
    with django_assert_num_queries(queries):
        freeze(trip, public_from=AFTER)
    for number in range(10):
        host = cast.organisation(Kind.HOST, f"College {number}")
        trip.visits.create(host=host).participants.add(host)
        trip.outcomes.create(text_en="More.", public=True).parties.add(host)
    with django_assert_num_queries(queries):
        freeze(trip, public_from=AFTER)

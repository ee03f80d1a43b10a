"""Exchange in figures: exact, never behind or ahead of what is public, and each number with the trips it counts."""

import csv
import datetime as dt
import hashlib
import io
import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.choices import Kind
from institutions.models import Country, Organisation
from tests import cast
from tests.cast import read
from trips import facets, statistics, workflow
from trips.choices import Attendance, VisitKind
from trips.models import Edition, Trip

pytestmark = pytest.mark.django_db
PAGE = "/en/figures/"
FILES = ("years", "states", "hosts", "themes", "editions")
STATES = {"LA": ("Lao PDR", "1997-07-23"), "TL": ("Timor-Leste", "2025-10-26"), "VN": ("Viet Nam", "1995-07-28")}


def table(client: Client, name: str, language: str = "en") -> list[dict[str, str]]:
    text = read(client, f"/{language}/figures/{name}.csv")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def record(number: int, year: int, states=(), hosts=(), visits: int = 0, member_from: str = "") -> Trip:
    """A bare trip with these delegations, hosts, and visits to nobody."""
    first = dt.date(year, 3, 1)
    trip = Trip.objects.create(slug=f"trip-{number}", title_en=f"Trip {number}", starts_on=first, ends_on=first)
    trip.reports.create(language="en", summary="A day.")
    for iso2 in states:
        name, joined = STATES[iso2]
        country = cast.country(iso2, name, name, joined)
        embassy = cast.organisation(Kind.EMBASSY, f"Embassy of {name}", country=country)
        trip.delegations.create(sender=embassy, status=Attendance.ATTENDED)
    for kind, name in hosts:
        trip.visits.create(host=cast.organisation(kind, name), kind=VisitKind.CAMPUS_VISIT)
    for _visit in range(visits):
        trip.visits.create(kind=VisitKind.ROUND_TABLE, place_en="Hall")
    trip.visits.create(kind=VisitKind.TRANSFER, place_en="Airport")
    return trip


def test_every_number_leads_to_as_many_editions_as_it_says(client):
    cast.published(cast.trip())
    for number, (year, states, hosts) in enumerate(
        [
            (2023, ["VN"], [(Kind.HOST, "College"), (Kind.ENTERPRISE, "Works")]),
            (2023, ["VN", "LA"], [(Kind.HOST, "College")]),
            (2024, [], []),
        ]
    ):
        cast.published(record(number, year, states, hosts))
    page = read(client, PAGE)
    cells = re.findall(r'<td class="(?:n\d|sum)"><a href="/en/trips/\?([^"]+)">(\d+)</a>', page)
    assert len(cells) > 15
    for query, count in set(cells):
        query = query.replace("&amp;", "&")
        footnotes = read(client, f"/en/figures/editions/?{query}")
        assert footnotes.count('class="digest"') == int(count), query
        assert f"<b>{count} trip{'s' if int(count) > 1 else ''}</b>" in read(client, f"/en/trips/?{query}")


def test_the_table_of_years_says_what_took_place_in_each(client):
    cast.published(record(1, 2023, ["VN", "LA"], [(Kind.HOST, "College"), (Kind.ENTERPRISE, "Works")], visits=3))
    cast.published(record(2, 2023, ["VN"], [(Kind.HOST, "College")]))
    cast.published(record(3, 2025, ["TL"], []))
    shown = [[row[name] for name in list(row)[:7]] for row in table(client, "years")]
    assert list(table(client, "years")[0])[:7] == [
        "Year", "Trips", "Visits", "Member states", "Institutions", "Enterprises", "Cities"
    ]  # fmt: skip
    assert shown == [["2023", "2", "6", "2", "1", "1", "0"], ["2025", "1", "0", "0", "0", "0", "0"]]
    assert "6" in re.findall(r'<td><a href="/en/trips/\?year=2023">(\d+)</a></td>', read(client, PAGE))


def test_states_stand_in_protocol_order_and_only_those_on_record(client):
    cast.country("BN", "Brunei Darussalam", "文莱")
    cast.published(record(1, 2023, ["VN", "LA", "TL"]))
    cast.published(record(2, 2024, ["LA"]))
    page = read(client, PAGE)
    rows = re.findall(r'<th scope="row"><span class="party">.*?<a href="/en/member-states/([^/]+)/">', page)
    assert rows[:3] == ["lao-pdr", "viet-nam", "timor-leste"]
    assert "Brunei" not in page
    assert "/en/member-states/timor-leste/" in page.partition("Not members of ASEAN at the time")[2]
    assert [(one["ISO code"], one["Year"], one["Trips"]) for one in table(client, "states")] == [
        ("LA", "All", "2"), ("LA", "2023", "1"), ("LA", "2024", "1"),
        ("VN", "All", "1"), ("VN", "2023", "1"),
        ("TL", "All", "1"), ("TL", "2023", "1"),
    ]  # fmt: skip


def test_the_table_of_hosts_says_who_is_not_in_it(client):
    trip = cast.trip()
    bureau = cast.organisation(Kind.ORGANISER, "Bureau of Education", country=Country.objects.get(iso2="CN"))
    trip.delegations.create(sender=bureau, status=Attendance.ATTENDED)
    cast.published(trip)
    hosts = read(client, PAGE).partition('aria-labelledby="hosts"')[2].partition("</section>")[0]
    assert "Lao PDR" in hosts
    assert "China" not in hosts.partition("<tbody>")[0]
    assert "Other states, and senders that stand for no state, are not among them." in hosts


def test_what_a_state_did_before_it_joined_is_told(client):
    now = timezone.now()
    cast.published(record(1, 2024, ["TL"]))
    cast.published(record(2, 2026, ["TL"]), public_from=now)
    assert "Timor-Leste: 1 of these trips was before it joined ASEAN." in read(client, PAGE)
    assert "member states took part</a></dt><dd>1</dd>" in read(client, "/en/")


def test_what_is_withdrawn_or_not_yet_public_is_in_no_number(client):
    stays = cast.published(record(1, 2023, ["LA"], [(Kind.HOST, "College")]))
    gone = record(2, 2022, ["VN"], [(Kind.HOST, "Hidden College")])
    cast.published(gone)
    assert "Hidden College" in read(client, PAGE)
    workflow.withdraw(gone, by=None, reason_en="Wrong.")
    begins = timezone.now() + dt.timedelta(days=1)
    cast.published(record(3, 2021, ["VN"], [(Kind.HOST, "Hidden College")]), public_from=begins)
    for path in (PAGE, "/en/figures/editions/", *(f"{PAGE}{name}.csv" for name in FILES)):
        text = read(client, path)
        for hidden in ("Hidden", "Viet Nam", "2022", "2021", "trip-2", "trip-3"):
            assert hidden not in re.sub("[0-9a-f]{8}", "", text), (path, hidden)
    assert client.get("/en/figures/editions/?state=viet-nam").status_code == 404
    at = [facets.snapshot(begins + dt.timedelta(seconds=one)) for one in (-1, 0)]
    assert [len(statistics.by_year(one)) for one in at] == [1, 2]
    assert facets.snapshot(timezone.now()).editions == (stays.pk,)


def test_a_merged_organisation_counts_once(client):
    cast.published(record(1, 2023, ["LA"], [(Kind.HOST, "College")]))
    cast.published(record(2, 2024, ["LA"], [(Kind.HOST, "Colledge")]))
    stays = Organisation.objects.get(slug="college")
    Organisation.objects.filter(slug="colledge").update(merged_into=stays)
    rows = [one for one in table(client, "hosts") if one["State"] == "All"]
    assert [one["Trips"] for one in rows] == ["2"]
    assert statistics.overview(facets.snapshot(timezone.now())).counts.institutions == 1


def test_the_state_of_the_data_can_be_made_again_from_the_list_of_editions(client):
    cast.published(cast.trip())
    cast.published(record(1, 2023))
    digests = sorted(one["Digest (SHA-256)"] for one in table(client, "editions"))
    assert digests == sorted(Edition.objects.values_list("digest", flat=True))
    state = hashlib.sha256("".join(f"{one}\n" for one in digests).encode()).hexdigest()
    page = read(client, PAGE)
    assert state in re.search(r'<span class="digest">([^<]+)<', page).group(1).replace(" ", "")
    assert f"state of the data {state[:8]}" in page
    for one in table(client, "editions"):
        assert one["Digest (SHA-256)"] in read(client, urlsplit(one["Address"]).path).replace(" ", "")


def test_files_are_text_to_a_spreadsheet_and_in_both_languages(client):
    trip = cast.trip(title_en="=1+1")
    Organisation.objects.filter(kind=Kind.HOST).update(name_en="@SUM(A1)")
    trip.themes.update(name_en="-2+3")
    cast.published(trip)
    for name in FILES:
        response = client.get(f"{PAGE}{name}.csv")
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert "attachment" in response.headers["Content-Disposition"]
        assert client.get(f"{PAGE}{name}.csv", HTTP_IF_NONE_MATCH=response.headers["ETag"]).status_code == 304
        cells = [cell for row in table(client, name) for cell in row.values()]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "-", "+"))], name
    assert {one["国家"] for one in table(client, "states", "zh-hans")} == {"老挝", "越南"}
    for name in ("states", "hosts"):
        for row in table(client, name):
            shown = read(client, row["Editions counted"].partition("testserver")[2])
            assert shown.count('class="digest"') == int(row["Trips"])


def test_where_no_state_is_on_record_is_told_with_the_editions(client):
    cast.published(record(1, 2023))
    cast.published(record(2, 2024, ["LA"]))
    page = read(client, PAGE)
    assert '<a href="/en/figures/editions/?none=state">1 trip</a> with no state on record' in page
    shown = read(client, "/en/figures/editions/?none=state")
    assert "trip-1" in shown
    assert "trip-2" not in shown


def test_before_anything_is_published_the_page_says_so(client):
    assert "No trip has been published yet." in read(client, PAGE)
    assert "<table" not in read(client, PAGE)
    for name in FILES:
        assert table(client, name) == []


@pytest.mark.parametrize(
    "query",
    ["state=nowhere", "year=abc", f"theme={'x' * 10_000}", "none=year", "none=%ff", "page=0", "page=999999"],
)
def test_what_nothing_has_is_not_found(client, query):
    cast.published(cast.trip())
    assert client.get(f"/en/figures/editions/?{query}").status_code == 404
    assert client.get("/en/figures/other.csv").status_code == 404


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("", 4), ("editions/", 4), ("editions/?state=lao-pdr", 4), *((f"{name}.csv", 2) for name in FILES[:4])],
)
def test_it_costs_the_same_however_much_there_is(client, count, path, queries, django_assert_num_queries):
    for number in range(count):
        cast.published(record(number, 2020 + number, ["LA"], [(Kind.HOST, f"College {number}")]))
    facets.snapshot(timezone.now())
    with django_assert_num_queries(queries):
        assert client.get(f"{PAGE}{path}").status_code == 200


HOSTS = [(Kind.HOST, "College"), (Kind.HOST, "Academy"), (Kind.ENTERPRISE, "Works")]
TRIPS = st.lists(
    st.tuples(
        st.integers(2023, 2026),
        st.sets(st.sampled_from(sorted(STATES))),
        st.lists(st.sampled_from(HOSTS), max_size=3),
        st.integers(0, 3),
        st.sampled_from(["public", "withdrawn", "scheduled", "expired", "second"]),
    ),
    max_size=4,
)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(TRIPS)
def test_figures_agree_with_a_count_over_the_editions(made):
    """Against the documents themselves, read one by one."""
    Organisation.objects.update(merged_into=None)
    now = timezone.now()
    offset = Trip.objects.count()
    for number, (year, states, hosts, visits, fate) in enumerate(made, offset):
        trip = record(number, year, sorted(states), hosts, visits)
        later, month = now + dt.timedelta(days=1), now - dt.timedelta(days=30)
        ends = now - dt.timedelta(days=1) if fate == "expired" else None
        cast.published(trip, public_from=later if fate == "scheduled" else month, public_until=ends)
        if fate == "withdrawn":
            workflow.withdraw(trip, by=None, reason_en="Wrong.")
        if fate == "second":
            trip.delegations.all().delete()
            cast.published(trip, public_from=month)
    documents = [one.payload for one in Edition.objects.public(now)]
    known = facets.snapshot(now)
    assert {str(year): counts._asdict() for year, counts in statistics.by_year(known).items()} == brute_years(documents)
    states, hosts = brute_tables(documents)
    assert cells(statistics.states_by_year(known)) == states
    assert cells(statistics.hosts_by_state(known)) == hosts


def cells(counted) -> Counter:
    return Counter(
        {(row.item.names["en"], column): count for row in counted.rows for column, count in row.cells.items()}
    )


def brute_years(documents) -> dict:
    years = {}
    for year in {one["starts_on"][:4] for one in documents}:
        of_year = [one for one in documents if one["starts_on"][:4] == year]
        parties = {uid: party for one in of_year for uid, party in one["parties"].items()}
        years[year] = {
            "trips": len(of_year),
            "visits": sum(visit["kind"] != "transfer" for one in of_year for visit in one["programme"]),
            "states": len({iso2 for one in of_year for iso2, state in one["states"].items() if state["member"]}),
            "institutions": sum(party["kind"] == Kind.HOST for party in parties.values()),
            "enterprises": sum(party["kind"] == Kind.ENTERPRISE for party in parties.values()),
            "cities": len({stop["slug"] for one in of_year for stop in one["route"]}),
            "themes": 0,
        }
    return years


def brute_tables(documents) -> tuple[Counter, Counter]:
    states, hosts = Counter(), Counter()
    members = {state["slug"] for one in documents for state in one["states"].values() if state["member"]}
    for one in documents:
        there = [one["states"][iso2] for iso2 in {each["state"] for each in one["delegations"]}]
        received = [each for each in one["parties"].values() if each["kind"] in (Kind.HOST, Kind.ENTERPRISE)]
        for state in there:
            states[state["name"]["en"], one["starts_on"][:4]] += 1
            for host in received if state["slug"] in members else ():
                hosts[host["name"]["en"], state["slug"]] += 1
    return states, hosts

"""The directory: who is listed where, under which name, and what becomes of an earlier address."""

import datetime as dt
import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from institutions.choices import Kind, Type
from institutions.models import Country, Organisation
from tests import cast
from tests.cast import read
from trips.choices import Attendance
from trips.models import Mention, Trip

pytestmark = pytest.mark.django_db


def bare(slug: str, year: int) -> Trip:
    """A trip of two days in January, with nothing on it."""
    first = dt.date(year, 1, 1)
    trip = Trip.objects.create(slug=slug, title_en=f"Trip {slug}", starts_on=first, ends_on=first + dt.timedelta(1))
    trip.reports.create(language="en", summary="Two days.")
    return trip


def check(**which) -> None:
    Organisation.objects.filter(**which).update(checked_at=timezone.now())


def test_only_states_that_were_members_on_the_first_day_are_counted_as_such(client):
    trip = cast.trip()
    timor = cast.country("TL", "Timor-Leste", "东帝汶", joined="2025-10-26")
    bureau = cast.organisation(Kind.ORGANISER, "Bureau of Education", country=Country.objects.get(iso2="CN"))
    embassy = cast.organisation(Kind.EMBASSY, "Embassy of Timor-Leste", country=timor)
    for sender in (bureau, embassy):
        trip.delegations.create(sender=sender, status=Attendance.ATTENDED)
    cast.published(trip)
    assert dict(Mention.objects.filter(subject="state").values_list("key", "member")) == {
        "CN": False, "LA": True, "TL": False, "VN": True,
    }  # fmt: skip
    assert re.search(r"member states took part</a></dt>\s*<dd>2</dd>", read(client, "/en/"))


def test_a_country_that_was_never_a_member_is_called_a_country(client):
    trip = cast.trip()
    bureau = cast.organisation(Kind.ORGANISER, "Bureau of Education", country=Country.objects.get(iso2="CN"))
    trip.delegations.create(sender=bureau, status=Attendance.ATTENDED)
    cast.published(trip)
    assert "<p>Country</p>" in read(client, "/en/member-states/china/")
    assert "<p>Member state</p>" in read(client, "/en/member-states/lao-pdr/")
    assert "Countries on the same trips" in read(client, "/en/member-states/lao-pdr/")
    assert "Member states on the same trips" in read(client, "/en/member-states/china/")


def test_a_country_that_took_part_as_a_member_is_still_called_one(client):
    cast.published(cast.trip())
    Country.objects.filter(iso2="LA").update(joined_asean_on=None)
    assert "<p>Member state</p>" in read(client, "/en/member-states/lao-pdr/")


def test_a_participant_is_listed_where_its_kind_belongs_and_a_host_as_one(client):
    trip = cast.trip()
    guests = [
        cast.organisation(Kind.EMBASSY, "Embassy of Lao PDR"),
        cast.organisation(Kind.MEDIA, "Southern Daily"),
        cast.organisation(Kind.ENTERPRISE, "Maker"),
    ]
    trip.visits.first().participants.add(*guests)
    trip.visits.create(host=cast.organisation(Kind.ORGANISER, "Bureau of Education"))
    cast.published(trip)
    institutions = read(client, "/en/institutions/")
    assert "Embassy of Lao PDR" not in institutions
    assert "Southern Daily" not in institutions
    assert "Bureau of Education" in institutions
    assert "Southern Daily" in read(client, "/en/media-outlets/")
    assert "Maker" in read(client, "/en/enterprises/")


@pytest.mark.parametrize("old", ["lao-pdr", "embassy-of-lao-pdr"], ids=["state", "embassy"])
def test_an_earlier_address_of_a_state_or_an_embassy_leads_to_the_state_in_one_hop(client, old):
    cast.published(cast.trip())
    Organisation.objects.filter(slug="embassy-of-lao-pdr").update(slug="embassy-of-laos")
    Country.objects.filter(iso2="LA").update(slug="laos")
    response = client.get(f"/en/member-states/{old}/")
    assert (response.status_code, response.headers["Location"]) == (301, "/en/member-states/laos/")
    assert client.get(response.headers["Location"]).status_code == 200
    assert client.get("/en/member-states/embassy-of-laos/").status_code == 404  # nobody checked it, and no trip says so
    check(kind=Kind.EMBASSY)
    assert client.get("/en/member-states/embassy-of-laos/").headers["Location"] == "/en/member-states/laos/"


def test_an_embassy_that_was_merged_into_another_leads_to_its_state(client):
    cast.published(cast.trip())
    new = cast.organisation(Kind.EMBASSY, "Lao Embassy", country=Country.objects.get(iso2="LA"))
    Organisation.objects.filter(slug="embassy-of-lao-pdr").update(merged_into=new)
    check(pk=new.pk)
    for slug in ("embassy-of-lao-pdr", "lao-embassy"):
        assert client.get(f"/en/member-states/{slug}/").headers["Location"] == "/en/member-states/lao-pdr/"


def test_an_embassy_of_any_country_that_an_edition_names_leads_to_a_page(client):
    trip = cast.trip()
    country = cast.country("DE", "Germany", "德国", joined=None)
    trip.visits.create(host=cast.organisation(Kind.EMBASSY, "Embassy of Germany", country=country))
    cast.published(trip)
    response = client.get("/en/member-states/embassy-of-germany/")
    assert "<p>Country</p>" in read(client, response.headers["Location"])


def test_an_address_at_which_no_visible_edition_named_a_state_is_not_found(client):
    cast.published(cast.trip())
    cast.country("DE", "Germany", "德国", joined=None)
    cast.organisation(Kind.EMBASSY, "Embassy of Thailand", country=cast.country("TH", "Thailand", "泰国"))
    for slug in ("germany", "embassy-of-thailand", "unknown"):
        assert client.get(f"/en/member-states/{slug}/").status_code == 404


def test_a_states_page_tells_of_an_embassy_that_is_checked_and_named(client):
    lao = cast.country("LA", "Lao PDR", "老挝")
    cast.organisation(Kind.EMBASSY, "Consulate in Kunming", type=Type.CONSULATE, country=lao)
    cast.published(cast.trip())
    path = "/en/member-states/lao-pdr/"
    assert "Embassy of Lao PDR" not in read(client, path)
    check(kind=Kind.EMBASSY)
    page = read(client, path)
    assert "Embassy of Lao PDR" in page
    assert "Kunming" not in page


def test_of_a_record_nobody_checked_neither_address_nor_kind_is_told_but_as_trips_print_it(client):
    cast.published(cast.trip())
    centre = Organisation.objects.filter(slug="asean-china-centre")
    embassy = Organisation.objects.filter(slug="embassy-of-lao-pdr")
    centre.update(slug="secret", kind=Kind.MEDIA)
    embassy.update(slug="secret-embassy", country=Country.objects.get(iso2="CN"))
    assert "ASEAN-China Centre" in read(client, "/en/organisers/asean-china-centre/")
    assert client.get("/en/member-states/embassy-of-lao-pdr/").headers["Location"] == "/en/member-states/lao-pdr/"
    told = "".join(
        read(client, path)
        for path in ("/sitemap-1.xml", "/api/v1/organisations/", "/en/organisers/",
                     "/en/organisers/asean-china-centre/feed/", "/en/member-states/lao-pdr/",
                     "/api/v1/organisations/organiser/asean-china-centre/")
    )  # fmt: skip
    assert "secret" not in told
    assert "/en/organisers/asean-china-centre/" in told
    for path in (
        "media-outlets/secret/",
        "organisers/secret/",
        "member-states/secret-embassy/",
        "member-states/china/",
    ):
        assert client.get(f"/en/{path}").status_code == 404, path
        assert client.get(f"/en/{path}feed/").status_code == 404, path
    check()
    for path in ("/en/organisers/asean-china-centre/", "/en/organisers/asean-china-centre/feed/"):
        assert client.get(path).headers["Location"] == path.replace(
            "organisers/asean-china-centre", "media-outlets/secret"
        )
    assert client.get("/en/member-states/secret-embassy/").headers["Location"] == "/en/member-states/china/"
    assert "/en/media-outlets/secret/" in read(client, "/sitemap-1.xml")


def college_of_two_trips() -> None:
    """Named in 2020 under its old name and in 2024 under its new one; the trip of 2020 was published last."""
    college = cast.organisation(Kind.HOST, "New College")
    college.names.create(kind="former", text="Old College", valid_until=dt.date(2022, 1, 1))
    older, newer = bare("older", 2020), bare("newer", 2024)
    for trip in (newer, older):
        trip.visits.create(host=college)
        cast.published(trip)


def test_the_name_in_the_directory_is_that_of_the_latest_trip_not_of_the_latest_publication(client):
    college_of_two_trips()
    for path in ("/en/institutions/", "/en/institutions/new-college/"):
        page = read(client, path)
        assert "New College" in page, path
        assert "Old College" not in page, path


def test_the_rebuilt_index_gives_the_same_pages(client):
    college_of_two_trips()
    cast.published(cast.trip())
    paths = ("/en/", "/en/institutions/", "/en/institutions/new-college/", "/en/member-states/lao-pdr/")
    before = {path: client.get(path).content for path in paths}
    Mention.objects.all().delete()
    call_command("rebuild_listing", verbosity=0)
    assert {path: client.get(path).content for path in paths} == before

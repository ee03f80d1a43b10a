"""The lists and profiles of the directory: by letter, kind, city and country; with whom; what is shared."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from institutions.choices import Kind, Type
from institutions.models import City, Country, Organisation
from tests import cast
from tests.cast import read
from trips import workflow
from trips.models import Theme, Trip

pytestmark = pytest.mark.django_db


def names(page: str) -> list[str]:
    """The entries of a list, in order."""
    return re.findall(r'<span class="rows__name"><a href="[^"]+">([^<]+)</a>', page)


def letters(page: str) -> list[str]:
    return re.findall(r"<h2>([A-Z#])</h2>", page)


def colleges() -> None:
    """Thirteen hosts in two cities of two countries, all of them checked."""
    china, laos = cast.country("CN", "China", "中国", joined=None), cast.country("LA", "Lao PDR", "老挝")
    nanning = City.objects.create(slug="nanning", name_en="Nanning", name_zh_hans="南宁", country=china)
    vientiane = City.objects.create(slug="vientiane", name_en="Vientiane", name_zh_hans="万象", country=laos)
    trip = cast.trip()
    for number, (name, chinese) in enumerate(
        [("Zhuhai College", "珠海学院"), ("École Polytechnique", "综合理工学院"), ("Beihai School", "北海学校"),
         *((f"Nanning College {one}", f"南宁第{one}学院") for one in range(9))]
    ):  # fmt: skip
        city = vientiane if number == 1 else nanning
        kind = Type.POLYTECHNIC if number == 1 else Type.COLLEGE
        trip.visits.create(host=cast.organisation(Kind.HOST, name, chinese, slug=f"c{number}", city=city, type=kind))
    cast.published(trip)
    Organisation.objects.update(checked_at=timezone.now())


def test_a_list_stands_in_the_order_of_the_alphabet_of_its_language(client):
    colleges()
    page = read(client, "/en/institutions/")
    assert names(page)[:2] == ["Beihai School", "École Polytechnique"]
    assert letters(page) == ["B", "E", "N", "S", "Z"]
    chinese = read(client, "/zh-hans/institutions/")
    assert names(chinese)[0] == "北海学校"
    assert names(chinese)[-2:] == ["珠海学院", "综合理工学院"]
    assert letters(chinese) == ["B", "N", "S", "Z"]


def test_a_list_is_filtered_by_letter_kind_city_and_country_together(client):
    colleges()
    page = read(client, "/en/institutions/")
    assert re.search(r'\?type=college"><span>College</span> <span class="count">11<', page)
    assert re.search(r'\?state=lao-pdr"><span>Lao PDR</span> <span class="count">1<', page)
    filtered = read(client, "/en/institutions/?type=college&city=nanning&letter=Z&x=y")
    assert names(filtered) == ["Zhuhai College"]
    assert 'href="http://testserver/en/institutions/?type=college&amp;city=nanning&amp;letter=Z"' in filtered
    assert 'href="/en/institutions/?type=college&amp;letter=Z"><span>' in filtered  # the chip of the city
    assert '<a href="/en/institutions/?type=college&amp;city=nanning&amp;letter=B">B</a>' in filtered
    assert "noindex" in filtered
    assert names(read(client, "/en/institutions/?state=lao-pdr")) == ["École Polytechnique"]
    nobody = read(client, "/en/institutions/?type=%00&city=atlantis")
    assert "Nobody in this list has all of this." in nobody


def test_a_record_nobody_checked_is_listed_by_its_printed_name_alone(client):
    colleges()
    Organisation.objects.filter(slug="c1").update(checked_at=None, name_en="Unchecked words")
    page = read(client, "/en/institutions/?state=lao-pdr")
    assert names(page) == []
    assert "École Polytechnique" in read(client, "/en/institutions/")


def test_cities_and_themes_have_lists_and_profiles_that_trips_lead_to(client):
    cast.published(cast.trip())
    page = read(client, "/en/trips/guangdong-2024/")
    for path, title in (("cities/shenzhen/", "Shenzhen"), ("themes/vocational-education/", "Vocational education")):
        assert f'href="/en/{path}"' in page
        section = path.partition("/")[0]
        assert names(read(client, f"/en/{section}/")) == [title]
        profile = read(client, f"/en/{path}")
        assert f"{title}</h1>" in profile
        assert "/en/trips/guangdong-2024/" in profile
        assert "/en/institutions/shenzhen-polytechnic-university/" in profile
        assert "/en/member-states/lao-pdr/" in profile
    assert "/en/cities/" in read(client, "/en/")


def test_a_city_or_theme_at_a_new_address_is_found_from_the_old_one(client):
    trip = cast.trip()
    cast.published(trip)
    City.objects.update(slug="shenzhen-city")
    Theme.objects.update(slug="tvet")
    assert client.get("/en/cities/shenzhen/").status_code == 200  # what is published is not changed by it
    cast.published(trip, public_from=timezone.now() - dt.timedelta(days=1))
    for old, new in (("cities/shenzhen/", "cities/shenzhen-city/"), ("themes/vocational-education/", "themes/tvet/")):
        response = client.get(f"/en/{old}")
        assert (response.status_code, response.headers["Location"]) == (301, f"/en/{new}")
        assert client.get(f"/en/{new}").status_code == 200
    workflow.withdraw(trip, by=None, reason_en="Wrong.")
    assert client.get("/en/cities/shenzhen/").status_code == 404


def test_a_profile_says_who_else_was_there_and_what_they_share(client):
    trip = cast.trip()
    college = Organisation.objects.get(slug="shenzhen-polytechnic-university")
    shared = trip.outcomes.create(text_en="A joint workshop.", public=True)
    shared.parties.add(college, Organisation.objects.get(slug="asean-china-centre"))
    kept = trip.outcomes.create(text_en="A private talk.", public=False)
    kept.parties.add(college)
    cast.published(trip)
    for path in ("institutions/shenzhen-polytechnic-university/", "organisers/asean-china-centre/"):
        page = read(client, f"/en/{path}")
        assert "A joint workshop." in page
        assert "/en/enterprises/byd-company-limited/" in page
    assert "A private talk." not in page
    assert "Joint projects." not in page  # of the trip, and nobody's in particular
    assert "A joint workshop." not in read(client, "/en/enterprises/byd-company-limited/")
    stays = cast.organisation(Kind.HOST, "One College", checked_at=timezone.now())
    Organisation.objects.filter(pk=college.pk).update(merged_into=stays)
    assert "A joint workshop." in read(client, "/en/institutions/one-college/")
    workflow.withdraw(trip, by=None, reason_en="Wrong.")
    assert client.get("/en/organisers/asean-china-centre/").status_code == 404


def test_identifiers_are_shown_once_a_record_was_checked(client):
    cast.published(cast.trip())
    college = Organisation.objects.get(slug="shenzhen-polytechnic-university")
    college.ror, college.wikidata = "00d2w9g53", "Q11604282"
    college.full_clean()
    college.save()
    path = "/en/institutions/shenzhen-polytechnic-university/"
    assert "ror.org" not in read(client, path)
    college.checked_at = timezone.now()
    college.save()
    page = read(client, path)
    assert 'href="https://ror.org/00d2w9g53"' in page
    assert 'href="https://www.wikidata.org/wiki/Q11604282"' in page


@pytest.mark.parametrize("wrong", [{"ror": "https://ror.org/00d2w9g53"}, {"ror": "00d2w9g5"}, {"wikidata": "11604282"}])
def test_an_identifier_has_the_form_of_one(wrong):
    with pytest.raises(ValidationError):
        Organisation(kind=Kind.HOST, slug="a", name_en="A", **wrong).full_clean()


def test_a_state_that_was_no_member_then_is_met_as_a_country(client):
    for year in (2024, 2026):
        first = dt.date(year, 1, 1)
        trip = Trip.objects.create(slug=f"of-{year}", title_en="Trip", starts_on=first, ends_on=first)
        trip.reports.create(language="en", summary="A day.")
        for iso2, name, joined in (("TL", "Timor-Leste", "2025-10-26"), ("LA", "Lao PDR", "1997-07-23")):
            country = cast.country(iso2, name, name, joined=joined)
            sender = cast.organisation(Kind.EMBASSY, f"Embassy of {name}", country=country)
            trip.delegations.create(sender=sender, status="attended")
        cast.published(trip)
    assert Country.objects.get(iso2="TL").is_member_on(dt.date(2026, 1, 1))
    assert "Countries on the same trips" in read(client, "/en/member-states/lao-pdr/")

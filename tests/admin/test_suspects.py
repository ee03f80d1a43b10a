"""Records that may be the same, two and two beside each other: merged, or told apart for good."""

import pytest
from django.test import Client
from django.urls import reverse

from exchange import audit
from institutions.choices import Kind
from institutions.models import City, Distinction, Organisation
from tests import cast
from tests.admin.test_uses import signed_in, words_of

pytestmark = pytest.mark.django_db
PAGE, APART = "admin:institutions_organisation_suspects", "admin:institutions_organisation_apart"


@pytest.fixture
def client(db) -> Client:
    return signed_in("Editor")[0]


def twins() -> tuple[Organisation, Organisation]:
    trip = cast.trip()
    twin = cast.organisation(Kind.HOST, "Shenzhen Politechnic University", website="https://szpu.example")
    trip.visits.create(host=twin)
    return Organisation.objects.get(slug="shenzhen-polytechnic-university"), twin


def apart(client: Client, *records, book: str = "organisations", **more):
    asked = {"book": book, "key": [one.pk for one in records], **more}
    return client.post(reverse(APART), asked, follow=True)


def test_two_records_of_one_college_stand_beside_each_other_with_the_reason_and_what_uses_them(client):
    one, twin = twins()
    page = client.get(reverse(PAGE))
    told = words_of(page)
    assert "1 pair of records may be the same" in told
    assert "Nearly the same name" in told
    assert told.count("Used by 1 trip") == 2
    assert "https://szpu.example" in told
    merge = reverse("admin:institutions_hostinstitution_merge", args=[twin.pk]) + f"?into={one.pk}"
    assert merge in page.content.decode()
    assert "What will happen" in client.get(merge).content.decode()


def test_records_that_were_told_apart_are_not_asked_about_again_until_somebody_doubts_it(client):
    one, twin = twins()
    assert "are told apart" in apart(client, twin, one).content.decode()
    noted = Distinction.objects.get()
    assert (noted.by_name, noted.one, noted.other) == ("mei", one.pk, twin.pk)
    told = words_of(client.get(reverse(PAGE)))
    assert "No two records look the same" in told
    assert "Told apart Shenzhen Polytechnic University / Shenzhen Politechnic University mei" in told
    apart(client, one, twin)
    assert audit.trail(one).filter(verb="told_apart").count() == 1
    apart(client, one, twin, do="doubt")
    assert "1 pair of records" in words_of(client.get(reverse(PAGE)))
    assert audit.trail(one).filter(verb="doubted").exists()


def test_cities_and_records_of_different_sections_are_told_apart_and_not_merged(client):
    City.objects.create(slug="a", name_en="Shaoguan", name_zh_hans="韶关")
    City.objects.create(slug="b", name_en="Shao Guan", name_zh_hans="韶关市")
    cast.organisation(Kind.HOST, "Lotus Pond Centre")
    cast.organisation(Kind.ORGANISER, "Lotus Pond Center")
    page = client.get(reverse(PAGE))
    told = words_of(page)
    assert "2 pairs of records" in told
    assert "They are in different sections" in told
    assert "Cities are not merged" in told
    assert "/merge/" not in page.content.decode()
    apart(client, *City.objects.all(), book="cities")
    assert "1 pair of records" in words_of(client.get(reverse(PAGE)))


def test_only_editors_see_the_page_and_tell_apart():
    one, twin = twins()
    contributor, _li = signed_in("Contributor", "li")
    assert contributor.get(reverse(PAGE)).status_code == 403
    assert apart(contributor, one, twin).status_code == 403
    assert not Distinction.objects.exists()
    assert reverse(PAGE) not in contributor.get(reverse("admin:index")).content.decode()
    editor, _mei = signed_in("Editor")
    for address in (reverse("admin:index"), reverse("admin:institutions_city_changelist")):
        assert reverse(PAGE) in editor.get(address).content.decode()
    assert editor.get(reverse(APART)).status_code == 405


@pytest.mark.parametrize("key", ["x", "9" * 30, "-1", "\0", ""])
def test_whatever_is_sent_is_answered(client, key):
    for book in ("organisations", "cities", "x"):
        assert client.post(reverse(APART), {"book": book, "key": [key, "1"]}).status_code == 302
    assert client.get(reverse(PAGE), {"p": key}).status_code == 200


@pytest.mark.parametrize("count", [2, 24])
def test_the_page_costs_the_same_however_many_there_are(client, count, django_assert_max_num_queries):
    trip = cast.trip()
    for number in range(count):
        for times in (5, 6):
            trip.visits.create(host=cast.organisation(Kind.HOST, f"{chr(97 + number) * times}ton College"))
    for one in range(3):
        Distinction.objects.create(model="institutions.organisation", one=one, other=99, at="2025-01-01T00:00Z")
    with django_assert_max_num_queries(40):
        told = words_of(client.get(reverse(PAGE)))
    assert f"{count} pairs of records" in told
    assert told.count("Not the same") == min(count, 20)

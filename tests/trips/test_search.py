"""Search: what is found by which words, in which order, on either database the same; and what is never found."""

import datetime as dt
import re
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from exchange.lib.html import plain
from institutions.models import Name, Organisation
from tests import cast
from tests.trips import searched
from tests.trips.questions import DA_NANG, DALIAN, EXPECTED, MEANT
from trips import indexing
from trips.choices import TripState
from trips.demo import history
from trips.models import Edition, IndexState, SearchName, SearchText, Trip
from trips.search import matching

pytestmark = pytest.mark.django_db

HOSTILE = [
    b"%00", b"%ff%fe", b"%C3%28", b"x" * 10_000, b"%22*NEAR(", b"%25", b"title%3Ax", b"%27%20OR%201%3D1",
    b"a%20b%20c" * 900, "😀".encode(), "\u202eשלום".encode(), b"%22%22", b"-%22x", b"(((", b"NOT", b"x%20AND", b"%5C",
    b"%F0%9F", b"%EF%BF%BF",
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def demonstration(django_db_setup, django_db_blocker):
    """The demonstration, without its photos, and a few more trips, once for all tests here."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setitem(history.PARTS, "photos", lambda *given: None)
        call_command("load_demo", verbosity=0)
        searched.publish()
        yield
        transaction.set_rollback(True)


def asked(client: Client, words: str, language: str = "en", **more) -> str:
    response = client.get(f"/{language}/search/", {"q": words, **more})
    assert response.status_code == 200, words
    return response.content.decode()


def trips(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/[a-z-]+/trips/([^"/]+)', page)


def named(page: str) -> list[str]:
    return re.findall(r'rows__name">(?:<img[^>]*> )?<a href="/[a-z-]+/([^"]+)"', page)


def meant(page: str) -> list[str]:
    part = re.search(r'class="suggest">(.*?)</p>', page, re.S)
    return [unescape(one) for one in re.findall(r">([^<]+)</a>", part[1])] if part else []


def texts(page: str) -> str:
    return plain(page)


@pytest.mark.parametrize("words", EXPECTED)
def test_what_is_found_in_which_order(client, words):
    assert trips(asked(client, words)) == EXPECTED[words]


@pytest.mark.parametrize("words", ["Viet Nam", "職業教育", "SZPT", "polytech"])
def test_both_languages_of_the_site_find_the_same(client, words):
    assert trips(asked(client, words, "zh-hans")) == EXPECTED[words]


@pytest.mark.parametrize("words", ["Vietnam", "Socialist Republic of Viet Nam", "越南", "Vietnam lanterns"])
def test_a_trip_to_a_state_that_sent_nobody_is_found_under_each_of_its_names(client, words):
    made = searched.trip("lanterns-2015", 2015, title_en="Visit to Viet Nam")
    made.reports.create(language="en", summary="Two days among lanterns.")
    cast.published(made, public_from=cast.PUBLISHED_AT)
    assert "lanterns-2015" in trips(asked(client, words))


@pytest.mark.parametrize("words", MEANT)
def test_a_name_that_was_mistyped_is_offered_and_finds_something(client, words):
    page = asked(client, words)
    assert trips(page) == []
    assert meant(page)[0] == MEANT[words]
    assert trips(asked(client, meant(page)[0]))


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("SZPT", "institutions/shenzhen-polytechnic-university/"),
        ("Laos", "member-states/lao-pdr/"),
        ("Đà Nẵng", "cities/da-nang/"),
        ("vocational education", "themes/vocational-education/"),
        ("guangqi jituan", "enterprises/gac-group/"),
        ("ASEAN China Centre", "organisers/asean-china-centre/"),
        ("南方日报", "media-outlets/southern-daily/"),
    ],
)
def test_who_is_named_stands_above_the_trips(client, words, address):
    page = asked(client, words)
    assert named(page)[0] == address
    assert client.get(f"/en/{address}").status_code == 200


def test_the_passage_is_shown_with_the_words_marked_in_the_original(client):
    assert "<mark>training bases</mark> of BYD" in asked(client, "training base")
    assert "<mark>中国—东盟职业教育</mark>" in asked(client, "中国东盟职业教育", "zh-hans")
    assert "<mark>Café</mark> owners" in asked(client, "cafe")


def test_a_name_that_the_edition_does_not_have_is_told_with_the_one_it_has(client):
    page = texts(asked(client, "SZPT"))
    assert "Shenzhen Polytechnic University (SZPT)" in page
    page = asked(client, "Danang Trade School")  # a variant, which is recognised and never shown
    assert texts(page).count("Danang Trade School") == 1  # in the title, as what was asked


def test_it_says_when_a_trip_is_written_in_the_other_language_only(client):
    assert "Only in Chinese" in texts(asked(client, "茶"))
    assert "Only in" not in texts(asked(client, "Dalian"))
    page = asked(client, "bridges", "zh-hans")
    assert re.search(r'<p lang="en">[^<]*<mark>bridges</mark>', page)


def test_the_filters_of_the_list_count_within_what_was_found(client):
    page = asked(client, "Viet Nam", year="2021")
    assert trips(page) == ["guizhou-2021", "dalian-2021"]
    assert "2 trips found" in texts(page)
    for address, count in re.findall(r'<li><a href="/en/search/(\?[^"]+)"[^>]*><span>.*?class="count">(\d+)', page):
        found = client.get(f"/en/search/{unescape(address)}").content.decode()
        assert len(trips(found)) == int(count), address
    assert client.get("/en/search/", {"q": "Viet Nam", "all": "theme"}).status_code == 200
    assert trips(asked(client, "Viet Nam", city="nowhere")) == []


@pytest.mark.parametrize("query", HOSTILE)
def test_whatever_is_typed_is_harmless(client, query):
    response = client.get("/en/search/", QUERY_STRING="q=" + query.decode("latin-1"))
    assert response.status_code == 200
    assert len(response.content) < 60_000
    assert client.get("/en/search/", QUERY_STRING="q=viet&page=999999").status_code == 404


def test_a_question_that_is_too_long_is_cut_and_says_so(client):
    assert "first 100 characters and 8 words" in texts(asked(client, "Guangdong " * 40 + "xyzzy"))
    assert "first 100" not in texts(asked(client, "Guangdong"))


def test_what_was_typed_is_printed_and_does_nothing(client):
    page = asked(client, '<script>alert(1)</script> "><b>Dalian')
    assert "<script" not in page
    assert "<b>Dalian" not in page
    assert 'name="robots" content="noindex"' in page
    assert 'name="robots"' not in client.get("/en/search/").content.decode()


def test_a_common_word_costs_no_more_queries_than_a_rare_one(client, django_assert_max_num_queries):
    for words in ("quetzal feather", "中国", "a the of in and to at on", "university"):
        with django_assert_max_num_queries(27):  # one of them where a state is named
            client.get("/en/search/", {"q": words})


@pytest.mark.parametrize("state", [TripState.SCHEDULED, TripState.EXPIRED, TripState.WITHDRAWN, TripState.REVIEW])
def test_what_is_not_public_now_is_never_found(client, state):
    cast.in_state(state, title_en="Xylophone Trip", title_zh_hans="鹦鹉螺之行")
    secret = cast.organisation("host", "Zymurgy College", "酿造学院", checked_at=timezone.now())
    Trip.objects.get(slug=state.value).visits.create(host=secret)
    for words in ("Xylophone", "鹦鹉螺", "Zymurgy", "niangzao", "Zymurgi College"):
        page = asked(client, words)
        assert (trips(page), named(page), meant(page)) == ([], [], []), words


def test_only_the_edition_that_is_visible_now_is_found(client, monkeypatch):
    trip = cast.trip("twice", title_en="Xylophone Trip")
    cast.published(trip, public_from=timezone.now() - dt.timedelta(days=2))
    Trip.objects.filter(pk=trip.pk).update(title_en="Marimba Trip")
    later = timezone.now() + dt.timedelta(days=2)
    cast.published(Trip.objects.get(pk=trip.pk), public_from=later)
    assert (trips(asked(client, "Xylophone")), trips(asked(client, "Marimba"))) == (["twice"], [])
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert (trips(asked(client, "Xylophone")), trips(asked(client, "Marimba"))) == ([], ["twice"])


def test_names_in_the_address_book_are_found_while_they_are_there_and_checked(client):
    party = Organisation.objects.get(slug="dalian-maritime-university")
    party.names.create(kind="alias", text="Quince Academy")
    assert trips(asked(client, "Quince")) == DALIAN
    Organisation.objects.filter(pk=party.pk).update(checked_at=None)
    assert (trips(asked(client, "Quince")), named(asked(client, "Quince"))) == ([], [])
    assert trips(asked(client, "Dalian Maritime")) == DALIAN  # the edition says so
    Organisation.objects.filter(pk=party.pk).update(checked_at=timezone.now())
    Name.objects.filter(text="Quince Academy")._raw_delete("default")  # behind the back of the index
    assert (trips(asked(client, "Quince")), meant(asked(client, "Quince Acadmy"))) == ([], [])


def test_records_that_nobody_checked_or_no_trip_names_take_the_place_of_none(client):
    """There are more of them than a question looks at, and their names are shorter and as near."""
    party = Organisation.objects.get(slug="dalian-maritime-university")
    party.names.create(kind="alias", text="Quince Academy of the North")
    others = [
        cast.organisation("host", f"Quince {number}", **({"checked_at": timezone.now()} if number % 2 else {}))
        for number in range(matching.CANDIDATES + 10)
    ]
    page = asked(client, "Quince")
    assert (trips(page), named(page)) == (DALIAN, ["institutions/dalian-maritime-university/"])
    for one in others[:80]:
        one.names.create(kind="alias", text=f"Quince Acadamy of the North {one.pk}")
    assert meant(asked(client, "Quince Acadamyy of the Nort")) == ["Quince Academy of the North"]


def test_a_record_that_was_merged_is_found_by_the_names_of_both(client):
    old = Organisation.objects.get(slug="dalian-maritime-university")
    new = cast.organisation("host", "Quince Academy", checked_at=timezone.now())
    Organisation.objects.filter(pk=old.pk).update(merged_into=new)
    for words in ("Quince Academy", "DMU"):
        page = asked(client, words)
        assert (trips(page), named(page)) == (DALIAN, ["institutions/quince-academy/"]), words


def words_kept() -> str:
    """All that the database keeps for search, as far as a file shows it."""
    with connection.cursor() as cursor:
        rows = [str(one) for model in (SearchText, SearchName) for one in model.objects.values_list()]
        if connection.vendor == "sqlite":
            for table in ("trips_searchtext_words_data", "trips_searchname_words_data"):
                cursor.execute(f"SELECT block FROM {table}")  # noqa: S608
                rows += [bytes(block).decode("latin-1") for (block,) in cursor.fetchall()]
    return " ".join(rows)


def test_indexing_an_edition_that_was_rewritten_leaves_no_trace_of_the_old_text(client):
    edition = Edition.objects.get(slug="da-nang-2018")
    assert "bridges" in words_kept()
    Edition.objects.filter(pk=edition.pk).update(
        document=edition.document.replace("ridges", "oats").replace("Huế", "Hue")
    )
    indexing.index(edition.trip)
    assert trips(asked(client, "bridges")) == []
    assert "xbridges" not in " ".join(f"{one.title} {one.names} {one.body}" for one in SearchText.objects.all())
    indexing.rebuild()
    assert "bridges" not in words_kept()
    assert trips(asked(client, "boats")) == DA_NANG


def test_an_upgrade_writes_the_index(client):
    SearchText.objects.all().delete()
    SearchName.objects.all().delete()
    IndexState.objects.update(version=0)
    assert trips(asked(client, "SZPT")) == []
    indexing.ensure()
    for words in ("SZPT", "shenzhenzhiye", "Laos"):
        assert trips(asked(client, words)) == EXPECTED[words]


def test_the_front_page_and_the_page_for_a_missing_one_have_the_field(client):
    for address in ("/en/", "/en/nowhere/", "/zh-hans/search/"):
        assert 'role="search"' in client.get(address).content.decode(), address

"""Names over time: a new name from a day on, what does not fit together, trips that would print another name."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange import audit
from institutions.choices import Kind, NameKind
from institutions.ledger import findings
from institutions.models import Organisation
from institutions.versions import versions
from tests import cast
from tests.admin.test_uses import signed_in, words_of
from trips.models import Trip

pytestmark = pytest.mark.django_db
NAMES = "admin:trips_trip_names"


@pytest.fixture
def client(db) -> Client:
    return signed_in("Editor")[0]


def college() -> Organisation:
    return cast.organisation(Kind.HOST, "Lotus Polytechnic", "莲花职业技术学院", short_en="LP")


def address_of(one: Organisation) -> str:
    return reverse("admin:institutions_hostinstitution_rename", args=[one.pk])


def renamed(client: Client, one: Organisation, on: str = "2023-06-01", **names):
    form = client.get(address_of(one)).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    return client.post(address_of(one), {**sent, "on": on, "source": "Ministry notice 12", **names}, follow=True)


def test_a_new_name_counts_from_its_day_on_and_trips_of_the_time_before_keep_the_old_one(client):
    one = college()
    both = {"name_en": "Lotus Polytechnic University", "name_zh_hans": "莲花职业技术大学", "short_en": "LPU"}
    assert "The new name is recorded" in renamed(client, one, **both).content.decode()
    one.refresh_from_db()
    before, after = one.names_on(dt.date(2023, 5, 31)), one.names_on(dt.date(2023, 6, 1))
    assert before["name"] == {"en": "Lotus Polytechnic", "zh-hans": "莲花职业技术学院"}
    assert before["short"]["en"] == "LP"
    assert after["name"] == {"en": both["name_en"], "zh-hans": both["name_zh_hans"]}
    assert after["short"]["en"] == "LPU"
    assert {*one.names.values_list("source", flat=True)} == {"Ministry notice 12"}
    entry = audit.trail(one).get(verb="renamed")
    assert entry.details["renamed_on"] == "2023-06-01"
    assert (entry.details["before"][0], entry.details["after"][0]) == ("Lotus Polytechnic", both["name_en"])
    renamed(client, one, on="2025-01-01", name_en="Lotus University")
    assert one.names.get(text=both["name_en"]).valid_from == dt.date(2023, 6, 1)
    assert findings(Organisation.objects.get(pk=one.pk)) == []


def test_it_can_be_undone_row_for_row(client):
    one = college()
    before = versions.snapshot(Organisation, one.pk)
    page = renamed(client, one, name_en="Lotus Polytechnic University")
    way = page.content.decode().split("Undo it")[0].rpartition('href="')[2].partition('"')[0]
    seen = client.get(way)
    assert "Lotus Polytechnic" in words_of(seen)
    client.post(way, {"seen": seen.context["seen"]})
    assert versions.snapshot(Organisation, one.pk) == before


@pytest.mark.parametrize(
    ("on", "names", "words"),
    [
        ("2023-06-01", {}, "Change at least one name"),
        ("2999-01-01", {"name_en": "New"}, "Record it when the day has come"),
        ("2010-01-01", {"name_en": "New"}, "choose a later day"),
        ("2023-06-01", {"name_en": ""}, "This field is required"),
        ("x", {"name_en": "New"}, "Enter a valid date"),
        ("2023-06-01", {"name_en": "New", "digest": "x"}, "changed meanwhile"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(client, on, names, words):
    one = college()
    one.names.create(kind=NameKind.FORMER, text="Lotus School", valid_until="2012-08-31")
    assert words in words_of(renamed(client, one, on=on, **names))
    one.refresh_from_db()
    assert (one.name_en, one.names.count()) == ("Lotus Polytechnic", 1)


def test_overlaps_and_gaps_are_told_on_the_form_and_stop_nobody(client):
    one = college()
    for text, since, until in (
        ("A", None, "2000-01-31"),
        ("B", "2000-01-15", "2005-01-01"),
        ("C", "2006-01-01", "2010-01-01"),
    ):
        one.names.create(kind=NameKind.FORMER, text=text, valid_from=since, valid_until=until)
    one.names.create(kind=NameKind.FORMER, language="zh-hans", text="莲花职业技术学院", valid_until="2999-01-01")
    told = client.get(reverse("admin:institutions_hostinstitution_change", args=[one.pk])).content.decode()
    assert "“A” and “B” are both valid on some days." in told
    assert "Between “B” and “C” there are days without a name." in told
    assert "has an end that is still ahead" in told
    assert "is the current name, and the last one before it" in told
    assert findings(cast.organisation(Kind.HOST, "Other")) == []


def test_trips_whose_next_edition_would_print_another_name_are_listed_for_those_who_work_on_them(client):
    trip = cast.trip()
    cast.published(trip)
    Trip.objects.filter(pk=trip.pk).update(title_en="A trip to look at")
    assert "names that are public now" in words_of(client.get(reverse(NAMES)))
    host = Organisation.objects.get(slug="shenzhen-polytechnic-university")
    renamed(client, host, on=f"{timezone.localdate():%Y-%m-%d}", name_en="Lotus University")
    assert "names that are public now" in words_of(client.get(reverse(NAMES)))
    Organisation.objects.filter(pk=host.pk).update(name_en="Peony University")
    host.names.all().delete()
    told = words_of(client.get(reverse(NAMES)))
    assert "A trip to look at" in told
    assert "Shenzhen Polytechnic University → Peony University" in told
    today = client.get(reverse("admin:index")).content.decode()
    assert reverse(NAMES) in today
    stranger, _li = signed_in("Contributor", "li")
    assert "Peony" not in words_of(stranger.get(reverse(NAMES)))


def test_whoever_may_not_edit_the_address_book_renames_nothing():
    one, (contributor, _li) = college(), signed_in("Contributor", "li")
    assert contributor.get(address_of(one)).status_code == 403
    assert contributor.post(address_of(one), {"name_en": "X", "on": "2023-01-01"}).status_code == 403

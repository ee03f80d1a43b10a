"""Lists that are taken away: as they are filtered, as far as the person may see, and nothing in them runs."""

import csv
import io
import json

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from exchange.models import AuditEntry
from exchange.transfer import files
from institutions.choices import Kind, NameKind
from institutions.models import City, HostInstitution, Name
from tests import cast
from tests.admin.test_desk import client
from trips.models import DelegateContact

__all__ = ["client"]

pytestmark = pytest.mark.django_db
HOSTS = "/admin/institutions/hostinstitution/export/"
TRIPS = "/admin/trips/trip/export/"


def member(role: str) -> tuple[Client, User]:
    user = User.objects.create_user(role.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client, user


def taken(client: Client, address: str, sheet: str, form: str = "json") -> bytes:
    answer = client.post(address, {"sheet": sheet, "format": form})
    assert answer.status_code == 200, answer
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{sheet}-')
    assert "no-store" in answer["Cache-Control"]
    return b"".join(answer.streaming_content)


@pytest.fixture
def hosts():
    city = City.objects.create(slug="chiang-mai", name_en="Chiang Mai", name_zh_hans="清迈")
    return [
        HostInstitution.objects.create(kind=Kind.HOST, slug=slug, name_en=name, name_zh_hans=chinese, city=city)
        for slug, name, chinese in (("cmu", "Chiang Mai University", "清迈大学"), ("evil", "=HYPERLINK(1)", "邪恶"))
    ]


def test_the_filtered_list_in_three_forms_says_the_same(client, hosts):
    address = f"{HOSTS}?q=Chiang"
    assert "The list as it is filtered: 1 record." in client.get(address).content.decode()
    values = json.loads(taken(client, address, "organisations"))
    assert [(one["name_en"], one["name_zh_hans"], one["city"], one["kind"]) for one in values] == [
        ("Chiang Mai University", "清迈大学", "Chiang Mai", "host")
    ]
    lines = list(
        csv.reader(io.StringIO(taken(client, address, "organisations", "csv").decode("utf-8-sig"), newline=""))
    )
    book = load_workbook(io.BytesIO(taken(client, address, "organisations", "xlsx"))).active
    assert [[cell or "" for cell in row] for row in book.iter_rows(values_only=True)] == lines
    assert "清迈大学" in lines[1]


def rows(content: bytes) -> list[list]:
    """The cells of a workbook or of a CSV file."""
    if content.startswith(b"PK"):
        return [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_name_that_looks_like_a_formula_stays_text(client, hosts):
    for form in ("csv", "xlsx"):
        assert "'=HYPERLINK(1)" in {cell for row in rows(taken(client, HOSTS, "organisations", form)) for cell in row}


def test_heading_and_cells_are_in_the_language_of_the_desk(client, hosts):
    client.post(reverse("set_language"), {"language": "zh-hans", "next": "/admin/"})
    for form in ("csv", "xlsx"):
        heading, first, *_rest = rows(taken(client, HOSTS, "organisations", form))
        assert heading[:4] == ["记录", "栏目", "正式名称（英文）", "正式名称（中文）"]
        assert first[1] == "接待院校"
        assert first[-1] == "否"


def test_further_names_go_with_their_organisations(client, hosts):
    Name.objects.create(organisation=hosts[0], kind=NameKind.ACRONYM, text="CMU")
    assert [(one["name"], one["text"]) for one in json.loads(taken(client, f"{HOSTS}?q=Chiang", "names"))] == [
        ("Chiang Mai University", "CMU")
    ]


def test_a_contributor_takes_own_trips_alone_and_nobody_but_an_administrator_private_data():
    trip = cast.trip()
    person = trip.delegates.create(name_en="A Diplomat")
    DelegateContact.objects.create(delegate=person, email="a@example.org", phone="+86 10 1")
    contributor, _user = member("Contributor")
    assert json.loads(taken(contributor, TRIPS, "trips")) == []
    assert json.loads(taken(contributor, TRIPS, "people")) == []
    for role, sees in (("Editor", False), ("Administrator", True)):
        client, _user = member(role)
        for form in files.Format.values:
            content = taken(client, TRIPS, "people", form)
            words = " ".join(str(cell) for row in rows(content) for cell in row) if form == "xlsx" else content.decode()
            assert "A Diplomat" in words
            assert ("a@example.org" in words) is sees, (role, form)


@pytest.mark.parametrize("sheet", ["trips", "delegations", "people", "programme", "coverage", "outcomes"])
def test_every_sheet_of_the_trips_costs_the_same_for_many(client, sheet, django_assert_max_num_queries):
    cast.trip()
    with django_assert_max_num_queries(23):
        assert json.loads(taken(client, TRIPS, sheet)) or sheet == "outcomes"


def test_that_a_list_was_taken_is_noted(client, hosts):
    taken(client, f"{HOSTS}?q=Chiang", "organisations")
    entry = AuditEntry.objects.get(verb="exported")
    assert entry.details == {"sheet": "organisations", "filters": {"q": "Chiang"}, "rows": 1}


def test_a_workbook_of_too_many_rows_says_what_to_do(client, hosts, monkeypatch):
    monkeypatch.setattr("exchange.transfer.exporting.WORKBOOK_ROWS", 1)
    answer = client.post(HOSTS, {"sheet": "organisations", "format": "xlsx"}, follow=True)
    assert "too many for a workbook" in answer.content.decode()
    assert not AuditEntry.objects.filter(verb="exported").exists()


def test_the_list_leads_to_its_export_with_its_filters(client, hosts):
    page = client.get("/admin/institutions/hostinstitution/?q=Chiang&p=1").content.decode()
    assert f'href="{HOSTS}?q=Chiang"' in page

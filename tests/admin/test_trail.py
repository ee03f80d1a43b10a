"""The audit trail of the site: what stands in it, how it is searched, read and taken away."""

import csv
import datetime as dt
import io
import json

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from exchange import audit, trail_admin
from exchange.models import AuditEntry
from institutions.choices import Kind
from institutions.models import HostInstitution
from tests import cast
from tests.admin.test_desk import client, form_of
from trips import workflow
from trips.models import Trip

__all__ = ["client"]

pytestmark = pytest.mark.django_db
LIST = "/admin/exchange/auditentry/"
EXPORT = f"{LIST}export/"


@pytest.fixture
def mei(client):
    return User.objects.get(username="mei")


def member(name: str, role: str, **more) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", is_staff=True, **more)
    user.groups.add(Group.objects.get(name=role))
    return user


def at(entry: AuditEntry, moment: dt.datetime) -> None:
    AuditEntry.objects.filter(pk=entry.pk).update(at=moment)


def found(client: Client, **asked: str) -> list[str]:
    """The records of the filtered list."""
    page = client.get(LIST, asked)
    assert page.status_code == 200
    return [one.label for one in page.context["cl"].result_list]


def table(response) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def acts() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", "label"))


# Reading


def test_an_entry_reads_as_a_sentence_with_what_was_said_and_leads_to_its_record(client, mei):
    trip = cast.trip(title_en="A trip & more")
    cast.published(trip, by=None)
    User.objects.filter(pk=mei.pk).update(first_name="Mei", last_name="Lin")
    mei.refresh_from_db()
    audit.record("send_back", trip, by=mei, comment="<script>alert(1)</script>\nSecond line.", before="review")
    page = client.get(LIST).content.decode()
    record = f'<a href="{reverse("admin:trips_trip_change", args=[trip.pk])}">A trip &amp; more</a>'
    assert f"<b>A command</b> published edition 1 of {record}" in page
    assert f"<b>Mei Lin</b> sent {record} back" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_what_is_gone_is_named_without_a_link(client, mei):
    trip = cast.trip()
    audit.record("submit", trip, by=mei)
    Trip.objects.all().delete()
    audit.record("submit", HostInstitution(pk=7, name_en="A college"), by=None)
    AuditEntry.objects.update(label="Gone")
    AuditEntry.objects.create(at=timezone.now(), verb="later_verb", model="no.more", record="x", label="Of old")
    page = client.get(LIST).content.decode()
    assert "submitted <b>Gone</b> for review" in page
    assert "<b>A command</b>: later_verb, <b>Of old</b>" in page


def test_a_record_that_somebody_may_not_see_is_no_link():
    trip = cast.trip()
    audit.record("submit", trip, by=None)
    reader = member("reader", "Contributor")
    reader.user_permissions.add(Permission.objects.get(codename="view_auditentry"))
    client = Client()
    client.force_login(reader)
    assert reverse("admin:trips_trip_change", args=[trip.pk]) not in client.get(LIST).content.decode()


def test_the_page_of_an_entry_says_everything_in_words(client):
    trip = cast.trip()
    edition = cast.published(trip, public_from=dt.datetime(2024, 11, 1, 17, tzinfo=dt.UTC))
    entry = AuditEntry.objects.get(verb="publish")
    at(entry, dt.datetime(2026, 5, 12, 22, 30, 5, tzinfo=dt.UTC))
    page = client.get(f"{LIST}{entry.pk}/change/").content.decode()
    assert "13 May 2026, 06:30:05 (Asia/Shanghai) · 2026-05-12 22:30:05 UTC" in page
    assert "<dt>Before</dt><dd>In review</dd>" in page
    assert f"<dt>Digest</dt><dd>{edition.digest}</dd>" in page
    assert "<b>2 November 2024, 01:00</b> Asia/Shanghai</time><small> · <span>1 November 2024, 17:00 UTC</span>" in page
    assert "&quot;digest&quot;" not in page
    short = client.get(LIST).content.decode()
    assert edition.digest[:8] in short
    assert edition.digest not in short


# Asking


def test_filters_combine(client, mei):
    days = {"old": 400, "month": 20, "week": 5, "now": 0}
    for name, ago in days.items():
        entry = audit.record("submit", HostInstitution(pk=1, name_en=name), by=mei if ago < 10 else None)
        at(entry, timezone.now() - dt.timedelta(days=ago))
    audit.record("approve", mei, by=mei, comment="东盟 words")
    assert found(client, verb="submit") == ["now", "week", "month", "old"]
    assert found(client, verb="approve") == ["mei"]
    assert found(client, by=str(mei.pk), verb="submit") == ["now", "week"]
    assert found(client, by="command") == ["month", "old"]
    assert found(client, by="gone") == []
    assert found(client, kind="auth.user") == ["mei"]
    assert found(client, period="today", verb="submit") == ["now"]
    assert found(client, period="week", verb="submit") == ["now", "week"]
    assert found(client, period="month", verb="submit") == ["now", "week", "month"]
    assert found(client, q="东盟") == ["mei"]
    first, last = (f"{timezone.localdate() - dt.timedelta(days=ago)}" for ago in (20, 5))
    assert found(client, **{"from": first, "to": last}) == ["week", "month"]
    assert found(client, **{"from": first, "by": str(mei.pk), "verb": "submit"}) == ["now", "week"]


def test_a_day_is_the_desks_own_and_the_last_one_counts(client):
    entry = audit.record("submit", HostInstitution(pk=1, name_en="late"), by=None)
    at(entry, dt.datetime(2026, 5, 12, 15, 59, 59, tzinfo=dt.UTC))  # a second before midnight in Shanghai
    assert found(client, **{"from": "2026-05-12", "to": "2026-05-12"}) == ["late"]
    assert found(client, **{"from": "2026-05-13"}) == []
    at(entry, timezone.localtime().replace(month=1, day=1, hour=0, minute=0))
    assert found(client, period="year") == ["late"]


@pytest.mark.parametrize("asked", ["from=x", "from=2026-02-31", "to=9999-12-31", "from=0001-01-01", "period=x",
                                   "by=x", "by=999999999999999999999", "verb=x", "kind=%00", "q=%00"])  # fmt: skip
def test_the_trail_answers_whatever_its_address_asks(client, asked):
    audit.record("submit", cast.trip(), by=None)
    for address in (f"{LIST}?{asked}", f"{EXPORT}?{asked}"):
        response = client.get(address) if address.startswith(f"{LIST}?") else client.post(address)
        assert response.status_code in (200, 302)


@pytest.mark.parametrize("count", [1, 120])
def test_the_trail_costs_the_same_whatever_its_length(client, mei, count, django_assert_num_queries):
    trip = cast.trip()
    with zeal_ignore():
        for number in range(count):
            audit.record("submit", trip, by=mei, comment=f"No. {number}")
    client.get(LIST)
    with django_assert_num_queries(9):
        assert client.get(LIST).status_code == 200


# Taking away


def test_the_table_is_the_filtered_list_and_says_itself_that_it_was_taken(client, mei, monkeypatch):
    monkeypatch.setattr(trail_admin, "CHUNK", 2)
    trip = cast.trip(title_zh_hans="广东职教行")
    moment = timezone.now()
    for number in range(7):
        at(audit.record("submit", trip, by=mei, comment=f"东盟 {number}", digest="ab"), moment)
    audit.record("approve", trip, by=None)
    response = client.post(f"{EXPORT}?verb=submit&q=东盟")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    rows = table(response)
    assert [one["comment"] for one in rows] == [f"东盟 {number}" for number in reversed(range(7))]
    assert (rows[0]["by"], rows[0]["account"], rows[0]["verb"]) == ("mei", "mei", "submit")
    assert dt.datetime.fromisoformat(rows[0]["at"]) == moment
    assert rows[0]["at"].endswith("+08:00")
    assert json.loads(rows[0]["data"]) == {"digest": "ab"}
    assert rows[0]["details"] == "Digest: ab"
    own = AuditEntry.objects.get(verb="audit_exported")
    assert (own.by, own.details) == (mei, {"filters": {"verb": "submit", "q": "东盟"}, "entries": 7})
    assert "audit_exported" not in {one["verb"] for one in table(client.post(EXPORT))[1:]}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_table_is_a_formula(client, mei, start):
    said = f'{start}HYPERLINK("http://evil.example","x"),"\r\n"=1+1\n<script>'
    User.objects.filter(pk=mei.pk).update(first_name=f"{start}Mei")
    mei.refresh_from_db()
    audit.record("submit", HostInstitution(pk=1, name_en=f"{start}1+1"), by=mei, comment=said)
    (row,) = table(client.post(EXPORT))
    assert row["comment"] == f"'{said}".replace('"=1', "\"'=1")
    assert row["label"].startswith("'")
    assert row["by"].startswith("'") or start in "\t\r"  # a name has no such ends


@pytest.mark.parametrize("role", ["Contributor", "Editor", "Publisher"])
def test_the_trail_is_for_those_who_may_see_it(role):
    client = Client()
    client.force_login(member("somebody", role))
    assert client.get(LIST).status_code == 403
    assert client.post(EXPORT).status_code == 403
    assert not AuditEntry.objects.exists()
    assert Client().post(EXPORT).status_code == 302


def test_a_link_alone_takes_nothing_away(client):
    assert client.get(f"{EXPORT}?verb=submit").headers["Location"] == f"{LIST}?verb=submit"
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="mei"))
    assert strict.post(EXPORT).status_code == 403
    assert not AuditEntry.objects.exists()


# Acts of administration


def change_user(client, user: User, **values) -> None:
    address = reverse("admin:auth_user_change", args=[user.pk])
    with zeal_ignore():
        data = form_of(client, address) | values
        data = {name: value for name, value in data.items() if value is not None}
        assert client.post(address, data).status_code == 302


def test_what_somebody_may_do_is_noted_with_old_and_new(client, mei):
    ivy = member("ivy", "Contributor")
    roles = {name: Group.objects.get(name=name).pk for name in ("Contributor", "Publisher")}
    change_user(client, ivy, groups=[*roles.values()])
    (entry,) = AuditEntry.objects.all()
    assert (entry.verb, entry.label, entry.by) == ("roles_changed", "ivy", mei)
    assert entry.details == {"before": ["Contributor", "staff"], "after": ["Contributor", "Publisher", "staff"]}
    page = client.get(LIST).content.decode()
    assert "Contributor, may open the desk → Contributor, Publisher, may open the desk" in page
    change_user(client, ivy, first_name="Ivy")
    assert AuditEntry.objects.count() == 1


def test_closing_and_opening_an_account_is_noted(client):
    ivy = member("ivy", "Contributor")
    change_user(client, ivy, is_active=None)
    change_user(client, ivy, is_active="on")
    assert acts() == [("account_closed", "ivy"), ("account_opened", "ivy")]


@zeal_ignore()
def test_a_password_set_by_an_administrator_is_noted_and_not_told(client):
    ivy = member("ivy", "Contributor")
    address = reverse("admin:auth_user_password_change", args=[ivy.pk])
    wrong = {"password1": "orchid-lantern-42", "password2": "something else", "usable_password": "true"}
    client.post(address, wrong)
    assert acts() == []
    client.post(address, wrong | {"password2": "orchid-lantern-42"})
    assert acts() == [("password_set", "ivy")]
    assert "lantern" not in str(AuditEntry.objects.values())
    ivy.refresh_from_db()
    assert ivy.password not in str(AuditEntry.objects.values())


@zeal_ignore()
def test_a_new_account_is_noted(client):
    asked = {"username": "new", "password1": "orchid-lantern-42", "password2": "orchid-lantern-42",
             "usable_password": "true"}  # fmt: skip
    assert client.post(reverse("admin:auth_user_add"), asked).status_code == 302
    assert acts() == [("account_made", "new")]


def test_an_invitation_is_noted():
    call_command("invite", "ivy@example.org", role="editor", stdout=io.StringIO())
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.label, entry.by, entry.details) == (
        "invited",
        "ivy@example.org",
        None,
        {"role": "Editor"},
    )


@zeal_ignore()
def test_what_a_role_may_do_is_noted(client):
    group = Group.objects.create(name="Guests")
    right = Permission.objects.get(codename="view_trip")
    address = reverse("admin:auth_group_change", args=[group.pk])
    for rights in ([right.pk], [right.pk], []):
        assert client.post(address, form_of(client, address) | {"permissions": rights}).status_code == 302
    given, taken = AuditEntry.objects.order_by("pk")
    assert (given.verb, given.details) == ("rights_changed", {"added": ["trips.view_trip"], "removed": []})
    assert taken.details == {"added": [], "removed": ["trips.view_trip"]}


@zeal_ignore()
def test_what_is_deleted_is_named_a_row_each(client, mei):
    trip = cast.trip()
    key = trip.pk
    client.post(reverse("admin:trips_trip_delete", args=[trip.pk]), {"post": "yes"})
    colleges = [cast.organisation(Kind.HOST, f"College {number}") for number in range(2)]
    asked = {"action": "delete_selected", "_selected_action": [one.pk for one in colleges], "post": "yes"}
    client.post(reverse("admin:institutions_hostinstitution_changelist"), asked)
    client.post(reverse("admin:auth_user_delete", args=[member("ivy", "Editor").pk]), {"post": "yes"})
    assert sorted(acts()) == [
        ("deleted", "College 0"),
        ("deleted", "College 1"),
        ("deleted", "Exchange Trip to Guangdong"),
        ("deleted", "ivy"),
    ]
    first = AuditEntry.objects.order_by("pk")[0]
    assert (first.model, first.record, first.by) == ("trips.trip", str(key), mei)


@zeal_ignore()
def test_what_cannot_be_deleted_is_not_named(client):
    trip = cast.trip()
    workflow.submit(trip, by=None)
    client.post(reverse("admin:trips_trip_delete", args=[trip.pk]), {"post": "yes"})
    assert Trip.objects.exists()
    assert {verb for verb, _label in acts()} == {"submit"}

"""Review links at the desk: who makes them, what is seen of them, and the print for a signature."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchange.models import AuditEntry
from tests import cast
from tests.admin.test_rights import staff
from trips import review_links, workflow
from trips.models import Candidate, ReviewLink, Trip

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> User:
    return User.objects.create_superuser("mei", "mei@example.org", "x", first_name="Mei", last_name="Lin")


@pytest.fixture
def client(mei) -> Client:
    client = Client()
    client.force_login(mei)
    return client


@pytest.fixture
def trip() -> Trip:
    return cast.trip()


@pytest.fixture
def candidate(trip, mei) -> Candidate:
    return workflow.submit(trip, by=mei)


def address(name: str, trip: Trip, *more: str) -> str:
    return reverse(f"admin:trips_trip_{name}", args=[trip.pk, *more])


def words(response: Any) -> str:
    return response.content.decode()


def said(link: ReviewLink, digest: str, text: str = "The date is wrong.") -> Any:
    return review_links.remark(link, digest=digest, section="programme", text=text, name="Somphone")


def test_the_address_is_shown_once(client, trip, candidate):
    page = address("review_links", trip)
    response = client.post(page, {"act": "make", "for_whom": "Embassy of Lao PDR", "days": "7"})
    shown = re.search(r"http://testserver(/review/[\w-]{43})", words(response))
    assert Client().get(f"{shown[1]}/en/").status_code == 200
    assert shown[1] not in words(client.get(page))
    assert shown[1] not in str([*client.session.items()])
    link = ReviewLink.objects.get()
    assert (link.for_whom, link.made_by.username, (link.expires_at - link.made_at).days) == (
        "Embassy of Lao PDR", "mei", 7,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("for_whom", "", "required"), ("for_whom", "a\x00b", "ull characters"), ("days", "91", "less than or equal"),
        ("days", "0", "greater than or equal"), ("days", "x", "whole number"),
    ],
)  # fmt: skip
def test_a_link_that_cannot_be_made_is_refused_at_its_field(client, trip, candidate, field, value, sentence):
    data = {"act": "make", "for_whom": "Somebody", "days": "7", field: value}
    assert sentence in words(client.post(address("review_links", trip), data))
    assert not ReviewLink.objects.exists()


def test_without_a_submission_there_is_no_link(client, trip):
    page = address("review_links", trip)
    assert "Nothing is under review" in words(client.get(page))
    client.post(page, {"act": "make", "for_whom": "Somebody", "days": "7"})
    assert not ReviewLink.objects.exists()


def test_what_readers_did_and_said_stands_there(client, trip, candidate):
    link, token = review_links.make(trip, by=None, for_whom="Embassy of Lao PDR")
    page = address("review_links", trip)
    assert "Not opened yet" in words(client.get(page))
    Client().get(f"/review/{token}/en/")
    one = said(link, candidate.digest)
    review_links.agree(link, digest=candidate.digest, name="Somphone")
    text = words(client.get(page))
    for expected in (
        "Opened once",
        "The date is wrong.",
        "Programme",
        "Somphone agreed",
        "to the present text",
        "1 open",
    ):
        assert expected in text
    assert "1 remark from reviewers is open" in words(client.get(address("change", trip)))
    client.post(page, {"act": "done", "row": one.pk})
    text = words(client.get(page))
    assert "Done by Mei Lin" in text
    assert "remark from reviewers is open" not in words(client.get(address("change", trip)))
    client.post(page, {"act": "reopen", "row": one.pk})
    assert "1 open" in words(client.get(page))
    trip.title_en = "Another"
    trip.save()
    workflow.submit(trip, by=None)
    text = words(client.get(page))
    assert "to a former text" in text
    assert "on a former text" in text
    client.post(page, {"act": "revoke", "row": link.pk})
    assert "Revoked by Mei Lin" in words(client.get(page))
    assert Client().get(f"/review/{token}/en/").status_code == 404


def test_the_form_still_says_who_submitted(client, trip, candidate):
    """What readers say is in the audit trail too, and is not what the trip's state comes from."""
    said(review_links.make(trip, by=None, for_whom="Somebody")[0], candidate.digest)
    assert "Mei Lin submitted this for review" in words(client.get(address("change", trip)))


def test_the_publish_page_names_who_agreed_to_exactly_this(client, trip, candidate):
    link, _token = review_links.make(trip, by=None, for_whom="Embassy of Lao PDR")
    review_links.agree(link, digest=candidate.digest, name="Somphone")
    assert "Somphone (Embassy of Lao PDR)" in words(client.get(address("publish", trip)))
    trip.title_en = "Another"
    trip.save()
    workflow.submit(trip, by=None)
    assert "Somphone" not in words(client.get(address("publish", trip)))


def test_the_audit_trail_says_it_in_words(client, trip, candidate):
    link, _token = review_links.make(trip, by=None, for_whom="Somebody")
    review_links.settle(said(link, candidate.digest), by=None)
    review_links.agree(link, digest=candidate.digest, name="Somphone")
    review_links.revoke(link, by=None)
    text = words(client.get(reverse("admin:exchange_auditentry_changelist")))
    for expected in (
        "made a review link",
        "remarked on",
        "settled a remark",
        "agreed to",
        "ended a review link",
        "Somphone",
    ):
        assert expected in text


@pytest.mark.parametrize("count", [1, 6])
def test_the_page_costs_the_same_whatever_was_said(client, trip, candidate, count, django_assert_num_queries, mei):
    for number in range(count):
        link, _token = review_links.make(trip, by=mei, for_whom=f"Office {number}")
        review_links.note_visit(link, candidate.digest, timezone.now())
        review_links.agree(link, digest=candidate.digest, name="Somphone")
        review_links.settle(said(link, candidate.digest), by=mei)
    with django_assert_num_queries(8):
        assert client.get(address("review_links", trip)).status_code == 200


# Rights


def acts(trip: Trip, link: ReviewLink, remark: Any) -> list[dict[str, Any]]:
    return [
        {"act": "make", "for_whom": "Friends", "days": "7"},
        {"act": "done", "row": remark.pk},
        {"act": "revoke", "row": link.pk},
    ]


@pytest.mark.parametrize(
    ("role", "own", "allowed"),
    [("Contributor", True, True), ("Contributor", False, False), ("Editor", False, True), ("Publisher", False, True)],
)
def test_who_makes_ends_and_answers(trip, candidate, role, own, allowed):
    user = User.objects.create_user("ivy", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    Trip.objects.filter(pk=trip.pk).update(owner=user if own else None)
    ivy = Client()
    ivy.force_login(user)
    link, _token = review_links.make(trip, by=None, for_whom="Somebody")
    remark = said(link, candidate.digest)
    before = AuditEntry.objects.count()
    for data in acts(trip, link, remark):
        status = ivy.post(address("review_links", trip), data).status_code
        assert status in ((200, 302) if allowed else (403, 404)), data
    assert AuditEntry.objects.count() - before == (3 if allowed else 0)


def test_who_may_only_look_sees_it_and_changes_nothing(trip, candidate):
    reader = staff("view_trip")
    link, _token = review_links.make(trip, by=None, for_whom="Embassy of Lao PDR")
    remark = said(link, candidate.digest)
    text = words(reader.get(address("review_links", trip)))
    assert "The date is wrong." in text
    assert 'value="make"' not in text
    assert 'value="revoke"' not in text
    for data in acts(trip, link, remark):
        assert reader.post(address("review_links", trip), data).status_code == 403


def test_rows_of_another_trip_are_out_of_reach(client, trip, candidate):
    theirs = cast.trip("another")
    other = workflow.submit(theirs, by=None)
    link, _token = review_links.make(theirs, by=None, for_whom="Somebody")
    remark = said(link, other.digest)
    page = address("review_links", trip)
    wrong = [("revoke", link.pk), ("done", remark.pk), ("done", "x"), ("done", "9" * 30), ("nothing", 1), ("", 1)]
    for act, row in wrong:
        assert client.post(page, {"act": act, "row": row}).status_code == 404, (act, row)
    assert ReviewLink.objects.get().revoked_at is None


# The print


@pytest.mark.parametrize(("language", "text"), [("en", "They came."), ("zh-hans", "他们来了。")])
def test_the_print_carries_digest_submitter_and_lines_to_sign(client, trip, candidate, language, text):
    Trip.objects.filter(pk=trip.pk).update(title_en="Slipped in later")
    response = client.get(address("print", trip, language))
    page = words(response)
    assert "no-store" in response.headers["Cache-Control"]
    assert text in page
    assert "Slipped in later" not in page
    assert "Mei Lin" in page
    assert page.count(" ".join(re.findall("." * 8, candidate.digest))) == 2
    assert page.count(candidate.digest) == 1
    assert page.count("<dd></dd>") == 4
    assert '<meta name="robots" content="noindex">' in page


def test_there_is_a_print_only_of_what_is_under_review(client, trip):
    assert client.get(address("print", trip, "en")).status_code == 404
    workflow.submit(trip, by=None)
    assert client.get(address("print", trip, "fr")).status_code == 404

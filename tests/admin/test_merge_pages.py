"""Merging on the desk, by what people see; who may; and what the public pages say afterwards."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from exchange import audit
from institutions.choices import Kind
from institutions.models import HostInstitution, Organisation
from tests import cast
from tests.admin.test_uses import signed_in, words_of
from trips import workflow
from trips.models import Trip

pytestmark = pytest.mark.django_db
LIST = "admin:institutions_hostinstitution_changelist"


@pytest.fixture
def client(db) -> Client:
    return signed_in("Editor")[0]


def pair() -> tuple[Organisation, Organisation]:
    trip = cast.trip()
    loser = cast.organisation(Kind.HOST, "SZ Polytechnic", founded=1993)
    trip.visits.create(host=loser, position=9)
    return loser, Organisation.objects.get(slug="shenzhen-polytechnic-university")


def merge_of(loser: Organisation, survivor: Organisation) -> str:
    return reverse("admin:institutions_hostinstitution_merge", args=[loser.pk]) + f"?into={survivor.pk}"


def undo_of(survivor: Organisation) -> str:
    entry = audit.trail(survivor).filter(verb="merge").first()
    return reverse("admin:institutions_hostinstitution_unmerge", args=[survivor.pk, entry.pk])


def confirmed(client: Client, address: str, **more) -> dict:
    """What the page would send: its digest, and the value that stays in every field."""
    context = client.get(address).context
    fields = {one.name: "survivor" for one in context["form"].choices} if "form" in context else {}
    return {**fields, "digest": context["what"].digest, **more}


def test_two_records_become_one_and_two_again(client):
    loser, survivor = pair()
    Trip.objects.get().visits.get(position=9).participants.add(loser)  # still one visit
    told = words_of(client.get(merge_of(loser, survivor)))
    right = "Which is right? Official name, English"
    for words in ("Founded in 1993", "host of 1 visit", "SZ Polytechnic variant", right):
        assert words in told
    answer = client.post(merge_of(loser, survivor), confirmed(client, merge_of(loser, survivor)), follow=True)
    assert "“SZ Polytechnic” was merged into this record." in answer.content.decode()
    assert undo_of(survivor) in answer.content.decode()
    loser.refresh_from_db()
    assert loser.merged_into == survivor
    assert "SZ Polytechnic" not in client.get(reverse(LIST)).content.decode()
    assert LogEntry.objects.filter(object_id=survivor.pk, change_message__contains="Merged").exists()
    again = client.post(merge_of(loser, survivor), {"digest": "x"}, follow=True)
    assert "merged into this record already" in again.content.decode()
    told = words_of(client.get(undo_of(survivor)))
    assert "It is named again by: 1 visit" in told
    answer = client.post(undo_of(survivor), confirmed(client, undo_of(survivor)), follow=True)
    assert "is a record of its own again" in answer.content.decode()
    loser.refresh_from_db()
    assert loser.merged_into is None


def test_the_value_that_is_chosen_stays(client):
    loser, survivor = pair()
    asked = confirmed(client, merge_of(loser, survivor), name_en="loser")
    client.post(merge_of(loser, survivor), asked)
    survivor.refresh_from_db()
    assert survivor.name_en == "SZ Polytechnic"
    assert survivor.names.filter(text="Shenzhen Polytechnic University").exists()


def test_what_was_changed_since_the_page_was_drawn_is_shown_again(client):
    loser, survivor = pair()
    asked = confirmed(client, merge_of(loser, survivor))
    Trip.objects.get().visits.create(host=loser)
    told = words_of(client.post(merge_of(loser, survivor), asked))
    assert "This is not what you saw" in told
    assert "host of 2 visits" in told
    loser.refresh_from_db()
    assert loser.merged_into is None


def test_a_conflict_is_named_with_its_trip_and_the_button_is_dead(client):
    loser, survivor = pair()
    trip = Trip.objects.get()
    trip.delegations.create(sender=loser, size=3)
    trip.delegations.create(sender=survivor)
    answer = client.get(merge_of(loser, survivor))
    assert "Stands in the way Exchange Trip to Guangdong · This sender already has a delegation" in words_of(answer)
    assert "disabled" in answer.content.decode()
    told = words_of(client.post(merge_of(loser, survivor), confirmed(client, merge_of(loser, survivor))))
    assert "Something stands in the way of this" in told


def test_what_stays_as_it_is_when_a_merge_is_undone_is_named(client):
    loser, survivor = pair()
    client.post(merge_of(loser, survivor), confirmed(client, merge_of(loser, survivor)))
    visit = Trip.objects.get().visits.get(position=9)
    visit.host = None
    visit.save()
    told = words_of(client.get(undo_of(survivor)))
    assert "Visit · Exchange Trip to Guangdong · host · It was changed since, and stays as it is." in told
    client.post(undo_of(survivor), confirmed(client, undo_of(survivor)))
    visit.refresh_from_db()
    assert visit.host is None


def test_the_action_wants_exactly_two(client):
    loser, survivor = pair()
    third = cast.organisation(Kind.HOST, "Third")
    for ticked in ([loser], [loser, survivor, third]):
        asked = {"action": "merge_selected", "_selected_action": [one.pk for one in ticked]}
        assert "Tick exactly two" in client.post(reverse(LIST), asked, follow=True).content.decode()
    asked = {"action": "merge_selected", "_selected_action": [loser.pk, survivor.pk]}
    assert client.post(reverse(LIST), asked).headers["Location"] == merge_of(loser, survivor)


def test_the_choice_offers_records_of_the_section_only(client):
    loser, _survivor = pair()
    page = client.get(reverse("admin:institutions_hostinstitution_merge", args=[loser.pk])).content.decode()
    assert "?kind=host" in page
    asked = {"app_label": "institutions", "model_name": "organisation", "field_name": "merged_into", "kind": "host"}
    found = client.get(reverse("admin:autocomplete"), {**asked, "term": ""}).json()["results"]
    assert {int(one["id"]) for one in found} == {*HostInstitution.objects.values_list("pk", flat=True)}
    company = Organisation.objects.filter(kind=Kind.ENTERPRISE).first()
    assert "Look at it" in client.get(merge_of(loser, company)).content.decode()


def test_the_delete_page_offers_it(client):
    loser, _survivor = pair()
    page = client.get(reverse("admin:institutions_hostinstitution_delete", args=[loser.pk])).content.decode()
    assert reverse("admin:institutions_hostinstitution_merge", args=[loser.pk]) in page


@zeal_ignore()
def test_whoever_may_not_edit_the_address_book_is_refused_everywhere():
    contributor, _li = signed_in("Contributor", "li")
    editor, _mei = signed_in("Editor", "mei")
    loser, survivor = pair()
    asked = confirmed(editor, merge_of(loser, survivor))
    assert contributor.get(merge_of(loser, survivor)).status_code == 403
    assert contributor.post(merge_of(loser, survivor), asked).status_code == 403
    ticked = {"action": "merge_selected", "_selected_action": [loser.pk, survivor.pk]}
    assert "/merge/" not in contributor.post(reverse(LIST), ticked).headers.get("Location", "")
    change = reverse("admin:institutions_hostinstitution_change", args=[loser.pk])
    assert "/merge/" not in contributor.get(change).content.decode()
    editor.post(merge_of(loser, survivor), asked)
    for answer in (contributor.get(undo_of(survivor)), contributor.post(undo_of(survivor), {"digest": "x"})):
        assert answer.status_code == 403
    loser.refresh_from_db()
    assert loser.merged_into == survivor


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_cost_the_same_whatever_is_moved(client, count, django_assert_max_num_queries):
    loser, survivor = pair()
    for number in range(count):
        trip = cast.trip(f"trip-{number}")
        trip.visits.create(host=loser).participants.add(loser, survivor)
        for one in (loser, survivor):
            trip.organisings.create(organisation=one, role="supporter")
    address = merge_of(loser, survivor)
    with django_assert_max_num_queries(45):
        client.get(address)
    client.post(address, confirmed(client, address))
    with django_assert_max_num_queries(45):
        client.get(undo_of(survivor))


@zeal_ignore()
def test_the_public_address_leads_on_and_the_profile_lists_both(client):
    loser, survivor = pair()
    first = Trip.objects.get()
    first.visits.filter(host=loser).delete()
    cast.published(first)
    later = cast.trip("later", title_en="A later trip", title_zh_hans="后来的行程")
    later.visits.all().delete()
    later.visits.create(host=loser)
    bytes_ = cast.published(later).document
    client.post(merge_of(loser, survivor), confirmed(client, merge_of(loser, survivor)))
    ends = []
    for slug in (loser.slug, survivor.slug):
        page = client.get(f"/en/institutions/{slug}/", follow=True)
        ends.append(page.request["PATH_INFO"])
        assert "A later trip" in page.content.decode()
        assert "Exchange Trip to Guangdong" in page.content.decode()
    assert ends == [f"/en/institutions/{loser.slug}/"] * 2  # unchecked, it lives where the latest trip prints it
    assert client.get("/en/institutions/").content.decode().count("Polytechnic") == 1
    Organisation.objects.filter(pk=survivor.pk).update(checked_at=timezone.now())
    old = client.get(f"/en/institutions/{loser.slug}/")
    assert (old.status_code, old.headers["Location"]) == (301, f"/en/institutions/{survivor.slug}/")
    listed = client.get("/en/institutions/").content.decode()
    assert listed.count("Polytechnic") == 1 == listed.count("Shenzhen Polytechnic University")
    assert later.editions.get().document == bytes_
    workflow.withdraw(first, by=None, reason_en="Wrong.")
    page = client.get(f"/en/institutions/{survivor.slug}/").content.decode()
    assert "A later trip" in page


def test_the_audit_trail_calls_it_by_a_word():
    loser, survivor = pair()
    audit.record("merge", survivor, by=None)
    user = User.objects.create_user("root", is_staff=True)
    user.groups.add(Group.objects.get(name="Administrator"))
    client = Client()
    client.force_login(user)
    assert "merged" in client.get(reverse("admin:exchange_auditentry_changelist")).content.decode()
    assert loser.pk


@pytest.mark.parametrize("asked", ["x", "<s>", "9" * 20, "%00", "-1", ""])
def test_the_record_that_stays_is_chosen_whatever_the_address_asks(client, asked):
    loser, survivor = pair()
    address = merge_of(loser, survivor).replace(f"into={survivor.pk}", f"into={asked}")
    page = client.get(address)
    assert page.status_code == 200
    assert "<s>" not in page.content.decode()

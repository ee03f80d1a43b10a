"""Nothing is lost at the desk: versions of a record with all its rows, the way back, and what was deleted."""

import re

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from exchange import audit, versions
from exchange.models import Version
from institutions.merging import merge, plan
from institutions.models import HostInstitution, Name, Organisation
from institutions.unmerging import merges, reversal, unmerge
from tests import cast
from tests.admin.test_desk import change, client, errors_of, form_of
from trips import workflow
from trips.models import Delegate, DelegateContact, Theme, Trip

__all__ = ["client"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _several_requests_in_one_test():
    with zeal_ignore():
        yield


def save(client: Client, trip: Trip, **data: str) -> Version:
    """Save the form with that in it; the version that was kept."""
    response = client.post(change(trip), form_of(client, change(trip)) | data)
    assert response.status_code == 302, errors_of(response)
    return versions.of(Trip, trip.pk).first()


def page(client: Client, name: str, *args: int) -> str:
    response = client.get(reverse(f"admin:{name}", args=args))
    assert response.status_code == 200
    return words(response.content.decode())


def words(html: str) -> str:
    text = re.sub(r"<(/?)(ins|del)>", r"[\1\2]", html)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def go_back(client: Client, version: Version) -> None:
    address = reverse("admin:trips_trip_version", args=[version.record, version.pk])
    seen = client.get(address).context["seen"]
    assert client.post(address, {"seen": seen}).status_code == 302


def everything(trip: Trip) -> dict:
    """The trip and its rows, without what only says when it was saved."""
    document = versions.snapshot(Trip, trip.pk)
    for name in versions.tree_of(Trip).derived:
        del document["trips.trip"][0]["fields"][name]
    return document


def contributor(name: str, trip: Trip) -> Client:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name="Contributor"))
    trip.colleagues.add(user)
    own = Client()
    own.force_login(user)
    return own


def test_a_save_keeps_a_version_and_how_it_stood_before(client):
    trip = cast.trip()
    save(client, trip, title_en="New title")
    save(client, trip, title_en="New title")  # nothing changed: nothing to keep
    last, first = versions.of(Trip, trip.pk)
    assert (first.act, last.act, last.by.username) == ("found", "change", "mei")
    text = page(client, "trips_trip_history", trip.pk)
    assert text.index("Title, English") < text.index("as it stood before")


def test_every_part_of_a_trip_is_in_a_version():
    held = {one._meta.label for one in versions.tree_of(Trip).kinds}
    through = {one.remote_field.through._meta.label for one in Trip._meta.many_to_many}
    parts = {
        one.related_model._meta.label
        for one in Trip._meta.related_objects
        if one.on_delete.__name__ == "CASCADE" and one.related_model._meta.label not in through - held
    }
    public = {"trips.Address", "trips.Candidate", "trips.Edition", "trips.Listing", "trips.Mention", "trips.Withdrawal"}
    assert parts - public <= held


def test_a_version_says_what_changed_in_words(client):
    trip = cast.trip()
    version = save(
        client,
        trip,
        **{"visits-0-seen_en": "A robot hall", "report-en-0-headline": "Nine embassies", "audience_en": "Attachés"},
    )
    text = page(client, "trips_trip_version", trip.pk, version.pk)
    changed, would = text.split("What going back to it would change now")
    assert "Audience" in changed or "Who travelled" in changed
    assert "Attachés" in changed
    assert "robot" in changed
    assert "Headline" in changed
    assert "Nothing: the record stands as it does" in would


def test_another_order_is_told_once_and_numbers_that_moved_up_are_not(client):
    trip = cast.trip()
    save(client, trip, title_en="First")
    gone = save(client, trip, **{"visits-0-DELETE": "on"})
    assert "in another order" not in page(client, "trips_trip_version", trip.pk, gone.pk)
    trip.visits.create(kind="ceremony", position=9)
    save(client, trip, title_en="Second")
    turned = save(client, trip, **{"visits-0-position": "2", "visits-1-position": "1"})
    text = page(client, "trips_trip_version", trip.pk, turned.pk)
    assert text.split("What going back")[0].count("in another order") == 1


def test_going_back_makes_every_row_what_it_was(client):
    trip = cast.trip()
    first = save(client, trip, title_en="First")
    before = everything(trip)
    trip.visits.first().delete()
    trip.themes.add(Theme.objects.create(slug="robots", name_en="Robots"))
    trip.statements.create(who_en="Students", text_en="A new row.")
    save(client, trip, **{"title_en": "Second", "report-en-0-body": "<p>Another body.</p>"})
    assert everything(trip) != before
    go_back(client, first)
    assert everything(trip) == before
    assert versions.of(Trip, trip.pk).first().act == "restore"
    assert "went back to an earlier version" in page(client, "trips_trip_history", trip.pk)


def test_two_rows_that_exchanged_what_is_unique_come_back(client):
    trip = cast.trip()
    first = save(client, trip, title_en="First")
    one, two = trip.delegations.all()[:2]
    senders = one.sender_id, two.sender_id
    trip.delegations.filter(pk=one.pk).update(sender=trip.organisings.first().organisation)
    trip.delegations.filter(pk=two.pk).update(sender=senders[0])
    trip.delegations.filter(pk=one.pk).update(sender=senders[1])
    go_back(client, first)
    assert trip.delegations.get(pk=one.pk).sender_id == senders[0]


def test_what_was_typed_outside_the_desk_is_kept_before_it_goes(client):
    trip = cast.trip()
    first = save(client, trip, title_en="First")
    Trip.objects.filter(pk=trip.pk).update(note="By a command")
    go_back(client, first)
    assert [one.act for one in versions.of(Trip, trip.pk)] == ["restore", "found", "change", "found"]
    assert versions.of(Trip, trip.pk)[1].content["trips.trip"][0]["fields"]["note"] == "By a command"


def test_going_back_is_refused_when_somebody_saved_meanwhile(client):
    trip = cast.trip()
    first = save(client, trip, title_en="First")
    save(client, trip, title_en="Second")
    address = reverse("admin:trips_trip_version", args=[trip.pk, first.pk])
    seen = client.get(address).context["seen"]
    save(client, trip, title_en="Third")
    response = client.post(address, {"seen": seen})
    assert "Somebody saved this record meanwhile" in response.content.decode()
    assert Trip.objects.get().title_en == "Third"


def test_going_back_changes_the_working_copy_and_nothing_public(client):
    trip = cast.trip()
    first = save(client, trip, title_en="First")
    save(client, trip, title_en="Second")
    digest = workflow.submit(Trip.objects.get(), by=None).digest
    edition = workflow.publish(trip, digest=digest, by=None, waived=cast.reasons(trip))
    public = client.get(f"/en/trips/{trip.slug}/").content
    go_back(client, first)
    assert client.get(f"/en/trips/{trip.slug}/").content == public
    assert trip.editions.get() == edition
    assert workflow.state_of(trip, timezone.now()) == "changed"


def test_private_contact_is_neither_shown_nor_restored_for_those_who_may_not_see_it(client):
    trip = cast.trip()
    person = trip.delegates.first() or Delegate.objects.create(trip=trip, name_en="Somsak")
    DelegateContact.objects.create(delegate=person, phone="+856 20 1111")
    first = save(client, trip, title_en="First")
    DelegateContact.objects.filter(delegate=person).update(phone="+856 20 2222")
    second = save(client, trip, title_en="Second")
    assert "2222" in page(client, "trips_trip_version", trip.pk, second.pk)
    intern = contributor("ivy", trip)
    assert "2222" not in page(intern, "trips_trip_version", trip.pk, second.pk)
    trip = Trip.objects.get()
    go_back(intern, first)
    assert Trip.objects.get().title_en == "First"
    assert DelegateContact.objects.get().phone == "+856 20 2222"


def test_those_who_may_only_look_cannot_go_back(client):
    trip = cast.trip()
    college = HostInstitution.objects.first()
    version = versions.keep(college, by=None)
    intern = contributor("ivy", trip)
    address = reverse("admin:institutions_hostinstitution_version", args=[college.pk, version.pk])
    assert "Go back to this version" not in intern.get(address).content.decode()
    assert intern.post(address, {"seen": "x"}).status_code == 403


def test_a_version_of_another_record_is_not_shown(client):
    trip, other = cast.trip(), cast.trip("guangxi-2025")
    version = save(client, other, title_en="Other")
    assert client.get(reverse("admin:trips_trip_version", args=[trip.pk, version.pk])).status_code == 404


def test_a_deleted_trip_is_recovered_with_all_its_rows(client):
    trip = cast.trip()
    save(client, trip, title_en="To be deleted")
    before = everything(trip)
    assert client.post(reverse("admin:trips_trip_delete", args=[trip.pk]), {"post": "yes"}).status_code == 302
    assert not Trip.objects.exists()
    assert "To be deleted" in page(client, "trips_trip_deleted")
    version = versions.deleted(Trip)[0]
    assert "What comes back" in page(client, "trips_trip_recover", version.pk)
    assert client.post(reverse("admin:trips_trip_recover", args=[version.pk])).status_code == 302
    assert everything(trip) == before
    assert versions.deleted(Trip) == []


def test_what_was_deleted_in_the_list_is_recovered_too(client):
    college = cast.organisation("host", "Guilin Tourism University", "桂林旅游学院")
    Name.objects.create(organisation=college, text="Guilin Institute of Tourism")
    names = list(Name.objects.filter(organisation=college).values())
    ticked = {"action": "delete_selected", "_selected_action": college.pk, "post": "yes"}
    assert client.post(reverse("admin:institutions_hostinstitution_changelist"), ticked).status_code == 302
    assert not Organisation.objects.filter(pk=college.pk).exists()
    assert "Guilin" not in page(client, "institutions_enterprisepartner_deleted")
    version = versions.deleted(HostInstitution)[0]
    client.post(reverse("admin:institutions_hostinstitution_recover", args=[version.pk]))
    assert list(Name.objects.filter(organisation=college.pk).values()) == names


def test_what_needs_something_that_is_gone_says_so(client):
    trip = cast.trip()
    college = trip.visits.exclude(host=None).first().host
    client.post(reverse("admin:trips_trip_delete", args=[trip.pk]), {"post": "yes"})
    client.post(reverse("admin:institutions_hostinstitution_delete", args=[college.pk]), {"post": "yes"})
    embassy = Organisation.objects.filter(kind="embassy").first()
    client.post(reverse("admin:institutions_embassy_delete", args=[embassy.pk]), {"post": "yes"})
    recover = reverse("admin:trips_trip_recover", args=[versions.deleted(Trip)[0].pk])
    response = client.post(recover)
    assert f"“{embassy}” (organisation) was deleted, and this version needs it." in response.content.decode()
    assert not Trip.objects.exists()
    client.post(
        reverse("admin:institutions_embassy_recover", args=[Version.objects.get(record=embassy.pk, act="delete").pk])
    )
    response = client.post(recover, follow=True)
    assert "“host”: 1 entry points to a record that is gone" in response.content.decode()
    assert Trip.objects.get().visits.filter(host=None).exists()


def test_an_address_that_was_taken_meanwhile_is_told(client):
    trip = cast.trip()
    client.post(reverse("admin:trips_trip_delete", args=[trip.pk]), {"post": "yes"})
    cast.trip()
    response = client.post(reverse("admin:trips_trip_recover", args=[versions.deleted(Trip)[0].pk]))
    assert "Another record has taken its place meanwhile" in response.content.decode()
    assert Trip.objects.count() == 1


def test_marking_as_checked_is_noted_and_going_back_leaves_it(client):
    cast.trip()
    college = HostInstitution.objects.first()
    address = reverse("admin:institutions_hostinstitution_change", args=[college.pk])
    client.post(address, form_of(client, address) | {"about_en": "First."})
    first = versions.of(HostInstitution, college.pk).first()
    ticked = {"action": "mark_checked", "_selected_action": [one.pk for one in HostInstitution.objects.all()]}
    client.post(reverse("admin:institutions_hostinstitution_changelist"), ticked)
    assert audit.trail(college).first().verb == "checked"
    checked = HostInstitution.objects.get(pk=college.pk).checked_at
    client.post(address, form_of(client, address) | {"about_en": "Second."})
    versions.restore(first, HostInstitution, by=None)
    college.refresh_from_db()
    assert (college.about_en, college.checked_at) == ("First.", checked)


def test_a_version_is_never_edited():
    version = versions.keep(cast.trip(), by=None)
    version.label = "Another"
    with pytest.raises(Exception, match="never edited"):
        version.save()


def test_the_history_of_many_saves_costs_the_same(client, django_assert_max_num_queries):
    trip = cast.trip()
    for turn in range(30):
        Trip.objects.filter(pk=trip.pk).update(note=str(turn))
        versions.keep(trip, by=None)
    with django_assert_max_num_queries(14):
        text = page(client, "trips_trip_history", trip.pk)
    assert "1 / 2" in text


def test_a_merge_is_a_version_of_all_it_touches_and_older_versions_lead_to_the_one_that_stayed(client):
    trip = cast.trip()
    first = save(client, trip, title_en="First")
    college = trip.visits.exclude(host=None).first().host
    survivor = cast.organisation("host", "Another Polytechnic")
    merge(college, survivor, by=None, digest=plan(college, survivor).digest)
    assert {versions.of(type(one), one.pk).first().act for one in (trip, college, survivor)} == {"merge"}
    trip.visits.filter(host=survivor).delete()
    go_back(client, first)
    assert trip.visits.exclude(host=None).first().host == survivor
    entry = merges(survivor)[0]
    college.refresh_from_db()
    unmerge(entry, survivor, by=None, digest=reversal(entry, survivor, college).digest)
    assert versions.of(type(college), college.pk).first().act == "unmerge"


def test_a_person_who_comes_back_brings_the_contact(client):
    trip = cast.trip()
    person = Delegate.objects.create(trip=trip, name_en="Somsak")
    DelegateContact.objects.create(delegate=person, phone="+856 20 1111")
    first = save(client, trip, title_en="First")
    person.delete()
    go_back(contributor("ivy", trip), first)
    assert DelegateContact.objects.get().phone == "+856 20 1111"


def test_going_back_takes_nothing_from_another_record(client):
    one, two = cast.organisation("host", "One College"), cast.organisation("host", "Two College")
    name = one.names.create(text="An old name")
    versions.keep(two, by=None)
    name.organisation = two
    name.save()
    later = versions.keep(two, by=None)
    name.organisation = one
    name.save()
    told = versions.restore(later, HostInstitution, by=None)
    assert list(one.names.all()) == [name]
    assert "belongs to another record" in " ".join(told)


def test_before_a_merge_nothing_goes_back_until_that_is_undone(client):
    loser, survivor = cast.organisation("host", "Loser"), cast.organisation("host", "Survivor")
    loser.names.create(text="An old name")
    first = versions.keep(HostInstitution.objects.get(pk=survivor.pk), by=None)
    merge(loser, survivor, by=None, digest=plan(loser, survivor).digest)
    address = reverse("admin:institutions_hostinstitution_version", args=[survivor.pk, first.pk])
    page = client.get(address)
    assert "Another record was merged into this one since." in page.content.decode()
    client.post(address, {"seen": page.context["seen"]})
    assert survivor.names.filter(text="An old name").exists()


def test_what_was_deleted_comes_back_where_it_was_chosen(client):
    trip = cast.trip()
    theme = Theme.objects.create(slug="robots", name_en="Robots")
    trip.themes.set([theme])
    client.post(reverse("admin:trips_theme_delete", args=[theme.pk]), {"post": "yes"})
    assert versions.of(Trip, trip.pk).first().outline == [["trips.trip", "changed", ["themes"]]]
    client.post(reverse("admin:trips_theme_recover", args=[versions.deleted(Theme)[0].pk]))
    assert list(trip.themes.all()) == [theme]


def test_kinds_of_rows_that_a_person_may_not_see_stay_unseen_and_as_they_are(client):
    trip = cast.trip()
    first = save(client, trip, title_en="First")
    trip.visits.all().delete()
    save(client, trip, title_en="Second")
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_trip", "change_trip", "any_trip"]))
    reader = Client()
    reader.force_login(user)
    assert "Visit" not in page(reader, "trips_trip_version", trip.pk, first.pk)
    go_back(reader, first)
    assert (Trip.objects.get().title_en, trip.visits.count()) == ("First", 0)


def test_a_deleted_trip_is_known_to_those_who_could_work_on_it(client):
    mine, other = cast.trip("mine", title_en="Mine"), cast.trip("other", title_en="Somebody else's")
    user = User.objects.create_user("ivy", is_staff=True)
    user.groups.add(Group.objects.get(name="Contributor"))
    user.user_permissions.add(Permission.objects.get(codename="delete_trip"))
    mine.colleagues.add(user)
    for one in (mine, other):
        client.post(reverse("admin:trips_trip_delete", args=[one.pk]), {"post": "yes"})
    ivy = Client()
    ivy.force_login(user)
    text = page(ivy, "trips_trip_deleted")
    assert "Mine" in text
    assert "Somebody" not in text
    hidden = Version.objects.get(record=other.pk, act="delete")
    assert ivy.post(reverse("admin:trips_trip_recover", args=[hidden.pk])).status_code == 404


def test_going_back_and_recovering_are_in_the_audit_trail(client):
    trip = cast.trip()
    first = save(client, trip, title_en="First")
    save(client, trip, title_en="Second")
    go_back(client, first)
    assert audit.trail(trip).first().verb == "restored"
    client.post(reverse("admin:trips_trip_delete", args=[trip.pk]), {"post": "yes"})
    client.post(reverse("admin:trips_trip_recover", args=[versions.deleted(Trip)[0].pk]))
    assert [one.verb for one in audit.trail(trip)][:2] == ["recovered", "deleted"]
    assert client.get(reverse("admin:exchange_auditentry_changelist")).status_code == 200


def test_a_merge_changes_the_trips_it_touches_and_who_changed_them(client):
    trip = cast.trip()
    cast.published(trip)
    user = User.objects.create_user("ed")
    college = trip.visits.exclude(host=None).first().host
    survivor = cast.organisation("host", "Another Polytechnic")
    entry = merge(college, survivor, by=user, digest=plan(college, survivor).digest)
    assert Trip.objects.get().edited_by == user
    assert workflow.state_of(trip, timezone.now()) == "changed"
    assert client.get(reverse("admin:exchange_auditentry_changelist")).status_code == 200
    assert client.get(reverse("admin:exchange_auditentry_change", args=[entry.pk])).status_code == 200


def test_two_rows_that_became_the_same_are_told(client):
    trip = cast.trip()
    first = save(client, trip, title_en="First")
    one, two = (row.sender for row in trip.delegations.all()[:2])
    trip.delegations.filter(sender=two).delete()
    Organisation.objects.filter(pk=two.pk).update(merged_into=one)
    with pytest.raises(versions.Irretrievable, match="two of its rows would be the same"):
        versions.restore(first, Trip, by=None)
    assert trip.delegations.count() == 1

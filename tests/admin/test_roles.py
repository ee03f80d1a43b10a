"""Every address of the desk, as every kind of person, for trips in every state, against the table of rights.

The table is written down here in full: an address that it does not name fails the test.
"""

import json

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from zeal import zeal_ignore

from exchange import audit, versions
from exchange.models import Version
from exchange.roles import ROLES
from institutions.merging import merge, plan
from institutions.models import City, Country, Organisation
from institutions.unmerging import merges
from tests import cast
from trips import workflow
from trips.choices import TripState
from trips.models import Document, Edition, PlainPage, Theme, Trip

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]  # minutes of requests; rights do not depend on the database

# Each kind of person; "own" is a contributor who owns the trip, "other" one who does not.
OTHER, OWN, EDITOR, PUBLISHER, ADMINISTRATOR = "other", "own", "editor", "publisher", "administrator"
PEOPLE = ("anonymous", "nobody", OTHER, OWN, EDITOR, PUBLISHER, ADMINISTRATOR)
SIGNED_IN = {"nobody", OTHER, OWN, EDITOR, PUBLISHER, ADMINISTRATOR}
STAFF = SIGNED_IN - {"nobody"}
MINE = STAFF - {OTHER}
EDITORS = {EDITOR, PUBLISHER, ADMINISTRATOR}
PUBLISHERS = {PUBLISHER, ADMINISTRATOR}
ADMINISTRATORS = {ADMINISTRATOR}
NOBODY: set[str] = set()

LIST = {"export": STAFF}
TRIP = {
    "changelist": STAFF, "export": STAFF,
    "languages": STAFF, "names": STAFF, "add": STAFF, "change": MINE, "history": MINE, "preview": MINE,
    "candidate": MINE, "version": MINE, "findings": MINE, "photo": MINE, "document": MINE, "document_file": MINE,
    "submit": MINE, "delete": EDITORS, "send_back": EDITORS, "deleted": EDITORS, "recover": EDITORS,
    "check": EDITORS,
    "print": MINE, "review_links": MINE, "approve": PUBLISHERS, "publish": PUBLISHERS, "withdraw": PUBLISHERS,
    "compare": MINE, "side": MINE, "scheduled": MINE,
    "publish_together": PUBLISHERS, "withdraw_together": PUBLISHERS,
}  # fmt: skip
READ = {"changelist": STAFF, "change": STAFF, "history": STAFF, "version": STAFF}
RECOVER = {"delete": EDITORS, "deleted": EDITORS, "recover": EDITORS}
SECTION = READ | LIST | {"add": STAFF} | RECOVER
TABLE = {
    **{f"trips_trip_{name}": who for name, who in TRIP.items()},
    **{f"trips_edition_{name}": MINE for name in ("change", "history")},
    "trips_edition_changelist": STAFF, "trips_edition_add": NOBODY, "trips_edition_delete": NOBODY,
    **{f"trips_theme_{name}": who for name, who in (READ | LIST | {"add": EDITORS} | RECOVER).items()},
    **{f"trips_plainpage_{name}": EDITORS for name in (*READ, "add", *RECOVER, "preview")},
    **{f"trips_plainpage_{name}": PUBLISHERS for name in ("publish", "withdraw")},
    **{
        f"institutions_{section}_{name}": who
        for section in ("hostinstitution", "enterprisepartner", "embassy", "organiser", "mediaoutlet", "city")
        for name, who in (SECTION | {"similar": STAFF, "use": STAFF}).items()
    },
    **{
        f"institutions_{section}_{name}": EDITORS
        for section in ("hostinstitution", "enterprisepartner", "embassy", "organiser", "mediaoutlet")
        for name in ("merge", "unmerge", "rename")
    },
    "institutions_organisation_merge": NOBODY, "institutions_organisation_unmerge": NOBODY,
    "institutions_organisation_rename": NOBODY,
    "institutions_organisation_similar": NOBODY, "institutions_organisation_use": NOBODY,
    "institutions_organisation_suspects": EDITORS,
    "institutions_organisation_apart": NOBODY,  # by POST alone, see test_suspects
    **{f"institutions_organisation_{name}": who for name, who in (READ | LIST).items()},
    **{f"institutions_organisation_{name}": NOBODY for name in ("add", *RECOVER)},
    **{f"institutions_country_{name}": who for name, who in (READ | LIST | {"add": EDITORS} | RECOVER).items()},
    **{f"auth_user_{name}": ADMINISTRATORS for name in ("changelist", "add", "change", "history", "password_change")},
    "auth_user_delete": NOBODY,
    **{f"auth_group_{name}": ADMINISTRATORS for name in ("changelist", "change", "history")},
    "auth_group_add": NOBODY, "auth_group_delete": NOBODY,
    **{f"auth_permission_{name}": NOBODY for name in ("changelist", "add", "change", "history", "delete")},
    **{f"exchange_auditentry_{name}": ADMINISTRATORS for name in ("changelist", "change", "history")},
    "exchange_auditentry_export": NOBODY,  # by POST alone, see test_trail
    "exchange_auditentry_add": NOBODY, "exchange_auditentry_delete": NOBODY,
    **dict.fromkeys(("index", "jsi18n", "password_change", "password_change_done"), SIGNED_IN),
    "autocomplete": STAFF,
}  # fmt: skip
ELSEWHERE = {"login", "logout", "view_on_site", "app_list"}  # open to all, to POST only, or a redirect
ELSEWHERE |= {"trips_trip_open"}  # to POST only: tests/admin/test_presence.py


def person(kind: str) -> tuple[Client, User | None]:
    client = Client()
    if kind == "anonymous":
        return client, None
    user = User.objects.create_user(kind, f"{kind}@example.org", is_staff=True)
    role = {OTHER: "Contributor", OWN: "Contributor"}.get(kind, kind.title())
    if kind != "nobody":
        user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return client, user


def names() -> list[str]:
    """The names of all addresses of the desk."""
    resolver = get_resolver().namespace_dict["admin"][1]
    return sorted({name for name in resolver.reverse_dict if isinstance(name, str)})


def key(name: str, trip: Trip) -> list:
    """What the address of that name needs to know."""
    party = trip.visits.exclude(host=None).first().host
    page = PlainPage.objects.get_or_create(slug="privacy", defaults={"title_en": "Privacy"})[0]
    own = {
        "trips_trip_languages": [],
        "trips_trip_names": [],
        "trips_trip_preview": [trip.pk, "en"],
        "trips_trip_candidate": [trip.pk, "en"],
        "trips_trip_print": [trip.pk, "en"],
        "trips_trip_scheduled": [trip.pk, "en"],
        "trips_trip_side": [trip.pk, "preview", "en", "desk"],
        "trips_plainpage_preview": [page.pk, "en"],
        "trips_trip_photo": [trip.pk, "nothing", "small"],
        "trips_trip_document": [trip.pk, "nothing"],
        "trips_trip_document_file": [trip.pk, "nothing", "agenda.pdf"],
        "auth_user_password_change": [User.objects.get(username="somebody").pk],
    }
    if name in own:
        return own[name]
    if (
        name.endswith(("_changelist", "_add", "_deleted", "_export", "_together", "_similar", "_suspects", "_apart"))
        or "_" not in name
        or name.startswith("password")
    ):
        return []
    _app, model, _rest = name.split("_", 2)
    found = {
        "trip": trip.pk, "edition": getattr(Edition.objects.filter(trip=trip).first(), "pk", 0),
        "theme": Theme.objects.first(), "city": City.objects.first(), "country": Country.objects.first(),
        "plainpage": page, "user": User.objects.get(username="somebody"), "group": Group.objects.first(),
        "permission": Permission.objects.first(), "organisation": party,
        "auditentry": audit.AuditEntry.objects.first() or audit.record("submit", trip, by=None),
    }.get(model)  # fmt: skip
    if found is None:
        kinds = {"hostinstitution": "host", "enterprisepartner": "enterprise", "mediaoutlet": "media"}
        found = type(party).objects.filter(kind=kinds.get(model, model), merged_into=None).first()
    if name.endswith("_unmerge"):
        return [found.pk, merge_into(found)]
    if name.endswith("_recover"):
        return [gone(found if isinstance(found, Model) else trip, name).pk]
    pk = getattr(found, "pk", found)
    return [pk, version(found if isinstance(found, Model) else trip).pk] if name.endswith("_version") else [pk]


def version(record: Model) -> Version:
    """A version of the record."""
    return versions.of(type(record), record.pk).first() or versions.keep(record, by=None)


def gone(record: Model, name: str) -> Version:
    """The last version of a record of that section that was deleted."""
    section = ".".join(name.split("_")[:2])
    last = Version.objects.filter(section=section, act="delete").first()
    return last or Version.objects.create(
        at=timezone.now(), act="delete", model=section, section=section, record="0", label="Gone",
        document=json.dumps(version(record).content), digest="-",
    )  # fmt: skip


def merge_into(survivor: Organisation) -> int:
    """The key of a merge into the record that can be undone."""
    if not merges(survivor):
        loser = Organisation.objects.create(
            kind=survivor.kind, slug=f"twin-{survivor.pk}", name_en="Twin", country=survivor.country
        )
        merge(loser, survivor, by=None, digest=plan(loser, survivor).digest)
    return merges(survivor)[0].pk


def opens(client: Client, address: str) -> bool:
    """True where the desk shows something to this person; a refusal is 403, 404 or the way to somewhere else."""
    status = client.get(address).status_code
    assert status in (200, 302, 403, 404, 405), (address, status)
    return status == 200


def test_every_address_of_the_desk_is_in_the_table():
    unknown = [name for name in names() if name not in TABLE and name not in ELSEWHERE]
    assert unknown == []
    assert [name for name in TABLE if name not in names()] == []


@pytest.mark.parametrize("kind", PEOPLE)
def test_who_opens_what(kind):
    User.objects.create_user("somebody", is_staff=True)
    client, user = person(kind)
    for wanted in TripState:
        trip = cast.in_state(wanted, owner=user if kind == OWN else None)
        has_edition = Edition.objects.filter(trip=trip).exists()
        for name in names() if wanted == TripState.PUBLISHED else [n for n in names() if n.startswith("trips_")]:
            if name in ELSEWHERE or (name.startswith("trips_edition") and not has_edition):
                continue
            address = reverse(f"admin:{name}", args=key(name, trip))
            if name == "autocomplete":
                address += "?app_label=trips&model_name=visit&field_name=city"
            expected = kind in TABLE[name]
            if name in ("trips_trip_candidate", "trips_trip_print"):
                expected = expected and wanted in (*workflow.IN_REVIEW, TripState.CHANGES_ASKED)
            elif name == "trips_trip_scheduled":
                expected = expected and wanted == TripState.SCHEDULED
            elif name in ("trips_trip_photo", "trips_trip_document", "trips_trip_document_file"):
                expected = False  # there is no such file: the right to one is tested below
            elif name == "trips_trip_delete" and kind == OWN:
                expected = wanted == TripState.DRAFT  # a draft of one's own that nobody else has had
            with zeal_ignore():
                assert opens(client, address) == expected, (kind, wanted.value, name)


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_file_of_a_working_copy_is_for_those_who_work_on_the_trip(kind):
    from django.core.files.base import ContentFile

    client, user = person(kind)
    trip = cast.trip(owner=user if kind == OWN else None)
    document = Document(trip=trip, title_en="Agenda", language="en")
    document.file.save("agenda.pdf", ContentFile(b"%PDF-1.7"))
    assert opens(client, reverse("admin:trips_trip_document", args=[trip.pk, document.uid])) == (kind in MINE)


ASKED = {
    "submit": {"when": "now"},
    "check": {},
    "send_back": {"comment": "More."},
    "approve": {},
    "publish": {"when": "now"},
    "withdraw": {"what": "all", "reason_en": "Wrong."},
}


@pytest.mark.parametrize("kind", PEOPLE)
def test_who_may_use_which_verb_in_which_state(kind):
    """By POST, whatever the pages offer: the act happens exactly where the table and the state allow it."""
    client, user = person(kind)
    for verb, wanted in ((verb, state) for verb in workflow.VERBS for state in TripState):
        trip = cast.in_state(wanted, f"{wanted.value}-{verb}", owner=user if kind == OWN else None)
        candidate = workflow.open_candidate(trip, timezone.now())
        in_review = candidate and wanted in workflow.IN_REVIEW
        takes_candidate = verb in ("check", "send_back", "approve") or (verb == "publish" and in_review)
        seen = candidate if takes_candidate else None
        digest = seen.digest if seen else workflow.frozen(trip, public_from=timezone.now())[1]
        standing = Edition.objects.filter(trip=trip).standing().exists()
        before = audit.trail(trip).count()
        address = reverse(f"admin:trips_trip_{verb}", args=[trip.pk])
        with zeal_ignore():
            sent = {"digest": digest, "seen": "reviewed" if in_review else "saved"}
            status = client.post(address, {**ASKED[verb], **cast.waivers(trip), **sent}).status_code
        assert status in (200, 302, 403, 404), (kind, verb, wanted)
        unchanged = wanted in (TripState.PUBLISHED, TripState.CHANGED) and verb in ("submit", "publish")
        possible = verb == "publish" or wanted in workflow.VERBS[verb].sources
        if verb == "withdraw":
            possible = standing
        expected = kind in TABLE[f"trips_trip_{verb}"] and bool(possible) and not unchanged
        if wanted == TripState.EXPIRED and verb in ("submit", "publish"):
            expected = expected and verb == "publish"
        if wanted == TripState.SCHEDULED and verb == "submit":
            expected = False  # what is scheduled is not submitted again
        assert (audit.trail(trip).count() > before) == expected, (kind, verb, wanted, status)


def test_every_right_of_a_role_exists():
    known = {
        f"{one.content_type.app_label}.{one.codename}" for one in Permission.objects.select_related("content_type")
    }
    assert {right for rights in ROLES.values() for right in rights} <= known


def test_a_list_names_only_own_trips_to_a_contributor():
    client, user = person(OWN)
    cast.trip("mine", owner=user, title_en="A trip of my own")
    cast.trip("theirs", title_en="A trip of theirs")
    text = client.get(reverse("admin:trips_trip_changelist")).content.decode()
    assert "A trip of my own" in text
    assert "A trip of theirs" not in text
    found = client.get(reverse("admin:index")).content.decode()
    assert "A trip of theirs" not in found


@zeal_ignore()
def test_an_owner_deletes_a_draft_that_was_never_submitted_and_an_editor_recovers_it():
    client, user = person(OWN)
    mine, submitted, colleagues = (cast.trip(name, owner=user) for name in ("mine", "submitted", "colleagues"))
    colleagues.colleagues.add(user)
    Trip.objects.filter(pk=colleagues.pk).update(owner=None)
    workflow.submit(submitted, by=user)
    for trip, status in ((mine, 302), (submitted, 403), (colleagues, 403)):
        address = reverse("admin:trips_trip_delete", args=[trip.pk])
        assert (address in client.get(reverse("admin:trips_trip_change", args=[trip.pk])).content.decode()) == (
            status == 302
        )
        assert client.post(address, {"post": "yes"}).status_code == status
    assert not Trip.objects.filter(slug="mine").exists()
    editor, _ = person(EDITOR)
    last = Version.objects.get(act="delete", section="trips.trip")
    editor.post(reverse("admin:trips_trip_recover", args=[last.pk]))
    assert Trip.objects.get(slug="mine").owner == user


def test_a_trip_can_be_handed_over():
    client, user = person(OWN)
    heir = User.objects.create_user("heir", is_staff=True)
    heir.groups.add(Group.objects.get(name="Contributor"))
    trip = cast.trip(owner=user)
    Trip.objects.filter(pk=trip.pk).update(owner=heir)
    assert not opens(client, reverse("admin:trips_trip_change", args=[trip.pk]))
    other = Client()
    other.force_login(heir)
    assert opens(other, reverse("admin:trips_trip_change", args=[trip.pk]))
    heir.is_active = False
    heir.save()
    editor, _ = person(EDITOR)
    assert opens(editor, reverse("admin:trips_trip_change", args=[trip.pk]))


@zeal_ignore()
def test_nobody_makes_themselves_more_than_they_are():
    client, user = person(ADMINISTRATOR)
    root = User.objects.create_superuser("root", "root@example.org", "orchid-lantern-42")
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    asked = {"password1": "another-lantern-43", "password2": "another-lantern-43", "usable_password": "true"}
    assert client.post(password, asked).status_code == 403
    root.refresh_from_db()
    assert root.check_password("orchid-lantern-42")
    own = reverse("admin:auth_user_change", args=[user.pk])
    client.post(own, {"username": user.username, "is_superuser": "on", "is_staff": "on", "is_active": "on"})
    user.refresh_from_db()
    assert not user.is_superuser


@zeal_ignore()
def test_the_last_superuser_stays(admin_client, admin_user):
    delete = reverse("admin:auth_user_delete", args=[admin_user.pk])
    assert admin_client.post(delete, {"post": "yes"}).status_code == 403
    change = reverse("admin:auth_user_change", args=[admin_user.pk])
    admin_client.post(change, {"username": admin_user.username})
    admin_user.refresh_from_db()
    assert (admin_user.is_active, admin_user.is_superuser) == (True, True)


@zeal_ignore()
def test_all_superusers_at_once_are_not_deleted_either(admin_client, admin_user):
    second = User.objects.create_superuser("root", "root@example.org", "orchid-lantern-42")
    chosen = {"action": "delete_selected", "_selected_action": [admin_user.pk, second.pk], "post": "yes"}
    assert admin_client.post(reverse("admin:auth_user_changelist"), chosen).status_code == 403
    assert User.objects.filter(is_superuser=True).count() == 2
    chosen["_selected_action"] = [second.pk]
    assert admin_client.post(reverse("admin:auth_user_changelist"), chosen).status_code == 302
    assert User.objects.get(is_superuser=True) == admin_user


@zeal_ignore()
def test_a_superuser_is_a_superusers_to_delete(admin_user):
    client, user = person(ADMINISTRATOR)
    user.user_permissions.add(Permission.objects.get(codename="delete_user"))
    second = User.objects.create_superuser("root", "root@example.org", "orchid-lantern-42")
    delete = reverse("admin:auth_user_delete", args=[second.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [second.pk], "post": "yes"}
    assert client.post(reverse("admin:auth_user_changelist"), chosen).status_code == 403
    assert User.objects.filter(is_superuser=True).count() == 2


def test_choosing_a_person_does_not_open_the_accounts():
    client, _user = person(OWN)
    User.objects.create_user("zhou", "zhou@example.org", first_name="Zhou", is_staff=True)
    address = reverse("admin:autocomplete") + "?app_label=trips&model_name=trip&field_name=owner&term="
    assert "Zhou" in client.get(address + "zhou").content.decode()
    assert client.get(address + "example.org").json()["results"] == []

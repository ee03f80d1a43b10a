"""The page for today: what waits for whom, what comes, what lacks something; nobody sees what they may not open."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from institutions.choices import Kind
from tests import cast
from trips import workflow
from trips.choices import TripState
from trips.models import Trip

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def ivy():
    return cast.person("ivy", "Contributor")


@pytest.fixture
def edo():
    return cast.person("edo", "Editor")


@pytest.fixture
def pia():
    return cast.person("pia", "Publisher")


def seen(user: User, path: str = "/admin/"):
    client = Client()
    client.force_login(user)
    return client.get(path)


def section(user: User, title: str) -> str:
    """The words and links of one section of the page."""
    page = seen(user).content.decode()
    found = re.search(rf"<h2>{title}</h2>(.*?)</section>", page, re.DOTALL)
    return " ".join(found[1].split()) if found else ""


def listed(user: User, **asked: str) -> set[str]:
    """The addresses of the trips on the filtered list."""
    client = Client()
    client.force_login(user)
    page = client.get(reverse("admin:trips_trip_changelist"), asked)
    assert page.status_code == 200
    return {one.slug for one in page.context["cl"].result_list}


def counted(user: User) -> int:
    """How many trips wait for them, as the filter of the list says."""
    changes = seen(user, reverse("admin:trips_trip_changelist")).context["cl"]
    mine = next(one for one in changes.filter_specs if getattr(one, "parameter_name", "") == "mine")
    return next(one["count"] for one in mine.choices(changes) if one["query_string"].endswith("waiting"))


def link(verb: str, trip: Trip) -> str:
    return reverse(f"admin:trips_trip_{verb}", args=[trip.pk])


def in_every_state(owner: User) -> dict[TripState, Trip]:
    return {state: cast.in_state(state, owner=owner, title_en=f"Trip {state.value}") for state in TripState}


def test_what_waits_for_whom_and_with_which_verb(ivy, edo, pia):
    trips = in_every_state(ivy)
    expected = {
        ivy: {TripState.CHANGES_ASKED: {"change"}, TripState.CHANGED: {"change", "submit"}},
        edo: {TripState.REVIEW: {"change", "send_back"}},
        pia: {TripState.REVIEW: {"change", "approve", "send_back"}, TripState.APPROVED: {"change", "publish"}},
    }
    verbs = ("change", "submit", "send_back", "approve", "publish", "withdraw")
    for user, waits in expected.items():
        shown = section(user, "Waiting for me")
        for state, trip in trips.items():
            offered = {verb for verb in verbs if f'href="{link(verb, trip)}"' in shown}
            assert offered == waits.get(state, set()), (user.username, state)
            for verb in offered:
                assert seen(user, link(verb, trip)).status_code == 200
        assert listed(user, mine="waiting") == {state.value for state in waits}
        assert f"{len(waits)} trip" in seen(user).content.decode()


def test_what_an_editor_has_checked_waits_for_the_publisher_alone(edo, pia):
    trip = cast.trip()
    candidate = workflow.submit(trip, by=None)
    assert f'href="{link("check", trip)}"' in section(edo, "Waiting for me")
    assert f'href="{link("check", trip)}"' not in section(pia, "Waiting for me")
    client = Client()
    client.force_login(edo)
    said = {"digest": candidate.digest, "comment": "Names and dates are right."}
    assert client.post(link("check", trip), said).status_code == 302
    assert (listed(edo, mine="waiting"), listed(pia, mine="waiting")) == (set(), {trip.slug})
    assert (counted(edo), counted(pia)) == (0, 1)
    assert "Nothing waits for you" in seen(edo).content.decode()
    for address in (link("approve", trip), link("publish", trip), link("change", trip)):
        page = seen(pia, address).content.decode()
        assert "Edo" in page
        assert "Names and dates are right." in page
    Trip.objects.update(destination_en="Elsewhere")
    workflow.submit(trip, by=None)
    assert listed(edo, mine="waiting") == {trip.slug}


def test_four_eyes_take_what_somebody_changed_last_from_their_list(pia, settings):
    trip = cast.trip()
    Trip.objects.filter(pk=trip.pk).update(edited_by=pia)
    candidate = workflow.submit(Trip.objects.get(), by=None)
    workflow.approve(trip, digest=candidate.digest, by=None)
    assert listed(pia, mine="waiting") == {trip.slug}
    settings.FOUR_EYES = True
    assert listed(pia, mine="waiting") == set()
    assert "Nothing waits for you" in seen(pia).content.decode()


def test_what_was_asked_stands_there_in_its_first_line(ivy, edo):
    trip = cast.trip(owner=ivy)
    candidate = workflow.submit(trip, by=ivy)
    workflow.send_back(trip, digest=candidate.digest, by=edo, comment="No <b>college</b> is named.\nNor is the host.")
    shown = section(ivy, "Waiting for me")
    assert "“No &lt;b&gt;college&lt;/b&gt; is named.”" in shown
    assert "Nor is the host" not in shown
    assert "Edo asked for changes on" in shown


def test_what_somebody_submitted_says_who_has_to_act(ivy, edo, pia):
    trip = cast.trip(owner=ivy)
    candidate = workflow.submit(trip, by=ivy)
    assert "Waits for a reviewer" in section(ivy, "Submitted by me")
    assert "Ivy submitted it on" in section(ivy, "Submitted by me")
    workflow.approve(trip, digest=candidate.digest, by=pia)
    assert "Waits for a publisher" in section(ivy, "Submitted by me")
    assert "Pia approved it on" in section(ivy, "Submitted by me")
    assert listed(ivy, mine="started") == {trip.slug}
    assert listed(edo, mine="started") == set()
    workflow.publish(trip, digest=candidate.digest, by=pia, waived=cast.reasons(trip))
    assert "Nothing that you submitted is under way." in section(ivy, "Submitted by me")


def test_what_an_editor_submitted_for_somebody_waits_for_its_owner(ivy, edo, pia):
    trip = cast.trip(owner=ivy)
    candidate = workflow.submit(trip, by=edo)
    assert "Your turn" in section(edo, "Submitted by me")
    workflow.send_back(trip, digest=candidate.digest, by=pia, comment="More.")
    assert "Waits for Ivy" in section(edo, "Submitted by me")


def test_own_drafts_and_nobody_elses(ivy, edo):
    cast.trip("mine", owner=ivy, title_en="A trip of Ivy")
    shared = cast.trip("shared", owner=edo, title_en="A trip they share")
    shared.colleagues.add(ivy)
    cast.trip("theirs", owner=edo, title_en="A trip of Edo")
    drafts = section(ivy, "My drafts")
    assert "A trip of Ivy" in drafts
    assert "A trip they share" in drafts
    assert "A trip of Edo" not in drafts
    assert listed(edo, mine="own") == {"shared", "theirs"}


def test_what_becomes_public_and_what_ends(pia):
    noon = (timezone.now() + 2 * DAY).replace(hour=16, minute=30, second=0, microsecond=0)
    soon = cast.trip("soon", title_en="Public soon", time_zone="Asia/Tokyo")
    cast.published(soon, public_from=noon)
    ending = cast.trip("ending", title_en="Public until then")
    cast.published(ending, public_from=noon - 9 * DAY, public_until=noon + DAY)
    later = cast.trip("later", title_en="Public later")
    cast.published(later, public_from=noon + 20 * DAY)
    cast.published(cast.trip("now", title_en="Public now"))
    shown = section(pia, "Goes public this week")
    week, _later, after = shown.partition("<h3>Later</h3>")
    assert week.index("Public soon") < week.index("Public until then")
    assert "Edition 1 ends" in week
    assert "01:30</b> Asia/Tokyo" in week  # the day after, in Tokyo and in Shanghai
    assert "00:30 Asia/Shanghai" in week
    day = noon.astimezone(dt.UTC)
    assert re.search(rf"{day.day} \w+ \d+, 16:30 UTC", week)
    assert "Public later" in after
    assert "Public now" not in shown


def test_an_end_that_another_edition_makes_void_is_not_told(pia):
    now = timezone.now()
    trip = cast.trip()
    cast.published(trip, public_from=now - DAY, public_until=now + 3 * DAY)
    trip.reports.update(headline="Second")
    cast.published(trip, public_from=now + 2 * DAY)
    shown = section(pia, "Goes public this week")
    assert "Edition 2 becomes public" in shown
    assert "ends" not in shown
    workflow.withdraw(trip, by=None, number=2, reason_en="Too early.")
    shown = section(pia, "Goes public this week")
    assert "Edition 1 ends" in shown
    assert "becomes public" not in shown


def test_findings_stand_worst_first_and_lead_to_the_form(pia):
    trips = [cast.trip(f"trip-{n}", title_en=f"Trip {n}") for n in range(4)]
    for trip, found in zip(trips, [{"warn": 12}, {"block": 1}, {"block": 1, "warn": 2}, {"note": 3}], strict=True):
        Trip.objects.filter(pk=trip.pk).update(found=found)
    shown = section(pia, "Trips with findings")
    assert shown.index("Trip 2") < shown.index("Trip 1") < shown.index("Trip 0")
    assert "Trip 3" not in shown
    assert link("change", trips[1]) in shown
    assert listed(pia, found="any") == {"trip-0", "trip-1", "trip-2"}
    assert listed(pia, found="block") == {"trip-1", "trip-2"}
    assert listed(pia, found="warn") == {"trip-0", "trip-2"}


def test_reports_that_are_behind_the_other_language(pia):
    fresh, stale, missing, empty = (cast.trip(f"trip-{n}", title_en=f"Trip {n}") for n in range(4))
    for trip in (fresh, stale):
        english = trip.reports.get(language="en")
        trip.reports.filter(language="zh-hans").update(made_from=english.texts())
    stale.reports.filter(language="en").update(body="<p>They stayed.</p>")
    missing.reports.filter(language="en").delete()
    empty.reports.all().delete()
    shown = section(pia, "Stale translations")
    assert re.search(r"Trip 1</a><span[^>]*>中文 · stale", shown)
    assert re.search(r"Trip 2</a><span[^>]*>EN · missing", shown)
    assert "Trip 0" not in shown
    assert "Trip 3" not in shown
    assert listed(pia, translation="behind") == {stale.slug, missing.slug}
    assert listed(pia, translation="stale") == {stale.slug}
    assert listed(pia, translation="missing") == {missing.slug}


def test_the_press_of_the_trips_published_last(pia):
    for number in range(6):
        trip = cast.trip(f"trip-{number}", title_en=f"Trip {number}")
        trip.coverage.all().delete()
        cast.published(trip, public_from=timezone.now() - (10 - number) * DAY)
    trip = Trip.objects.get(slug="trip-5")
    for name in ("Southern Daily", "Southern Daily", "A Paper", "B Paper", "C Paper", "D Paper"):
        trip.coverage.create(outlet_id=cast.organisation(Kind.MEDIA, name).pk)
    shown = section(pia, "Recently published")
    assert "6 press items</b>: Southern Daily, A Paper, B Paper, C Paper and 1 more" in shown
    assert shown.count("No coverage recorded") == 4
    assert "Trip 0" not in shown
    assert ">All 6<" in shown


def test_a_long_list_is_cut_and_leads_to_all_of_it(ivy):
    for number in range(10):
        cast.trip(f"trip-{number}", owner=ivy)
    shown = section(ivy, "My drafts")
    assert shown.count("<li>") == 8
    address = re.search(r'class="all" href="([^"]*)">All 10<', shown)[1].replace("&amp;", "&")
    client = Client()
    client.force_login(ivy)
    assert len(client.get(address).context["cl"].result_list) == 10


def test_a_contributor_learns_nothing_of_the_trips_of_others(ivy):
    for state in TripState:
        trip = cast.in_state(state, title_en="A trip of theirs")
        Trip.objects.filter(pk=trip.pk).update(found={"block": 1})
        trip.reports.filter(language="en").delete()
    assert "A trip of theirs" not in seen(ivy).content.decode()


@pytest.mark.parametrize("role", ["Contributor", "Editor", "Publisher", "Administrator"])
def test_every_link_of_the_page_opens(role):
    user = cast.person("somebody", role)
    for state in TripState:
        trip = cast.in_state(state, owner=user)
        for number in range(9 if state == TripState.DRAFT else 0):
            cast.trip(f"draft-{number}", owner=user)
        Trip.objects.filter(pk=trip.pk).update(found={"block": 1})
    page = seen(user).content.decode()
    body = page[page.index('id="content-main"') :]
    links = set(re.findall(r'href="(/admin/[^"#]*)', body))
    assert len(links) > 10
    with zeal_ignore():
        assert {one: seen(user, one.replace("&amp;", "&")).status_code for one in links} == dict.fromkeys(links, 200)


def test_who_may_only_look_is_offered_nothing_to_do():
    user = cast.person("reader")
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_trip", "any_trip"]))
    for state in TripState:
        cast.in_state(state)
    cast.published(cast.trip("soon"), public_from=timezone.now() + DAY)
    body = seen(user).content.decode().partition('id="content-main"')[2]
    assert "Nothing waits for you" in seen(user).content.decode()
    assert 'class="btn"' not in body
    assert reverse("admin:trips_edition_changelist") not in body


def test_an_account_without_a_role_is_told_so():
    page = seen(cast.person("nobody")).content.decode()
    assert "Your account has no role on the desk yet." in page
    assert "Trips with findings" not in page


def test_an_empty_desk_says_so_in_a_friendly_way(pia, ivy):
    page = seen(pia).content.decode()
    for words in (
        "Nothing waits for you", "You have no drafts.", "Nothing that you submitted is under way.",
        "Nothing stops a trip", "Nothing in the next seven days.",
        "No report lacks its other language, and none is stale.",
        "None of your trips is published yet.",
    ):  # fmt: skip
        assert words in page
    assert reverse("admin:trips_trip_add") in section(ivy, "My drafts")


@pytest.mark.parametrize("count", [3, 60])
@pytest.mark.parametrize("kind", ["ivy", "pia"])
def test_the_page_costs_the_same_whatever_there_is(request, kind, count, django_assert_num_queries):
    user = request.getfixturevalue(kind)
    with zeal_ignore():
        for number in range(count // 3):
            draft, sent, due = (cast.trip(f"{word}-{number}", owner=user) for word in ("draft", "sent", "due"))
            Trip.objects.filter(pk=draft.pk).update(found={"warn": 1})
            workflow.submit(sent, by=user)
            cast.published(due, public_from=timezone.now() + number * DAY)
    assert Trip.objects.count() == count
    client = Client()
    client.force_login(user)
    client.get("/admin/")
    with django_assert_num_queries(16):
        assert client.get("/admin/").status_code == 200

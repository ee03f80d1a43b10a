"""The way from draft to public and back by keyboard alone, as several people, in a real browser."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import Page, expect

from exchange.models import AuditEntry
from tests import cast
from tests.browser.staff import member, sign_in
from trips.models import Trip

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk_of(page):
    """``desk_of(name, role)``: a window in which that person is signed in."""
    contexts = []

    def opened(name: str, role: str) -> Page:
        member(name, first_name=name.title(), last_name="Tan", is_superuser=False).groups.add(
            Group.objects.get(name=role)
        )
        context = page.context.browser.new_context(base_url=page.url.split("/admin")[0] or None, locale="en-GB")
        contexts.append(context)
        window = context.new_page()
        sign_in(window, name)
        return window

    page.goto("/admin/login/")
    yield opened
    for context in contexts:
        context.close()


def press(window: Page, name: str, role: str = "button") -> None:
    """Reach a control with the Tab key, as somebody does who has no mouse, and press it."""
    wanted = window.get_by_role(role, name=name, exact=True).first
    wanted.wait_for()
    for _step in range(200):
        if wanted.evaluate("element => element === document.activeElement"):
            window.keyboard.press("Enter")
            return
        window.keyboard.press("Tab")
    pytest.fail(f"{name} cannot be reached with the Tab key")


def write(window: Page, label: str, text: str) -> None:
    field = window.get_by_label(label).first
    field.wait_for()
    for _step in range(200):
        if field.evaluate("element => element === document.activeElement"):
            window.keyboard.press("Control+a")
            window.keyboard.type(text)
            return
        window.keyboard.press("Tab")
    pytest.fail(f"{label} cannot be reached with the Tab key")


def give_reasons(window: Page) -> None:
    """Type a reason at every warning that has none from the last edition, going from one to the next with Tab."""
    asked = window.get_by_label("Publish all the same, because")
    asked.first.wait_for()
    left = asked.evaluate_all("inputs => inputs.filter(input => !input.value).length")
    for _step in range(200):
        if not left:
            return
        window.keyboard.press("Tab")
        if window.evaluate("document.activeElement.name?.startsWith('waive:') && !document.activeElement.value"):
            window.keyboard.type("It is known.")
            left -= 1
    pytest.fail("not every reason can be reached with the Tab key")


def state(window: Page) -> str:
    return window.locator(".bar .state").inner_text()


def test_draft_review_changes_approved_scheduled_live_withdrawn(desk_of, page):
    ivy, edo, pia = desk_of("ivy", "Contributor"), desk_of("edo", "Editor"), desk_of("pia", "Publisher")
    trip = cast.trip()
    trip.colleagues.add(*trip.colleagues.model.objects.filter(username="ivy"))
    address = f"/admin/trips/trip/{trip.pk}/change/"
    public = "/en/trips/guangdong-2024/"

    ivy.goto(address)
    assert state(ivy) == "Draft"
    press(ivy, "Submit…")
    write(ivy, "To the reviewers (optional)", "Please look at the names.")
    press(ivy, "Submit for review")
    expect(ivy.locator(".messagelist")).to_contain_text("It is submitted")
    assert state(ivy) == "In review"

    edo.goto(address)
    expect(edo.get_by_text("Please look at the names.")).to_be_visible()
    press(edo, "Send back…")
    write(edo, "What should change", "The second paragraph names no college.")
    press(edo, "Send back")
    expect(edo.locator(".messagelist")).to_contain_text("sent back")

    ivy.goto(address)
    assert state(ivy) == "Changes asked"
    expect(ivy.get_by_text("The second paragraph names no college.")).to_be_visible()
    write(ivy, "Title, English", "A better title")
    press(ivy, "Submit…")
    press(ivy, "Submit for review")
    expect(ivy.locator(".messagelist")).to_contain_text("It is submitted")

    pia.goto(f"/admin/trips/trip/{trip.pk}/approve/")
    expect(pia.get_by_text("A better title").first).to_be_visible()
    press(pia, "Approve")
    expect(pia.locator(".messagelist")).to_contain_text("approved")
    assert state(pia) == "Approved"

    # What is edited now is not part of what was approved.
    ivy.goto(address)
    write(ivy, "Title, English", "Slipped in later")
    press(ivy, "Save")
    expect(ivy.get_by_text("what is saved now is not part of what was submitted")).to_be_visible()

    pia.goto(f"/admin/trips/trip/{trip.pk}/publish/")
    expect(pia.get_by_text("They are not part of this and wait.")).to_be_visible()
    pia.get_by_label("Now", exact=True).focus()
    pia.keyboard.press("ArrowDown")
    pia.get_by_label("Public from").fill("2035-01-01T09:00")
    give_reasons(pia)
    press(pia, "Publish edition 1")
    expect(pia.locator(".messagelist")).to_contain_text(
        "becomes public: 1 January 2035, 09:00 Asia/Shanghai · 01:00 UTC"
    )
    assert state(pia) == "Scheduled"
    assert pia.request.get(public).status == 404

    pia.goto(f"/admin/trips/trip/{trip.pk}/withdraw/")
    write(pia, "Reason, public, English", "The text is not ready.")
    press(pia, "Withdraw")
    expect(pia.locator(".messagelist")).to_contain_text("withdrawn")
    press(pia, "Publish…")
    give_reasons(pia)
    press(pia, "Publish edition 2")
    expect(pia.locator(".messagelist")).to_contain_text("Edition 2 is public")
    assert pia.request.get(public).status == 200
    pia.goto(f"/admin/trips/trip/{trip.pk}/withdraw/")
    write(pia, "Reason, public, English", "Names were wrong.")
    press(pia, "Withdraw")
    expect(pia.locator(".messagelist")).to_contain_text("withdrawn")
    assert pia.request.get(public).status == 410
    assert [one.verb for one in AuditEntry.objects.order_by("id")] == [
        "submit", "send_back", "submit", "approve", "schedule", "withdraw", "publish", "withdraw",
    ]  # fmt: skip


def test_two_windows_one_trip(desk_of, page):
    """Each sees what the other saved; nothing that was typed is gone."""
    edo, pia = desk_of("edo", "Editor"), desk_of("pia", "Publisher")
    trip = cast.trip()
    for window in (edo, pia):
        window.goto(f"/admin/trips/trip/{trip.pk}/change/")
    edo.locator("#facts").get_by_label("Title, English").fill("Edo's title")
    edo.get_by_role("button", name="Save", exact=True).click()
    expect(edo.locator(".messagelist")).to_contain_text("was changed successfully")

    pia.locator("#facts").get_by_label("Title, English").fill("Pia's title")
    pia.get_by_label("Who travelled, English").fill("Officials")
    pia.get_by_role("button", name="Save", exact=True).click()
    expect(pia.locator("#facts .errorlist").first).to_contain_text("Somebody else saved this too")
    expect(pia.locator("#facts").get_by_label("Title, English")).to_have_value("Pia's title")
    expect(pia.get_by_label("Who travelled, English")).to_have_value("Officials")
    assert Trip.objects.get(pk=trip.pk).title_en == "Edo's title"

    expect(pia.get_by_role("region", name="Edo Tan saved this while you were writing.")).to_be_visible()
    pia.get_by_role("button", name="Save", exact=True).click()
    expect(pia.locator(".messagelist")).to_contain_text("was changed successfully")
    assert Trip.objects.get(pk=trip.pk).title_en == "Pia's title"


def test_who_else_has_the_form_open(desk_of, page):
    edo, pia = desk_of("edo", "Editor"), desk_of("pia", "Publisher")
    address = f"/admin/trips/trip/{cast.trip().pk}/change/"
    edo.goto(address)
    edo.wait_for_load_state("networkidle")
    pia.goto(address)
    also = pia.locator("#also-open")
    expect(also).to_have_text("Also open by Edo Tan")
    expect(also).to_have_role("status")
    edo.goto("/admin/")
    edo.wait_for_load_state("networkidle")
    pia.reload()
    pia.wait_for_load_state("networkidle")
    expect(also).to_have_text("")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_two_versions_and_a_choice(desk_of, page, violations, scheme):
    edo, pia = desk_of("edo", "Editor"), desk_of("pia", "Publisher")
    trip = cast.trip()
    for window, name in ((edo, "Edo"), (pia, "Pia")):
        window.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        window.goto(f"/admin/trips/trip/{trip.pk}/change/")
        window.locator("#facts").get_by_label("Title, English").fill(f"{name}'s title")
        window.get_by_role("tab", name=re.compile("^Programme")).click()
        window.locator("#programme .row:not(.empty-form) .row-open").last.click()
        window.locator("[name=visits-1-seen_en]").fill(f"Seen by {name}")
    edo.get_by_role("button", name="Save", exact=True).click()
    expect(edo.locator(".messagelist")).to_contain_text("was changed successfully")
    pia.get_by_role("button", name="Save", exact=True).click()

    told = pia.get_by_role("region", name="Edo Tan saved this while you were writing.")
    expect(told.get_by_role("link")).to_have_text(["Title, English", "Visit 2: What was seen, English"])
    assert violations(pia) == []
    pia.set_viewport_size({"width": 360, "height": 800})
    assert pia.evaluate("document.documentElement.scrollWidth") <= 360
    told.get_by_role("link", name="Visit 2").click()
    versions = pia.get_by_role("group", name="Two versions: What was seen, English")
    expect(versions.get_by_label("Keep yours")).to_be_focused()
    expect(versions.locator("del")).to_have_text("Edo")
    expect(versions.locator("ins")).to_have_text("Pia")
    assert violations(pia) == []
    told.get_by_role("button", name="All theirs").click()
    expect(versions.get_by_label("Take theirs")).to_be_checked()
    versions.get_by_label("Keep yours").check()
    pia.get_by_role("button", name="Save", exact=True).click()
    expect(pia.locator(".messagelist")).to_contain_text("was changed successfully")
    assert Trip.objects.get(pk=trip.pk).title_en == "Edo's title"
    assert trip.visits.last().seen_en == "Seen by Pia"


def test_what_is_found_stands_at_its_field(desk_of, page):
    trip = cast.trip()
    trip.reports.filter(language="en").update(body="<p>Laos and Vietnam came.</p>")
    visit = trip.visits.exclude(date=None).first()
    trip.visits.filter(pk=visit.pk).update(date="2024-11-30")
    edo = desk_of("edo", "Editor")
    edo.goto(f"/admin/trips/trip/{trip.pk}/change/#report-en")
    expect(edo.locator("#report-en .finding.warn").filter(has_text="Lao PDR")).to_be_visible()
    expect(edo.get_by_role("tab", name=re.compile("^Programme")).locator(".mark.block")).to_have_text(
        "2"
    )  # and an unchecked host
    edo.get_by_role("tab", name=re.compile("^Programme")).click()
    edo.locator("#programme .row:has(.found) .row-open").click()
    expect(edo.locator("#programme .finding.block")).to_contain_text("outside the trip")


def test_a_time_is_told_in_every_zone_while_it_is_typed(desk_of, page):
    """The reader's own zone is added by the browser; what clocks skip or show twice is said at once."""
    trip = cast.trip(time_zone="Europe/London")
    pia = desk_of("pia", "Publisher")
    pia.goto(f"/admin/trips/trip/{trip.pk}/publish/")
    pia.get_by_label("At a time").check()
    told = pia.locator("output.typed").first
    moment = pia.get_by_label("Public from")
    moment.fill("2035-07-01T09:00")
    expect(told).to_contain_text("1 July 2035, 09:00 Europe/London · 16:00 Asia/Shanghai · 08:00 UTC")
    moment.fill("2035-03-25T01:30")
    expect(told).to_contain_text("01:30 does not exist on that day in Europe/London")
    moment.fill("2035-10-28T01:30")
    expect(told).to_contain_text("01:30 comes twice on that day in Europe/London")
    moment.fill("2035-10-28T02:00")
    expect(told).to_contain_text("28 October 2035, 02:00 Europe/London · 10:00 Asia/Shanghai · 02:00 UTC")
    cast.published(trip, public_from=timezone.now() + dt.timedelta(days=30))
    zoned = pia.context.browser.new_context(base_url=pia.url.split("/admin")[0], timezone_id="Asia/Bangkok")
    window = zoned.new_page()
    sign_in(window, "pia")
    expect(window.locator(".week .moment")).to_contain_text("Asia/Bangkok (your time)")
    zoned.close()

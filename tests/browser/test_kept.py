"""What was typed and not saved: kept in the browser of its writer, offered on return, and let go once it is saved."""

import json
import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests import cast
from tests.browser.staff import PASSWORD, member, sign_in
from trips.models import Trip

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def address(trip: Trip) -> str:
    return f"/admin/trips/trip/{trip.pk}/change/"


def kept(page: Page) -> str:
    """All that the browser keeps, as one text."""
    return json.dumps(page.evaluate("Object.entries(localStorage)"), ensure_ascii=False)


def title(page: Page):
    return page.locator("#facts").get_by_label("Title, English")


def until_kept(page: Page, text: str) -> None:
    page.wait_for_function("text => Object.values(localStorage).join().includes(text)", arg=text)


def type_into(page: Page, text: str = "A title by Mei") -> None:
    """Type a title and wait until it is kept."""
    title(page).click()
    title(page).fill(text)
    until_kept(page, text)


def offer(page: Page):
    return page.get_by_role("region", name="Typed and not saved")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=re.compile(f"^{name}")).click()


def test_a_session_that_ended_loses_nothing(page):
    trip = cast.trip()
    member()
    sign_in(page)
    page.goto(address(trip))
    type_into(page)
    Session.objects.all().delete()
    save(page)
    page.get_by_label("Username").fill("mei")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"**{address(trip)}*")
    expect(offer(page)).to_contain_text(re.compile(r"You typed this on .* and it was not saved\."))
    expect(offer(page)).to_contain_text("Title, English")
    expect(title(page)).to_have_value("Exchange Trip to Guangdong")  # nothing is put back unasked
    offer(page).get_by_role("button", name="Put it back").click()
    expect(title(page)).to_have_value("A title by Mei")
    expect(page.locator("#saved")).to_have_text("Not saved yet")
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    expect(offer(page)).to_be_hidden()
    assert "A title by Mei" not in kept(page)
    assert Trip.objects.get().title_en == "A title by Mei"


def test_a_browser_that_crashed_loses_nothing(page):
    """Text, rich text, a choice that asks the server, a tick, and a new row."""
    trip = cast.trip()
    member()
    sign_in(page)
    page.goto(address(trip))
    type_into(page)
    tab(page, "Facts")
    page.locator("#facts").locator("[name=more_enterprises]").check()
    tab(page, "Report EN")
    page.get_by_role("textbox", name="Body").click()
    page.keyboard.type("Rich ")
    tab(page, "Coverage")
    page.get_by_role("button", name="Add another").locator("visible=true").click()
    row = page.locator("#coverage .row:not(.empty-form)").last
    row.get_by_label("Headline").fill("A new cutting")
    row.locator(".select2-selection").first.click()
    page.locator(".select2-results__option", has_text="Southern Daily").click()
    until_kept(page, "Southern Daily")
    page.close(run_before_unload=False)

    page = page.context.new_page()
    page.goto(address(trip))
    expect(offer(page)).to_be_visible()
    for name in ("Title, English", "Body", "Headline", "Outlet"):
        expect(offer(page)).to_contain_text(re.compile(name, re.IGNORECASE))
    offer(page).get_by_role("button", name="Put it back").click()
    expect(offer(page)).to_contain_text("It stands in the form again")
    tab(page, "Report EN")
    expect(page.get_by_role("textbox", name="Body")).to_contain_text("Rich")
    tab(page, "Coverage")
    row = page.locator("#coverage .row:not(.empty-form)").last
    expect(row.locator(".select2-selection").first).to_contain_text("Southern Daily")
    expect(row.locator(".row-open")).to_contain_text("A new cutting")
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    expect(offer(page)).to_be_hidden()
    assert "kept:" not in kept(page)
    trip = Trip.objects.get()
    assert (trip.title_en, trip.more_enterprises, trip.coverage.count()) == ("A title by Mei", True, 2)
    assert trip.coverage.last().outlet.name_en == "Southern Daily"
    assert "Rich" in trip.reports.get(language="en").body


def test_a_page_with_errors_keeps_what_it_was_sent(page):
    trip = cast.trip()
    member()
    sign_in(page)
    page.goto(address(trip))
    type_into(page)
    page.locator("#facts").get_by_label("Last day").fill("2024-10-01")
    save(page)
    expect(page.locator("#facts .errorlist").first).to_contain_text("before the first day")
    expect(offer(page)).to_be_hidden()  # it stands in the form
    page.close(run_before_unload=False)
    page = page.context.new_page()
    page.goto(address(trip))
    expect(offer(page)).to_contain_text("Title, English")
    offer(page).get_by_role("button", name="Discard").click()
    expect(title(page)).to_have_value("Exchange Trip to Guangdong")
    page.reload()
    expect(offer(page)).to_be_hidden()
    assert "kept:" not in kept(page)


def test_what_somebody_else_saved_since_is_told(page):
    trip = cast.trip()
    member()
    sign_in(page)
    page.goto(address(trip))
    type_into(page)
    Trip.objects.update(title_en="A title by Edo")
    page.close(run_before_unload=False)
    page = page.context.new_page()
    page.goto(address(trip))
    expect(offer(page)).to_contain_text("Title, English (saved since by somebody else)")
    offer(page).get_by_role("button", name="Put it back").click()
    expect(page.locator("#facts .field.field-title_en")).to_contain_text("What is saved now: “A title by Edo”")


def test_a_row_is_found_again_by_its_key(page):
    trip = cast.trip()
    member()
    sign_in(page)
    page.goto(f"{address(trip)}#programme")
    row = page.locator("#programme .row:not(.empty-form)").last
    row.locator(".row-open").click()
    row.get_by_label("What was seen, English").fill("Seen by Mei")
    until_kept(page, "Seen by Mei")
    page.close(run_before_unload=False)
    trip.visits.first().delete()
    page = page.context.new_page()
    page.goto(f"{address(trip)}#programme")
    offer(page).get_by_role("button", name="Put it back").click()
    expect(page.locator("#programme .row:not(.empty-form)")).to_have_count(1)
    expect(page.locator("[name=visits-0-seen_en]")).to_have_value("Seen by Mei")


def test_a_new_trip_is_kept_until_it_is_added(page):
    member()
    sign_in(page)
    page.goto("/admin/trips/trip/add/")
    type_into(page, "Green Skills in Nanning")
    page.close(run_before_unload=False)
    page = page.context.new_page()
    page.goto("/admin/trips/trip/add/")
    offer(page).get_by_role("button", name="Put it back").click()
    page.locator("#facts").get_by_label("First day").fill("2027-03-01")
    page.locator("#facts").get_by_label("Last day").fill("2027-03-04")
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    page.goto("/admin/trips/trip/add/")
    expect(offer(page)).to_be_hidden()
    assert "kept:" not in kept(page)


def test_contact_data_and_bookkeeping_are_never_kept(page):
    trip = cast.trip()
    member()
    sign_in(page)
    page.goto(f"{address(trip)}#people")
    row = page.locator("#people .row:not(.empty-form)").first
    row.locator(".row-open").click()
    row.get_by_label("Mail").fill("secret@example.org")
    row.get_by_label("Telephone").fill("+86 1234")
    row.get_by_label("Needs").fill("No nuts.")
    row.get_by_label("Name, English").fill("Lin Meimei")
    until_kept(page, "Lin Meimei")
    found = kept(page)
    for private in ("secret@example.org", "1234", "No nuts", "csrf", 'seen\\"', "TOTAL_FORMS"):
        assert private not in found


def test_whoever_comes_next_sees_nothing_and_signing_out_lets_go(page):
    trip = cast.trip()
    member()
    member("edo", first_name="Edo")
    sign_in(page)
    page.goto(address(trip))
    type_into(page)
    page.context.clear_cookies()  # the session is gone, and with it the person
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, "edo")
    page.goto(address(trip))
    expect(title(page)).to_be_visible()
    expect(offer(page)).to_be_hidden()
    type_into(page, "A title by Edo")
    page.locator(".tools summary").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_text("Thanks for spending")).to_be_visible()
    assert "A title by Edo" not in kept(page)
    assert "A title by Mei" in kept(page)


def test_old_text_is_dropped_and_a_full_browser_is_no_trouble(page):
    trip = cast.trip()
    member()
    sign_in(page)
    old = {"token": "old", "address": address(trip), "at": 0, "entries": []}
    page.evaluate("old => localStorage.setItem('kept:1:old', JSON.stringify(old))", old)
    page.goto(address(trip))
    expect(offer(page)).to_be_hidden()
    assert "kept:" not in kept(page)
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    title(page).fill("A title by Mei")
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_offer_is_accessible(page, violations, scheme):
    trip = cast.trip()
    member()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    sign_in(page)
    page.goto(address(trip))
    type_into(page)
    page.close(run_before_unload=False)
    page = page.context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address(trip))
    expect(offer(page)).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    offer(page).get_by_role("button", name="Discard").click()
    expect(offer(page)).to_be_focused()
    assert violations(page) == []

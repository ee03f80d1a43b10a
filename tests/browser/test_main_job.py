"""The main job, as a member of the secretariat and a visitor do it, in a real browser."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.browser.staff import member, sign_in
from trips.models import Edition, Trip

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = "/en/trips/guangdong-2024/"
HEADLINE = "A new headline from the desk"


def bytes_of(page: Page, address: str) -> bytes:
    return page.request.get(address).body()


def test_curate_preview_publish_read_and_withdraw(page, complaints):
    call_command("load_demo", verbosity=0)
    member()
    before = {address: bytes_of(page, address) for address in (PUBLIC, PUBLIC.replace("/en/", "/zh-hans/"))}
    sign_in(page)

    # Open the trip and change it: a headline, and the order of the programme, by keyboard.
    page.get_by_role("link", name="Trips", exact=True).first.click()
    page.get_by_role("link", name=re.compile("TVET Exchange Trip to Guangdong")).first.click()
    page.get_by_role("tab", name="Report EN").click()
    headline = page.locator("#report-en").get_by_label("Headline")
    headline.click()
    headline.fill(HEADLINE)
    expect(page.locator("#saved")).to_have_text("Not saved yet")
    page.get_by_role("tab", name=re.compile("^Programme")).click()
    first = page.locator("#programme .row:not(.empty-form)").first
    first.get_by_role("button", name="Move down").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert page.url.endswith("#programme")
    trip = Trip.objects.get(slug="guangdong-2024")
    assert [visit.position for visit in trip.visits.all()][:2] == [1, 2]
    assert str(trip.visits.all()[1]).startswith("Guangdong Polytechnic of Water")

    # Nothing of it is public yet; the preview shows it.
    for address, body in before.items():
        assert bytes_of(page, address) == body
    with page.expect_popup() as popup:
        page.get_by_role("link", name=re.compile("^EN")).click()
    preview = popup.value
    expect(preview.get_by_text("Preview of the working copy, not public")).to_be_visible()
    expect(preview.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    preview.close()
    assert Edition.objects.filter(trip=trip).count() == 3

    # Publish exactly that.
    page.get_by_role("button", name="Publish…").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Publish")
    page.get_by_label("Change note, public, English").fill("A better headline.")
    for reason in page.get_by_label("Publish all the same, because").all():
        reason.fill("The Chinese headline says the same.")
    page.get_by_role("button", name="Publish edition 4").click()
    expect(page.locator(".messagelist")).to_contain_text("Edition 4 is public")

    # A visitor reads it, in both languages, and keeps no cookie.
    visitor = page.context.browser.new_context(base_url=page.url.split("/admin")[0])
    reader = visitor.new_page()
    reader.goto(PUBLIC)
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(reader.get_by_text("A better headline.")).to_be_visible()
    reader.get_by_role("link", name="中文").first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("走进车间里的课堂")
    expect(reader.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert visitor.cookies() == []
    assert reader.goto(f"{PUBLIC}editions/3/").status == 200
    expect(reader.get_by_text("This edition has been superseded.")).to_be_visible()

    # Withdraw it: the address says so, with the reason.
    page.get_by_label("More", exact=True).click()
    page.get_by_role("link", name="Withdraw…").click()
    page.get_by_label("Reason, public, English").fill("Two delegations were named wrongly.")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.locator(".messagelist")).to_contain_text("It is withdrawn")
    assert reader.goto(PUBLIC).status == 410
    expect(reader.get_by_text("Two delegations were named wrongly.")).to_be_visible()
    assert reader.goto("/en/trips/").status == 200
    expect(reader.get_by_text(HEADLINE)).to_have_count(0)
    assert reader.request.get("/api/v1/trips/guangdong-2024/").status == 410
    visitor.close()


def test_an_error_opens_its_place_and_loses_nothing(page):
    call_command("load_demo", verbosity=0)
    member()
    sign_in(page)
    trip = Trip.objects.get(slug="guangdong-2024")
    page.goto(f"/admin/trips/trip/{trip.pk}/change/")
    page.locator("#facts").get_by_label("Title, English").fill("A title that is kept")
    page.get_by_role("tab", name=re.compile("^Programme")).click()
    row = page.locator("#programme .row:not(.empty-form)").first
    row.locator(".row-open").click()
    row.get_by_label("Date", exact=True).fill("2024-10-30")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#programme .errorlist").first).to_contain_text("outside the trip")
    expect(page.locator("#programme")).to_be_visible()
    expect(row.get_by_label("Date", exact=True)).to_have_value("2024-10-30")
    page.get_by_role("tab", name="Facts").click()
    expect(page.locator("#facts").get_by_label("Title, English")).to_have_value("A title that is kept")
    assert Trip.objects.get(pk=trip.pk).title_en != "A title that is kept"


def test_a_new_trip_begins_as_a_draft_nobody_else_sees(page):
    member()
    sign_in(page)
    page.goto("/admin/trips/trip/add/")
    page.locator("#facts").get_by_label("Title, English").fill("Green Skills in Nanning")
    page.locator("#facts").get_by_label("First day").fill("2027-03-01")
    page.locator("#facts").get_by_label("Last day").fill("2027-03-04")
    expect(page.locator("#facts").get_by_label("Address")).to_have_value("green-skills-in-nanning")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    assert page.request.get("/en/trips/green-skills-in-nanning/").status == 404
    expect(page.locator(".bar .state")).to_have_text("Draft")

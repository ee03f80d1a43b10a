"""The two pages side by side in a real browser: both go to the same difference, and nothing breaks the policy."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.browser.staff import member, sign_in
from trips.models import Trip

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_both_pages_go_to_the_next_difference(page, violations, language):
    call_command("load_demo", verbosity=0)
    trip = Trip.objects.get(slug="guangdong-2024")
    report = trip.reports.get(language=language)
    report.summary += " Added."
    report.body += "<p>A paragraph at the end.</p>"
    report.save()
    member()
    sign_in(page)
    for width, height in ((1440, 900), (768, 900), (360, 760)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"/admin/trips/trip/{trip.pk}/compare/?language={language}")
        desk = page.frame_locator("iframe[name=desk]")
        expect(desk.locator("#difference-1")).to_contain_text("Added")
        page.get_by_role("button", name="Next difference").click()
        expect(page.get_by_role("status").first).to_have_text("Difference 1 of 2")
        page.get_by_role("button", name="Next difference").click()
        expect(page.get_by_role("status").first).to_have_text("Difference 2 of 2")
        expect(desk.locator("#difference-2.here")).to_be_in_viewport()
        page.get_by_role("button", name="Next difference").click()
        expect(desk.locator("#difference-1.here")).to_be_in_viewport()
        page.get_by_role("button", name="Previous").click()
        expect(desk.locator("#difference-2.here")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


def test_what_one_page_alone_has_is_shown_beside_its_part_of_the_other(page):
    call_command("load_demo", verbosity=0)
    trip = Trip.objects.get(slug="guangdong-2024")
    trip.coverage.first().delete()
    member()
    sign_in(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"/admin/trips/trip/{trip.pk}/compare/?language=en")
    desk = page.frame_locator("iframe[name=desk]")
    expect(desk.locator("#coverage")).not_to_be_in_viewport()
    page.get_by_role("button", name="Next difference").click()
    expect(desk.locator("#coverage")).to_be_in_viewport()

"""A stale translation in a real browser: the mark, the finding that is not said twice, the box without scripts."""

import pytest
from django.urls import reverse

from tests import cast
from tests.browser.staff import member, sign_in
from trips.models import Trip

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def trip() -> Trip:
    """The cast's trip; its title and its report changed in English."""
    member()
    made = cast.trip(made_from={"title": "A trip"})
    made.reports.filter(language="zh-hans").update(made_from={"body": "<p>They had come.</p>"})
    return made


def address(trip: Trip) -> str:
    return reverse("admin:trips_trip_change", args=[trip.pk])


def test_the_mark_stands_at_its_field_once_and_the_box_clears_it(page, trip, violations):
    sign_in(page)
    page.goto(f"{address(trip)}#report-zh")
    page.locator(".tabs .mark.warn").first.wait_for()  # the findings have arrived
    mark = page.locator("#report-zh .stale")
    assert mark.count() == 1
    assert page.get_by_text("Change the Chinese text, or say that it is still valid.").count() == 0
    editor = page.locator("#report-zh .field-body .prose-editor")
    assert mark.bounding_box()["y"] < editor.bounding_box()["y"]
    assert page.locator(".source del").inner_text() == "had come"
    assert violations(page) == []
    page.get_by_label("Still valid: Body").check()
    page.keyboard.press("Control+s")
    page.wait_for_url("**#report-zh")
    page.locator(".messagelist").wait_for()
    assert page.locator("#report-zh .stale").count() == 0
    assert page.locator("#facts .stale").count() == 1


def test_without_scripts(browser, live_server, trip):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    page.goto(address(trip))
    page.get_by_label("Still valid: Title, Chinese").check()
    page.locator("[name=note]").fill("Typed beside it")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.locator(".messagelist").wait_for()
    assert page.get_by_label("Still valid: Title, Chinese").count() == 0
    context.close()
    saved = Trip.objects.get(pk=trip.pk)
    assert (saved.made_from, saved.note) == ({"title": "Exchange Trip to Guangdong"}, "Typed beside it")

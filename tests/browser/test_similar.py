"""While a new record is named, those like it stand below the field; from a trip's form one of them is chosen."""

import pytest
from playwright.sync_api import Page, expect

from institutions.models import Organisation
from tests import cast
from tests.browser.staff import member, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COMPOSING = """(field, text) => {
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true }));
}"""


def test_a_record_that_is_there_is_named_while_it_is_typed_and_used_in_place_of_a_second_one(page: Page):
    trip = cast.trip()
    member()
    sign_in(page)
    page.goto(f"/admin/trips/trip/{trip.pk}/change/#programme")
    page.locator("#visits-1 .row-open").click()
    page.locator("#visits-1 a.new-one[href*=hostinstitution]").wait_for()
    with page.expect_popup() as opened:
        page.locator("#visits-1 a.new-one[href*=hostinstitution]").click()
    popup = opened.value
    asked = []
    popup.on("request", lambda request: asked.append(request.url) if "/similar/" in request.url else None)
    chinese = popup.get_by_label("Official name, Chinese")
    chinese.evaluate(COMPOSING, "深圳职业技术大学")
    popup.wait_for_timeout(500)
    assert asked == []  # an input method is still at work
    chinese.dispatch_event("compositionend")
    found = popup.get_by_role("region", name="Is it one of these?")
    expect(found).to_contain_text("Shenzhen Polytechnic University")
    expect(popup.locator("#desk-says")).to_contain_text("Shenzhen Polytechnic University")
    chinese.fill("湖南大学")
    expect(found).to_have_count(0)
    popup.get_by_label("Official name, English").press_sequentially("Shenzen Polytechnic Univ")
    found.get_by_role("link", name="Use this one").click()
    host = Organisation.objects.get(slug="shenzhen-polytechnic-university")
    expect(page.locator("#id_visits-1-host")).to_have_value(str(host.pk))
    assert Organisation.objects.filter(kind="host").count() == 1

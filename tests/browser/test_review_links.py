"""A reader without an account, on a phone, by keyboard; the desk that makes the link; the print on A4."""

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.browser.staff import member, sign_in
from tests.browser.test_hostile import HOSTILE
from tests.browser.test_review import press, write
from trips import review_links, workflow
from trips.models import Remark, Trip

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def trip() -> Trip:
    return cast.trip()


@pytest.fixture
def token(trip) -> str:
    workflow.submit(trip, by=None)
    return review_links.make(trip, by=None, for_whom="Embassy of Lao PDR, Education Section")[1]


def test_the_desk_makes_a_link_and_a_reader_answers_by_keyboard(page, trip):
    workflow.submit(trip, by=None)
    member()
    sign_in(page)
    page.goto(f"/admin/trips/trip/{trip.pk}/change/")
    page.get_by_label("More", exact=True).click()
    page.get_by_role("link", name="Review links…").click()
    write(page, "For whom", "Embassy of Lao PDR")
    press(page, "Make a link")
    address = page.locator(".copy input").input_value()
    token = address.rpartition("/")[2]

    reader = page.context.browser.new_context(base_url=page.url.split("/admin")[0], locale="zh-CN", viewport=PHONE)
    phone = reader.new_page()
    phone.goto(f"/review/{token}")
    expect(phone.get_by_text("他们来了。")).to_be_visible()
    phone.goto(f"/review/{token}/en/")
    press(phone, "Remark (Programme)", "link")
    expect(phone.get_by_label("About")).to_have_value("programme")
    write(phone, "Your remark", "The visit was in the morning.")
    press(phone, "Send the remark")
    expect(phone.get_by_role("status")).to_contain_text("Your remark was sent")
    agree = phone.locator("section[aria-labelledby=agree]")
    agree.get_by_label("Your name").focus()
    phone.keyboard.type("Somphone Vongsa")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(agree.get_by_role("status")).to_contain_text("Somphone Vongsa agreed to this text")
    assert reader.cookies() == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    reader.close()

    page.goto(f"/admin/trips/trip/{trip.pk}/review-links/")
    expect(page.get_by_text("The visit was in the morning.", exact=True)).to_be_visible()
    press(page, "Done (The visit was in the morning.)")
    expect(page.locator(".messagelist")).to_contain_text("The remark is done.")
    assert Remark.objects.get().done_by.username == "mei"


def test_the_page_works_without_scripts(page, trip, token):
    page.goto("/en/")
    reader = page.context.browser.new_context(
        base_url=page.url.removesuffix("/en/"), viewport=PHONE, java_script_enabled=False
    )
    phone = reader.new_page()
    phone.goto(f"/review/{token}/en/")
    phone.get_by_role("link", name="Remark (Report)").click()
    phone.get_by_label("Your remark").fill("Fine.")
    phone.get_by_role("button", name="Send the remark").click()
    expect(phone.get_by_role("status")).to_contain_text("Your remark was sent")
    reader.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, violations, trip, token, scheme):
    candidate = trip.candidates.get()
    link = review_links.find(token, candidate.submitted_at)
    said = {"digest": candidate.digest, "section": "programme", "name": HOSTILE[:100]}
    review_links.settle(review_links.remark(link, text="Done already.", **said), by=None)
    review_links.remark(link, text=HOSTILE, **said)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    member()
    sign_in(page)
    desk = f"/admin/trips/trip/{trip.pk}"
    places = [f"/review/{token}/{code}/" for code in ("en", "zh-hans")]
    places += [f"{desk}/review-links/", f"{desk}/candidate/en/print/", f"{desk}/publish/", f"{desk}/change/"]
    found = {}
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for place in places:
            page.goto(place)
            assert page.locator("img[src=x]").count() == 0, place
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (place, width)
            if rules := violations(page):
                found[place, width] = rules
        page.goto(f"/review/{token}/en/")
        page.get_by_label("Your remark").fill("x")
        page.get_by_label("Your name").first.evaluate("field => { field.required = false; field.value = '' }")
        page.get_by_role("button", name="Send the remark").click()
        expect(page.locator(".errorlist")).to_be_visible()
        if rules := violations(page):
            found["refused", width] = rules
    workflow.send_back(trip, digest=candidate.digest, by=None, comment="More.")
    page.goto(f"/review/{token}/en/")
    if rules := violations(page):
        found["closed"] = rules
    assert found == {}


def test_the_digest_stands_on_every_sheet_of_the_print(page, trip, token):
    """As the foot of a table that is not broken: that is what browsers repeat."""
    member()
    sign_in(page)
    page.goto(f"/admin/trips/trip/{trip.pk}/candidate/en/print/")
    page.emulate_media(media="print")
    for hidden in (".banner", ".nav", ".foot", ".crumbs"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.locator(".sheets__foot").evaluate("foot => getComputedStyle(foot).display") == "table-footer-group"
    assert page.locator(".sheets__foot").evaluate("foot => getComputedStyle(foot).breakInside") == "avoid"
    expect(page.locator(".sheets__foot")).to_contain_text(trip.candidates.get().digest)
    expect(page.locator(".sign dt")).to_have_text(["Name", "Post and office", "Place and date", "Signature"])
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")

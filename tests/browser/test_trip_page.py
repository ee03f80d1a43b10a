"""The page of a trip in a real browser: its pictures, its card on another site, what it costs, and on paper."""

import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests import cast, pictures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/en/trips/guangdong-2024/"
COUNT = 4  # pictures of the trip
SHEETS = {"en": 8, "zh-hans": 6}  # of A4, of the reference trip


@pytest.fixture
def trip(db) -> None:
    given = pictures.trip(COUNT)
    cast.published(given)
    given.reports.filter(language="en").update(summary="Six days.")
    cast.published(given, note_en="A day more.")


@pytest.fixture
def partner() -> Iterator[Callable[[str], str]]:
    """`partner(html)`: the address of a page of another site with that on it."""
    pages: list[bytes] = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages[-1])

        def log_message(self, *_given: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()

    def put(html: str) -> str:
        pages.append(f"<!doctype html><title>Partner</title>{html}".encode())
        return f"http://127.0.0.1:{server.server_port}/"

    yield put
    server.shutdown()
    server.server_close()


def test_pictures_open_in_place_by_keyboard(page, trip):
    page.goto(PAGE)
    opener = page.locator("a.photo").nth(1)
    opener.focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog", name="Pictures")
    expect(viewer).to_contain_text(f"Picture 2 of {COUNT}")
    expect(viewer.get_by_role("img")).to_have_attribute("alt", re.compile("Text 2"))
    page.keyboard.press("ArrowRight")
    expect(viewer).to_contain_text(f"Picture 3 of {COUNT}")
    page.keyboard.press("End")
    expect(viewer).to_contain_text(f"Picture {COUNT} of {COUNT}")
    expect(viewer.get_by_role("button", name="Next picture")).to_be_disabled()
    page.keyboard.press("ArrowRight")  # there is nothing after the last one
    expect(viewer).to_contain_text(f"Picture {COUNT} of {COUNT}")
    viewer.get_by_role("button", name="Previous picture").press("Enter")
    expect(viewer).to_contain_text(f"Picture {COUNT - 1} of {COUNT}")
    for _step in range(6):  # the page behind is out of reach
        page.keyboard.press("Tab")
        assert page.evaluate(
            "!document.activeElement.closest('main, header, footer') || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(page.locator("a.photo").nth(COUNT - 2)).to_be_focused()
    assert page.url.endswith(PAGE)


def test_pictures_are_seen_one_after_the_other_without_scripts(browser, live_server, trip):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(PAGE)
    expect(page.get_by_role("button")).to_have_count(0)
    page.locator("a.photo").first.click()
    for number in range(1, COUNT):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Picture {number} of {COUNT}")
        page.get_by_role("link", name="Next picture").click()
    expect(page.get_by_role("link", name="Next picture")).to_have_count(0)
    page.get_by_role("link", name="Back to the trip").click()
    expect(page).to_have_url(re.compile(PAGE))
    context.close()


def test_the_card_stands_on_another_site_and_leads_to_the_trip(browser, live_server, trip, partner):
    """As a partner would use it: the code from the page, on a page of another origin."""
    context = browser.new_context(viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto(live_server.url + PAGE)
    page.get_by_text("Show this trip on your site").click()
    code = page.get_by_role("textbox", name="Code of the card").input_value()
    page.goto(partner(code.replace("http://testserver", live_server.url)))
    card = page.frame_locator("iframe")
    expect(card.get_by_role("heading")).to_have_text("Exchange Trip to Guangdong")
    assert card.locator("html").evaluate("one => one.scrollHeight <= innerHeight && one.scrollWidth <= innerWidth")
    assert card.locator("img").evaluate("one => one.complete && one.naturalWidth > 0")
    assert card.locator("body").evaluate("one => getComputedStyle(one).margin") == "0px"  # its stylesheet is there
    page.route("http://testserver/**", lambda route: route.fulfill(body="<title>The trip</title>"))
    card.get_by_role("heading").get_by_role("link").click()
    page.wait_for_url(f"http://testserver{PAGE}")
    context.close()


def test_no_other_page_may_stand_in_a_frame(browser, live_server, trip, partner):
    page = browser.new_context().new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(partner(f'<iframe src="{live_server.url}{PAGE}"></iframe>'), wait_until="networkidle")
    assert "frame-ancestors" in "".join(refused)
    assert page.frames[1].url.startswith("chrome-error:")
    page.context.close()


def test_the_reference_trip_on_paper_and_on_a_phone(page, tmp_path):
    call_command("load_demo", verbosity=0)
    page.set_viewport_size({"width": 360, "height": 740})
    sizes: list[int] = []
    page.context.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.goto(PAGE, wait_until="networkidle")
    assert 4 <= len(sizes) <= 15
    assert sum(sizes) <= 300_000
    for language, sheets in SHEETS.items():
        page.goto(f"/{language}/trips/guangdong-2024/")
        made = page.pdf(path=tmp_path / "trip.pdf", prefer_css_page_size=True)
        assert abs(len(re.findall(rb"/Type\s*/Page\b", made)) - sheets) <= 1, language
        page.emulate_media(media="print")
        for hidden in (".section:has(#sharing)", ".section:has(#related)", ".viewer", ".nav"):
            expect(page.locator(hidden)).to_be_hidden()
        expect(page.locator(".digest")).to_be_visible()
        page.emulate_media(media="null")


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("zh-hans", "dark")])
def test_axe_finds_nothing(page, violations, trip, language, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    base, found = f"/{language}/trips/guangdong-2024/", {}

    def look(what: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (what, width)
        if rules := violations(page):
            found[what, width] = rules

    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for path in ("editions/2/changes/", "card/"):
            page.goto(base + path)
            look(path)
        page.goto(base)
        page.locator("details.embed summary").click()
        look("embed")
        opener = page.locator("a.photo").nth(1)
        opener.click()
        expect(page.get_by_role("dialog").get_by_role("button").last).to_be_in_viewport()
        expect(page.get_by_role("dialog").get_by_role("img")).to_be_in_viewport(ratio=1)
        look("viewer")
        page.keyboard.press("Escape")
        page.goto(opener.get_attribute("href"))
        look("photo")
    assert found == {}

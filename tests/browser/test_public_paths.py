"""Whole ways through the public site: with the keyboard alone, and with scripts switched off.

A way is a list of steps, each a small function that is given the page; a new kind of page adds its step.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Step = Callable[[Any], None]
TABS = 200  # stops on the longest page
FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return ["", true];
  const seen = getComputedStyle(one).outlineStyle !== "none" && one.checkVisibility({visibilityProperty: true});
  return [(one.getAttribute("aria-label") || one.innerText || "").trim().replace(/\\s+/g, " "), seen];
}"""


def tab_to(page: Any, name: str) -> None:
    """Press Tab until the element of that name has the focus, which can be seen at every stop."""
    page.wait_for_load_state()
    for _press in range(TABS):
        page.keyboard.press("Tab")
        told, seen = page.evaluate(FOCUSED)
        assert seen, f"the focus cannot be seen on {told!r}"
        if re.search(name, told):
            return
    raise AssertionError(f"{name} is not reached")


def follow(page: Any, name: str) -> None:
    """Tab to it and press Enter."""
    tab_to(page, name)
    page.keyboard.press("Enter")


def past_the_menu(page: Any) -> None:
    page.wait_for_load_state()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == ["Skip to content", True]
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def to_the_list(page: Any) -> None:
    page.goto("/en/")
    if page.get_by_role("button", name="Menu").is_visible():
        follow(page, "^Menu$")
    follow(page, "^Trips$")
    expect(page.get_by_role("heading", level=1, name="Trips")).to_be_visible()


def to_one_year(page: Any) -> None:
    if page.locator("summary", has_text="Filter").is_visible():
        follow(page, "^Filter")
    follow(page, "^2024")
    expect(page).to_have_url(re.compile("year=2024"))


def to_the_trip(page: Any) -> None:
    follow(page, "^TVET Exchange Trip to Guangdong")
    expect(page).to_have_url(re.compile("/en/trips/guangdong-2024/"))


def read_to_the_end(page: Any) -> None:
    follow(page, "^Programme$")
    expect(page.get_by_role("heading", name="Programme")).to_be_in_viewport()
    page.keyboard.press("End")
    expect(page.locator("footer")).to_be_in_viewport()


def to_the_other_language(page: Any) -> None:
    page.reload()
    follow(page, "^中文$")
    expect(page).to_have_url(re.compile("/zh-hans/trips/guangdong-2024/"))
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def to_a_page_of_staff(page: Any) -> None:
    follow(page, "^统计口径$")
    expect(page.get_by_role("heading", level=1, name="统计口径")).to_be_visible()


BY_KEYBOARD: list[Step] = [
    to_the_list,
    past_the_menu,
    to_one_year,
    to_the_trip,
    past_the_menu,
    read_to_the_end,
    to_the_other_language,
    to_a_page_of_staff,
]


@pytest.mark.parametrize("width", [360, 1280])
def test_finding_and_reading_a_trip_takes_a_keyboard_and_nothing_else(page, demonstration, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    for step in BY_KEYBOARD:
        step(page)


def through_the_menu(page: Any, name: str) -> None:
    """On a phone the links of the menu open from a button, without a script."""
    menu = page.get_by_role("button", name=re.compile("^(Menu|菜单)$"))
    if menu.is_visible():
        menu.click()
    page.get_by_role("navigation").first.get_by_role("link", name=name, exact=True).click()


def home(page: Any) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/en/$"))
    through_the_menu(page, "Trips")


def filtered(page: Any) -> None:
    summary = page.locator("summary", has_text="Filter")
    if summary.is_visible():
        summary.click()
    page.get_by_role("link", name=re.compile("^2024")).first.click()
    expect(page).to_have_url(re.compile("year=2024"))


def trip(page: Any) -> None:
    page.locator('main a[href="/en/trips/guangdong-2024/"]').first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def pictures(page: Any) -> None:
    """They are there without a script; those below the fold once they are scrolled to."""
    shown = page.locator("main img[src*='/media/photos/']")
    for number in range(shown.count()):
        shown.nth(number).scroll_into_view_if_needed()
        expect(shown.nth(number)).to_have_js_property("complete", True)


def directory(page: Any) -> None:
    page.locator('main a[href^="/en/institutions/"]').first.click()
    expect(page.get_by_role("heading", name="Trips", exact=True)).to_be_visible()
    page.go_back()


def other_language(page: Any) -> None:
    page.get_by_role("link", name="中文").first.click()
    expect(page).to_have_url(re.compile("/zh-hans/trips/guangdong-2024/"))


def edition(page: Any) -> None:
    page.locator('main a[href*="/editions/1/"]').first.click()
    expect(page.get_by_text("本版已被新版取代")).to_be_visible()


def page_of_staff(page: Any) -> None:
    page.get_by_role("link", name="隐私说明").click()
    expect(page.get_by_role("heading", level=1, name="隐私说明")).to_be_visible()


def missing(page: Any) -> None:
    page.goto("/zh-hans/nothing/")
    expect(page.get_by_role("search").get_by_role("searchbox")).to_be_visible()
    page.locator("main").get_by_role("link", name="全部行程").click()
    expect(page).to_have_url(re.compile("/zh-hans/trips/$"))


def every_choice(page: Any) -> None:
    """All cities that trips can be filtered by, one of which is chosen."""
    page.goto("/en/trips/")
    summary = page.locator("summary", has_text="Filter")
    if summary.is_visible():
        summary.click()
    page.get_by_role("link", name="All cities").click()
    page.get_by_role("link", name="Guiyang").click()
    expect(page).to_have_url(re.compile(r"/en/trips/\?city=guiyang"))


def nothing_left(page: Any) -> None:
    """A filter that leaves nothing can be taken off again."""
    page.goto("/en/trips/?year=1999")
    page.get_by_role("link", name="Without 1999").click()
    expect(page).to_have_url(re.compile("/en/trips/$"))


def places_and_themes(page: Any) -> None:
    for section, name in (("Cities", "Guiyang"), ("Themes", "Vocational education")):
        page.get_by_role("contentinfo").get_by_role("link", name=section, exact=True).click()
        page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def misspelt(page: Any) -> None:
    """A search that finds nothing asks what was meant, and leads to all trips."""
    page.goto("/en/search/")
    page.get_by_role("searchbox").fill("Shenzen")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name="All trips")).to_be_visible()
    page.get_by_role("link", name="Shenzhen").click()
    expect(page.get_by_role("article").first).to_be_visible()


WITHOUT_SCRIPTS: list[Step] = [
    every_choice,
    nothing_left,
    places_and_themes,
    misspelt,
    home,
    filtered,
    trip,
    pictures,
    directory,
    other_language,
    edition,
    page_of_staff,
    missing,
]


@pytest.mark.parametrize("width", [360, 1280])
def test_every_public_task_works_with_scripts_switched_off(browser, live_server, demonstration, width):
    sizes = {"viewport": {"width": width, "height": 800}}
    context = browser.new_context(base_url=live_server.url, locale="en-GB", java_script_enabled=False, **sizes)
    context.set_default_timeout(10_000)
    page = context.new_page()
    for step in WITHOUT_SCRIPTS:
        step(page)
    assert context.cookies() == []
    context.close()

"""axe finds nothing on the public pages and the desk, light and dark, narrow and wide, in both languages."""

import re

import pytest
from playwright.sync_api import expect

from exchange import versions
from institutions.models import HostInstitution
from institutions.suspects import tell_apart
from tests import cast
from tests.browser.staff import member, sign_in
from trips import plain_pages, workflow
from trips.models import PlainPage, Theme, Trip

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = (
    "",
    "trips/",
    "trips/?year=2024",
    "trips/?year=1999",
    "trips/?all=organisation",
    "trips/guangdong-2024/",
    "trips/guangdong-2024/editions/1/",
    "institutions/",
    "institutions/shenzhen-polytechnic-university/",
    "enterprises/",
    "member-states/",
    "member-states/lao-pdr/",
    "organisers/",
    "media-outlets/",
    "cities/",
    "cities/?letter=Z",
    "themes/vocational-education/",
    "data/",
    "figures/",
    "figures/editions/?state=lao-pdr",
    "pages/about/",
    "pages/english/",
    "pages/old/",
    "trips/singapore-2014/",
    "search/",
    "search/?q=Viet+Nam",
    "search/?q=Shenzen",
    "nothing-here/",
)
COLOURS = ("color-contrast", "link-in-text-block")  # what of a page depends on light and dark
DESK = ("", "trips/trip/", "institutions/hostinstitution/", "institutions/country/", "trips/trip/add/", "auth/user/")
OF_TRIPS = ("trips/trip/languages/", "trips/trip/deleted/", "exchange/auditentry/", "trips/plainpage/")
VERBS = ("publish", "withdraw")
OF_ONE = ("submit", "history", "delete", "review-links", "compare")


def records(trip: Trip) -> list[str]:
    """The pages of what was done to records: a version to go back to, a deleted one, one in use, one to merge."""
    versions.keep(trip, by=None)
    trip.visits.first().delete()
    Trip.objects.filter(pk=trip.pk).update(audience_en="Diplomats", note="A note")
    versions.keep(trip, by=None)
    first = versions.of(Trip, trip.pk).last()
    theme = Theme.objects.create(slug="gone", name_en="Gone")
    gone = versions.keep(theme, by=None, act="delete")
    theme.delete()
    host = HostInstitution.objects.filter(visits__isnull=False).first()
    twin, other = (
        HostInstitution.objects.create(slug=f"{one}", name_en=f"Lotus {one}ton College") for one in ("abe", "abb")
    )
    tell_apart(host, other, by=None)
    page = PlainPage.objects.get(slug="privacy")
    PlainPage.objects.filter(pk=page.pk).update(body_en="<p>Another text.</p>")
    several = "&".join(f"trip={one.pk}" for one in Trip.objects.all()[:2])
    return [
        *OF_TRIPS,
        *(f"trips/trip/{trip.pk}/{tail}/" for tail in OF_ONE),
        f"trips/trip/publish-together/?{several}",
        f"trips/trip/withdraw-together/?{several}",
        f"trips/trip/{trip.pk}/history/{first.pk}/",
        f"trips/theme/deleted/{gone.pk}/",
        *(f"trips/plainpage/{page.pk}/{tail}/" for tail in ("change", "publish", "withdraw")),
        f"institutions/hostinstitution/{host.pk}/delete/",
        f"institutions/hostinstitution/{host.pk}/merge/",
        f"institutions/hostinstitution/{twin.pk}/rename/",
        "institutions/organisation/suspects/",
        "trips/trip/names/",
    ]


@pytest.fixture
def gone(demonstration) -> None:
    """A trip that was withdrawn, and two pages of staff: one that was, one in English only."""
    workflow.withdraw(Trip.objects.get(slug="singapore-2014"), by=None, reason_en="Wrong.", reason_zh_hans="有误。")
    plain_pages.withdraw(cast.page("old"), by=None, reason_en="Out of date.")
    cast.page("english", title_zh_hans="", body_zh_hans="", body_en="<h3>A</h3><p>B.</p><h4>C</h4><ul><li>D</li></ul>")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_public_pages(page, violations, language, gone):
    found = {}
    for path in PUBLIC:
        for width in (320, 1280):
            page.emulate_media(color_scheme="light", reduced_motion="reduce")  # what is measured stands still
            page.set_viewport_size({"width": width, "height": 900})
            if width == 320:
                page.goto(f"/{language}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            if rules := violations(page):
                found[path, width] = rules
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            if rules := violations(page, COLOURS):
                found[path, width, "dark"] = rules
    assert page.context.cookies() == []
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["English", "中文"])
def test_the_desk_and_every_tab_of_the_trip_form(page, violations, scheme, language, demonstration):
    member()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # what is measured stands still
    sign_in(page)
    if language == "中文":
        page.get_by_role("button", name=language).click()
        expect(page.locator("html")).to_have_attribute("lang", re.compile("zh"))
    trip = Trip.objects.get(slug="guangdong-2024")
    # Every page in both dresses and in both languages, but the many further ones not in all four combinations.
    others = records(trip) if (scheme == "light") == (language == "English") else []
    pk, found = trip.pk, {}
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for path in (*DESK, *(f"trips/trip/{pk}/{verb}/" for verb in VERBS), *others):
            page.goto(f"/admin/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            if rules := violations(page):
                found[path, width] = rules
        page.goto(f"/admin/trips/trip/{pk}/change/")
        for tab in page.get_by_role("tab").all():
            tab.click()
            row = page.locator(".panel.on .row:not(.empty-form) .row-open").first
            if row.count():
                row.click()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (tab.inner_text(), width)
            if rules := violations(page):
                found[tab.inner_text(), width] = rules
    assert found == {}


def test_the_editor_says_which_of_its_buttons_do_nothing_now(page, demonstration):
    member()
    sign_in(page)
    page.goto(f"/admin/trips/trip/{Trip.objects.get(slug='guangdong-2024').pk}/change/#report-en")
    undo = page.locator("#report-en").get_by_role("button", name="undo")
    expect(undo).to_be_disabled()
    page.get_by_role("textbox", name="Body").press_sequentially("New.")
    expect(undo).to_be_enabled()

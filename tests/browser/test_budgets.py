"""What a page costs whoever reads it on a phone, and how soon the text of a trip can be read on a slow line."""

import gzip
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.middleware.gzip import GZipMiddleware

from trips import workflow
from trips.models import Trip
from trips.views import errors

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
TRIP, GONE = "trips/guangdong-2024/", "trips/singapore-2014/"


class Budget(NamedTuple):
    """Kilobytes of everything that the first view loads, and requests."""

    weight: int
    requests: int


PAGES = {
    "": Budget(300, 20),
    "trips/": Budget(200, 15),
    "trips/?year=2024": Budget(200, 15),
    TRIP: Budget(300, 15),
    f"{TRIP}editions/1/": Budget(300, 15),
    "institutions/": Budget(200, 15),
    "institutions/shenzhen-polytechnic-university/": Budget(200, 20),
    "member-states/": Budget(200, 20),
    "member-states/lao-pdr/": Budget(200, 20),
    "cities/": Budget(60, 5),
    "themes/": Budget(60, 5),
    "trips/?all=organisation": Budget(60, 5),
    "trips/?year=1999": Budget(60, 5),
    "figures/": Budget(200, 20),
    "search/?q=Viet+Nam": Budget(60, 10),
    "search/?q=Shenzen": Budget(60, 5),
    "pages/about/": Budget(60, 5),
    GONE: Budget(60, 5),
    "nothing-here/": Budget(60, 5),
}
STYLES, SCRIPTS, PHOTO, MISTAKE = 15, 15, 60, 10  # kilobytes
HTML, REPORT = 30, 6  # so much HTML for so much of a report, and never less
BESIDE = 15  # what the page of the trip with most on record takes beyond that: programme, hosts, pictures. Never more.
READABLE = 3000  # milliseconds
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
WATCH = """
window.painted = {};
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.painted[one.identifier] ??= one.renderTime || one.startTime;
}).observe({type: "element", buffered: true});
new MutationObserver(() => {
  for (const [name, place] of [["heading", "main h1"], ["text", "main .standfirst"]]) {
    const found = document.querySelector(place);
    if (found && !found.hasAttribute("elementtiming")) found.setAttribute("elementtiming", name);
  }
}).observe(document, {childList: true, subtree: true});
"""


PAINTED = """new Promise((told) => {
  const until = performance.now() + 5000;
  const over = () => Object.keys(painted).length === 2 || performance.now() > until;
  const look = () => over() ? told(painted) : setTimeout(look, 50);
  look();
})"""


class Answer(NamedTuple):
    """What came: its path and type, its size as it came, and uncompressed."""

    path: str
    type: str
    size: int
    raw: int


def answer(response: Any) -> Answer:
    """The test's server sends style sheets, scripts and drawings as they lie; the site sends them compressed."""
    path, body = urlsplit(response.url).path, response.body()
    kind = response.headers.get("content-type", "").partition(";")[0]
    is_text = kind.startswith("text/") or kind in ("image/svg+xml", "application/javascript")
    if kind == "text/html":
        assert response.headers.get("content-encoding") == "gzip", path
    return Answer(path, kind, len(gzip.compress(body, 6)) if is_text else len(body), len(body))


def first_view(page: Any, address: str) -> list[Answer]:
    """Everything the browser loads for a page before anybody scrolls."""
    came: list[Any] = []

    def note(response: Any) -> None:
        came.append(response)

    page.on("response", note)
    page.goto(address, wait_until="networkidle")
    page.remove_listener("response", note)
    return [answer(one) for one in came if one.status != 304]


def size(answers: list[Answer], *kinds: str) -> float:
    """Kilobytes of what is of these types, as it came; of everything where none is named."""
    return sum(one.size for one in answers if not kinds or one.type in kinds) / 1000


@pytest.fixture
def compressed(monkeypatch) -> None:
    """The test's server sends static files compressed, as the site does."""
    serve = StaticFilesHandlerMixin.serve
    squeeze = GZipMiddleware(lambda request: request)
    monkeypatch.setattr(
        StaticFilesHandlerMixin,
        "serve",
        lambda self, request: squeeze.process_response(request, serve(self, request)),
    )


@pytest.mark.parametrize(("language", "paths"), [("en", PAGES), ("zh-hans", ("", "trips/", TRIP))])
def test_every_kind_of_page_keeps_its_budget_on_a_phone(page, demonstration, language, paths):
    page.set_viewport_size(PHONE)
    workflow.withdraw(Trip.objects.get(slug="singapore-2014"), by=None, reason_en="Wrong.")
    too_much = {}
    for path in paths:
        came = first_view(page, f"/{language}/{path}")
        found = {"weight": size(came), "requests": len(came)}
        found |= {"styles": size(came, "text/css"), "scripts": size(came, "text/javascript", "application/javascript")}
        found["photo"] = max([one.size for one in came if one.path.startswith("/media/")], default=0) / 1000
        most = {**PAGES[path]._asdict(), "styles": STYLES, "scripts": SCRIPTS, "photo": PHOTO}
        too_much |= {(path, name): value for name, value in found.items() if value > most[name]}
        html = next(one for one in came if one.type == "text/html")
        if path == TRIP:
            report = len(page.locator(".prose").inner_html().encode()) / 1000
            if html.raw / 1000 > HTML * max(1, report / REPORT) + BESIDE:
                too_much[path, "html"] = html.raw, report
        if path in (GONE, "nothing-here/") and html.raw > MISTAKE * 1000:
            too_much[path, "html"] = html.raw
    assert too_much == {}


def test_the_text_of_a_trip_is_readable_on_a_slow_line_within_three_seconds(page, demonstration, compressed):
    """400 kbit/s and 400 ms to every answer; told by the browser's own paint timing. Nothing is in its cache."""
    page.set_viewport_size(PHONE)
    page.add_init_script(WATCH)
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    slow.send("Network.emulateNetworkConditions", SLOW)
    page.goto(f"/en/{TRIP}", wait_until="load", timeout=30_000)
    painted = page.evaluate(PAINTED)
    assert set(painted) == {"heading", "text"}
    assert max(painted.values()) <= READABLE, painted


def test_pages_of_failures_are_small():
    for fail in (errors.failed, errors.unavailable):
        assert len(fail(None).content) <= MISTAKE * 1000

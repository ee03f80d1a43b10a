"""What all tests share: the database they run on, the browser, and the rules for leaving a test out."""

import hashlib
import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from exchange.management.browser import chromium

CHROMIUM = chromium()
CI = os.environ.get("CI", "").lower() == "true"
ON_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs to the other database: `manage.py test` runs on both. The browser looks once."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    others = {"browser", "sqlite"} if ON_POSTGRESQL else {"postgresql"}
    left_out = [item for item in items if others & {mark.name for mark in item.iter_markers()}]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and not CHROMIUM:
        if CI:
            pytest.fail("No Chromium on this machine, and CI=true asks for one.", pytrace=False)
        pytest.skip("no Chromium on this machine: install Debian's package chromium, or set CHROMIUM")


@pytest.fixture(scope="session", autouse=True)
def encoded_once() -> Iterator[None]:
    """The same picture is encoded once in a process: it takes the longest of all when the demonstration is loaded."""
    from trips import pictures

    encode, kept = pictures.encode, {}

    def known(image, width, kind):
        key = hashlib.sha256(image.tobytes()).digest(), width, kind
        if key not in kept:
            kept[key] = encode(image, width, kind)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "encode", known)
        yield


@pytest.fixture(scope="session")
def browser():
    """Chromium, started once."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, at which Django would refuse to use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def complaints() -> list[str]:
    """What `page` noticed so far: breaches of the content policy, requests to other hosts, script errors.

    A test fails for what is left in it at the end; one that provokes a complaint looks at it and clears it.
    """
    return []


@pytest.fixture
def page(browser, live_server, complaints) -> Iterator:
    """An empty page with the test's own server as base address; pages are asked for as `page.goto("/en/")`."""
    own = urlsplit(live_server.url).netloc

    def on_console(message) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            complaints.append(message.text)

    def on_request(request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != own:
            complaints.append(f"request to another host: {request.url}")

    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("console", on_console)
    page.on("request", on_request)
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    yield page
    context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def violations(complaints) -> Callable[..., list[str]]:
    """`violations(page)`: what axe finds on the page as it stands, one line for each rule; empty when all is well.

    With `rules`, it looks for these alone: where only the colours changed, for what depends on colours.
    """
    from axe_playwright_python.sync_playwright import Axe

    def look(page, rules: tuple[str, ...] = ()) -> list[str]:
        seen = len(complaints)
        options = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else None
        found = Axe().run(page, options=options).response["violations"]
        del complaints[seen:]  # axe itself sets inline styles
        return [f"{rule['id']}: {rule['help']} {[node['target'] for node in rule['nodes']]}" for rule in found]

    return look

"""What is there for programs, in a browser: on our pages it breaks no rule, and pages of others can read it."""

import pytest

from tests import cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READ = """async ([address, tag]) => {
    const answer = await fetch(address, tag ? {headers: {'If-None-Match': tag}} : {});
    return [answer.status, answer.headers.get('ETag'), answer.status === 200 ? (await answer.json()).count : null];
}"""


def test_the_block_of_a_page_is_data_to_a_browser(page):
    cast.published(cast.trip())
    page.goto("/zh-hans/trips/guangdong-2024/")
    told = page.locator('script[type="application/ld+json"]').evaluate("block => JSON.parse(block.textContent)")
    assert "广东职教行" in {one.get("name") for one in told["@graph"]}


def test_a_page_of_somebody_else_reads_the_interface(page, live_server, complaints):
    cast.published(cast.trip())
    elsewhere = live_server.url.replace("localhost", "127.0.0.1")  # another origin to a browser
    assert elsewhere != live_server.url
    page.goto(f"{elsewhere}/static/site.css")
    complaints.clear()
    address = f"{live_server.url}/api/v1/trips/"
    status, tag, count = page.evaluate(READ, [address, ""])
    assert (status, count) == (200, 1)
    assert page.evaluate(READ, [address, tag])[0] == 304


def test_the_tables_are_downloaded_without_scripts(page, browser, live_server):
    cast.published(cast.trip())
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, accept_downloads=True)
    plain = context.new_page()
    plain.goto("/en/")
    plain.get_by_role("link", name="Open data").click()
    for name in ("trips.jsonl", "csv.zip", "visits.csv"):
        with plain.expect_download() as download:
            plain.get_by_role("link", name=name).click()
        assert download.value.path().stat().st_size > 100
    context.close()

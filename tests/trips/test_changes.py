"""What changed between editions, and the files by which one is cited."""

import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from exchange.lib.html import plain
from tests import cast, examples
from trips import workflow
from trips.renderings import changes

pytestmark = pytest.mark.django_db
PAGE = "/en/trips/guangdong-2024/"
EDITIONS = f"{PAGE}editions/"


def sections(page: str) -> dict[str, str]:
    """What is said under each heading."""
    return dict(re.findall(r'<h2 id="s\d+">(.*?)</h2>.*?<ul class="changes">(.*?)</ul>', page, re.DOTALL))


def test_a_reader_sees_what_changed_section_by_section(client):
    trip = cast.trip()
    cast.published(trip)
    trip.reports.filter(language="en").update(
        summary="Six days.", body="<p>They came.</p><p>And <em>stayed</em> a day.</p>"
    )
    trip.reports.filter(language="zh-hans").update(body="<p>他们来了，又走了。</p>")
    trip.visits.filter(place_en="training bases").update(seen_en="A line & two <robots>.")
    cast.published(trip, note_en="A day more.")
    page = client.get(PAGE).content.decode()
    assert f'href="{EDITIONS}2/changes/"' in page
    assert f'href="{EDITIONS}1/changes/"' not in page
    response = client.get(f"{EDITIONS}2/changes/")
    found = sections(response.content.decode())
    assert list(found) == ["Title and facts", "Report", "Programme", "Hosts and partners"]
    assert "<del>Five</del><ins>Six</ins> days." in found["Title and facts"]
    assert "They came." in found["Report"]
    assert "<li><ins>And stayed a day.</ins></li>" in found["Report"]
    assert "A line<ins> &amp; two &lt;robots&gt;</ins>." in found["Programme"]
    assert "A day more." in response.content.decode()
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    chinese = sections(client.get(f"/zh-hans{EDITIONS[3:]}2/changes/").content.decode())
    assert "他们来了<ins>，又走了</ins>。" in "".join(chinese.values())


def test_what_a_page_does_not_print_is_named(client):
    trip = cast.trip()
    cast.published(trip)
    trip.reports.filter(language="zh-hans").update(body="<p>他们走了。</p>")
    cast.published(trip)
    page = plain(client.get(f"{EDITIONS}2/changes/").content.decode().partition("<main")[2])
    assert "In this language the two editions print the same words." in page
    assert re.search(r"Also changed, in what this page does not print \([^)]+\): Report ", page)


def test_only_editions_that_can_be_read_are_compared(client):
    trip = cast.trip()
    for number in (1, 2, 3):
        trip.reports.filter(language="en").update(headline=f"Headline {number}")
        cast.published(trip)
    workflow.withdraw(trip, by=None, reason_en="Secret headline.", number=2)
    assert client.get(f"{EDITIONS}2/changes/").status_code == 410
    page = client.get(f"{EDITIONS}3/changes/").content.decode()
    assert "What changed from edition 1 to edition 3" in page
    assert "Headline <del>1</del><ins>3</ins>" in page
    assert "Headline 2" not in page
    for path in ("1/changes/", "4/changes/", "99999999999999999999/changes/"):
        assert client.get(EDITIONS + path).status_code == 404, path


def test_comparing_takes_five_queries_and_little_time_however_long_the_texts_are(client, django_assert_num_queries):
    trip = cast.trip()
    cast.published(trip)
    trip.reports.update(headline="Another")
    cast.published(trip)
    with django_assert_num_queries(5):
        assert client.get(f"{EDITIONS}2/changes/").status_code == 200
    bodies = [
        "".join(f"<p>{' '.join(f'w{n * k % 97}' for n in range(400))}</p>" for k in range(s, 100 + s)) for s in (1, 60)
    ]
    old, new = (examples.small(report={"en": {"headline": "", "summary": "", "body": one}}) for one in bodies)
    start = time.process_time()
    assert changes.compared(old, new, "en")
    assert time.process_time() - start < 3


def test_an_edition_is_cited_by_programs(client):
    cast.published(cast.trip(title_en="100 % & more_{}"))
    bib, ris = (client.get(f"{EDITIONS}1/citation.{form}") for form in ("bib", "ris"))
    assert bib.headers["Content-Disposition"] == 'attachment; filename="guangdong-2024-1.bib"'
    text = bib.content.decode()
    assert r"title = {{100 \% \& more\_\{\}, 22–26 October 2024}}" in text
    assert "url = {http://testserver/en/trips/guangdong-2024/editions/1/}" in text
    assert text.count("{") == text.count("}")
    lines = ris.content.decode().split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    assert "DA  - 2024/11/01" in lines
    chinese = client.get("/zh-hans/trips/guangdong-2024/editions/1/citation.ris").content.decode()
    assert "TI  - 广东职教行（2024年10月22日至26日）" in chinese
    assert client.get(f"{EDITIONS}1/citation.doc").status_code == 404


def test_a_chinese_page_cites_by_the_chinese_standard(client):
    cast.published(cast.trip())
    page = plain(client.get("/zh-hans/trips/guangdong-2024/").content.decode())
    line = "广东职教行: 2024年10月22日至26日, 第1版[EB/OL]. (2024-11-01)[引用日期]. http://testserver/zh-hans/"
    assert line in page


def test_a_withdrawn_edition_is_cited_no_longer(client):
    trip = cast.trip()
    cast.published(trip)
    workflow.withdraw(trip, by=None, reason_en="Wrong.")
    assert client.get(f"{EDITIONS}1/citation.bib").status_code == 410


def test_an_error_is_reported_by_a_mail_that_names_the_edition(client, settings):
    trip = cast.trip(title_zh_hans="广东职教行 & 更多")
    cast.published(trip)
    assert "Report an error" not in client.get(PAGE).content.decode()
    settings.CONTACT_EMAIL = "desk@example.org"
    page = client.get(PAGE).content.decode()
    address = re.search(r'href="(mailto:desk@example\.org[^"]+)">Report an error', page)[1].replace("&amp;", "&")
    assert address.isascii()
    asked = parse_qs(urlsplit(address).query)
    assert asked["subject"] == ["Error in “Exchange Trip to Guangdong”, edition 1"]
    assert "http://testserver/en/trips/guangdong-2024/editions/1/\r\n" in asked["body"][0]
    chinese = client.get("/zh-hans/trips/guangdong-2024/").content.decode()
    assert "%20%26%20%E6%9B%B4%E5%A4%9A" in chinese

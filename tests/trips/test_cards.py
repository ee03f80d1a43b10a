"""A trip on other sites: the picture beside a link, and the small page in a frame."""

import io
import re
import time

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image

from exchange.lib import lettering
from tests import cast, examples
from trips import workflow
from trips.renderings import poster

pytestmark = pytest.mark.django_db
PAGE = "/en/trips/guangdong-2024/"


@pytest.fixture
def client() -> Client:
    cache.clear()
    return Client()


def test_a_page_names_its_picture_for_other_sites(client):
    cast.published(cast.trip())
    page = client.get(PAGE).content.decode()
    told = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"', page))
    assert told["og:title"] == "Exchange Trip to Guangdong · 22–26 October 2024"
    assert told["og:description"] == "Five days."
    assert told["og:image"] == f"http://testserver{PAGE}card.png"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"] == "Exchange Trip to Guangdong"
    assert (told["og:locale"], told["og:locale:alternate"]) == ("en_GB", "zh_CN")
    assert told["twitter:card"] == "summary_large_image"
    home = client.get("/zh-hans/").content.decode()
    assert '<meta property="og:type" content="website">' in home
    assert "og:image" not in home


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_picture_is_drawn_once_and_asked_for_anew(client, language, monkeypatch, django_assert_num_queries):
    trip = cast.trip()
    cast.published(trip)
    path = f"/{language}/trips/guangdong-2024/card.png"
    first = client.get(path)
    assert (first.status_code, first.headers["Content-Type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(first.content)).size == (1200, 630)
    assert len(first.content) < 60_000
    monkeypatch.setattr(poster, "draw", lambda *given: pytest.fail("drawn again"))
    with django_assert_num_queries(1):
        assert client.get(path).content == first.content
    again = client.get(path, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    workflow.withdraw(trip, by=None, reason_en="Wrong.")
    gone = client.get(path, headers={"if-none-match": first.headers["ETag"]})
    assert gone.status_code == 410


def test_any_title_fits_the_picture_in_less_than_a_second():
    titles = ["W" * 300, "长" * 300, "word " * 60, "“引号”，" * 40, "Việt Nam — Đà Nẵng", "", "\N{ZERO WIDTH JOINER}"]
    stops = [
        {"slug": f"c{n}", "name": examples.both("City of a long name", "很长的城市名称"), "province": examples.both(),
         "arrives_on": None, "visits": 0}
        for n in range(9)
    ]  # fmt: skip
    for title in titles:
        start = time.process_time()
        picture = poster.draw(examples.small(title=examples.both(title, title), route=stops), "zh-hans")
        assert time.process_time() - start < 1, title[:5]
        assert Image.open(io.BytesIO(picture)).size == (1200, 630)


def test_lines_break_where_the_language_breaks_them():
    english, chinese = lettering.font("en", 40), lettering.font("zh-hans", 40)
    assert lettering.lines("Where the workshop is", english, 250) == ["Where the", "workshop is"]
    broken = lettering.lines("中国与东盟，职业教育（走进车间）考察", chinese, 215)
    assert all(len(line) <= 6 for line in broken)
    assert not any(line[0] in "，）" or line[-1] == "（" for line in broken)
    assert "".join(broken) == "中国与东盟，职业教育（走进车间）考察"
    assert lettering.shortened(["one", "two", "three"], 2, english, 500) == ["one", "two…"]


def test_the_card_alone_may_stand_in_a_frame_and_is_light(client):
    trip = cast.trip()
    cast.published(trip)
    response = client.get(f"{PAGE}card/")
    assert "X-Frame-Options" not in response.headers
    assert "frame-ancestors *;" in response.headers["Content-Security-Policy"] + ";"
    assert "frame-ancestors 'none'" in client.get(PAGE).headers["Content-Security-Policy"]
    text = response.content.decode()
    assert "<script" not in text
    assert set(re.findall(r'<a href="([^"]+)" target="_top"', text)) == {
        "http://testserver/en/",
        f"http://testserver{PAGE}",
    }
    with open("static/card.css", encoding="utf-8") as file:
        assert len(text) + len(file.read()) < 15_000
    page = client.get(PAGE).content.decode()
    assert f"&lt;iframe src=&quot;http://testserver{PAGE}card/&quot;" in page
    workflow.withdraw(trip, by=None, reason_en="A host was named wrongly.")
    gone = client.get(f"{PAGE}card/")
    assert gone.status_code == 410
    assert "frame-ancestors *;" in gone.headers["Content-Security-Policy"] + ";"
    assert "Guangdong" not in gone.content.decode()
    assert client.get("/en/trips/unknown/card/").status_code == 404


@pytest.mark.parametrize("end", ["\u2029", "\x85", "\n", "\x1c", "\x1b"])
def test_a_title_with_an_end_of_line_in_it_is_drawn(end):
    cast.published(cast.trip(title_en=f"Two{end}lines", destination_en=f"A{end}B"))
    response = Client().get("/en/trips/guangdong-2024/card.png")
    assert (response.status_code, response.content[:4]) == (200, b"\x89PNG")


def test_the_card_may_be_framed_also_when_it_is_not_sent_again():
    cast.published(cast.trip())
    path = "/en/trips/guangdong-2024/card/"
    first = Client().get(path)
    again = Client().get(path, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "X-Frame-Options" not in again.headers
    assert "frame-ancestors *" in again.headers["Content-Security-Policy"]

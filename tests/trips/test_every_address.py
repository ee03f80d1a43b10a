"""Every public address, found as a reader finds it: from the front pages by following links, two of each kind.

What each answers to a cache, and what each page has in common: language, way back, way to the other language.
"""

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, resolve

from exchange.lib.bilingual import TAGS
from exchange.lib.languages import CODES, other
from tests import cast
from trips.models import Trip

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]  # what caches are told does not depend on the database
EACH = 2  # addresses of one kind: the same name, language, section and names of filters
UNLINKED = {
    "root": "/", "health": "/healthz", "robots": "/robots.txt", "sitemap": "/sitemap.xml",
    "sitemap_part": "/sitemap-1.xml", "security": "/.well-known/security.txt",
    "api_organisation": "/api/v1/organisations/organiser/asean-china-centre/",
    "card_image": "/en/trips/guangdong-2024/card.png",
    "respelled": "/zh-CN/trips/", "data_root": "/data/", "api_nothing": "/api/v1/nothing/", "icon": "/favicon.ico",
}  # fmt: skip  # no page links them
UNCACHED = {"health"}
ELSEWHERE = ("/static/", "/admin/", "/review/", "//")
LINK = re.compile(r"<(a|link|img|source|form)\b([^>]*)>")
ATTRIBUTE = re.compile(r'\b(href|src|srcset|hreflang|rel)="([^"]*)"')


class Found(NamedTuple):
    """An address, the name of its kind, and what it answered."""

    address: str
    name: str
    response: HttpResponse

    @property
    def is_page(self) -> bool:
        return self.response.headers["Content-Type"].startswith("text/html")

    @property
    def text(self) -> str:
        return self.response.content.decode()


def links(html: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every address of this site that a page leads to or loads, with the attributes of its element."""
    for _tag, attributes in LINK.findall(html):
        known = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
        for one in (known.get("href", ""), known.get("src", ""), *known.get("srcset", "").split(",")):
            address = one.strip().partition(" ")[0].partition("#")[0].removeprefix("http://testserver")
            if address.startswith("/") and not address.startswith(ELSEWHERE):
                yield address, known


def kind(address: str) -> tuple:
    parts = urlsplit(address)
    match = resolve(parts.path)
    asked = frozenset(parse_qs(parts.query))
    return match.url_name or "", match.kwargs.get("language"), match.kwargs.get("section"), asked


def walk(client: Client) -> list[Found]:
    waiting, seen, counts, found = [f"/{code}/" for code in CODES] + [*UNLINKED.values()], set(), {}, []
    while waiting:
        address = waiting.pop(0)
        if address in seen or counts.get(kind(address), 0) >= EACH:
            continue
        seen.add(address)
        counts[kind(address)] = counts.get(kind(address), 0) + 1
        one = Found(address, kind(address)[0], client.get(address))
        found.append(one)
        if one.response.status_code == 200 and one.is_page:
            waiting += [each for each, _attributes in links(one.text) if each not in seen]
    return found


@pytest.fixture
def found(monkeypatch, settings) -> list[Found]:
    """With several pages of trips, a trip in two editions with a picture and a document, and a page of staff."""
    monkeypatch.setattr("trips.views.pages.PER_PAGE", 2)
    settings.SECURITY_CONTACT = "security@example.org"
    for number in range(3):
        first = dt.date(2020 + number % 3, 1, 1)
        bare = Trip.objects.create(slug=f"trip-{number}", title_en=f"Trip {number}", starts_on=first, ends_on=first)
        bare.reports.create(language="en", summary="A day.", body="<p>A day.</p>")
        cast.published(bare)
    trip = cast.trip()
    trip.documents.create(title_en="Agenda", language="en", public=True, file=ContentFile(b"%PDF-1.7", name="a.pdf"))
    photo = trip.photos.create(image="photos/x.jpg", width=640, height=427, consent="illustration")
    name = default_storage.save(f"photos/{photo.uid}/640-a.webp", ContentFile(b"RIFFxxxxWEBP"))
    photo.renditions.create(width=640, height=427, format="webp", file=name)
    cast.published(trip)
    trip.reports.filter(language="en").update(headline="Second headline")
    cast.published(trip)
    cast.page(place="menu")
    return walk(Client())


def named() -> set[str]:
    """The names of all public addresses."""
    patterns = next(one for one in get_resolver().url_patterns if str(one.pattern) == "")
    return {one.name for one in patterns.url_patterns}


def cached(one: Found, client: Client) -> Iterator[str]:
    """What a cache between the site and its readers would find wrong with an address."""
    tag, ok = one.response.headers.get("ETag"), one.response.status_code == 200
    head = client.head(one.address, headers={"cookie": "session=x; language=zh-hans"})
    if head.status_code != one.response.status_code or (ok and head.headers.get("ETag") != tag):
        yield "HEAD answers another thing than GET"
    answers = [one.response, head]
    if ok and one.name not in UNCACHED:
        known = {"if-none-match": tag or "-"}
        answers.append(client.get(one.address, headers=known))
        answers.append(client.head(one.address, headers=known | {"accept-encoding": "gzip"}))
        if [each.status_code for each in answers[2:]] != [304, 304] or answers[2].content:
            yield f"asked again it answers {[each.status_code for each in answers[2:]]}"
        control = one.response.headers.get("Cache-Control", "")
        if "public" not in control or "must-revalidate" not in control or "private" in control:
            yield f"Cache-Control: {control}"
    if ok and one.is_page:
        squeezed = client.get(one.address, headers={"if-none-match": '"another"', "accept-encoding": "gzip"})
        answers.append(squeezed)
        if squeezed.headers.get("Content-Encoding") != "gzip" or squeezed.headers.get("Vary") != "Accept-Encoding":
            yield "it does not come compressed"
    vary = {"Accept-Encoding", *(["Accept-Language"] if one.name in ("root", "data_root") else [])}
    for each in answers:
        if not {part.strip() for part in each.headers.get("Vary", "").split(",") if part} <= vary:
            yield f"Vary: {each.headers['Vary']}"
        if each.cookies:
            yield "it sets a cookie"


def furnished(one: Found) -> Iterator[str]:
    """What a page has for everybody: a language, one title, a way past the menu, a way to its other language."""
    language, html = kind(one.address)[1], one.text
    if f'<html lang="{TAGS[language]}">' not in html:
        yield "it does not say its language"
    if len(re.findall(r"<h1\b", html)) != 1:
        yield "it has not one main heading"
    if one.name != "card" and ('<a class="skip" href="#content">' not in html or ' id="content"' not in html):
        yield "nothing leads past the menu"
    if re.search(r"<(?:script|style)>|\sstyle=", html):
        yield "it has inline styles or scripts"
    there = f"/{other(language)}/" + one.address.removeprefix(f"/{language}/")
    if one.name == "card":
        return  # it stands in a page of somebody else, and is one link
    switch = unescape(re.search(r'<a class="lang" href="([^"]*)"', html).group(1))
    if urlsplit(switch).path != urlsplit(there).path or asked_for(switch) != asked_for(there):
        yield f"its other language is at {switch}"
    for address, attributes in links(html):
        if address == "/" or (address.startswith(f"/{other(language)}/") and "hreflang" not in attributes):
            yield f"a link leads out of its language: {address}"


def asked_for(address: str) -> dict[str, list[str]]:
    """The filters and the number of the page; the first page needs no number."""
    asked = parse_qs(urlsplit(address).query)
    return {name: value for name, value in asked.items() if (name, value) != ("page", ["1"])}


def test_every_public_address_can_be_kept_and_asked_for_again_and_every_page_is_furnished(found):
    client, wrong = Client(), []
    for one in found:
        complaints = [*cached(one, client)]
        if one.response.status_code == 200 and one.is_page:
            complaints += furnished(one)
        elif one.response.status_code not in (200, 301, 302) and one.name != "api_nothing":
            complaints.append(f"a link leads to an error: {one.response.status_code}")
        wrong += [f"{one.address}: {each}" for each in complaints]
    assert wrong == []
    unseen = named() - {one.name for one in found}
    assert unseen == set(), "nothing leads there: link it, or name an example in UNLINKED"


@pytest.mark.parametrize("path", ["/zh-hans/nothing/?page=2", "/zh-hans/trips/?page=99"])
def test_a_page_that_is_not_there_keeps_its_address_in_the_other_language(path):
    response = Client().get(path, headers={"accept-encoding": "gzip"})
    assert (response.status_code, response.headers["Content-Encoding"]) == (404, "gzip")
    page = Client().get(path).content.decode()
    assert f'<a class="lang" href="{path.replace("zh-hans", "en")}" hreflang="en" lang="en">' in page
    assert '<form class="search-form" action="/zh-hans/search/" method="get" role="search">' in page
    assert len(page.encode()) <= 10_000


def test_what_is_repeated_of_a_wrong_address_is_harmless_and_short():
    for path in ('/en/"><script>x</script>/', "/en/a?<b>&%00", f"/en/{'x' * 5000}/", "/en//elsewhere.example/"):
        page = Client().get(path).content.decode()
        assert "<script" not in page
        assert 'href="//' not in page
        assert len(page) < 10_000

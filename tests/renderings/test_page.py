"""The page of a document, rendered without a database."""

import datetime as dt
import re

import pytest

from exchange.lib.html import plain
from exchange.lib.languages import CODES
from tests import examples
from trips.renderings import facts, page

NOW = dt.datetime(2024, 11, 12, 1, tzinfo=dt.UTC)
BOTH = pytest.mark.parametrize("language", CODES)


def issue(number: int, **more) -> facts.Issue:
    more = {"note": {"en": "", "zh-hans": ""}, "readable": True, "withdrawn": False, **more}
    return facts.Issue(number, "small-2024", NOW, **more)


@BOTH
@pytest.mark.parametrize("payload", [examples.small(), examples.reference()], ids=["small", "reference"])
def test_every_element_is_closed_and_every_id_is_used_once(payload, language):
    html = page.render(payload, language)
    for tag in ("section", "div", "dl", "dd", "dt", "ol", "ul", "li", "p", "a", "span", "figure", "picture", "table"):
        assert len(re.findall(rf"<{tag}[ >]", html)) == html.count(f"</{tag}>"), tag
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


@BOTH
def test_every_name_of_the_reference_trip_is_printed(language):
    payload = examples.reference()
    text = plain(page.render(payload, language, edition=facts.Facts(3, "5d" * 32, NOW, [issue(3)])))
    assert payload["title"][language] in text
    assert payload["report"][language]["headline"] in text
    assert all(one["name"][language] in text for one in payload["states"].values() if one["member"])
    assert "None" not in text
    assert "{{" not in text


@BOTH
def test_a_redacted_person_and_picture_leave_the_rest_alone(language):
    payload = examples.reference()
    for block in ("persons", "pictures"):
        payload[block] = {uid: {"redacted": True} for uid in payload[block]}
    html = page.render(payload, language)
    assert "Shi Zhongjun" not in plain(html.split('id="delegations"')[1])
    assert "<picture>" not in html
    assert payload["title"][language] in plain(html)


@BOTH
def test_nothing_on_a_page_needs_more_than_the_policy_allows(language):
    html = page.render(examples.reference(), language)
    assert not re.search(r'<script|<style|\sstyle=|\son\w+="', html)
    sources = re.findall(r'(?:src|srcset)="([^"]+)"', html)
    assert sources
    assert all(one.startswith("/") for one in sources)


@BOTH
def test_flags_are_equal_and_stand_for_states_only(language):
    flags = re.findall(r'<img class="flag"[^>]*>', page.render(examples.reference(), language))
    assert len(flags) == 9
    assert all('width="36" height="24" alt=""' in one for one in flags)


def test_a_preview_says_so_and_takes_its_pictures_elsewhere():
    html = page.render(
        examples.reference(), "en", preview="Not public", media_base="/admin/pictures", switch="?language=zh"
    )
    assert "Not public" in html
    assert '<meta name="robots" content="noindex">' in html
    assert "/admin/pictures/" in html
    assert "/media/photos/" not in html
    assert 'href="?language=zh" hreflang="zh-Hans"' in html
    assert "How to cite" not in html


def test_a_preview_takes_its_documents_elsewhere():
    agenda = {"uid": "d1", "title": examples.both("Agenda"), "language": "en", "name": "agenda-1.pdf"}
    payload = examples.small(documents=[agenda])
    assert 'href="/media/documents/d1/agenda-1.pdf"' in page.render(payload, "en")
    html = page.render(payload, "en", preview="Not public", documents_base="/admin/documents")
    assert 'href="/admin/documents/d1/agenda-1.pdf"' in html
    assert "/media/documents/" not in html


def test_a_public_page_names_its_addresses_in_both_languages():
    html = page.render(examples.small(), "en", edition=facts.Facts(1, "a" * 64, NOW, [issue(1)]))
    assert '<link rel="canonical" href="http://testserver/en/trips/small-2024/">' in html
    assert '<link rel="alternate" hreflang="zh-Hans" href="http://testserver/zh-hans/trips/small-2024/">' in html
    assert "noindex" not in html


def test_the_history_marks_what_was_superseded_and_withdrawn():
    history = [issue(3), issue(2, readable=False, withdrawn=True), issue(1)]
    shown = facts.Facts(1, "a" * 64, NOW, history, superseded=True, own_address=True)
    html = page.render(examples.small(), "en", edition=shown)
    assert "This edition has been superseded." in html
    assert 'href="/en/trips/small-2024/editions/3/"' in html
    assert 'href="/en/trips/small-2024/editions/2/"' not in html
    assert "Withdrawn" in html
    assert "noindex" in html


def test_the_day_of_an_edition_is_counted_where_the_trip_was():
    late = dt.datetime(2024, 11, 11, 17, tzinfo=dt.UTC)
    html = page.render(examples.small(), "en", edition=facts.Facts(1, "a" * 64, late, [issue(1)]))
    assert 'Edition 1, <time datetime="2024-11-12">12 November 2024</time>' in html


def test_a_borrowed_report_is_marked_and_introduced():
    html = page.render(examples.small(), "zh-hans")
    assert '<div class="prose" lang="en">' in html
    assert '<p class="standfirst"><span lang="en">Five days.</span></p>' in html
    assert '<html lang="zh-Hans">' in html


def test_an_outline_has_no_empty_sections():
    empty = {"delegations": [], "persons": {}, "people": [], "programme": [], "statements": [], "outcomes": []}
    nothing = {"institutions": False, "enterprises": False, "outlets": False}
    outline = examples.small(
        **empty, extent="outline", coverage=[], report={}, planned_hosts={"en": [], "zh-hans": []}, open=nothing
    )
    assert re.findall(r'<h2 id="(\w+)"', page.render(outline, "en")) == ["route", "themes", "organisers"]


def test_times_cities_and_places_stand_with_their_visit():
    html = page.render(examples.small(), "en")
    assert "09:00–11:00 · Campus visit" in html
    assert "Software centres</h4>" in html
    assert "<h4>Class observation</h4>" in html
    assert "1 delegation took part: Lao PDR" in html
    assert "“Well done.”" in html


def test_a_report_is_cleaned_once_more_when_it_is_printed():
    report = {"en": {"headline": "", "summary": "", "body": "<p>Fine<script>alert(1)</script></p>"}}
    html = page.render(examples.small(report=report), "en")
    assert "<p>Fine</p>" in html
    assert "<script" not in html

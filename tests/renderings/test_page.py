"""Renderings are pure: they make a page or JSON of a document without a database, a request or a clock."""

import datetime as dt
import json
from pathlib import Path

import pytest

from exchange.lib.html import plain
from exchange.lib.languages import CODES
from trips.edition.reading import Reader
from trips.renderings import api, page

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.json"))
MOMENT = dt.datetime(2024, 11, 12, 1, tzinfo=dt.UTC)


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def payload(request) -> dict:
    return json.loads(request.param.read_text())


@pytest.mark.parametrize("language", CODES)
def test_every_example_becomes_a_page_in_each_language(payload, language):
    facts = page.Facts(number=3, digest="5d" * 32, public_from=MOMENT)
    html = page.render(payload, language, edition=facts)
    text = plain(html)
    assert payload["title"][language] in text
    assert Reader(payload, language).report.headline in text
    for state in payload["states"].values():
        assert not state["member"] or state["name"][language] in text
    assert "None" not in text
    assert "{{" not in text


@pytest.mark.parametrize("language", CODES)
def test_a_redacted_person_and_picture_leave_the_rest_alone(payload, language):
    for block in ("persons", "pictures"):
        for uid in payload[block]:
            payload[block][uid] = {"redacted": True}
    html = page.render(payload, language)
    assert "Shi Zhongjun" not in plain(html.split('id="delegations"')[1])
    assert "<picture>" not in html
    assert payload["title"][language] in plain(html)


def test_the_preview_says_so_and_is_not_indexed(payload):
    html = page.render(payload, "en", preview=True, media_base="/elsewhere")
    assert "Preview of the working copy, not public" in html
    assert '<meta name="robots" content="noindex">' in html
    assert "/elsewhere/" in html
    assert "/media/photos/" not in html


def test_the_api_wraps_the_document_without_touching_it(payload):
    document = json.dumps(payload, ensure_ascii=False)
    notes = {"en": "A “note”.", "zh-hans": "说明。"}
    text = api.trip(document, slug=payload["slug"], number=2, digest="d", public_from=MOMENT, notes=notes)
    assert document in text
    answer = json.loads(text)
    assert answer["trip"] == payload
    assert answer["number"] == 2

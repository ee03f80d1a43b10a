"""Pages that staff write: readers find what is published of them, at its address, in the menu and at the foot."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from exchange import audit
from exchange.lib.canonical import canonical, digest
from tests import cast
from trips import plain_pages
from trips.choices import TripState
from trips.demo import site_pages
from trips.edition.plain_page import frozen_page
from trips.models import PageEdition, PlainPage

pytestmark = pytest.mark.django_db
PAGE, CHINESE = "/en/pages/privacy/", "/zh-hans/pages/privacy/"


def read(path: str, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def named(language: str, where: str) -> list[str]:
    """The pages of staff that the menu (``nav``) or the foot (``foot``) of the front page links, in order."""
    html = read(f"/{language}/")
    part = re.search(
        r'<nav class="nav".*?</nav>' if where == "nav" else r'<footer class="foot".*?</footer>', html, re.S
    )
    return re.findall(rf'<a href="/{language}/pages/([a-z-]+)/"', part.group(0))


def test_a_draft_is_nowhere_and_what_is_published_is_everywhere_it_is_linked():
    page = cast.page("about", place="menu", position=20)
    cast.page("privacy", place="footer", position=10)
    cast.page("hidden", place="nowhere")
    PlainPage.objects.create(slug="draft", title_en="A draft", body_en="<p>Secret.</p>", place="menu")
    assert [named("en", where) for where in ("nav", "foot")] == [["about"], ["privacy", "about"]]
    assert "No cookies." in read("/en/pages/hidden/")
    for path in ("/en/", "/en/trips/", "/en/pages/draft/"):
        assert "A draft" not in Client().get(path).content.decode()
    plain_pages.withdraw(page, by=None, reason_en="Out of date.", reason_zh_hans="已过时。")
    assert [named("zh-hans", where) for where in ("nav", "foot")] == [[], ["privacy"]]


def test_later_edits_wait_until_they_are_published():
    page = cast.page()
    before = {path: read(path) for path in (PAGE, CHINESE, "/en/")}
    page.title_en, page.body_en, page.place, page.slug = "New title", "<p>New text.</p>", "menu", "data"
    page.save()
    assert {path: read(path) for path in before} == before
    assert plain_pages.state_of(page) == TripState.CHANGED
    cast.public(page)
    moved = Client().get(PAGE)
    assert (moved.status_code, moved.headers["Location"]) == (301, "/en/pages/data/")
    assert "New text." in read("/en/pages/data/")
    assert "Version 2, " in read("/en/pages/data/")
    assert named("en", "nav") == ["data"]
    assert [one.number for one in page.editions.all()] == [2, 1]


def test_a_withdrawn_page_says_why_and_no_earlier_one_comes_back():
    page = cast.page()
    page.body_en = "<p>Second text.</p>"
    page.save()
    cast.public(page)
    plain_pages.withdraw(page, by=None, reason_en="It was <wrong>.", reason_zh_hans="内容有误。")
    gone, chinese = read(PAGE, 410), read(CHINESE, 410)
    assert "This page has been withdrawn" in gone
    assert "It was &lt;wrong&gt;." in gone
    assert "内容有误。" in chinese
    assert "本页已撤回" in chinese
    for words in ("<p>No cookies.</p>", "Second text."):
        assert words not in gone
    assert plain_pages.state_of(page) == TripState.WITHDRAWN
    with pytest.raises(ValidationError, match="nothing to withdraw"):
        plain_pages.withdraw(page, by=None, reason_en="Again.")
    cast.public(page)
    assert "Second text." in read(PAGE)


def test_a_language_that_is_missing_says_so_and_shows_the_other():
    cast.page(title_zh_hans="", body_zh_hans="")
    page = read(CHINESE)
    assert '<html lang="zh-Hans">' in page
    assert "本页暂无中文版，以下为英文原文。" in page
    assert '<div class="prose" lang="en"><p>No cookies.</p></div>' in page
    assert '<h1><span lang="en">Privacy</span></h1>' in page
    assert "暂无中文版" not in read(PAGE)


def test_a_translation_whose_source_changed_says_that_the_other_is_newer():
    page = cast.page(made_from={"body": "<p>Some cookies.</p>"})
    assert "本页的英文版较新。" in read(CHINESE)
    assert "is newer" not in read(PAGE)
    PlainPage.objects.filter(pk=page.pk).update(made_from={"body": page.body_en})
    page.refresh_from_db()
    cast.public(page)
    assert "较新" not in read(CHINESE)


def test_headings_follow_the_title_without_a_gap():
    cast.page(body_en="<h3>First</h3><p>Text.</p><h4>Second</h4>")
    assert re.findall(r"<(h\d)[^>]*>", read(PAGE).partition("<main")[2].partition("</main>")[0]) == ["h1", "h2", "h3"]


def test_what_was_not_seen_is_not_published_and_what_is_public_is_not_published_twice():
    page = cast.page()
    seen = frozen_page(page)[1]
    again = plain_pages.publish(page, digest=seen, by=None)
    assert (again.number, PageEdition.objects.count()) == (1, 1)
    PlainPage.objects.filter(pk=page.pk).update(body_en="<p>Edited meanwhile.</p>")
    with pytest.raises(ValidationError, match="not what you saw"):
        plain_pages.publish(page, digest=seen, by=None)
    assert [one.verb for one in audit.trail(page)] == ["publish"]


def test_an_address_belongs_to_the_page_that_was_public_there():
    first = cast.page()
    first.slug = "data-protection"
    first.save()
    cast.public(first)
    second = PlainPage.objects.create(slug="privacy", title_en="Another", body_en="<p>Another.</p>")
    with pytest.raises(ValidationError, match="Another page was published at this address"):
        cast.public(second)
    assert Client().get(PAGE).headers["Location"] == "/en/pages/data-protection/"


def test_a_page_without_text_is_not_published():
    page = PlainPage.objects.create(slug="empty", title_en="Empty")
    with pytest.raises(ValidationError, match="There is no text yet"):
        cast.public(page)


def test_four_eyes_hold_for_pages_too(settings):
    settings.FOUR_EYES = True
    writer, reader = cast.person("ada", "Publisher"), cast.person("mei", "Publisher")
    page = PlainPage.objects.create(slug="p", title_en="P", body_en="<p>P.</p>", edited_by=writer)
    with pytest.raises(ValidationError, match="Somebody else must publish it"):
        cast.public(page, by=writer)
    assert cast.public(page, by=reader).published_by == reader


def test_an_edition_is_never_changed_and_its_digest_is_checked():
    edition = cast.page().editions.get()
    assert digest(canonical(json.loads(edition.document))) == edition.digest
    for act in (edition.save, edition.delete):
        with pytest.raises(ValidationError):
            act()
    call_command("verify_editions")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trips_pageedition SET document = replace(document, 'cookies', 'Cookies')")
    with pytest.raises(CommandError, match="1 editions were changed"):
        call_command("verify_editions")


def test_hostile_words_are_only_words():
    hostile = "<script>alert(1)</script>\"onmouseover='x"
    cast.page(title_en=hostile[:60], body_en=f'<p onclick="x">{hostile}</p><img src=x onerror=alert(1)>', place="menu")
    for path in (PAGE, "/en/"):
        page = read(path)
        assert page.count("<script") == page.count('<script type="application/ld+json">'), path
        for words in ("<script>", "onerror", "onclick"):
            assert words not in page, (path, words)
        assert not re.search(r"<[^<>]*\"onmouseover", page), path


@pytest.mark.parametrize("slug", ["%00", "x" * 5000, "a" * 10_000, "..%2f..", "%ff%fe"])
def test_nonsense_is_answered_calmly(slug):
    assert len(read(f"/en/pages/{slug}/", 404).encode()) < 10_000


def test_an_empty_site_starts_with_drafts_and_the_demonstration_with_pages():
    assert site_pages.load_drafts() == 4
    assert site_pages.load_drafts() == 0
    assert PageEdition.objects.count() == 0
    assert "Before you publish" in PlainPage.objects.get(slug="privacy").body_en
    PlainPage.objects.all().delete()
    assert site_pages.load_published() == 5
    for slug in PlainPage.objects.values_list("slug", flat=True):
        assert "is not available" not in read(f"/en/pages/{slug}/")
        assert "Before you publish" not in read(f"/en/pages/{slug}/")
        assert "暂无中文版" not in read(f"/zh-hans/pages/{slug}/")

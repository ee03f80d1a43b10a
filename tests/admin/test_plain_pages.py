"""Pages that staff write, on the desk: written by editors, published by publishers, compared with what is public."""

import pytest
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from exchange import audit, versions
from tests import cast
from tests.admin.test_desk import errors_of, form_in, form_of
from trips.models import PageEdition, PageWithdrawal, PlainPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _several_requests_in_one_test():
    with zeal_ignore():
        yield


def at_desk(role: str) -> Client:
    client = Client()
    client.force_login(cast.person(role.lower(), role))
    return client


def address(name: str, page: PlainPage, *more: str) -> str:
    return reverse(f"admin:trips_plainpage_{name}", args=[page.pk, *more])


def test_an_editor_writes_and_a_publisher_publishes_what_was_seen():
    editor, publisher, anybody = at_desk("Editor"), at_desk("Publisher"), Client()
    made = {"title_en": "Contact", "slug": "contact", "body_en": "<p>Write.</p><script>x</script>", "place": "menu"}
    form = form_of(editor, reverse("admin:trips_plainpage_add")) | made
    editor.post(reverse("admin:trips_plainpage_add"), form)
    page = PlainPage.objects.get()
    assert (page.body_en, page.edited_by.username) == ("<p>Write.</p>", "editor")
    preview = editor.get(address("preview", page, "zh-hans")).content.decode()
    assert "工作稿预览，尚未公开" in preview
    assert "Write." in preview
    assert anybody.get("/en/pages/contact/").status_code == 404
    assert editor.get(address("publish", page)).status_code == 403
    asked = publisher.get(address("publish", page))
    told = asked.content.decode()
    for words in ("/en/pages/contact/", "Readers can open the page.", "Readers of 中文 are shown the other language"):
        assert words in told
    assert "Differences" not in told
    publisher.post(address("publish", page), {"digest": asked.context["what"].digest, "note": "First."})
    assert b"Write." in anybody.get("/en/pages/contact/").content
    entry = audit.trail(page).get()
    assert (entry.verb, entry.by.username, entry.comment, entry.details["edition"]) == (
        "publish", "publisher", "First.", 1,
    )  # fmt: skip


def test_the_publish_page_shows_what_readers_will_find_changed_and_refuses_what_it_did_not_show():
    publisher, page = at_desk("Publisher"), cast.page()
    assert "says exactly this" in publisher.get(address("publish", page)).content.decode()
    PlainPage.objects.update(body_en="<p>No cookies at all.</p>", place="menu")
    asked = publisher.get(address("publish", page))
    told = asked.content.decode()
    assert "<p>No cookies<ins> at all</ins>.</p>" in told
    assert "<ins>the menu and </ins>the foot of every page" in told
    assert "Title, English" not in told
    PlainPage.objects.update(body_en="<p>Some cookies.</p>")
    refused = publisher.post(address("publish", page), {"digest": asked.context["what"].digest})
    assert "This is not what you saw" in refused.content.decode()
    assert "<p><del>No</del><ins>Some</ins> cookies.</p>" in refused.content.decode()
    assert PageEdition.objects.count() == 1


def test_withdrawing_asks_for_a_reason_and_says_where_it_will_stand():
    publisher, page = at_desk("Publisher"), cast.page()
    assert "/zh-hans/pages/privacy/" in publisher.get(address("withdraw", page)).content.decode()
    publisher.post(address("withdraw", page), {"reason_en": ""})
    assert not PageWithdrawal.objects.exists()
    publisher.post(address("withdraw", page), {"reason_en": "Out of date."})
    assert PageWithdrawal.objects.get().withdrawn_by.username == "publisher"
    assert Client().get("/en/pages/privacy/").status_code == 410
    assert [one.verb for one in audit.trail(page)] == ["withdraw", "publish"]


@pytest.mark.parametrize("verb", ["publish", "withdraw"])
@pytest.mark.parametrize("role", ["Contributor", "Editor"])
def test_whoever_may_not_publish_does_not_by_any_request(role, verb):
    client, page = at_desk(role), cast.page()
    PlainPage.objects.update(title_en="Changed")
    sent = {"digest": "x", "reason_en": "Because."}
    assert client.post(address(verb, page), sent).status_code == 403
    assert client.get(address("change", page)).status_code == (200 if role == "Editor" else 403)
    assert audit.trail(page).count() == 1


def test_what_two_editors_changed_is_kept_and_shown():
    one, other, page = at_desk("Editor"), at_desk("Publisher"), cast.page()
    change = address("change", page)
    first, second = form_of(one, change), form_of(other, change)
    other.post(change, second | {"title_zh_hans": "隐私", "body_en": "<p>Theirs.</p>"})
    answer = one.post(change, first | {"title_en": "Data", "body_en": "<p>Mine.</p>"})
    assert set(errors_of(answer)) == {"body_en"}
    one.post(change, form_in(answer))
    page.refresh_from_db()
    assert (page.title_en, page.title_zh_hans, page.body_en) == ("Data", "隐私", "<p>Mine.</p>")
    assert [version.by.username for version in versions.of(PlainPage, page.pk) if version.by] == ["editor", "publisher"]


def test_what_was_public_cannot_be_deleted_and_a_draft_can_be_had_again():
    editor, page = at_desk("Editor"), cast.page()
    draft = PlainPage.objects.create(slug="draft", title_en="A draft", body_en="<p>Words.</p>")
    assert editor.post(address("delete", page), {"post": "yes"}).status_code == 403
    editor.post(address("delete", draft), {"post": "yes"})
    assert PlainPage.objects.get() == page
    gone = versions.deleted(PlainPage)[0]
    editor.post(reverse("admin:trips_plainpage_recover", args=[gone.pk]))
    assert PlainPage.objects.get(slug="draft").body_en == "<p>Words.</p>"


def test_a_translation_is_marked_where_its_source_changed():
    editor, page = at_desk("Editor"), cast.page()
    change = address("change", page)
    editor.post(change, form_of(editor, change) | {"body_zh_hans": "<p>不使用任何 Cookie。</p>"})
    editor.post(change, form_of(editor, change) | {"body_en": "<p>No cookies at all.</p>"})
    page.refresh_from_db()
    assert page.stale() == {"body": "<p>No cookies.</p>"}
    assert "<p>No cookies<ins> at all</ins>.</p>" in editor.get(change).content.decode()


def test_whoever_brings_a_text_back_answers_for_it():
    editor, publisher, page = at_desk("Editor"), at_desk("Publisher"), cast.page()
    for client, title in ((publisher, "As it was"), (editor, "As it is")):
        change = address("change", page)
        client.post(change, form_of(client, change) | {"title_en": title})
    earlier = next(one for one in versions.of(PlainPage, page.pk) if one.by_name == "Publisher")
    there = reverse("admin:trips_plainpage_version", args=[page.pk, earlier.pk])
    publisher.post(there, {"seen": publisher.get(there).context["seen"]})
    page.refresh_from_db()
    assert (page.title_en, page.edited_by.username) == ("As it was", "publisher")

"""What somebody without an account sees and can do under a review link, and what they cannot."""

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from exchange.models import AuditEntry
from tests import cast
from trips import review_links, workflow
from trips.models import Agreement, Candidate, Remark, ReviewLink, ReviewVisit, Trip

pytestmark = pytest.mark.django_db
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{ 7 }}'


@pytest.fixture
def trip() -> Trip:
    return cast.trip()


@pytest.fixture
def candidate(trip) -> Candidate:
    return workflow.submit(trip, by=None)


@pytest.fixture
def made(trip, candidate) -> tuple[ReviewLink, str]:
    return review_links.make(trip, by=None, for_whom="Embassy of Lao PDR")


@pytest.fixture
def link(made) -> ReviewLink:
    return made[0]


@pytest.fixture
def page(made) -> str:
    return f"/review/{made[1]}/en/"


@pytest.fixture
def guest() -> Client:
    return Client(enforce_csrf_checks=True)


def words(response: Any) -> str:
    return response.content.decode()


def remark(candidate: Candidate, **more: str) -> dict[str, str]:
    said = {"section": "programme", "text": "The date is wrong.", "name": "Somphone"}
    return {"remark": "1", "digest": candidate.digest, **said, **more}


def agreement(candidate: Candidate, **more: str) -> dict[str, str]:
    return {"agree": "1", "digest": candidate.digest, "name": "Somphone", "confirm": "on", **more}


def submit_another(trip: Trip, title: str = "Second version") -> Candidate:
    fresh = Trip.objects.get(pk=trip.pk)
    fresh.title_en = title
    fresh.save()
    return workflow.submit(fresh, by=None)


# The door


def test_only_a_hash_is_kept_and_the_token_is_said_nowhere_else(made, page, guest, candidate, mailoutbox, caplog):
    link, token = made
    guest.get(page)
    guest.post(page, remark(candidate))
    assert len(token) == 43
    assert link.token_hash == review_links.hashed(token) != token
    kept = [*ReviewLink.objects.values(), *AuditEntry.objects.values(), *ReviewVisit.objects.values()]
    assert token not in str(kept) + caplog.text + "".join(mail.body for mail in mailoutbox)


def test_every_answer_is_for_this_reader_only(made, page, guest, candidate):
    root = f"/review/{made[1]}"
    photo = f"{root}/photos/abc/640-x.webp"
    answers = [guest.get(one) for one in (root, f"{root}/", page, photo, f"{root}/fr/", f"{root}/en/more/")]
    answers += [guest.post(page, remark(candidate)), guest.post(page, {"text": ""}), guest.put(page), guest.post(root)]
    assert [one.status_code for one in answers] == [302, 302, 200, 404, 404, 404, 302, 409, 405, 405]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "ETag" not in answer.headers


BOUNDARY = "multipart/form-data; boundary=x"


def test_no_answer_is_kept_or_found_whoever_gives_it(made, page, guest, settings, monkeypatch):
    root = f"/review/{made[1]}"
    nowhere = [f"{root}.", f"{root}%0A", f"{root}/en/a%0Ab", f"{root}/e%0An/", "/review/", "/review//en/"]
    answers = [(404, guest.get(one)) for one in nowhere] + [(404, guest.post(one, {})) for one in nowhere]
    answers += [
        (400, guest.post(page, b"--x\r\nbroken", content_type="multipart/form-data; boundary=")),
        (400, guest.get(page + "?" + "&a=1" * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))),
        (400, guest.get(page, HTTP_HOST="elsewhere.example.org")),
        (413, guest.post(page, {}, CONTENT_LENGTH="many")),
        (413, guest.post(page, {}, CONTENT_LENGTH="9" * 5000)),
        (413, guest.post(page, {}, CONTENT_LENGTH="-1")),
    ]
    settings.SECURE_SSL_REDIRECT = True
    answers.append((301, Client().get(page)))
    settings.SECURE_SSL_REDIRECT = False
    monkeypatch.setattr("trips.guests.views.review_links.candidate", lambda *given: 1 / 0)
    guest.raise_request_exception = False
    answers.append((500, guest.get(page)))
    assert [answer.status_code for _status, answer in answers] == [status for status, _answer in answers]
    for _status, answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies


def test_only_answers_below_a_link_are_told_apart_so(guest):
    assert "X-Robots-Tag" not in guest.get("/reviews/x").headers


@pytest.mark.parametrize("body", [{}, {"agree": "1"}])
@pytest.mark.parametrize("open_", [True, False])
def test_an_answer_without_words_is_asked_again(page, guest, trip, candidate, body, open_):
    if not open_:
        workflow.send_back(trip, digest=candidate.digest, by=None, comment="More.")
    for answer in (guest.post(page, body), guest.post(page, b"--x--", content_type=BOUNDARY)):
        assert answer.status_code == 409
    given = {"digest": candidate.digest, **body}
    assert guest.post(page, given).status_code == (200 if open_ else 409)
    assert not Remark.objects.exists()
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(("asked", "language"), [("zh-CN,zh;q=0.9", "zh-hans"), ("lo", "en"), ("", "en")])
def test_the_language_is_the_one_the_browser_asks_for(made, guest, asked, language):
    answer = guest.get(f"/review/{made[1]}", HTTP_ACCEPT_LANGUAGE=asked)
    assert answer.headers["Location"] == f"/review/{made[1]}/{language}/"
    assert words(guest.get(answer.headers["Location"])).count("<h1") == 1


@pytest.mark.parametrize("tail", ["", "/", "/en/", "/zh-hans/", "/photos/abc/640-x.webp", "/documents/abc/x.pdf"])
def test_unknown_expired_and_revoked_are_one_answer(trip, made, guest, tail):
    link, token = made
    ended, other = review_links.make(trip, by=None, for_whom="Somebody")
    review_links.revoke(ended, by=None)
    ReviewLink.objects.filter(pk=link.pk).update(made_at=timezone.now() - dt.timedelta(2), expires_at=timezone.now())
    answers = [guest.get(f"/review/{one}{tail}") for one in ("x" * 43, "short", token, other)]
    assert {one.status_code for one in answers} == {404}
    assert len({one.content for one in answers}) == 1
    assert len({str(sorted(one.headers.items())) for one in answers}) == 1
    assert {guest.post(f"/review/{one}/en/", {}).content for one in (token, other)} == {
        guest.get("/review/x/en/").content
    }


def test_a_link_ends_within_its_days(trip, candidate, link):
    assert link.expires_at - link.made_at == dt.timedelta(days=14)
    for days in (0, 91):
        with pytest.raises(workflow.Refused, match="1 to 90 days"):
            review_links.make(trip, by=None, for_whom="Somebody", days=days)


def test_a_link_needs_something_under_review(trip):
    with pytest.raises(workflow.Refused, match="Submit the trip first"):
        review_links.make(trip, by=None, for_whom="Somebody")


# The page


def test_the_page_is_the_public_page_with_a_way_to_answer(page, guest, candidate):
    text = words(guest.get(page))
    assert "They came." in text
    assert "For review, not public" in text
    assert "Embassy of Lao PDR" in text
    assert " ".join(re.findall("." * 8, candidate.digest)) in text
    assert '<meta name="robots" content="noindex">' in text
    assert 'rel="canonical"' not in text
    assert '<a href="?about=programme#remark">' in text
    assert "他们来了。" in words(guest.get(page.replace("/en/", "/zh-hans/")))
    chosen = words(guest.get(f"{page}?about=programme"))
    assert '<option value="programme" selected>' in chosen


def test_what_is_edited_later_is_not_shown(page, guest, trip, candidate):
    Trip.objects.filter(pk=trip.pk).update(title_en="Slipped in later")
    trip.reports.update(headline="Slipped in later")
    assert "Slipped in later" not in words(guest.get(page))


def test_openings_are_noted_without_who(page, guest, link, candidate, trip):
    guest.get(page)
    guest.get(page.replace("/en/", "/zh-hans/"))
    guest.head(page)
    assert [one.digest for one in link.visits.all()] == [candidate.digest]
    link.visits.update(at=timezone.now() - dt.timedelta(minutes=31))
    guest.get(page)
    second = submit_another(trip)
    guest.get(page)
    assert [one.digest for one in link.visits.order_by("at")] == [candidate.digest, candidate.digest, second.digest]
    assert {field.name for field in ReviewVisit._meta.fields} == {"id", "link", "at", "digest"}


def test_the_page_costs_the_same_whatever_was_said(page, guest, link, candidate, django_assert_num_queries):
    guest.get(page)
    for number in range(12):
        said = {"section": "", "text": str(number), "name": "S", "digest": candidate.digest, "at": timezone.now()}
        Remark.objects.create(link=link, **said)
    with django_assert_num_queries(8):
        guest.get(page)


def test_only_files_that_the_text_names(made, guest, trip):
    token = made[1]
    document = trip.documents.create(title_en="Agenda", public=True, file=ContentFile(b"%PDF-1.7", name="a.pdf"))
    hidden = trip.documents.create(title_en="Draft", public=False, file=ContentFile(b"%PDF-1.7", name="b.pdf"))
    photo = trip.photos.create(image="", consent="staff")
    for width in (640, 960):
        default_storage.save(f"photos/{photo.uid}/{width}-x.webp", ContentFile(b"webp"))
    photo.renditions.create(width=640, height=427, format="webp", file=f"photos/{photo.uid}/640-x.webp")

    def address(one: Any) -> str:
        return f"/review/{token}/documents/{one.uid}/{one.file.name.rpartition('/')[2]}"

    def picture(width: int) -> str:
        return f"/review/{token}/photos/{photo.uid}/{width}-x.webp"

    assert guest.get(address(document)).status_code == 404  # not submitted yet
    workflow.submit(trip, by=None)
    assert picture(640) in words(guest.get(f"/review/{token}/en/"))
    for one in (address(document), picture(640)):
        response = guest.get(one)
        assert response.status_code == 200, one
        assert response.headers["Cache-Control"] == "no-store"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    for one in (address(hidden), picture(960), address(document).replace(document.uid, hidden.uid)):
        assert guest.get(one).status_code == 404, one
    assert guest.get(address(document).replace(f"/review/{token}", "/media")).status_code == 404
    candidate = trip.candidates.first()
    workflow.send_back(trip, digest=candidate.digest, by=None, comment="More.")
    assert guest.get(picture(640)).status_code == 404


# Nothing under review any more


def test_what_was_sent_back_is_not_shown_and_comes_again(page, guest, trip, candidate):
    workflow.send_back(trip, digest=candidate.digest, by=None, comment="More.")
    text = words(guest.get(page))
    assert "Nothing is under review any more" in text
    assert "They came." not in text
    submit_another(trip, "Once more")
    assert "Once more" in words(guest.get(page))


@pytest.mark.parametrize("ended", ["sent back", "withdrawn"])
def test_what_the_desk_does_afterwards_is_not_shown_even_in_the_title(page, guest, trip, candidate, ended):
    if ended == "sent back":
        workflow.send_back(trip, digest=candidate.digest, by=None, comment="More.")
    else:
        workflow.publish(trip, digest=candidate.digest, by=None)
        workflow.withdraw(trip, by=None, reason_en="Stop.")
    Trip.objects.filter(pk=trip.pk).update(title_en="The desk's secret", title_zh_hans="秘密")
    submitted = candidate.payload["title"]
    for language, title in submitted.items():
        text = words(guest.get(page.replace("/en/", f"/{language}/")))
        assert title in text
        assert "secret" not in text
        assert "秘密" not in text


def test_what_was_published_is_read_on_the_public_page(page, guest, trip, candidate):
    workflow.publish(trip, digest=candidate.digest, by=None)
    text = words(guest.get(page))
    assert "Nothing is under review any more" in text
    assert '<a href="/en/trips/guangdong-2024/">' in text
    refused = guest.post(page, remark(candidate, text="Too late <b>"))
    assert refused.status_code == 409
    assert "Too late &lt;b&gt;" in words(refused)
    assert not Remark.objects.exists()


def test_what_was_sent_back_is_not_taken_for_the_edition_before_it(page, guest, trip, candidate):
    workflow.publish(trip, digest=candidate.digest, by=None)
    second = submit_another(trip)
    assert "Second version" in words(guest.get(page))
    workflow.send_back(trip, digest=second.digest, by=None, comment="More.")
    text = words(guest.get(page))
    assert "Nothing is under review any more" in text
    assert "The report has been published" not in text


# Remarks


def test_a_remark_reaches_the_desk_and_stands_on_the_page(page, guest, link, candidate):
    response = guest.post(page, remark(candidate))
    assert response.headers["Location"] == f"{page}?said=remark#remark"
    one = link.remarks.get()
    assert (one.section, one.text, one.name, one.digest) == (
        "programme", "The date is wrong.", "Somphone", candidate.digest,
    )  # fmt: skip
    text = words(guest.get(f"{page}?said=remark"))
    assert "The date is wrong." in text
    assert "Your remark was sent" in text
    entry = AuditEntry.objects.get(verb="remarked")
    assert (entry.by, entry.by_name, entry.details["for_whom"]) == (None, "Somphone", "Embassy of Lao PDR")
    review_links.settle(one, by=None)
    assert "✓ Done" in words(guest.get(page))


def test_a_remark_on_another_text_is_kept_and_asked_again(page, guest, trip, candidate, link):
    second = submit_another(trip)
    refused = guest.post(page, remark(candidate, text="About the first."))
    assert refused.status_code == 409
    assert "The text was changed since you opened it" in words(refused)
    assert "About the first." in words(refused)
    assert f'name="digest" value="{second.digest}"' in words(refused)
    assert not link.remarks.exists()
    guest.post(page, remark(second))
    submit_another(trip, "Third")
    assert "on an earlier text" in words(guest.get(page))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""), ("text", "  "), ("text", "x" * 2001), ("text", "a\x00b"), ("text", "a\x1b[2Jb"),
        ("text", "a\u202eb"), ("name", ""), ("name", "x" * 121), ("name", "a\nb"), ("section", "edition"),
        ("section", "documents"), ("section", "<b>"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_at_its_field(page, guest, candidate, field, value):
    response = guest.post(page, remark(candidate, **{field: value}))
    assert response.status_code == 200
    assert "errorlist" in words(response)
    assert not Remark.objects.exists()


def test_the_verbs_refuse_the_same(link, candidate):
    for bad in ({"text": "x" * 2001}, {"text": "a\x00b"}, {"name": ""}):
        said = {"section": "", "text": "Fine.", "name": "Somphone", **bad}
        with pytest.raises(Exception, match=r"text|name"):
            review_links.remark(link, digest=candidate.digest, **said)
    with pytest.raises(Exception, match="name"):
        review_links.agree(link, digest=candidate.digest, name="a\u202eb")


def test_lines_of_a_remark_are_kept(page, guest, link, candidate):
    guest.post(page, remark(candidate, text="One.\r\nTwo."))
    assert link.remarks.get().text == "One.\nTwo."
    assert "One.<br>Two." in words(guest.get(page))


def test_hostile_words_stay_words(page, guest, trip, candidate):
    _link, token = review_links.make(trip, by=None, for_whom=HOSTILE)
    guest.post(page, remark(candidate, text=HOSTILE, name=HOSTILE))
    guest.post(page, agreement(candidate, name=HOSTILE))
    for text in (words(guest.get(page)), words(guest.get(f"/review/{token}/zh-hans/"))):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "{{ 7 }}" in text
    echoed = words(guest.post(page, remark(candidate, text=HOSTILE, name="", digest="0" * 64)))
    assert "<script>alert" not in echoed


def test_many_remarks_at_once_wait_and_a_link_fills_up(page, guest, link, candidate, monkeypatch):
    for _number in range(review_links.PER_MINUTE):
        assert guest.post(page, remark(candidate)).status_code == 302
    refused = guest.post(page, remark(candidate, text="Kept while waiting."))
    assert refused.status_code == 429
    assert "Wait a minute" in words(refused)
    assert "Kept while waiting." in words(refused)
    link.remarks.update(at=timezone.now() - dt.timedelta(minutes=2))
    monkeypatch.setattr(review_links, "MOST_REMARKS", review_links.PER_MINUTE)
    assert guest.post(page, remark(candidate)).status_code == 429
    assert link.remarks.count() == review_links.PER_MINUTE


def test_an_answer_has_a_limit_before_it_is_read(page, guest, candidate):
    assert guest.post(page, remark(candidate, text="x" * 70_000)).status_code == 413


def test_those_who_work_on_it_are_told_once_in_a_while(
    link, candidate, trip, mailoutbox, django_capture_on_commit_callbacks
):
    owner = User.objects.create_user("ivy", "ivy@example.org")
    Trip.objects.filter(pk=trip.pk).update(owner=owner)
    said = {"digest": candidate.digest, "section": "", "text": "Fine.", "name": "Somphone"}
    with django_capture_on_commit_callbacks(execute=True):
        review_links.remark(link, **said)
        review_links.remark(link, **said)
    assert [mail.to for mail in mailoutbox] == [["ivy@example.org"]]
    assert "Somphone (Embassy of Lao PDR)" in mailoutbox[0].body
    assert f"/admin/trips/trip/{trip.pk}/review-links/" in mailoutbox[0].body
    ReviewLink.objects.update(told_at=timezone.now() - dt.timedelta(minutes=11))
    with django_capture_on_commit_callbacks(execute=True):
        review_links.remark(link, **said)
        review_links.agree(link, digest=candidate.digest, name="Somphone")
        review_links.agree(link, digest=candidate.digest, name="Somphone")
    assert len(mailoutbox) == 3
    assert "agrees to the text" in mailoutbox[2].body


# Agreement


def test_an_agreement_is_to_the_text_that_was_seen(page, guest, trip, candidate, link):
    assert guest.post(page, agreement(candidate)).headers["Location"] == f"{page}?said=agree#agree"
    guest.post(page, agreement(candidate, name="Somebody else"))
    given = link.agreements.get()
    assert (given.name, given.digest) == ("Somphone", candidate.digest)
    assert AuditEntry.objects.get(verb="agreed").details["digest"] == candidate.digest
    assert "Somphone agreed to this text" in words(guest.get(page))
    second = submit_another(trip)
    refused = guest.post(page, agreement(candidate, name="Somebody else"))
    assert refused.status_code == 409
    assert "The text was changed since you opened it" in words(refused)
    assert f'name="digest" value="{second.digest}"' in words(refused)
    assert "agreed to this text" not in words(guest.get(page))
    assert list(review_links.agreements(trip, second.digest)) == []
    assert link.agreements.count() == 1


def test_an_agreement_needs_a_name_and_a_tick(page, guest, candidate):
    for missing in ("name", "confirm"):
        data = agreement(candidate)
        del data[missing]
        assert guest.post(page, data).status_code == 200
    assert not Agreement.objects.exists()


def test_an_agreement_stays(link, candidate):
    given = review_links.agree(link, digest=candidate.digest, name="Somphone")
    given.name = "Another"
    with pytest.raises(Exception, match="never edited"):
        given.save()
    with pytest.raises(Exception, match="never deleted"):
        given.delete()


def test_a_link_that_ended_meanwhile_takes_nothing(link, candidate):
    review_links.revoke(link, by=None)
    with pytest.raises(workflow.Refused, match="Nothing is under review"):
        review_links.agree(link, digest=candidate.digest, name="Somphone")
    with pytest.raises(workflow.Refused, match="Nothing is under review"):
        review_links.remark(link, digest=candidate.digest, section="", text="x", name="Somphone")


def test_every_act_is_one_entry(trip, link, candidate):
    one = review_links.remark(link, digest=candidate.digest, section="", text="x", name="Somphone")
    for done in (True, True, False, False):
        review_links.settle(one, by=None, done=done)
    review_links.revoke(link, by=None)
    review_links.revoke(link, by=None)
    verbs = list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["submit", "link_made", "remarked", "remark_done", "remark_reopened", "link_revoked"]

"""From draft to public and back, as several people: what each verb does, who is told, what the audit trail says."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from exchange.models import AuditEntry
from tests import cast
from trips import workflow
from trips.choices import TripState
from trips.models import Edition, Trip

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(days=30)


@pytest.fixture
def ivy():
    return cast.person("ivy", "Contributor")


@pytest.fixture
def edo():
    return cast.person("edo", "Editor")


@pytest.fixture
def pia():
    return cast.person("pia", "Publisher")


def state(trip: Trip, after: dt.timedelta = dt.timedelta()) -> str:
    return workflow.state_of(trip, timezone.now() + after).value


def publish(trip: Trip, **how: Any) -> Edition:
    """As somebody does who has a reason for every warning."""
    return workflow.publish(trip, waived=cast.reasons(trip), **how)


def edit(trip: Trip, title: str, by: User | None = None) -> None:
    fresh = Trip.objects.get(pk=trip.pk)
    fresh.title_en, fresh.edited_by = title, by
    fresh.save()


def test_the_whole_way(ivy, edo, pia):
    trip = cast.trip(owner=ivy)
    assert state(trip) == "draft"
    first = workflow.submit(trip, by=ivy)
    assert state(trip) == "review"
    workflow.send_back(trip, digest=first.digest, by=edo, comment="No college is named.")
    assert state(trip) == "changes-asked"
    edit(trip, "Second version", by=ivy)
    second = workflow.submit(trip, by=ivy)
    assert state(trip) == "review"
    workflow.approve(trip, digest=second.digest, by=pia)
    assert state(trip) == "approved"
    edit(trip, "Slipped in after approval", by=ivy)
    edition = publish(trip, digest=second.digest, by=pia, public_from=timezone.now() + LATER)
    assert edition.document == second.document
    assert (state(trip), state(trip, 2 * LATER)) == ("scheduled", "changed")
    workflow.withdraw(trip, by=pia, reason_en="Too early.")
    assert not Edition.objects.public(timezone.now() + 2 * LATER).exists()
    assert [one.verb for one in AuditEntry.objects.all()] == [
        "withdraw", "schedule", "approve", "submit", "send_back", "submit",
    ]  # fmt: skip


def test_every_verb_is_refused_in_every_other_state(pia):
    """The table is the rule: what it does not name is refused, whatever the page shows."""
    refused = {}
    for wanted in TripState:
        trip = cast.in_state(wanted)
        assert state(trip) == wanted
        digest = getattr(trip.candidates.first(), "digest", "0" * 64)
        attempts = {
            "send_back": lambda t=trip, d=digest: workflow.send_back(t, digest=d, by=pia, comment="More."),
            "check": lambda t=trip, d=digest: workflow.check(t, digest=d, by=pia),
            "approve": lambda t=trip, d=digest: workflow.approve(t, digest=d, by=pia),
            "publish": lambda t=trip, d=digest: publish(
                t, digest=d, by=pia, public_from=timezone.now() + 3 * LATER, public_until=timezone.now() + 9 * LATER
            ),
        }
        for verb, attempt in attempts.items():
            if wanted not in workflow.VERBS[verb].sources:
                with pytest.raises(workflow.Refused, match="not possible"):
                    attempt()
                refused[wanted, verb] = True
    assert len(refused) == 4 * len(TripState) - 2 - 1 - 1 - 2


def test_an_editor_says_that_a_text_was_checked(mailoutbox, django_capture_on_commit_callbacks, edo, pia):
    """It decides nothing, is said once, and of that text alone."""
    trip = cast.trip()
    first = workflow.submit(trip, by=None)
    with django_capture_on_commit_callbacks(execute=True):
        for _again in range(2):
            workflow.check(trip, digest=first.digest, by=edo, comment="Names and dates are right.")
    assert state(trip) == "review"
    assert [(one.by, one.comment) for one in workflow.checks(first)] == [(edo, "Names and dates are right.")]
    assert [mail.to for mail in mailoutbox] == [["pia@example.org"]]
    assert "Names and dates are right." in mailoutbox[0].body
    edit(trip, "Second version")
    second = workflow.submit(trip, by=None)
    assert not workflow.checks(second).exists()
    with pytest.raises(workflow.Refused, match="not what you saw"):
        workflow.check(trip, digest=first.digest, by=edo)


def test_an_older_candidate_cannot_be_published(pia):
    trip = cast.trip()
    first = workflow.submit(trip, by=None)
    edit(trip, "Second version")
    workflow.submit(trip, by=None)
    for verb in (publish, workflow.approve):
        with pytest.raises(workflow.Refused, match="not what you saw"):
            verb(trip, digest=first.digest, by=pia)


def test_sending_back_needs_words(edo):
    trip = cast.trip()
    candidate = workflow.submit(trip, by=None)
    with pytest.raises(workflow.Refused, match="what should change"):
        workflow.send_back(trip, digest=candidate.digest, by=edo, comment="  ")


def test_what_was_seen_is_what_is_submitted(ivy):
    trip = cast.trip()
    seen = workflow.frozen(trip, public_from=timezone.now())[1]
    edit(trip, "Changed meanwhile")
    with pytest.raises(workflow.Refused, match="not what you saw"):
        workflow.submit(trip, by=ivy, digest=seen)
    assert not trip.candidates.exists()


def test_what_is_public_already_is_not_submitted_again(ivy):
    trip = cast.trip()
    cast.published(trip)
    workflow.submit(trip, by=ivy)
    assert state(trip) == "published"


def test_a_working_copy_is_published_in_one_step(pia):
    trip = cast.trip()
    digest = workflow.frozen(trip, public_from=timezone.now())[1]
    edition = publish(trip, digest=digest, by=pia, unreviewed=True)
    again = publish(trip, digest=digest, by=pia, unreviewed=True)
    assert (edition.pk, state(trip)) == (again.pk, "published")
    edit(trip, "Changed")
    with pytest.raises(workflow.Refused, match="not what you saw"):
        publish(trip, digest=digest, by=pia, unreviewed=True, public_from=timezone.now() + LATER)


def test_an_altered_candidate_is_refused(pia):
    trip = cast.trip()
    candidate = workflow.submit(trip, by=None)
    trip.candidates.update(document=candidate.document.replace("Exchange", "Altered"))
    with pytest.raises(workflow.Refused, match="altered"):
        publish(trip, digest=candidate.digest, by=pia)


@pytest.mark.parametrize("days", [10, 60])
def test_a_scheduled_edition_is_moved_by_publishing_it_for_another_time(pia, days):
    trip = cast.trip()
    digest = cast.published(trip, public_from=timezone.now() + LATER).digest
    moved = timezone.now() + dt.timedelta(days=days)
    edition = publish(trip, digest=digest, by=pia, unreviewed=True, public_from=moved)
    assert edition.number == 2
    assert not Edition.objects.public(moved - dt.timedelta(seconds=1)).exists()
    assert [one.number for one in Edition.objects.public(moved)] == [2]
    assert [one.number for one in Edition.objects.public(moved + 2 * LATER)] == [2]


def test_a_cancelled_schedule_leaves_the_page_as_it_is(pia):
    trip = cast.trip()
    cast.published(trip)
    edit(trip, "Second version")
    cast.published(trip, public_from=timezone.now() + LATER)
    workflow.withdraw(trip, by=pia, reason_en="Not yet.", number=2)
    for moment in (timezone.now(), timezone.now() + 2 * LATER):
        assert [one.number for one in Edition.objects.public(moment)] == [1]
        listed = {one.edition.number for one in Edition.listings.rel.related_model.objects.public(moment)}
        assert listed == {1}
    assert state(trip) == "changed"
    workflow.withdraw(trip, by=pia, reason_en="All of it.")
    assert not Edition.objects.public(timezone.now()).exists()


def test_older_editions_can_be_withdrawn_after_the_newest(pia):
    trip = cast.trip()
    cast.published(trip)
    edit(trip, "Second version")
    cast.published(trip, public_from=cast.PUBLISHED_AT + LATER)
    workflow.withdraw(trip, by=pia, reason_en="A mistake.", number=2)
    assert [one.number for one in Edition.objects.readable(timezone.now())] == [1]
    workflow.withdraw(trip, by=pia, reason_en="The other one too.", number=1)
    assert not Edition.objects.readable(timezone.now()).exists()
    with pytest.raises(workflow.Refused, match="nothing to withdraw"):
        workflow.withdraw(trip, by=pia, reason_en="Again.")


def test_a_withdrawal_closes_what_was_under_review(pia):
    trip = cast.trip()
    cast.published(trip)
    edit(trip, "Second version")
    candidate = workflow.submit(trip, by=None)
    workflow.withdraw(trip, by=pia, reason_en="Stop.")
    assert state(trip) == "withdrawn"
    with pytest.raises(workflow.Refused, match="not possible"):
        publish(trip, digest=candidate.digest, by=pia)


def test_full_and_outline_are_judged_by_the_days_that_were_submitted(pia):
    """The working copy may have other days by then."""
    soon = timezone.localdate() + dt.timedelta(days=10)
    trip = cast.trip(starts_on=soon, ends_on=soon + dt.timedelta(days=4))
    trip.visits.all().delete()
    full = workflow.submit(trip, by=None, public_from=timezone.now() + LATER)
    Trip.objects.filter(pk=trip.pk).update(starts_on=dt.date(2024, 1, 1), ends_on=dt.date(2024, 1, 2))
    with pytest.raises(workflow.Refused, match="days and cities"):
        publish(trip, digest=full.digest, by=pia)


def test_four_eyes(settings, ivy, pia):
    settings.FOUR_EYES = True
    trip = cast.trip()
    edit(trip, "By the publisher", by=pia)
    candidate = workflow.submit(trip, by=ivy)
    with pytest.raises(workflow.Refused, match="Somebody else"):
        publish(trip, digest=candidate.digest, by=pia)
    other = cast.person("pat", "Publisher")
    assert publish(trip, digest=candidate.digest, by=other).published_by == other


def test_those_concerned_are_told(mailoutbox, django_capture_on_commit_callbacks, ivy, edo, pia):
    trip = cast.trip(owner=ivy)
    with django_capture_on_commit_callbacks(execute=True):
        candidate = workflow.submit(trip, by=ivy, comment="Please look at the names.")
    assert sorted(mail.to for mail in mailoutbox) == [["edo@example.org"], ["pia@example.org"]]
    first = mailoutbox[0]
    assert "Exchange Trip to Guangdong" in first.subject
    assert "Please look at the names." in first.body
    assert f"/admin/trips/trip/{trip.pk}/change/" in first.body
    assert "送审" in first.body
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.send_back(trip, digest=candidate.digest, by=edo, comment="No college is named.")
    assert [mail.to for mail in mailoutbox] == [["ivy@example.org"]]
    assert "No college is named." in mailoutbox[0].body


def test_a_title_with_line_ends_makes_no_second_header(mailoutbox, django_capture_on_commit_callbacks, ivy, edo):
    trip = cast.trip(owner=ivy, title_en="Trip\r\nBcc: everyone@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        workflow.submit(trip, by=ivy)
    assert mailoutbox[0].subject.splitlines() == [mailoutbox[0].subject]


def test_an_audit_entry_outlives_the_person(pia):
    trip = cast.trip()
    workflow.submit(trip, by=pia)
    pia.delete()
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.by_name, entry.label) == (None, "Pia", str(trip))
    with pytest.raises(Exception, match="never edited"):
        entry.save()


def test_a_note_for_the_desk_is_no_newer_change():
    trip = cast.trip()
    cast.published(trip)
    trip = Trip.objects.get(pk=trip.pk)
    trip.note = "Call the college."
    trip.save(update_fields=["note", "updated_at"])
    assert state(trip) == "published"
    trip.save()
    assert state(trip) == "changed"


def test_what_must_not_be_public_stops_publication(pia):
    """What was found is kept with what was submitted, in both languages; a later correction is another candidate."""
    trip = cast.trip()
    trip.reports.filter(language="en").update(body="<p>Write to mei.lin@example.org for the slides.</p>")
    candidate = workflow.submit(trip, by=None)
    found = [one for one in candidate.findings if one["level"] == "block"]
    assert [one["rule"] for one in found] == ["contact-data"]
    assert "联系方式" in found[0]["sentence"]["zh-hans"]
    with pytest.raises(workflow.Refused, match="contact data"):
        publish(trip, digest=candidate.digest, by=pia)
    assert not Edition.objects.exists()
    trip.reports.filter(language="en").update(body="<p>They came.</p>")
    corrected = workflow.submit(trip, by=None)
    assert publish(trip, digest=corrected.digest, by=pia).number == 1


def test_a_person_publishes_in_spite_of_warnings_only_with_reasons(pia):
    trip = cast.trip()
    candidate = workflow.submit(trip, by=None)
    warnings = [one["key"] for one in candidate.findings if one["level"] == "warn"]
    assert len(warnings) > 1
    with pytest.raises(workflow.Refused, match="say at each warning why"):
        workflow.publish(trip, digest=candidate.digest, by=pia, waived=dict.fromkeys(warnings[1:], "It is known."))
    with pytest.raises(workflow.Refused, match="say at each warning why"):
        workflow.publish(trip, digest=candidate.digest, by=pia, waived=dict.fromkeys(warnings, "  "))
    edition = workflow.publish(trip, digest=candidate.digest, by=pia, waived=dict.fromkeys(warnings, "It is known."))
    kept = Edition.objects.get(pk=edition.pk).waived
    assert [(one["key"], one["reason"]) for one in kept] == [(key, "It is known.") for key in warnings]

"""The desk: what its forms keep and refuse, what its verbs ask for, and what its pages cost."""

import datetime as dt
import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from zeal import zeal_ignore

from institutions.choices import Kind
from institutions.models import HostInstitution, Organisation
from tests import cast
from trips import workflow
from trips.models import Candidate, Edition, Photo, Trip, Withdrawal

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("mei", "mei@example.org", "x"))
    return client


def change(trip: Trip) -> str:
    return reverse("admin:trips_trip_change", args=[trip.pk])


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send if nothing were touched."""
    return form_in(client.get(address))


def form_in(response: Any) -> dict[str, Any]:
    """What a browser would send from this page."""
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data: dict[str, Any] = {"_continue": "1"}
    for form in forms:
        for bound in form:
            value = bound.value()
            if hasattr(value, "all"):
                value = [one.pk for one in value.all()]
            elif isinstance(value, list):
                value = [getattr(one, "pk", one) for one in value]
            if value is not None and value is not False and not bound.field.widget.needs_multipart_form:
                data[bound.html_name] = bound.field.prepare_value(value) if not isinstance(value, list) else value
    return {name: "" if value is None else value for name, value in data.items()}


def errors_of(response: Any) -> dict[str, str]:
    """Field name and sentence of every error on the page."""
    context = response.context
    found = {name: " ".join(words) for name, words in context["adminform"].form.errors.items()}
    for inline in context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            found |= {form.add_prefix(name): " ".join(words) for name, words in form.errors.items()}
    return found


def test_saving_an_untouched_form_changes_nothing(client):
    trip = cast.trip()
    cast.published(trip)
    before = trip.updated_at
    response = client.post(change(trip), form_of(client, change(trip)))
    assert response.status_code == 302, errors_of(response)
    assert Trip.objects.get().updated_at == before


def test_a_form_keeps_every_part(client):
    trip = cast.trip()
    data = form_of(client, change(trip))
    data |= {
        "title_en": "New title",
        "report-en-0-headline": "New headline",
        "report-en-0-body": "<p>New <script>alert(1)</script>body</p>",
        "visits-0-seen_en": "New sight",
        "statements-0-text_en": "New words",
        "coverage-0-link": "https://paper.example/1",
        "delegations-0-size": "3",
    }
    response = client.post(change(trip), data)
    assert response.status_code == 302, errors_of(response)
    trip = Trip.objects.get()
    assert (trip.title_en, trip.visits.first().seen_en, trip.statements.get().text_en) == (
        "New title",
        "New sight",
        "New words",
    )
    assert trip.reports.get(language="en").headline == "New headline"
    assert trip.reports.get(language="en").body == "<p>New body</p>"
    assert trip.coverage.get().link == "https://paper.example/1"
    assert trip.delegations.first().size == 3


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("ends_on", "2024-10-01", "before the first day"),
        ("visits-0-date", "2024-10-30", "outside the trip"),
        ("visits-0-ends", "08:00", "ends before it starts"),
        ("slug", "taken", "already exists"),
        ("title_en", "x" * 100_000, "at most 200 characters"),
        ("title_en", "a\x00b", "Null characters"),
        ("title_en", "", "required"),
        ("coverage-0-link", "javascript:alert(1)", "valid URL"),
        ("starts_on", "31 Feb", "valid date"),
        ("time_zone", "Asia/Guangzhou", "not a time zone"),
        ("delegations-1-sender", "0", "valid choice"),
    ],
)
def test_bad_input_is_refused_with_a_sentence_at_its_field(client, field, value, sentence):
    cast.trip("taken")
    trip = cast.trip()
    data = form_of(client, change(trip)) | {"visits-0-starts": "09:00", field: value}
    response = client.post(change(trip), data)
    assert response.status_code == 200
    assert sentence in errors_of(response).get(field, ""), errors_of(response)
    assert Trip.objects.get(pk=trip.pk).title_en == "Exchange Trip to Guangdong"


def test_two_delegations_of_one_sender_are_refused(client):
    trip = cast.trip()
    data = form_of(client, change(trip))
    data["delegations-1-sender"] = data["delegations-0-sender"]
    response = client.post(change(trip), data)
    assert response.status_code == 200
    assert "delegation" in response.content.decode()
    assert trip.delegations.values("sender").distinct().count() == 2


def picture(width: int = 900) -> SimpleUploadedFile:
    image = Image.new("RGB", (width, 600), "teal")
    exif = Image.Exif()
    exif[0x010E] = "SECRET place"
    kept = io.BytesIO()
    image.save(kept, "JPEG", exif=exif)
    return SimpleUploadedFile("p.jpg", kept.getvalue(), "image/jpeg")


def test_photos_are_cleaned_and_shown_to_staff_alone(client, django_capture_on_commit_callbacks):
    trip = cast.trip()
    data = form_of(client, change(trip)) | {"new_photos": [picture(), picture(700)]}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(change(trip), data)
    assert response.status_code == 302, errors_of(response)
    photos = list(Photo.objects.all())
    assert [(one.width, one.position) for one in photos] == [(900, 1), (700, 2)]
    assert b"SECRET" not in photos[0].image.read()
    assert {one.format for one in photos[0].renditions.all()} == {"avif", "webp", "jpg"}
    name = photos[0].renditions.first().file.name.rpartition("/")[2]
    address = reverse("admin:trips_trip_photo", args=[trip.pk, photos[0].uid, name])
    assert client.get(address).status_code == 200
    assert Client().get(address).status_code == 302
    assert Client().get(f"/media/photos/{photos[0].uid}/{name}").status_code == 404


@pytest.mark.parametrize("file", [b"not a picture", b"GIF89a" + b"\0" * 50, b"<svg onload=alert(1)>"])
def test_what_is_no_picture_is_refused(client, file):
    trip = cast.trip()
    data = form_of(client, change(trip)) | {"new_photos": [SimpleUploadedFile("x.jpg", file, "image/jpeg")]}
    response = client.post(change(trip), data)
    assert "cannot be read as a picture" in errors_of(response)["new_photos"]
    assert not Photo.objects.exists()


def test_a_preview_shows_the_working_copy_and_writes_nothing(client):
    trip = cast.trip()
    response = client.get(reverse("admin:trips_trip_preview", args=[trip.pk, "en"]))
    page = response.content.decode()
    assert "Preview of the working copy, not public" in page
    assert "In the workshop" in page
    assert "no-store" in response.headers["Cache-Control"]
    assert not Candidate.objects.exists()
    assert not Edition.objects.exists()


def test_publishing_takes_the_digest_that_was_seen(client):
    trip = cast.trip()
    address = reverse("admin:trips_trip_publish", args=[trip.pk])
    digest = client.get(address).context["what"].digest
    trip.reports.update(headline="Changed meanwhile")
    with zeal_ignore():  # refusing freezes twice: once to compare, once to show
        response = client.post(address, {"digest": digest, "when": "now"})
    assert "This is not what you saw" in response.content.decode()
    assert not Edition.objects.exists()
    digest = response.context["what"].digest
    asked = {"digest": digest, "when": "now", "note_en": "First."}
    with zeal_ignore():
        assert "say at each warning why" in client.post(address, asked).content.decode()
    assert client.post(address, asked | cast.waivers(trip)).status_code == 302
    edition = Edition.objects.get()
    assert (edition.digest, edition.note_en, edition.published_by.username) == (digest, "First.", "mei")


def test_publishing_at_a_time_is_read_in_the_trips_own_zone(client):
    trip = cast.trip(time_zone="Asia/Tokyo")
    address = reverse("admin:trips_trip_publish", args=[trip.pk])
    digest = client.get(address).context["what"].digest
    day = timezone.localdate() + dt.timedelta(days=2)
    client.post(address, cast.waivers(trip) | {"digest": digest, "when": "at", "public_from": f"{day}T09:00"})
    assert Edition.objects.get().public_from == dt.datetime.combine(day, dt.time(0), dt.UTC)
    response = client.post(address, {"digest": digest, "when": "at"})
    assert "Say when it becomes public." in response.content.decode()


def test_withdrawing_needs_a_reason(client):
    trip = cast.trip()
    cast.published(trip)
    address = reverse("admin:trips_trip_withdraw", args=[trip.pk])
    assert client.post(address, {"what": "all", "reason_en": ""}).status_code == 200
    assert not Withdrawal.objects.exists()
    assert client.post(address, {"what": "all", "reason_en": "Wrong."}).status_code == 302
    assert Withdrawal.objects.get().withdrawn_by.username == "mei"


@pytest.mark.parametrize("permissions", [(), ("view_trip",), ("view_trip", "change_trip")])
def test_verbs_ask_for_the_right_to_publish(permissions):
    trip = cast.trip()
    cast.published(trip)
    user = User.objects.create_user("intern", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=[*permissions, "any_trip"]))
    client = Client()
    client.force_login(user)
    for name in ("publish", "withdraw"):
        address = reverse(f"admin:trips_trip_{name}", args=[trip.pk])
        asked = {"digest": Edition.objects.get().digest, "when": "now", "what": "all", "reason_en": "No."}
        assert client.get(address).status_code == 403
        assert client.post(address, asked).status_code == 403
    seen = client.get(reverse("admin:trips_trip_preview", args=[trip.pk, "en"])).status_code
    assert seen == (200 if permissions else 403)
    assert (Edition.objects.count(), Withdrawal.objects.count()) == (1, 0)


def test_nobody_sees_the_desk_without_signing_in():
    trip = cast.trip()
    for name in ("change", "publish", "withdraw", "delete", "history"):
        response = Client().get(reverse(f"admin:trips_trip_{name}", args=[trip.pk]))
        assert response.status_code == 302
        assert "/admin/login/" in response.headers["Location"]
    assert Client().get(reverse("admin:trips_trip_preview", args=[trip.pk, "en"])).status_code == 302


def test_a_published_trip_cannot_be_deleted_and_the_page_says_why(client):
    trip = cast.trip()
    cast.published(trip)
    with zeal_ignore():  # Django's page collects what hangs on the trip row by row
        page = client.get(reverse("admin:trips_trip_delete", args=[trip.pk])).content.decode()
        assert "it cannot be deleted" in page
        client.post(reverse("admin:trips_trip_delete", args=[trip.pk]), {"post": "yes"})
    assert Trip.objects.filter(pk=trip.pk).exists()


@pytest.mark.parametrize("rows", [1, 40])
def test_the_form_costs_the_same_whatever_its_rows(client, rows, django_assert_max_num_queries):
    trip = cast.trip()
    for number in range(rows):
        host = cast.organisation(Kind.HOST, f"College {number}")
        visit = trip.visits.create(host=host, city=trip.route.get().city)
        visit.participants.add(host)
        trip.outcomes.create(text_en="More.").parties.add(host)
        trip.organisings.create(organisation=host, role="supporter")
    with django_assert_max_num_queries(30):
        assert client.get(change(trip)).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_lists_cost_the_same_whatever_their_length(client, count, django_assert_max_num_queries):
    for number in range(count):
        cast.trip(f"trip-{number}")
        cast.organisation(Kind.HOST, f"College {number}")
    for address in ("admin:trips_trip_changelist", "admin:institutions_hostinstitution_changelist", "admin:index"):
        with django_assert_max_num_queries(17):
            assert client.get(reverse(address)).status_code == 200


def test_an_organisation_is_checked_found_by_any_name_and_says_its_section(client):
    trip = cast.trip()
    college = HostInstitution.objects.get(slug="shenzhen-polytechnic-university")
    college.names.create(kind="variant", text="Shenzhen Vocational College")
    listed = client.get(reverse("admin:institutions_hostinstitution_changelist"), {"q": "Vocational College"})
    assert [one.pk for one in listed.context["cl"].result_list] == [college.pk]
    address = reverse("admin:institutions_hostinstitution_change", args=[college.pk])
    data = form_of(client, address) | {"_action": "check"}
    assert client.post(address, data).status_code == 302
    assert Organisation.objects.get(pk=college.pk).checked_by.username == "mei"
    choices = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "trips", "model_name": "visit", "field_name": "host", "term": "深圳职业"},
    ).json()["results"]
    assert [one["id"] for one in choices] == [str(college.pk)]
    assert "host institution" in choices[0]["text"].casefold()
    assert trip.visits.filter(host=college).exists()


def test_an_organisation_in_use_says_where_and_stays(client):
    cast.trip()
    college = HostInstitution.objects.get()
    page = client.post(reverse("admin:institutions_hostinstitution_delete", args=[college.pk]), {"post": "yes"})
    assert page.status_code in (200, 403)
    assert HostInstitution.objects.filter(pk=college.pk).exists()


def test_private_contact_is_for_those_who_may_see_it():
    trip = cast.trip()
    person = trip.delegates.get()
    person.contact = None
    type(person).contact.related.related_model.objects.create(delegate=person, email="secret@example.org")
    user = User.objects.create_user("intern", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(
            codename__in=["any_trip", "view_trip", "change_trip", "view_delegation", "change_delegate"]
        )
    )
    client = Client()
    client.force_login(user)
    assert b"secret@example.org" not in client.get(change(trip)).content
    user.user_permissions.add(Permission.objects.get(codename="view_delegatecontact"))
    assert b"secret@example.org" in client.get(change(trip)).content


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_desk_speaks_both_languages_and_keeps_the_choice(client, language):
    client.post(reverse("set_language"), {"language": language, "next": "/admin/"})
    page = client.get("/admin/").content.decode()
    assert ("今日" in page) == (language == "zh-hans")
    assert "unsafe" not in client.get("/admin/").headers["Content-Security-Policy"]


def test_the_list_of_editions_says_their_state_in_the_desks_language(client):
    cast.published(cast.trip())
    client.post(reverse("set_language"), {"language": "zh-hans", "next": "/admin/"})
    page = client.get(reverse("admin:trips_edition_changelist")).content.decode()
    assert '<span class="state is-published">已发布</span>' in page
    assert reverse("admin:trips_edition_add") not in page


def test_the_list_counts_what_was_found_when_a_trip_was_saved(client):
    trip = cast.trip()
    trip.reports.filter(language="en").update(body="<p>Write to mei.lin@example.org.</p>")
    with zeal_ignore():
        assert client.post(change(trip), form_of(client, change(trip)) | {"note": "Look again."}).status_code == 302
    found = Trip.objects.get(pk=trip.pk).found
    assert found["block"] == 1
    page = client.get(reverse("admin:trips_trip_changelist")).content.decode()
    assert '<span class="mark block">1<span class="visually-hidden"> stops publication</span></span>' in page


def test_the_publish_page_shows_the_pictures_and_which_stay_hidden(client):
    trip = cast.trip()
    with zeal_ignore():
        client.post(change(trip), form_of(client, change(trip)) | {"new_photos": [picture(), picture(700)]})
    shown, held = trip.photos.all()
    trip.photos.filter(pk=shown.pk).update(consent="no-person")
    page = client.get(reverse("admin:trips_trip_publish", args=[trip.pk]))
    assert [one["held"] for one in page.context["what"].pictures] == [False, True]
    text = page.content.decode()
    assert reverse("admin:trips_trip_photo", args=[trip.pk, shown.uid, "small"]) in text
    assert reverse("admin:trips_trip_photo", args=[trip.pk, held.uid, "small"]) in text
    assert "Those in a red frame stay hidden." in text


def test_an_internal_note_is_no_newer_change_of_what_was_submitted(client):
    trip = cast.trip()
    workflow.submit(trip, by=None)
    with zeal_ignore():
        assert client.post(change(trip), form_of(client, change(trip)) | {"note": "Call them."}).status_code == 302
    assert "It was edited since" not in client.get(change(trip)).content.decode()
    with zeal_ignore():
        client.post(change(trip), form_of(client, change(trip)) | {"title_en": "Another title"})
    assert "It was edited since" in client.get(change(trip)).content.decode()

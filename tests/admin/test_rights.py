"""What staff with only some rights see and can do on the form of a trip; what its rows keep in order."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from zeal import zeal_ignore

from tests import cast
from tests.admin.test_desk import change, client, errors_of, form_of, picture
from trips.models import Document, Photo, Report, Trip

__all__ = ["client"]

pytestmark = pytest.mark.django_db


def staff(*permissions: str) -> Client:
    user = User.objects.create_user("intern", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=[*permissions, "any_trip"]))
    client = Client()
    client.force_login(user)
    return client


def test_who_may_only_look_sees_the_trip_and_no_way_to_save_it():
    trip = cast.trip()
    reader = staff("view_trip", "view_visit")
    page = reader.get(change(trip))
    assert page.status_code == 200
    assert 'name="_continue"' not in page.content.decode()
    assert reader.post(change(trip), {"title_en": "Mine now"}).status_code == 403
    assert Trip.objects.get().title_en == trip.title_en


def test_photos_are_added_only_by_those_who_may_add_them():
    trip = cast.trip()
    editor = staff("view_trip", "change_trip")
    data = form_of(editor, change(trip)) | {"new_photos": picture()}
    response = editor.post(change(trip), data)
    assert response.status_code == 302, errors_of(response)
    assert not Photo.objects.exists()


def test_parts_without_the_right_to_change_them_stay_as_they_are():
    trip = cast.trip()
    editor = staff("view_trip", "change_trip", "view_visit")
    data = form_of(editor, change(trip)) | {"visits-0-seen_en": "Slipped in"}
    assert editor.post(change(trip), data).status_code == 302
    assert not trip.visits.filter(seen_en="Slipped in").exists()


def test_an_empty_report_is_no_row(client):
    trip = cast.trip()
    trip.reports.all().delete()
    data = form_of(client, change(trip)) | {"report-en-0-body": "<p></p>", "report-zh-hans-0-headline": "标题"}
    response = client.post(change(trip), data)
    assert response.status_code == 302, errors_of(response)
    assert [one.language for one in Report.objects.all()] == ["zh-hans"]


def test_rows_are_numbered_in_the_order_they_were_left(client):
    trip = cast.trip()
    first, second = trip.visits.all()
    data = form_of(client, change(trip)) | {"visits-0-position": "7", "visits-1-position": "3"}
    with zeal_ignore():  # two rows were changed, and each is checked
        assert client.post(change(trip), data).status_code == 302
    assert list(trip.visits.values_list("pk", "position")) == [(second.pk, 1), (first.pk, 2)]


@pytest.mark.parametrize(("content", "kept"), [(b"%PDF-1.7 agenda", True), (b"<html>%PDF-</html>", False)])
def test_documents_are_pdf_files_by_what_is_in_them(client, content, kept):
    trip = cast.trip()
    data = form_of(client, change(trip)) | {
        "documents-TOTAL_FORMS": "1",
        "documents-0-title_en": "Agenda",
        "documents-0-language": "en",
        "documents-0-position": "1",
        "documents-0-file": SimpleUploadedFile("agenda.pdf", content, "application/pdf"),
    }
    response = client.post(change(trip), data)
    assert Document.objects.exists() == kept
    assert kept or errors_of(response) == {"documents-0-file": "This is not a PDF file."}

"""Files that come in through the trip's form: what is too much loses nothing that was typed."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from exchange.lib.images import MEGABYTES
from tests import cast
from tests.admin.test_desk import change, client, errors_of, form_of, picture  # noqa: F401  client is a fixture
from trips.admin.uploads import LARGEST, MEGABYTE, MOST, TOGETHER, PicturesField
from trips.models import Photo, Trip

pytestmark = pytest.mark.django_db


def test_too_many_pictures_give_the_fields_own_sentence_and_keep_the_form(client):  # noqa: F811
    trip = cast.trip()
    data = form_of(client, change(trip)) | {"title_en": "Typed", "new_photos": [picture(50) for _ in range(MOST + 1)]}
    response = client.post(change(trip), data)
    assert response.status_code == 200
    assert errors_of(response) == {"new_photos": "At most 20 pictures at once."}
    assert 'value="Typed"' in response.content.decode()
    assert not Photo.objects.exists()


def test_as_many_pictures_as_are_promised_and_documents_are_taken(client):  # noqa: F811
    trip = cast.trip()
    data = form_of(client, change(trip)) | {"new_photos": [picture(50) for _ in range(MOST)]}
    data["documents-TOTAL_FORMS"] = "2"
    for place in (0, 1):
        file = SimpleUploadedFile("a.pdf", b"%PDF-1.7", "application/pdf")
        data |= {f"documents-{place}-{name}": value for name, value in DOCUMENT.items()}
        data[f"documents-{place}-file"] = file
    response = client.post(change(trip), data)
    assert response.status_code == 302, errors_of(response)
    assert (trip.photos.count(), trip.documents.count()) == (MOST, 2)


DOCUMENT = {"title_en": "Agenda", "language": "en", "position": "1"}


def test_files_that_are_left_empty_do_not_count(client):  # noqa: F811
    """Browsers send a part for each file field. A trip with sixty documents has sixty of them."""
    trip = cast.trip()
    boundary = "BOUNDARY"
    part = f'--{boundary}\r\nContent-Disposition: form-data; name="x"; filename=""\r\n'
    body = (part + "Content-Type: application/octet-stream\r\n\r\n\r\n") * 60 + f"--{boundary}--\r\n"
    response = client.post(change(trip), body, content_type=f"multipart/form-data; boundary={boundary}")
    assert response.status_code == 200  # the form, with its errors
    assert Trip.objects.get().title_en == trip.title_en


def test_the_limits_let_in_what_is_promised():
    assert MEGABYTES * MEGABYTE == LARGEST
    assert MOST * LARGEST + 4 * LARGEST <= TOGETHER
    assert TOGETHER + settings.DATA_UPLOAD_MAX_MEMORY_SIZE <= settings.BODY_LIMIT
    assert MOST + 100 <= settings.DATA_UPLOAD_MAX_NUMBER_FILES


def test_the_browser_is_told_the_limits_and_the_words_in_the_persons_language():
    def attributes():
        return PicturesField().widget.get_context("new_photos", None, {})["widget"]["attrs"]

    told = attributes()
    assert (told["data-most"], told["data-largest"]) == (20, 15 * 1024 * 1024)
    assert told["data-together"] == TOGETHER
    assert str(told["data-too-many"]) == "At most 20 pictures at once."
    assert "15 MB" in told["data-too-large"]
    assert "375 MB" in told["data-too-much"]
    with translation.override("zh-hans"):
        assert "20" in attributes()["data-too-many"]
        assert attributes()["data-too-many"] != told["data-too-many"]


def test_pictures_are_decoded_before_anybody_else_has_to_wait(client, monkeypatch):  # noqa: F811
    """A transaction on SQLite keeps everybody else from saving: decoding takes seconds and is done before it."""
    from django.db import connection

    from trips.admin import uploads

    seen = []
    real = uploads.clean_upload
    depth = len(connection.savepoint_ids)
    monkeypatch.setattr(
        uploads, "clean_upload", lambda file: (seen.append(len(connection.savepoint_ids) - depth), real(file))[1]
    )
    trip = cast.trip()
    data = form_of(client, change(trip))
    assert client.post(change(trip), data | {"new_photos": [picture(50), picture(60)]}).status_code == 302
    assert seen == [0, 0]
    assert Photo.objects.count() == 2

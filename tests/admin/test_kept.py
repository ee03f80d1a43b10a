"""Text that browsers keep until it is saved: the desk says once, on the next page, what was saved."""

import pytest
from django.urls import reverse

from tests import cast
from tests.admin.test_desk import change, client, form_of

__all__ = ["client"]

pytestmark = pytest.mark.django_db


def told(client) -> bool:
    return "saved-typing" in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"typed": "abc"}, True),
        ({"typed": "abc", "_action": "submit"}, True),
        ({"typed": "abc", "title_en": ""}, False),
        ({"typed": "x" * 500}, False),
        ({}, False),
    ],
)
def test_a_save_is_told_once(client, sent, expected):
    trip = cast.trip()
    data = form_of(client, change(trip)) | sent
    if "_action" in sent:
        del data["_continue"]
    client.post(change(trip), data)
    assert told(client) == expected
    assert not told(client)


def test_a_page_with_errors_goes_on_with_the_same_text(client):
    trip = cast.trip()
    data = form_of(client, change(trip)) | {"typed": "abc", "title_en": ""}
    assert 'data-token="abc"' in client.post(change(trip), data).content.decode()
    assert 'data-token=""' in client.get(change(trip)).content.decode()

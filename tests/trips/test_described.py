"""The interface does what its description says, whatever is asked of it."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded

from institutions.models import Organisation
from tests import cast
from trips import workflow
from trips.renderings import openapi

pytestmark = pytest.mark.django_db
EXAMPLES = 15
PLAIN = {"Accept-Encoding": "identity"}  # in process nobody unpacks
MODES = schemathesis.GenerationMode
ASKED = [(one.name, mode) for one in openapi.OPERATIONS for mode in MODES if one.asked or mode == MODES.POSITIVE]


@pytest.fixture
def interface(settings):
    """The running site, with a trip that moved, one that was withdrawn and one that is not public."""
    settings.ALLOWED_HOSTS = ["localhost"]
    moved = cast.trip("before")
    cast.published(moved)
    moved.slug = "after"
    moved.save()
    cast.published(moved)
    gone = cast.trip("gone")
    cast.published(gone)
    workflow.withdraw(gone, by=None, reason_en="Wrong.")
    cast.trip("draft")
    Organisation.objects.update(checked_at=timezone.now())
    signals = (request_started, request_finished)  # at which the site would close the test's own connection
    for one in signals:
        one.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for one in signals:
        one.connect(close_old_connections)


def test_every_answer_is_as_described(interface, subtests):
    """To what the description allows, and to what it does not."""
    interface.validate()
    for name, mode in ASKED:
        operation = interface.find_operation_by_id(name)

        @given(case=operation.as_strategy(generation_mode=mode))
        @bounded(
            max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=HealthCheck
        )
        def ask(case):
            case.call_and_validate(headers=PLAIN)

        with subtests.test(name, mode=mode):
            ask()


THERE = [
    ("listTrips", {}, {}, 200),
    ("listTrips", {}, {"page": "2"}, 404),
    ("listTrips", {}, {"page": "0"}, 400),
    ("readTrip", {"slug": "after"}, {}, 200),
    ("readTrip", {"slug": "before"}, {}, 301),
    ("readTrip", {"slug": "gone"}, {}, 410),
    ("readTrip", {"slug": "draft"}, {}, 404),
    ("readEdition", {"slug": "before", "number": 1}, {}, 200),
    ("readEdition", {"slug": "before", "number": 2}, {}, 301),
    ("readEdition", {"slug": "gone", "number": 1}, {}, 410),
    ("listOrganisations", {}, {}, 200),
    ("listOrganisations", {}, {"kind": "media"}, 200),
    ("listOrganisations", {}, {"kind": "ship"}, 400),
    ("readOrganisation", {"kind": "host", "slug": "shenzhen-polytechnic-university"}, {}, 200),
    ("readOrganisation", {"kind": "embassy", "slug": "embassy-of-viet-nam"}, {}, 200),
    ("listMemberStates", {}, {}, 200),
]


def test_what_is_there_is_as_described_too(interface, subtests):
    for name, path, query, status in THERE:
        with subtests.test(name, path=path, query=query):
            case = interface.find_operation_by_id(name).Case(path_parameters=path, query=query)
            response = case.call(headers=PLAIN)
            assert response.status_code == status
            case.validate_response(response)

"""Hostile text in every field of a trip: in a real browser it is words, on the desk and on the public pages."""

import pytest
from django.db import models

from tests import cast
from tests.browser.staff import member, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}'
KEPT = {"slug", "time_zone", "link", "website", "uid", "image", "file", "language"}


def poison(record: models.Model) -> None:
    """Hostile text in every text column that is not an address or a choice."""
    texts = {
        field.name: HOSTILE[: field.max_length or 200]
        for field in record._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.editable
        and field.name not in KEPT
    }
    if texts:
        type(record).objects.filter(pk=record.pk).update(**texts)


def test_words_stay_words(page):
    trip = cast.trip()
    parts = ("visits", "delegates", "statements", "outcomes", "coverage", "organisings", "delegations", "reports")
    for record in [trip, *(one for name in parts for one in getattr(trip, name).all()), *trip.themes.all()]:
        poison(record)
    for visit in trip.visits.exclude(host=None):
        poison(visit.host)
    cast.published(trip)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    member()
    sign_in(page)
    desk = f"/admin/trips/trip/{trip.pk}"
    college = trip.visits.exclude(host=None).first().host.slug
    for address in (
        *(f"/{language}/{tail}" for language in ("en", "zh-hans") for tail in ("", "trips/", f"trips/{trip.slug}/")),
        f"/en/institutions/{college}/",
        "/admin/", "/admin/trips/trip/", "/admin/trips/edition/", "/admin/institutions/hostinstitution/",
        *(f"{desk}/{tail}/" for tail in ("change", "publish", "submit", "withdraw", "history", "preview/en")),
    ):  # fmt: skip
        assert page.goto(address).status == 200, address
        page.wait_for_load_state("networkidle")
        assert page.locator("img[src=x]").count() == 0, address
    assert dialogs == []

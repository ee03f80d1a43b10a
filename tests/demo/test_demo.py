"""The demonstration: loaded once, safe to repeat, removed without a trace, and the same every time."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from institutions.choices import Kind
from institutions.models import Country, Organisation
from tests import cast
from trips.edition.freeze import freeze
from trips.models import Candidate, Edition, Listing, Mention, Trip

pytestmark = pytest.mark.django_db
EXAMPLE = Path(__file__).parent.parent / "examples" / "guangdong-2024.json"
OURS = ("institutions", "trips")
DERIVED = {Candidate, Edition, Listing, Mention}


def rows() -> dict[str, list[dict]]:
    """Every row of the address book and the record, as stored."""
    tables = [model for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in tables
        if not model._meta.proxy
    }


def without_file_names(payload: dict) -> dict:
    """Pictures are encoded anew each time, under random names; all else of the document is fixed."""
    for picture in payload["pictures"].values():
        for rendition in picture["renditions"]:
            rendition["name"] = f"{rendition['width']}.{rendition['format']}"
    return payload


def test_loading_twice_changes_nothing():
    call_command("load_demo", verbosity=0)
    before = rows()
    assert len(before["trips.Trip"]) >= 10
    call_command("load_demo", verbosity=0)
    assert rows() == before


def test_what_staff_changed_stays():
    call_command("load_demo", verbosity=0)
    Trip.objects.filter(slug="guangdong-2024").update(title_en="Our own title")
    call_command("load_demo", verbosity=0)
    assert Trip.objects.get(slug="guangdong-2024").title_en == "Our own title"


def test_removing_leaves_nothing_and_keeps_what_is_used():
    call_command("load_demo", verbosity=0)
    call_command("remove_demo")
    left = {label: found for label, found in rows().items() if found}
    assert left == {}


def test_removing_keeps_what_another_trip_uses(capsys):
    call_command("load_demo", verbosity=0)
    own = cast.trip("our-own-trip")
    centre = Organisation.objects.get(kind=Kind.ORGANISER, slug="asean-china-centre", demo=True)
    own.organisings.update(organisation=centre)
    call_command("remove_demo")
    assert Trip.objects.get() == own
    assert Organisation.objects.filter(pk=centre.pk).exists()
    assert "ASEAN-China Centre" in capsys.readouterr().out


def test_every_row_obeys_the_rules():
    call_command("load_demo", verbosity=0)
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            if not model._meta.proxy and model not in DERIVED:
                for row in model._base_manager.all():
                    row.full_clean()


def test_the_reference_trip_freezes_to_the_stored_example():
    """The document is a promise: a difference here is a change of the schema, to be read line by line."""
    call_command("load_demo", verbosity=0)
    trip = Trip.objects.get(slug="guangdong-2024")
    payload = without_file_names(freeze(trip, public_from=timezone.now()))
    assert payload == json.loads(EXAMPLE.read_text())


def test_member_states_embassies_and_history_are_there():
    call_command("load_demo", verbosity=0)
    now = timezone.now()
    members = [one.name_en for one in Country.objects.members(timezone.localdate())]
    assert members == [
        "Brunei Darussalam", "Cambodia", "Indonesia", "Lao PDR", "Malaysia", "Myanmar", "Philippines", "Singapore",
        "Thailand", "Timor-Leste", "Viet Nam",
    ]  # fmt: skip
    embassies = Organisation.objects.filter(kind=Kind.EMBASSY)
    assert {one.country.name_en for one in embassies.select_related("country")} >= set(members)
    assert Edition.objects.public(now).count() == Trip.objects.count() >= 10
    assert {*Listing.objects.public(now).values_list("demo", flat=True)} == {True}
    assert {*Mention.objects.public(now).values_list("section", flat=True)} >= {
        "institutions", "enterprises", "member-states", "organisers", "media-outlets", "cities", "themes",
    }  # fmt: skip
    for one in Listing.objects.public(now):
        assert one.summary, one.slug
        assert one.summary.count(". " if one.language == "en" else "。") == (1 if one.language == "en" else 2), (
            one.summary
        )


def test_no_one_but_the_head_is_named_and_the_absent_are_not():
    call_command("load_demo", verbosity=0)
    for edition in Edition.objects.all():
        names = [person["name"]["en"] for person in edition.payload["persons"].values()]
        assert names in ([], ["Shi Zhongjun"])
    reference = Edition.objects.public(timezone.now()).get(slug="guangdong-2024")
    assert "Myanmar" not in reference.document
    table = next(one for one in reference.payload["programme"] if one["present"])
    assert [reference.payload["parties"][uid]["country"] for uid in table["present"]] == [
        "BN", "KH", "ID", "LA", "MY", "SG", "TH", "VN",
    ]  # fmt: skip

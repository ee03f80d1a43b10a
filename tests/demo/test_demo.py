"""The demonstration as it is loaded: what staff touch stays, it is removed without a trace, and says what is true."""

import json
from contextlib import nullcontext
from html import unescape
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from institutions.choices import Kind
from institutions.models import Country, Organisation
from tests import cast
from trips import review_links, workflow
from trips.edition.freeze import freeze
from trips.models import (
    Candidate,
    Edition,
    Extract,
    IndexState,
    Listing,
    Mention,
    NameGram,
    SearchName,
    SearchText,
    Trip,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
User = get_user_model()
EXAMPLE = Path(__file__).parent.parent / "examples" / "guangdong-2024.json"
OURS = ("institutions", "trips")
DERIVED = {Candidate, Edition, Extract, Listing, Mention, NameGram, SearchName, SearchText}


def rows() -> dict[str, list[dict]]:
    """Every row of the address book and the record, as stored; the index says of itself only which one it is."""
    tables = [model for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in tables
        if not model._meta.proxy and model is not IndexState
    }


def without_random_names(payload: dict) -> dict:
    """File names of pictures are random, ids of visits are those of their rows; all else of the document is fixed."""
    for visit in payload["programme"]:
        del visit["uid"]
    for picture in payload["pictures"].values():
        for rendition in picture["renditions"]:
            rendition["name"] = f"{rendition['width']}.{rendition['format']}"
    return payload


def test_what_staff_changed_stays():
    Trip.objects.filter(slug="guangdong-2024").update(title_en="Our own title")
    call_command("load_demo", verbosity=0)
    assert Trip.objects.get(slug="guangdong-2024").title_en == "Our own title"


def test_removing_leaves_the_countries_and_nothing_else():
    reference = rows()["institutions.Country"]
    assert len(reference) == 12
    assert not any(one["demo"] for one in reference)
    trip = Trip.objects.get(slug="guangdong-2024")
    Trip.objects.filter(pk=trip.pk).update(title_en="Another title")
    candidate = workflow.submit(trip, by=None)
    link, _token = review_links.make(trip, by=None, for_whom="Somebody")
    review_links.agree(link, digest=candidate.digest, name="Somebody")
    call_command("remove_demo", "--all")
    left = {label: found for label, found in rows().items() if found}
    assert {one["subject"] for one in left.pop("trips.SearchName")} == {"state"}  # the countries' names
    assert left.pop("trips.NameGram")
    assert left == {"institutions.Country": reference}


def person():
    return User.objects.create_user("ada")


def edited(trip) -> None:
    Trip.objects.filter(pk=trip.pk).update(edited_by=person())


def published(trip) -> None:
    trip.reports.filter(language="en").update(summary="Ours.")
    cast.published(trip, by=person(), public_from=timezone.now(), waived=cast.reasons(trip))


def published_by_somebody_who_left(trip) -> None:
    published(trip)
    User.objects.all().delete()


def submitted(trip) -> None:
    Trip.objects.filter(pk=trip.pk).update(title_en="Another title")
    workflow.submit(trip, by=person())


def submitted_by_somebody_who_left(trip) -> None:
    submitted(trip)
    User.objects.all().delete()


def linked(trip, by=None) -> review_links.ReviewLink:
    Trip.objects.filter(pk=trip.pk).update(title_en="Another title")
    workflow.submit(trip, by=None)
    return review_links.make(trip, by=by, for_whom="Somebody")[0]


def linked_by_staff(trip) -> None:
    linked(trip, person())


def remarked_on(trip) -> None:
    link = linked(trip)
    said = {"section": "", "text": "Fine.", "name": "Somphone"}
    review_links.remark(link, digest=trip.candidates.first().digest, **said)


def agreed_to(trip) -> None:
    link = linked(trip)
    review_links.agree(link, digest=trip.candidates.first().digest, name="Somphone")


TOUCHES = [
    edited, published, published_by_somebody_who_left, submitted, submitted_by_somebody_who_left, linked_by_staff,
    remarked_on, agreed_to,
]  # fmt: skip


@pytest.mark.parametrize("touch", TOUCHES)
def test_removing_keeps_and_names_what_staff_touched(touch, capsys):
    trip = Trip.objects.get(slug="guangdong-2024")
    touch(trip)
    editions = trip.editions.count()
    capsys.readouterr()
    call_command("remove_demo")
    assert Trip.objects.get() == trip
    assert trip.editions.count() == editions
    assert Listing.objects.public(timezone.now()).exists()
    told = capsys.readouterr().out
    assert "Kept, because staff edited or published it: guangdong-2024" in told
    assert told.index("  singapore-2014 (1 editions)") < told.index("Deleted:")
    call_command("remove_demo", "--all")
    assert not Trip.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "answer", "stays"), [([], "n", True), ([], "", True), ([], "y", False), (["--yes"], None, False)]
)
def test_on_a_terminal_it_asks_first(monkeypatch, arguments, answer, stays):
    before = Trip.objects.count()
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: answer if answer is not None else pytest.fail("it asked"))
    with pytest.raises(CommandError, match="Nothing was deleted") if stays else nullcontext():
        call_command("remove_demo", *arguments)
    assert Trip.objects.count() == (before if stays else 0)


def test_removing_keeps_what_another_trip_uses(capsys):
    own = cast.trip("our-own-trip")
    centre = Organisation.objects.get(kind=Kind.ORGANISER, slug="asean-china-centre", demo=True)
    own.organisings.update(organisation=centre)
    call_command("remove_demo")
    assert Trip.objects.get() == own
    assert Organisation.objects.filter(pk=centre.pk).exists()
    assert "ASEAN-China Centre" in capsys.readouterr().out


def test_every_row_obeys_the_rules():
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            if not model._meta.proxy and model not in DERIVED:
                for row in model._base_manager.all():
                    row.full_clean()


def test_the_reference_trip_freezes_to_the_stored_example():
    """The document is a promise: a difference here is a change of the schema, to be read line by line."""
    trip = Trip.objects.get(slug="guangdong-2024")
    payload = without_random_names(freeze(trip, public_from=timezone.now()))
    assert payload == json.loads(EXAMPLE.read_text())


def test_member_states_embassies_and_history_are_there():
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
    for edition in Edition.objects.all():
        names = [person["name"]["en"] for person in edition.payload["persons"].values()]
        assert names in ([], ["Shi Zhongjun"])
    reference = Edition.objects.public(timezone.now()).get(slug="guangdong-2024")
    assert "Myanmar" not in reference.document
    table = next(one for one in reference.payload["programme"] if one["present"])
    assert [reference.payload["parties"][uid]["country"] for uid in table["present"]] == [
        "BN", "KH", "ID", "LA", "MY", "SG", "TH", "VN",
    ]  # fmt: skip


def test_a_states_page_tells_of_the_embassy_that_an_edition_names():
    named = {*Mention.objects.public(timezone.now()).filter(subject="organisation").values_list("key", flat=True)}
    told = Organisation.objects.filter(kind=Kind.EMBASSY, uid__in=named).select_related("country")
    assert len(told) >= 9
    for embassy in told:
        page = Client().get(f"/en/member-states/{embassy.country.slug}/").content.decode()
        assert embassy.name_en in unescape(page)

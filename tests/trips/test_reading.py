"""A document read in either language, without a database."""

import datetime as dt

import pytest

from exchange.lib.languages import CODES
from tests import examples
from trips.edition.reading import Reader


@pytest.fixture
def english() -> Reader:
    return Reader(examples.small(), "en")


@pytest.fixture
def chinese() -> Reader:
    return Reader(examples.small(), "zh-hans")


def test_the_headline_is_the_reports_own_else_the_title(english, chinese):
    assert (english.headline, english.headline.lang) == ("In the workshop", "")
    assert (chinese.headline, chinese.headline.lang) == ("小行程", "")


def test_a_missing_report_is_borrowed_and_marked(chinese):
    assert chinese.report.lang == "en"
    assert chinese.report.summary.lang == "en"
    assert chinese.report.body == "<p>They came.</p>"


def test_a_missing_text_is_borrowed_and_marked(english, chinese):
    assert (chinese.audience, chinese.audience.lang) == ("Diplomats", "en")
    assert [(one, one.lang) for one in chinese.planned_hosts] == [("key colleges", "en"), ("companies", "en")]
    assert english.parties["college"].other.lang == "zh-Hans"
    assert english.parties["maker"].other == ""


def test_the_programme_goes_by_day_and_ends_with_what_has_none(english):
    days = [(one.date, one.cities, len(one.visits)) for one in english.programme]
    assert days == [
        (dt.date(2024, 10, 23), ["Shenzhen"], 1),
        (dt.date(2024, 10, 24), ["Shenzhen"], 1),
        (None, [], 3),
    ]


def test_those_present_are_called_by_their_state(english):
    assert english.programme[0].visits[0].present == ["Lao PDR"]


def test_hosts_stand_in_groups_with_their_visits(english):
    groups = {code: [one.party.name for one in hosts] for code, hosts in english.hosts.items()}
    assert groups == {"institutions": ["College"], "centres": ["UNESCO Centre"], "enterprises": ["Maker"], "others": []}
    assert [one.seen for one in english.hosts["enterprises"][0].visits] == ["A line."]


def test_places_without_a_name_are_kept(english):
    assert english.unnamed == ["software centres"]
    assert english.open["institutions"]


def test_organisers_share_a_role_and_themes_part_from_concepts(english):
    assert [(one.as_printed, [party.called for party in one.parties]) for one in english.organisers] == [
        ("jointly initiated by", ["CC", "Agency"])
    ]
    assert ([one.name for one in english.themes], [one.name for one in english.concepts]) == (
        ["Software"],
        ["Integration"],
    )


def test_a_speaker_is_a_person_or_a_group(english):
    assert [one.who for one in english.statements] == ["Lin Mei", "ASEAN diplomats"]


def test_erased_people_and_pictures_leave_no_trace():
    payload = examples.small(photos=["x"], pictures={"x": {"redacted": True}})
    payload["persons"]["p1"] = {"redacted": True}
    reader = Reader(payload, "en")
    assert reader.persons == {}
    assert reader.pictures == []
    assert reader.statements[0].who == ""


def test_addresses_are_those_of_the_directory(english):
    assert {uid: one.address for uid, one in english.parties.items()} == {
        "centre": "organisers/centre/",
        "agency": "organisers/agency/",
        "college": "institutions/college/",
        "unesco": "institutions/unesco/",
        "maker": "enterprises/maker/",
        "embassy": "member-states/embassy/",
        "paper": "media-outlets/paper/",
    }


@pytest.mark.parametrize("language", CODES)
def test_every_part_of_the_reference_trip_can_be_read(language):
    reader = Reader(examples.reference(), language)
    assert len(reader.delegations) == 9
    assert [one.state.iso2 for one in reader.delegations] == ["BN", "KH", "ID", "LA", "MY", "PH", "SG", "TH", "VN"]
    assert [one.party.type for one in reader.hosts["centres"]] == ["io-centre"]
    assert len(reader.coverage) == 6
    assert len(reader.concepts) == 3
    assert not any(one.lang for one in (reader.title, reader.headline, reader.audience, *reader.unnamed))

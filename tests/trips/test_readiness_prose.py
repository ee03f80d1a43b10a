"""What readiness says of the text: each rule with words that break it and words that nearly do."""

import datetime as dt

import pytest

from exchange.lib.names import Names
from exchange.lib.numbers import number
from institutions.choices import Kind, NameKind
from institutions.models import City, Name, Organisation
from tests import cast
from trips.choices import Attendance, Consent
from trips.demo import countries
from trips.models import Trip
from trips.readiness import Level, findings
from trips.readiness.contact import is_telephone
from trips.readiness.counted import counts
from trips.readiness.days import dates

AFTER = dt.datetime(2024, 11, 1, tzinfo=dt.UTC)
NINE = ("BN", "KH", "ID", "LA", "MY", "PH", "SG", "TH", "VN")
IN_ORDER = (
    "Officials of Brunei, Cambodia, Indonesia, Laos, Malaysia, the Philippines, Singapore, Thailand and Vietnam "
    "came along, and a Vietnamese and a Laotian student guided them."
)
SHUFFLED = IN_ORDER.replace("Brunei, Cambodia", "Cambodia, Brunei")


@pytest.fixture
def trip(db) -> Trip:
    """The cast's trip with the delegations of nine states, and nothing to complain about."""
    known = countries.load()
    made = cast.trip()
    for iso2 in NINE:
        country = known[iso2]
        embassy = cast.organisation(Kind.EMBASSY, f"Embassy of {country.name_en}", country=country)
        made.delegations.get_or_create(sender=embassy, defaults={"status": Attendance.ATTENDED})
    made.visits.update(place_zh_hans="实训基地", seen_zh_hans="一行。")
    made.statements.update(text_zh_hans="全貌。", who_zh_hans="东盟外交官")
    made.outcomes.update(text_zh_hans="合作项目。")
    Organisation.objects.update(checked_at=AFTER)
    return made


def write(trip: Trip, text: str, language: str = "en", part: str = "body") -> None:
    report = trip.reports.get(language=language)
    setattr(report, part, f"<p>{text}</p>" if part == "body" else text)
    report.save()
    trip.reports.filter(language="zh-hans").update(made_from=trip.reports.get(language="en").texts())


def said(trip: Trip, text: str, language: str = "en", part: str = "body") -> list[str]:
    """The rules that a text breaks."""
    write(trip, text, language, part)
    return [one.rule for one in findings(trip, AFTER)]


def chinese(trip: Trip, text: str) -> list[str]:
    return said(trip, text, "zh-hans")


# Short names and order


def test_press_names_in_order_are_a_matter_of_names_only(trip):
    assert said(trip, IN_ORDER) == ["short-name"] * 3
    found = findings(trip, AFTER)
    assert {one.level for one in found} == {Level.WARN}
    assert [dict(one.data)["found"] for one in found] == ["Laos", "Vietnam", "Brunei"]


def test_press_names_in_another_order(trip):
    assert said(trip, SHUFFLED) == ["short-name"] * 3 + ["order"]
    sentence = str(findings(trip, AFTER)[3].sentence)
    assert "names: Cambodia, Brunei Darussalam, Indonesia, Lao PDR" in sentence
    assert "order is: Brunei Darussalam, Cambodia, Indonesia, Lao PDR" in sentence


def test_a_name_of_the_press_is_told_once_for_each_field_with_its_count(trip):
    write(trip, "Laos sent one official. Another came to Laos.")
    write(trip, "Back from Laos", part="headline")
    found = [(one.field, dict(one.data)["count"]) for one in findings(trip, AFTER)]
    assert found == [("report-en-0-headline", 1), ("report-en-0-body", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Brunei Darussalam, Lao PDR and Viet Nam took part.",
        "A Burmese teacher met Vietnamese and Laotian students.",
        "The train ran on the China-Laos Railway.",
        "A teacher of Vietnam National University was there.",
        "They met graduates of Universiti Brunei Darussalam.",
    ],
)
def test_names_that_are_fine(trip, text):
    assert said(trip, text) == []


def test_burma_and_east_timor(trip):
    assert said(trip, "Nobody came from Burma or East Timor.") == ["short-name"] * 2 + ["state-mentioned"]


@pytest.mark.parametrize("part", ["caption", "statement", "outcome", "visit"])
def test_other_texts_are_read_too(trip, part):
    if part == "caption":
        texts = {"alt_en": "A hall.", "alt_zh_hans": "大厅。", "credit_en": "ACC", "caption_zh_hans": "客人。"}
        trip.photos.create(consent=Consent.CONSENT, caption_en="A guest from Laos.", **texts)
    elif part == "statement":
        trip.statements.update(text_en="Laos and China work together.")
    elif part == "outcome":
        trip.outcomes.update(text_en="A course for Laos.")
    else:
        trip.visits.update(seen_en="A class for Laos.")
    write(trip, "They came.")
    assert {one.rule for one in findings(trip, AFTER)} == {"short-name"}


def test_what_stays_on_the_desk_is_not_read(trip):
    trip.outcomes.update(text_en="A course for Laos. Write to a@example.org", public=False)
    assert said(trip, "They came.") == []


def test_a_known_organisation_may_have_the_name_of_the_press(trip):
    Organisation.objects.filter(kind=Kind.HOST).update(name_en="College of Vietnam Studies")
    assert said(trip, "They went to the College of Vietnam Studies.") == []


@pytest.mark.parametrize(
    "text",
    [
        "泰国、新加坡和马来西亚使馆的代表发言。",
        "越南、老挝以及柬埔寨代表与校方座谈。",
        "印尼、柬埔寨、文莱的代表到会。",
    ],
)
def test_order_in_chinese_follows_the_english_names(trip, text):
    assert chinese(trip, text) == ["order"]


@pytest.mark.parametrize(
    "text",
    ["文莱、柬埔寨、印尼和老挝代表发言。", "泰国和马来西亚代表发言。", "泰国代表发言，马来西亚、新加坡代表提问。"],
)
def test_order_in_chinese_that_is_right(trip, text):
    assert chinese(trip, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Cambodia, Lao PDR, Malaysia and Viet Nam spoke.",
        "Viet Nam and Thailand spoke, and so did Malaysia.",  # two, and one
        "The guests had visited Thailand, Malaysia and Cambodia before.",  # in the order of travel
        "Malaysia, China, the Philippines and Singapore spoke.",  # China has no place in it
    ],
)
def test_order_that_is_right(trip, text):
    assert said(trip, text) == []


def test_the_order_of_the_destination_is_that_of_travel(trip):
    assert said(trip, "In Lao PDR, Cambodia and Indonesia colleges opened their doors.") == ["order"]
    Trip.objects.update(destination_en="Lao PDR, Cambodia and Indonesia", destination_zh_hans="老挝等国")
    assert said(trip, "In Lao PDR, Cambodia and Indonesia colleges opened their doors.") == []


def test_a_state_in_a_list_that_did_not_attend(trip):
    assert said(trip, "Cambodia, Lao PDR, Myanmar and Thailand took part.") == ["state-not-recorded"]
    assert "Myanmar, of which" in findings(trip, AFTER)[0].sentence
    assert said(trip, "Students from Myanmar study there.") == ["state-mentioned"]
    assert findings(trip, AFTER)[0].level == Level.NOTE


def only(trip: Trip, *kept: str) -> None:
    """Leave the delegations of these states alone."""
    trip.delegations.exclude(sender__country__iso2__in=kept).delete()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Officials from Brunei Darussalam, Malaysia and Thailand took part."),
        ("en", "Brunei Darussalam and Malaysia were represented."),
        ("en", "Diplomats from the embassies of Brunei Darussalam and Malaysia visited the college."),
        ("zh-hans", "文莱、马来西亚和泰国驻华使馆官员参加了座谈。"),
        ("zh-hans", "来自文莱、马来西亚的外交官参观了实训基地。"),
        ("zh-hans", "文莱、马来西亚等国代表出席。"),
    ],
)
def test_states_that_took_part_by_the_text_and_not_by_the_record(trip, language, text):
    assert said(trip, text, language) == []
    only(trip, "TH")
    assert said(trip, text, language) == ["state-not-recorded"]
    found = findings(trip, AFTER)[0]
    assert found.level == Level.WARN
    assert "Brunei Darussalam, Malaysia, of which" in str(found.sentence)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Brunei Darussalam's system was explained."),
        ("en", "The college trains students from Brunei Darussalam."),
        ("en", "Officials from Brunei Darussalam will take part next year."),
        ("en", "They remembered the trip to Brunei Darussalam."),
        ("zh-hans", "该校招收文莱留学生。"),
        ("zh-hans", "文莱代表曾于去年参加。"),
    ],
)
def test_a_state_that_is_only_mentioned_is_a_note(trip, language, text):
    assert said(trip, text, language) == []
    only(trip, "TH")
    assert said(trip, text, language) == ["state-mentioned"]
    assert findings(trip, AFTER)[0].level == Level.NOTE


def test_the_states_a_trip_leads_to_are_places(trip):
    only(trip, "TH")
    assert said(trip, "Colleges in Brunei Darussalam opened their doors.") == ["state-mentioned"]
    Trip.objects.update(destination_en="Brunei Darussalam", destination_zh_hans="文莱")
    assert said(trip, "Colleges in Brunei Darussalam opened their doors.") == []
    assert said(trip, "Officials from Brunei Darussalam took part.") == ["state-not-recorded"]


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "Officials from Brunei Darussalam, Malaysia and Thailand took part.", "Viet Nam"),
        ("zh-hans", "文莱、马来西亚和泰国驻华使馆官员参加了考察。", "Viet Nam"),
    ],
)
def test_a_list_of_those_who_took_part_that_leaves_one_out(trip, language, text, left):
    only(trip, "BN", "MY", "TH", "VN")
    assert said(trip, text, language) == ["state-not-named"]
    assert left in str(findings(trip, AFTER)[0].sentence)
    further = {"en": " A diplomat from Viet Nam spoke.", "zh-hans": "越南代表发言。"}
    assert said(trip, text + further[language], language) == []
    some = {"en": text.replace("from Brunei", "from several states, including Brunei"), "zh-hans": f"包括{text}"}
    assert said(trip, some[language], language) == []


# Counts


@pytest.mark.parametrize(
    "text",
    [
        "Diplomats of eight embassies came.",
        "Officials of ten Southeast Asian embassies came.",
        "The 8 delegations came.",
        "Seven ASEAN member states took part.",
        "A four-day study trip.",
        "It took six days.",
        "They visited three institutions.",
        "The guests toured four large companies.",
        "They visited two colleges.",
    ],
)
def test_counts_that_disagree(trip, text):
    assert said(trip, text) == ["count"]


@pytest.mark.parametrize(
    "text",
    [
        "Diplomats of nine embassies came for five days.",
        "Eight of the nine embassies sent two people each.",
        "Nine embassies came, and three embassies told of their schools.",
        "Representatives of ten of the province’s universities joined.",
        "Ten universities sent representatives.",
        "They visited a fair at which 20 companies showed their work.",
        "Visitors from six colleges met representatives of three companies.",
        "The two countries have worked together for years.",
        "Students from four countries spoke.",
        "Two days later they left.",
        "A three-day workshop for teachers was planned.",
        "The first two days were wet.",
        "They visited one college, and one company.",
        "In 1995 embassies were smaller.",
    ],
)
def test_counts_that_are_fine(trip, text):
    assert said(trip, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "东盟八国驻华使馆派员参加。",
        "来自7个国家的外交官参加。",
        "8家使馆参加。",
        "此行为期四天。",
        "代表团走访了三所院校。",
        "外交官参观四家企业。",
    ],
)
def test_counts_that_disagree_in_chinese(trip, text):
    assert chinese(trip, text) == ["count"]


@pytest.mark.parametrize(
    "text",
    [
        "东盟九国驻华使馆派员参加，为期五天。",
        "两国合作由来已久，第三天的议题是师资。",
        "广东十所高校的代表到会。",
        "来自四个国家的留学生发言。",
        "东盟十国都重视职业教育。",
        "次日他们前往天津，三天后返回。",
        "代表团走访一所院校和一家企业。",
        "二十国集团也讨论过这个话题。",
        "泰国、越南两国使馆的代表发言，文莱、老挝、泰国三国代表提问。",
        "前两天在实训室，后三天在企业，其中两国使馆另有安排。",
    ],
)
def test_counts_that_are_fine_in_chinese(trip, text):
    assert chinese(trip, text) == []


def test_days_in_one_of_several_cities_are_a_part(trip):
    assert said(trip, "They spent two days in Shenzhen.") == ["count"]
    trip.route.create(city=City.objects.create(slug="guangzhou", name_en="Guangzhou", name_zh_hans="广州"), position=2)
    assert said(trip, "They spent two days in Shenzhen.") == []
    assert said(trip, "They spent seven days in Shenzhen.") == ["count"]
    write(trip, "They came.")
    assert chinese(trip, "他们在深圳停留两天。") == []


def test_open_lists_are_not_counted(trip):
    Trip.objects.update(more_institutions=True, more_enterprises=True)
    assert said(trip, "They visited three institutions and four companies.") == []


def test_delegates_are_counted_where_every_delegation_has_its_size(trip):
    assert said(trip, "Twelve diplomats came.") == []
    trip.delegations.update(size=2)
    assert said(trip, "Twelve diplomats came.") == ["count"]
    assert said(trip, "Eighteen diplomats came.") == []


def test_only_the_report_is_counted(trip):
    trip.statements.update(text_en="Three embassies asked for more.")
    assert said(trip, "They came.") == []


@pytest.mark.parametrize("text", ["All 11 member states support it.", "It serves the eleven ASEAN member states."])
def test_the_number_of_member_states_on_the_first_day(trip, text):
    assert said(trip, text) == ["membership"]
    assert "number of member states: 10." in findings(trip, AFTER)[0].sentence
    assert said(trip, text.replace("11", "ten").replace("eleven", "ten")) == []
    Trip.objects.update(starts_on=dt.date(2025, 11, 3), ends_on=dt.date(2025, 11, 7))
    trip.visits.update(date=None)
    later = dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
    write(trip, text)
    assert [one.rule for one in findings(trip, later)] == []


def test_the_number_of_member_states_in_chinese(trip):
    assert chinese(trip, "东盟十一国都重视职业教育。") == ["membership"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nine", 9),
        ("Twenty", 20),
        ("12", 12),
        ("九", 9),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("二十三", 23),
        ("两", 2),
        ("三四", None),
    ],
)
def test_numbers(text, value):
    assert number(text) == value


def test_parts_are_told_from_the_whole():
    (one,) = counts("the other two embassies", [], english=True)
    assert (one.number, one.is_part) == (2, True)
    (one,) = counts("in two embassies", [], english=True)
    assert (one.number, one.is_part) == (2, False)


# Days


@pytest.mark.parametrize(
    "text",
    [
        "On 28 October they met.",
        "On October 28 they met.",
        "On 28 October 2024 they met.",
        "From 22 to 27 October they travelled.",
        "They travelled October 21–26.",
        "They met on the 3rd of October.",
    ],
)
def test_days_outside_the_trip(trip, text):
    assert said(trip, text) == ["date-outside-trip"]


@pytest.mark.parametrize(
    "text",
    [
        "From 22 to 26 October 2024 they travelled, on 23 October to Guangzhou.",
        "On October 24, at noon, they met.",
        "The college was founded on 8 August 1967.",
        "In October 2024 they came; May 2025 will see more.",
        "The paper wrote about it on 30 October.",
        "It was published on 1 November.",
    ],
)
def test_days_that_are_fine(trip, text):
    trip.coverage.update(date=dt.date(2024, 10, 30))
    assert said(trip, text) == []


@pytest.mark.parametrize(
    "text", ["10月28日举行。", "2024年10月28日举行。", "10月22日至27日举行。", "10月20日、21日举行。"]
)
def test_days_outside_the_trip_in_chinese(trip, text):
    assert chinese(trip, text)[0] == "date-outside-trip"


@pytest.mark.parametrize(
    "text", ["10月22日至26日举行。", "2024年10月22—26日举行。", "学校成立于1993年9月1日。", "10月下旬，24日举行。"]
)
def test_days_that_are_fine_in_chinese(trip, text):
    assert chinese(trip, text) == []


def test_both_ends_of_a_span_are_read():
    assert [(one.month, one.day) for one in dates("from 31 March to 1 April 2014", english=True)] == [(3, 31), (4, 1)]
    assert [(one.month, one.day) for one in dates("3月31日至4月1日", english=False)] == [(3, 31), (4, 1)]


# Parties


@pytest.fixture
def stranger(trip) -> Organisation:
    made = cast.organisation(Kind.HOST, "Dongguan Polytechnic", "东莞职业技术学院", short_en="DGPT", checked_at=AFTER)
    Name.objects.create(organisation=made, kind=NameKind.ALIAS, text="Dongguan Vocational College")
    return made


@pytest.mark.parametrize(
    "text",
    [
        "They saw Dongguan Polytechnic.",
        "They saw the DONGGUAN VOCATIONAL COLLEGE.",
        "They saw DGPT’s halls.",
    ],
)
def test_a_known_party_that_is_not_on_record(trip, stranger, text):
    assert said(trip, text) == ["party-not-on-record"]
    trip.visits.last().participants.add(stranger)
    assert said(trip, text) == []


@pytest.mark.parametrize("text", ["They saw dgpt.", "They saw DGPTX.", "They saw Dongguan Polytechnics."])
def test_words_that_only_resemble_a_name(trip, stranger, text):
    assert said(trip, text) == []


def test_a_known_party_in_chinese(trip, stranger):
    assert chinese(trip, "他们走访东莞职业技术学院。") == ["party-not-on-record"]


def test_who_is_named_in_the_record_is_known(trip, stranger):
    trip.statements.update(who_en="Teachers of Dongguan Polytechnic")
    assert said(trip, "They met Dongguan Polytechnic and Southern Daily.") == []


def test_a_record_that_was_merged_is_its_successor(trip, stranger):
    host = Organisation.objects.get(name_en="Shenzhen Polytechnic University")
    Organisation.objects.filter(pk=stranger.pk).update(merged_into=host)
    assert said(trip, "They saw Dongguan Vocational College.") == []


def test_hosts_that_a_long_report_does_not_name(trip):
    long = "They saw halls and talked. " * 50
    assert said(trip, long) == ["host-not-named"]
    (note,) = findings(trip, AFTER)
    assert (note.level, note.section) == (Level.NOTE, "report-en")
    assert "does not name: BYD Company Limited, Shenzhen Polytechnic University." in note.sentence
    assert said(trip, long + "They were at BYD and at Shenzhen Polytechnic University.") == []
    assert said(trip, "They came.") == []
    assert chinese(trip, "他们参观并座谈。" * 60) == ["host-not-named"]


def test_the_name_on_the_first_day(trip):
    assert said(trip, "They saw Shenzhen Polytechnic.") == ["name-of-the-day"]
    assert "the name was “Shenzhen Polytechnic University”" in findings(trip, AFTER)[0].sentence
    assert said(trip, "They saw Shenzhen Polytechnic University (formerly Shenzhen Polytechnic).") == []


def test_a_later_name(trip):
    Name.objects.update(valid_until=dt.date(2025, 6, 30))
    assert said(trip, "They saw Shenzhen Polytechnic University.") == ["name-of-the-day"]
    assert said(trip, "They saw Shenzhen Polytechnic, now Shenzhen Polytechnic University.") == []


def test_an_alias_may_always_be_used(trip):
    Name.objects.update(kind=NameKind.ALIAS, valid_until=None)
    assert said(trip, "They saw Shenzhen Polytechnic.") == []


def test_a_name_within_a_longer_one_is_not_found_twice():
    names = Names([("Shenzhen Polytechnic", 1), ("Shenzhen Polytechnic University", 2), ("中心", 3), ("东盟中心", 4)])
    assert [hit.name for hit in names.find("At Shenzhen Polytechnic University and shenzhen polytechnic")] == [
        "Shenzhen Polytechnic University",
        "Shenzhen Polytechnic",
    ]
    assert [hit.name for hit in names.find("东盟中心与另一中心")] == ["东盟中心", "中心"]


def test_dashes_and_apostrophes_are_alike():
    names = Names([("中国—东盟中心", 1), ("Lao People’s Democratic Republic", 2), ("ASEAN-China Centre", 3)])
    text = "中国-东盟中心, the Lao People's Democratic Republic and the ASEAN–China Centre"
    assert [next(iter(hit.keys)) for hit in names.find(text)] == [1, 2, 3]


# Persons and contact data


def test_a_name_in_the_other_order(trip):
    assert said(trip, "Mei Lin led the way.") == ["person-name-order"]
    assert said(trip, "Lin Mei led the way, and Mei Ling followed.") == []


def test_a_person_who_did_not_agree_to_be_named(trip):
    trip.delegates.create(name_en="Somchai Dee", name_zh_hans="宋猜迪")
    assert said(trip, "Somchai Dee asked a question.") == ["person-not-public"]
    assert chinese(trip, "宋猜迪提问。") == ["person-not-public"] * 2
    write(trip, "They came.")
    assert chinese(trip, "他们来了。") == []


@pytest.mark.parametrize(
    "text",
    [
        "Write to office@example.org for more.",
        'Write <a href="mailto:office@example.org">to us</a>.',
        "Call +86 10 6532 1234.",
        "Call (010) 6532-1234.",
        "Tel. 6532 1234",
        "Or 13800138000.",
        "微信号：lin_mei88",
    ],
)
def test_contact_data(trip, text):
    assert said(trip, text) == ["contact-data"]
    assert findings(trip, AFTER)[0].level == Level.BLOCK


def test_contact_data_in_other_texts(trip):
    trip.visits.update(seen_zh_hans="电话：010-6532 1234")
    found = findings(trip, AFTER)
    assert {(one.rule, one.section, one.field) for one in found if one.level == Level.BLOCK} == {
        ("contact-data", "programme", "seen_zh_hans")
    }


@pytest.mark.parametrize(
    "number",
    [
        "2010-2024",
        "2024-10-22",
        "1 200 000",
        "120 3400 560",
        "1000-2000",
        "22-26",
        "9001-2015",
        "2022-2023-2024",
        "20241022",
    ],
)
def test_numbers_that_are_no_telephone(number):
    assert not is_telephone(number)


def test_a_public_account_is_no_contact_data(trip):
    assert chinese(trip, "更多内容见微信公众号。") == []

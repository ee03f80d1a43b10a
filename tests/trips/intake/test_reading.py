"""What single sentences say: one rule of the genre each, in both languages."""

import random
import time

import pytest

from trips.intake.catalogue import Catalogue
from trips.intake.mentions import Party
from trips.intake.printing import printed
from trips.intake.reading import read

HEADS = {"en": "Some words of a headline\n", "zh": "这里是一个标题\n"}


def said(sentence: str, catalogue: Catalogue | None = None) -> dict:
    head = HEADS["zh" if any("一" <= one <= "鿿" for one in sentence) else "en"]
    text = head + sentence
    return printed(read(text, catalogue or Catalogue()), text)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("From the afternoon of 3 to 7 June 2024 they visited Hue.", "2024-06-03", "2024-06-07"),
        ("From May 30 to June 2, 2024 they visited Hue.", "2024-05-30", "2024-06-02"),
        ("From Monday 6 to Friday 10 May 2024 they visited Hue.", "2024-05-06", "2024-05-10"),
        ("On 8, 9 and 10 May 2024 they visited Hue.", "2024-05-08", "2024-05-10"),
        ("From 28 December 2023 to 3 January they visited Hue.", "2023-12-28", "2024-01-03"),
        ("On 31 - 1 April 2014 they visited Hue.", "2014-03-31", "2014-04-01"),
        (
            "From 3 to 5 May they visited Hue. The college was founded in 1952; a second visit follows in 2026.",
            None,
            None,
        ),
        ("Publish Date: 2024-05-22 | Visits: 12\nOn May 20th, they visited Hue.", "2024-05-20", "2024-05-20"),
        ("HANOI, 25 October 2024 – The group was at Hue University on Tuesday.", None, None),
        ("On 3 June 2024 they visited Hue. A first meeting was held on 12 March 2023.", "2024-06-03", "2024-06-03"),
        ("2024年5月20日至24日，代表团参观了广西大学。", "2024-05-20", "2024-05-24"),
        ("代表团于5月30日—6月2日参观了广西大学。\n2024年6月5日", "2024-05-30", "2024-06-02"),
        ("2024年5月20日，代表团抵达。21日，参观广西大学。23日，活动结束。", "2024-05-20", "2024-05-23"),
        ("二〇二四年五月二十日，代表团参观了广西大学。", "2024-05-20", "2024-05-20"),
        ("5月20日至24日，代表团参观了广西大学。学校始建于1952年。", None, None),
        ("本报南宁5月25日电（记者 王明）5月20日至24日，代表团参观了广西大学。", None, None),
    ],
)
def test_days(sentence, first, last):
    found = said(sentence)
    assert (found["start_date"], found["end_date"]) == (first, last)


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Rector Nguyen Van Hung welcomed them.", {"Nguyen Van Hung": "Rector"}),
        (
            "Prof. LI Na, Director of Hue Centre and Dean of Arts; and Mr. WU Bo, Deputy Director, spoke.",
            {"LI Na": "Director of Hue Centre and Dean of Arts", "WU Bo": "Deputy Director"},
        ),
        (
            "H.E. Mdm. Dato’ Siti Aminah binti Hassan, Counsellor of the Malaysian Embassy, thanked Ms. He Wei.",
            {"Siti Aminah binti Hassan": "Counsellor of the Malaysian Embassy", "He Wei": None},
        ),
        (
            "Mr. Somchai Jaidee, Head of the Education, Culture and Tourism Division of ACC, met Vice President Li Ming.",
            {
                "Somchai Jaidee": "Head of the Education, Culture and Tourism Division of ACC",
                "Li Ming": "Vice President",
            },
        ),
        ("President Sun Yuqing spoke. Sun said that more would follow.", {"Sun Yuqing": "President"}),
        ("校长王强、副校长李红会见了代表团。王强校长致辞。", {"王强": "校长", "李红": "副校长"}),
        ("学校党委副书记、校长李明主持座谈会。", {"李明": "学校党委副书记、校长"}),
        (
            "泰国驻华大使馆教育参赞颂萨·披集和越南教育培训部国际合作司副司长阮氏兰女士出席。",
            {"颂萨·披集": "泰国驻华大使馆教育参赞", "阮氏兰": "越南教育培训部国际合作司副司长"},
        ),
        ("团员：李少华（湖南铁道职业技术学院副校长）等。", {"李少华": "湖南铁道职业技术学院副校长"}),
    ],
)
def test_people_and_their_titles(sentence, wanted):
    assert {one["name"]: one["title"] for one in said(sentence)["people"]} == wanted


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        (
            "Diplomats from the embassies of Laos, the Philippines and Vietnam visited Wuxi.",
            "Lao PDR Philippines Viet Nam",
        ),
        ("Principals from Laos visited Wuxi and met students from Vietnam and Thailand.", "Lao PDR"),
        (
            "Thai, Lao and Cambodian teachers visited Wuxi. China and Myanmar have similar projects.",
            "Thailand Lao PDR Cambodia",
        ),
        ("A delegation of Guangxi University visited Vietnam. It met the Vietnamese Minister of Education.", ""),
        ("文莱、柬埔寨、老挝等国驻华使馆官员参加，学校现有越南留学生百余名。", "Brunei Darussalam Cambodia Lao PDR"),
        ("学校代表团赴越南访问。越南河内工业大学校长阮文雄会见代表团。", ""),
    ],
)
def test_states_that_sent_people(sentence, wanted):
    assert " ".join(said(sentence)["member_states"]) == wanted


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The tour took in Guangzhou and Foshan.", ["Guangzhou", "Foshan"]),
        ("The envoys, who are based in Beijing, visited Chengdu and then returned to Kunming.", ["Chengdu"]),
        ("The Consul-General of Malaysia in Guangzhou, Mr. Ahmad Rizal, spoke.", []),
        ("He studied in Nanjing. The next edition will be held in Chengdu.", []),
        ("代表团先后走访广州、深圳两地的职业院校。", ["广州", "深圳"]),
        ("该校毕业生多在深圳就业。明年活动将在海口举行。", []),
    ],
)
def test_cities_that_were_stops(sentence, wanted):
    assert said(sentence)["cities"] == wanted


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        (
            "The tour, jointly run by Hue University and the Department of Labour (DOL), was short.",
            ["Hue University", "Department of Labour"],
        ),
        (
            "Hue Teachers College, in partnership with SEAMEO RIHED, held the programme.",
            ["Hue Teachers College", "SEAMEO RIHED"],
        ),
        ("At the invitation of the Wuxi Education Bureau, they came.", ["Wuxi Education Bureau"]),
        (
            "活动由中国教育国际交流协会、天津市教育委员会联合主办，天津职业大学承办。",
            ["中国教育国际交流协会", "天津市教育委员会", "天津职业大学"],
        ),
        ("应无锡市教育局邀请，代表团来访。", ["无锡市教育局"]),
    ],
)
def test_organisers(sentence, wanted):
    assert sorted(said(sentence)["organisers"]) == sorted(wanted)


@pytest.mark.parametrize(
    ("sentence", "institutions", "enterprises"),
    [
        (
            "They visited Wuxi Polytechnic of Water Resources and Electric Engineering, and Hue University of Science and Technology.",
            [
                "Wuxi Polytechnic of Water Resources and Electric Engineering",
                "Hue University of Science and Technology",
            ],
            [],
        ),
        ("They toured the plant of “Wuxi Motor Group (WM Group)” and met its engineers.", [], ["Wuxi Motor Group"]),
        ("They visited Wuxi College. Its dean, Ms. Li Na, is a graduate of Hue University.", ["Wuxi College"], []),
        ("On 3 May 2024 they met again. In 2019 a group from Hue University visited Wuxi College.", [], []),
        (
            "代表团参观了无锡职业技术学院和江苏大学，并走访华为、腾讯等企业。",
            ["无锡职业技术学院", "江苏大学"],
            ["华为", "腾讯"],
        ),
        ("王强毕业于南昌大学。来宾考察了三一重工股份有限公司。", [], ["三一重工股份有限公司"]),
    ],
)
def test_who_was_visited(sentence, institutions, enterprises):
    found = said(sentence)
    assert (found["institutions"], found["enterprises"]) == (institutions, enterprises)


def test_former_names_and_acronyms_lead_to_the_record():
    book = Catalogue(
        [Party("a1", "host", "university", ("Shenzhen Polytechnic University", "Shenzhen Polytechnic", "SZPU"))]
    )
    for name in ("Shenzhen Polytechnic", "SZPU", "the SHENZHEN Polytechnic University"):
        values = said(f"In May 2024 the delegation visited {name}.", book)["values"]["organisations"]
        assert [(one["key"], one["printed"]) for one in values] == [("a1", name.removeprefix("the "))]


def test_each_value_says_where_it_stands_and_why():
    text = "Some words of a headline\n\u200bThey visited “Hue\u00a0University” and\u200b met Rector Nguyen Van Hung."
    values = printed(read(text), text)["values"]
    [university] = values["organisations"]
    assert university["printed"] == "Hue University"
    assert university["passages"][0]["text"] == "Hue\u00a0University"
    assert university["certainty"] == "sure"
    assert university["why"] == "said to have been visited or met"
    assert [one["text"] for one in values["people"][0]["passages"]] == ["Nguyen Van Hung", "Rector"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00",
        "\ud800\udfff",
        "(" * 200_000,
        '"' * 200_000,
        "大学" * 100_000,
        "Dr. " * 100_000,
        "A" * 300_000,
        "A of and " * 50_000,
        "、和" * 100_000,
        "1 to " * 80_000,
        "Mr. A, Director of " * 20_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_texts_are_read_in_bounded_time(text):
    start = time.process_time()
    printed(read(text), text)
    assert time.process_time() - start < 6


def test_a_long_report_and_a_large_address_book_take_seconds():
    drawn = random.Random(1)  # noqa: S311  the same names every time
    words = ["Guangdong", "Hue", "Water", "Electric", "Light", "Ocean", "Normal", "Design", "Rail", "Trade"]
    names = {f"{' '.join(drawn.sample(words, 4))} {number} College" for number in range(5_000)}
    book = Catalogue(Party(name, "host", "college", (name,)) for name in names)
    told = " ".join(f"On 3 May 2024 the delegation visited {name} in Guangzhou." for name in sorted(names))[:200_000]
    start = time.process_time()
    found = read(told, book)
    assert time.process_time() - start < 8
    assert len([one for one in found.organisations if one.counts and one.key]) > 500


def test_who_leads_is_not_visited_what_is_toured_sends_nobody_and_outlets_keep_their_names():
    found = said(
        "From 3 to 7 June 2024 a study tour organised by the Mekong Learning Centre (MLC) was held. "
        "Director An Ming of the MLC led the officials on visits to Hue. "
        'The delegation also toured workshops of "Drive Our Future (DOF)", "Hue Motor Group (HMG)" and other companies. '
        "It was covered by various media outlets including Hue Radio and Television station, Mekong Times and Hue Daily."
    )
    assert found["organisers"] == ["Mekong Learning Centre"]
    assert found["institutions"] == []
    assert found["enterprises"] == ["Drive Our Future", "Hue Motor Group"]
    assert found["media"] == ["Hue Radio and Television station", "Mekong Times", "Hue Daily"]

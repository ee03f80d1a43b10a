"""Records that are like what is typed: found whichever way a name is written, and not where another one is meant."""

import random
import time
from pathlib import Path

import pytest
from pypinyin import lazy_pinyin

from exchange.lib.folding import TRADITIONAL
from exchange.lib.naming import is_known
from institutions.choices import Kind, NameKind
from institutions.matching import Book, similar
from institutions.models import City, Name, Organisation
from tests import cast

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
ACCENTS = str.maketrans("aeiou", "àéîöû")
SOUNDS = str.maketrans("职业学技术院中南工科理广", "执叶雪计树园钟难公颗里犷")


def rows() -> list[list[str]]:
    lines = (HERE / "known_names.txt").read_text("utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines if not line.startswith("#")]


def unrelated() -> list[str]:
    return (HERE / "unrelated_names.txt").read_text("utf-8").splitlines()


@pytest.fixture
def known(db) -> dict[str, Organisation]:
    """A hundred organisations, with a former name and an acronym each."""
    made, names = {}, []
    for number, (english, chinese, former, acronym) in enumerate(rows()):
        kind, more = [*Kind][number % 2], {"slug": f"known-{number}", "name_zh_hans": chinese, "short_en": acronym}
        made[english] = Organisation(kind=kind, name_en=english, **more)
        language = "en" if former[0].isascii() or former[0] in "ĐÉ" else "zh-hans"
        more = {"kind": NameKind.FORMER, "language": language, "valid_until": "2015-08-31"}
        names.append(Name(organisation=made[english], text=former, **more))
    Organisation.objects.bulk_create(made.values())
    Name.objects.bulk_create(names)
    return made


def traditional(text: str) -> str:
    old, new = [line for line in TRADITIONAL.read_text("utf-8").splitlines() if not line.startswith("#")]
    return text.translate({ord(late): early for early, late in zip(old, new, strict=True)})


def slipped(text: str, dice: random.Random) -> str:
    """One slip of the hand in a word of at least five letters: one missing, twice, wrong, or before its time."""
    words = text.split(" ")
    place = dice.choice([at for at, word in enumerate(words) if len(word) >= 5 and word.isalpha()])
    word = words[place]
    at = dice.randrange(1, len(word) - 1)
    words[place] = dice.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + dice.choice("aeiortns") + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )
    return " ".join(words) if not is_known(words[place].lower()) else slipped(text, dice)  # Shanxi is no slip


def misspelt(chinese: str, dice: random.Random) -> str:
    """A character missing, exchanged with the next, or another one that sounds the same."""
    at = dice.randrange(1, len(chinese) - 1)
    heard = chinese.translate(SOUNDS)
    dropped = chinese[:at] + chinese[at + 1 :] if len(chinese) > 4 else chinese
    return dice.choice([dropped, chinese[:at] + chinese[at + 1] + chinese[at] + chinese[at + 2 :], heard])


def variants(row: list[str], dice: random.Random) -> list[str]:
    english, chinese, former, acronym = row
    return [
        english.upper(),
        english.translate(ACCENTS),
        former.lower(),
        acronym,
        f"{english} ({acronym})",
        chinese,
        traditional(chinese),
        " ".join(lazy_pinyin(chinese)).title(),
        slipped(english, dice),
        misspelt(chinese, dice),
    ]


def test_a_known_organisation_is_found_whichever_way_it_is_typed(known):
    book, dice = Book(Organisation), random.Random(5)  # noqa: S311  variants of names
    silent = [
        (row[0], typed)
        for row in rows()
        for typed in variants(row, dice)
        if known[row[0]].pk not in [one.key for one in book.similar(typed)]
    ]
    assert silent == []


def test_others_of_the_same_genre_are_not_taken_for_known_ones(known):
    book = Book(Organisation)
    assert {name: found for name in unrelated() if (found := book.similar(name))} == {}


def test_the_reason_is_the_one_that_says_most(known):
    def why(typed: str, **more) -> str:
        return next(one.why for one in similar(typed, **more) if one.record == known["Shenzhen Polytechnic University"])

    assert why("Shenzhen  POLYTECHNIC University") == "the same name"
    assert why("深圳职业技术大学", language="en") == "the name in the other language"
    assert why("深圳職業技術大學", language="zh-hans") == "the same name in other Chinese characters"
    assert why("Shenzhen Polytechnic") == "a former name"
    assert why("SZPU") == "a short name"
    assert why("Shenzhen Zhiye Jishu Daxue") == "the same sound"
    assert why("深圳职业技术学院") == "the same name but for the kind of school"
    assert why("Shenzen Politechnic University") == "nearly the same name"
    Organisation.objects.filter(name_zh_hans="深圳职业技术大学").update(website="https://www.szpu.example/en/")
    assert why("Another name", website="http://english.szpu.example") == "the same website"


def test_it_knows_what_was_changed_and_deleted_since_it_was_asked_last(known):
    assert not similar("Zhuhai City Polytechnic")
    one = Organisation.objects.get(short_en="SZPU")
    Organisation.objects.filter(pk=one.pk).update(name_en="Zhuhai City Polytechnic")
    assert [found.record for found in similar("zhuhai city polytechnic")] == [one]
    Organisation.objects.filter(pk=one.pk).update(merged_into=Organisation.objects.exclude(pk=one.pk).first())
    assert not similar("Zhuhai City Polytechnic")


def test_those_of_the_section_come_first(known):
    for kind in (Kind.MEDIA, Kind.EMBASSY):
        Organisation.objects.create(
            kind=kind, slug="x", name_en="Lotus Pond Centre", country=cast.country("LA", "Lao PDR", "老挝")
        )
    assert [one.record.kind for one in similar("Lotus Pond Center", "embassy")] == ["embassy", "media"]
    assert [one.record.kind for one in similar("Lotus Pond Center", "media")] == ["media", "embassy"]


@pytest.mark.parametrize(
    "typed", ["", " ", "\0", "'", "(", "（）", "a" * 10_000, "的" * 10_000, "x " * 5_000, "%_\\", "🙂", "\ud800"]
)
def test_whatever_is_typed_is_answered(typed):
    cast.organisation(Kind.HOST, "Shenzhen Polytechnic University", "深圳职业技术大学")
    began = time.process_time()
    similar(typed, website=typed)
    assert time.process_time() - began < 1


def test_a_thousand_records_are_asked_in_no_time(known):
    """Generously: the time that is meant is 50 ms."""
    Organisation.objects.bulk_create(
        Organisation(
            kind=Kind.HOST,
            slug=f"more-{number}",
            uid=f"more{number}",
            name_en=f"{name} {number}",
            name_zh_hans=f"第{number}大学",
        )
        for number, name in enumerate(unrelated() * 10)
    )
    similar("first")
    began = time.process_time()
    for typed in ("Shenzen Politechnic University", "深镇职业技术大学", "Shenzhen Zhiye Jishu Daxue", "SZPU"):
        assert similar(typed)
    assert (time.process_time() - began) / 4 < 0.15


def test_cities_are_compared_with_cities():
    made = City.objects.create(slug="shenzhen", name_en="Shenzhen", name_zh_hans="深圳")
    City.objects.create(slug="suzhou", name_en="Suzhou", name_zh_hans="苏州")
    book = Book(City)
    for typed in ("SHENZHEN", "Shenzen", "深圳市", "Shenzhen City", "shen zhen"):
        assert [one.key for one in book.similar(typed)] == [made.pk], typed
    for typed in ("Xuzhou", "Huzhou", "福州", "Shenyang"):
        assert not book.similar(typed), typed

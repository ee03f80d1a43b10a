"""Trips beside those of the demonstration, for the tests of search."""

import datetime as dt
from typing import Any

from django.utils import timezone

from institutions.choices import Kind, NameKind
from institutions.models import City, Organisation
from tests import cast
from trips.models import Trip

LONG = " ".join(f"note{number}" for number in range(20_000))  # more words than one row of an index holds


def trip(slug: str, year: int, **more: Any) -> Trip:
    """A trip of two days in May."""
    first = dt.date(year, 5, 6)
    return Trip.objects.create(slug=slug, starts_on=first, ends_on=first + dt.timedelta(1), **more)


def tea() -> Trip:
    """Written in Chinese only."""
    made = trip("yunnan-2019", 2019, title_en="Visit to Yunnan", title_zh_hans="云南乡村行")
    body = "<p>代表团走进大学城，参观茶学院，了解茶文化与乡村旅游专业。</p><p>参加活动的有来自国内外的教师。</p>"
    made.reports.create(language="zh-hans", headline="从一片茶叶说起", summary="两天的行程从一座茶园开始。", body=body)
    return made


def rivers() -> Trip:
    """Written in English only, with names that have accents; its host has taken another name since."""
    made = trip("da-nang-2018", 2018, title_en="Study Visit to Đà Nẵng and Huế")
    city = City.objects.create(
        slug="da-nang", name_en="Đà Nẵng", name_zh_hans="岘港", country=cast.country("VN", "Viet Nam", "越南")
    )
    made.route.create(city=city, position=1)
    college = cast.organisation(Kind.HOST, "Đà Nẵng Vocational College", "岘港职业学院", checked_at=timezone.now())
    made.visits.create(host=college, city=city, seen_en="Bridges built by apprentices.", position=1)
    made.reports.create(
        language="en", summary="Two days on rivers and bridges.", body="<p>Café owners joined the talks.</p>"
    )
    return made


def renamed() -> None:
    """The host of Đà Nẵng takes a new name, after its trip was published."""
    college = Organisation.objects.get(name_en="Đà Nẵng Vocational College")
    college.names.create(kind=NameKind.FORMER, text=college.name_en, valid_until=dt.date(2020, 1, 1))
    college.names.create(kind=NameKind.VARIANT, text="Danang Trade School")
    college.name_en, college.name_zh_hans = "Central Coast Polytechnic", "中部沿海理工学院"
    college.save()


def archive() -> Trip:
    """A report that is longer than a row of the index may be."""
    made = trip("archive-2012", 2012, title_en="Visit to an Archive", title_zh_hans="档案馆之行")
    made.reports.create(language="en", summary="It took long.", body=f"<p>{LONG} and a quetzal feather at last</p>")
    return made


def publish() -> None:
    """All of them, each when it was over."""
    for made in (tea(), rivers(), archive()):
        cast.published(made, public_from=timezone.make_aware(dt.datetime(made.starts_on.year, 6, 1)))
    renamed()

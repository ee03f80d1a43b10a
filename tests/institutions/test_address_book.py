"""The address book: its rules in the database, its sentences for people, its names over time."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from institutions.choices import Kind, NameKind, Type
from institutions.models import City, Country, Embassy, HostInstitution, Name, Organisation
from tests import cast

pytestmark = pytest.mark.django_db


def refused_by_the_database(make) -> bool:
    try:
        with transaction.atomic():
            make()
    except IntegrityError:
        return True
    return False


def test_membership_depends_on_the_day():
    timor_leste = cast.country("TL", "Timor-Leste", "东帝汶", joined="2025-10-26")
    assert not timor_leste.is_member_on(dt.date(2025, 10, 25))
    assert timor_leste.is_member_on(dt.date(2025, 10, 26))
    assert not Country.objects.members(dt.date(2024, 10, 22)).exists()


def test_a_section_makes_and_shows_only_its_own_kind():
    college = HostInstitution.objects.create(slug="a", name_en="A")
    cast.organisation(Kind.ENTERPRISE, "B")
    assert (college.kind, HostInstitution().kind) == (Kind.HOST, Kind.HOST)
    assert [one.slug for one in HostInstitution.objects.all()] == ["a"]


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "ministry"},
        {"kind": Kind.EMBASSY},
        {"website": "javascript:alert(1)"},
        {"slug": "taken"},
    ],
    ids=["unknown kind", "embassy without a country", "website that is none", "address taken"],
)
def test_the_database_refuses_an_impossible_organisation(values):
    cast.organisation(Kind.HOST, "Taken", slug="taken")
    given = {"kind": Kind.HOST, "slug": "new", "name_en": "New", **values}
    assert refused_by_the_database(lambda: Organisation.objects.create(**given))


def test_an_organisation_is_not_merged_into_itself():
    college = cast.organisation(Kind.HOST, "A")
    assert refused_by_the_database(lambda: Organisation.objects.filter(pk=college.pk).update(merged_into=college))


def test_the_database_refuses_a_name_that_ends_before_it_begins():
    college = cast.organisation(Kind.HOST, "A")
    days = {"valid_from": dt.date(2020, 1, 2), "valid_until": dt.date(2020, 1, 1)}
    assert refused_by_the_database(lambda: college.names.create(kind=NameKind.ALIAS, text="B", **days))
    assert refused_by_the_database(lambda: college.names.create(kind=NameKind.FORMER, text="C"))
    assert not refused_by_the_database(lambda: college.names.create(kind=NameKind.ALIAS, text="D"))
    assert refused_by_the_database(lambda: college.names.create(kind=NameKind.ALIAS, text="D"))


@pytest.mark.parametrize(
    ("make", "field", "sentence"),
    [
        (lambda: HostInstitution(slug="a", name_en="A", type=Type.NEWSPAPER), "type", "knows these types"),
        (lambda: HostInstitution(slug="a", name_en="x" * 100_000), "name_en", "at most 200"),
        (lambda: HostInstitution(slug="a", name_en="A", website="ftp://x.example"), "website", "valid URL"),
        (
            lambda: HostInstitution(slug="a", name_en="A", founded=12),
            "founded",
            "greater than or equal to 800",
        ),
        (lambda: Embassy(slug="a", name_en="A"), "__all__", "belongs to a country"),
        (lambda: City(slug="a", name_en="A", latitude=91), "latitude", "less than or equal to 90"),
    ],
    ids=["type", "long name", "website", "founded", "embassy", "latitude"],
)
def test_people_are_told_what_is_wrong_and_where(make, field, sentence):
    with pytest.raises(ValidationError) as refusal:
        make().full_clean()
    assert sentence in " ".join(refusal.value.message_dict[field])


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: HostInstitution(slug="taken", name_en="A"), "Another record of this section has this address."),
        (lambda: Embassy(slug="a", name_en="A"), "An embassy belongs to a country: choose which."),
    ],
    ids=["address taken", "embassy"],
)
def test_rules_of_a_section_hold_though_no_form_offers_the_section(make, sentence):
    cast.organisation(Kind.HOST, "Taken", slug="taken")
    with pytest.raises(ValidationError) as refusal:
        make().full_clean(exclude={"kind"})
    assert refusal.value.messages == [sentence]


def test_a_record_is_found_by_any_recorded_name():
    college = cast.organisation(Kind.HOST, "Shenzhen Polytechnic University", "深圳职业技术大学", short_en="SZPU")
    college.names.create(kind=NameKind.VARIANT, text="Shenzhen Vocational College")
    for text in (
        "shenzhen polytechnic university",
        "深圳职业技术大学",
        "SZPU",
        "Shenzhen vocational college",
    ):
        assert list(Organisation.objects.called(text)) == [college], text
    assert not Organisation.objects.called("Shenzhen").exists()


def test_readers_see_aliases_but_no_variants():
    company = cast.organisation(Kind.ENTERPRISE, "BYD Company Limited")
    company.names.create(kind=NameKind.ALIAS, text="Build Your Dreams")
    company.names.create(kind=NameKind.VARIANT, text="BYD Co")
    assert company.aliases() == {"en": ["Build Your Dreams"], "zh-hans": []}


def test_names_fall_back_to_the_other_language():
    college = HostInstitution(name_en="A", name_zh_hans="")
    with translation.override("zh-hans"):
        assert str(college) == "A"
        college.name_zh_hans = "甲"
        assert str(college) == "甲"


@pytest.mark.parametrize("count", [1, 100])
def test_a_list_costs_the_same_queries_whatever_its_length(count, django_assert_num_queries):
    city = City.objects.create(slug="shenzhen", name_en="Shenzhen", country=cast.country("CN", "China", "中国", None))
    for number in range(count):
        college = cast.organisation(Kind.HOST, f"College {number}", city=city)
        Name.objects.create(organisation=college, kind=NameKind.ALIAS, text=f"Alias {number}")
    with django_assert_num_queries(2):
        shown = [
            (str(one), str(one.city), str(one.city.country), one.names_on(dt.date(2024, 1, 1)), one.aliases())
            for one in Organisation.objects.labelled()
        ]
    assert len(shown) == count

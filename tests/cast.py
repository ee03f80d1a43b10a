"""The fixed cast: a small trip with one of everything, under names that tests can rely on."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from institutions.choices import Kind, NameKind, Type
from institutions.models import City, Country, Name, Organisation
from trips import plain_pages, workflow
from trips.choices import Attendance, OrganiserRole, PersonRole, TripState, VisitKind
from trips.edition.plain_page import frozen_page
from trips.models import Edition, PageEdition, PlainPage, Theme, Trip
from trips.readiness import noted

PUBLISHED_AT = dt.datetime(2024, 11, 1, 9, tzinfo=dt.UTC)


def read(client: Client, path: str) -> str:
    """The page at that address, which has to be there."""
    response = client.get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())


def country(iso2: str, name: str, chinese: str, joined: str | None = "1967-08-08") -> Country:
    return Country.objects.get_or_create(
        iso2=iso2,
        defaults={
            "iso3": f"{iso2}X",
            "slug": name.lower().replace(" ", "-"),
            "name_en": name,
            "name_zh_hans": chinese,
            "joined_asean_on": dt.date.fromisoformat(joined) if joined else None,
        },
    )[0]


def organisation(kind: Kind, name: str, chinese: str = "", **more: Any) -> Organisation:
    slug = more.pop("slug", name.lower().replace(" ", "-"))
    return Organisation.objects.get_or_create(
        kind=kind, slug=slug, defaults={"name_en": name, "name_zh_hans": chinese, **more}
    )[0]


def trip(slug: str = "guangdong-2024", **more: Any) -> Trip:
    """A trip of 22 to 26 October 2024 with two delegations, three visits, a report in both languages and coverage."""
    lao, viet_nam = country("LA", "Lao PDR", "老挝"), country("VN", "Viet Nam", "越南")
    china = country("CN", "China", "中国", joined=None)
    shenzhen = City.objects.get_or_create(
        slug="shenzhen", defaults={"name_en": "Shenzhen", "name_zh_hans": "深圳", "country": china}
    )[0]
    college = organisation(
        Kind.HOST,
        "Shenzhen Polytechnic University",
        "深圳职业技术大学",
        type=Type.VOCATIONAL_UNIVERSITY,
        city=shenzhen,
    )
    Name.objects.get_or_create(
        organisation=college,
        kind=NameKind.FORMER,
        text="Shenzhen Polytechnic",
        defaults={"valid_until": dt.date(2023, 5, 31)},
    )
    company = organisation(Kind.ENTERPRISE, "BYD Company Limited", "比亚迪股份有限公司", short_en="BYD")
    centre = organisation(Kind.ORGANISER, "ASEAN-China Centre", "中国—东盟中心", short_en="ACC")
    embassies = [
        organisation(Kind.EMBASSY, "Embassy of Viet Nam", "越南驻华大使馆", country=viet_nam),
        organisation(Kind.EMBASSY, "Embassy of Lao PDR", "老挝驻华大使馆", country=lao),
    ]
    made = Trip.objects.create(
        **{
            "slug": slug,
            "title_en": "Exchange Trip to Guangdong",
            "title_zh_hans": "广东职教行",
            "starts_on": dt.date(2024, 10, 22),
            "ends_on": dt.date(2024, 10, 26),
            **more,
        }
    )
    made.route.create(city=shenzhen, position=1)
    made.organisings.create(
        organisation=centre,
        role=OrganiserRole.INITIATOR,
        as_printed_en="jointly initiated by",
        as_printed_zh_hans="共同发起",
    )
    for embassy in embassies:
        made.delegations.create(sender=embassy, status=Attendance.ATTENDED)
    made.delegates.create(name_en="Lin Mei", post_en="Director", organisation=centre, role=PersonRole.HEAD, public=True)
    made.visits.create(kind=VisitKind.CAMPUS_VISIT, host=college, city=shenzhen, date=dt.date(2024, 10, 24), position=1)
    made.visits.create(
        kind=VisitKind.ENTERPRISE_TOUR, host=company, place_en="training bases", seen_en="A line.", position=2
    )
    theme = Theme.objects.get_or_create(
        slug="vocational-education",
        defaults={"name_en": "Vocational education", "name_zh_hans": "职业教育"},
    )[0]
    made.themes.add(theme)
    made.reports.create(language="en", headline="In the workshop", summary="Five days.", body="<p>They came.</p>")
    made.reports.create(language="zh-hans", headline="走进车间", summary="五天。", body="<p>他们来了。</p>")
    made.statements.create(who_en="ASEAN diplomats", text_en="A full picture.")
    made.outcomes.create(text_en="Joint projects.", public=True)
    outlet = organisation(Kind.MEDIA, "Southern Daily", "南方日报", type=Type.NEWSPAPER)
    made.coverage.create(outlet_id=outlet.pk)
    return made


def published(given: Trip, *, by: Any = None, public_from: dt.datetime = PUBLISHED_AT, **more: Any) -> Edition:
    """The trip's next edition, made of its working copy as it is."""
    candidate = workflow.submit(given, by=by, public_from=public_from)
    return workflow.publish(given, digest=candidate.digest, by=by, public_from=public_from, **more)


def page(slug: str = "privacy", **more: Any) -> PlainPage:
    """A page in both languages, linked at the foot, and public."""
    texts = {
        "title_en": slug.title(),
        "title_zh_hans": "隐私说明",
        "body_en": "<p>No cookies.</p>",
        "body_zh_hans": "<p>不使用 Cookie。</p>",
    }
    made = PlainPage.objects.create(slug=slug, **{**texts, **more})
    public(made)
    return made


def public(given: PlainPage, *, by: Any = None) -> PageEdition:
    """The page's next edition, made of its working copy as it is."""
    return plain_pages.publish(given, digest=frozen_page(given)[1], by=by)


def in_state(wanted: TripState, slug: str = "", **more: Any) -> Trip:
    """A trip that stands there, brought to it by commands."""
    now, month = timezone.now(), dt.timedelta(days=30)
    given = trip(slug or wanted.value, **more)
    if wanted == TripState.DRAFT:
        return given
    candidate = workflow.submit(given, by=None)
    if wanted == TripState.CHANGES_ASKED:
        workflow.send_back(given, digest=candidate.digest, by=None, comment="More.")
    elif wanted == TripState.APPROVED:
        workflow.approve(given, digest=candidate.digest, by=None)
    elif wanted != TripState.REVIEW:
        begins = now + month if wanted == TripState.SCHEDULED else now - month
        ends = now - dt.timedelta(days=1) if wanted == TripState.EXPIRED else None
        workflow.publish(given, digest=candidate.digest, by=None, public_from=begins, public_until=ends)
        if wanted == TripState.WITHDRAWN:
            workflow.withdraw(given, by=None, reason_en="Wrong.")
        elif wanted == TripState.CHANGED:
            Trip.objects.get(pk=given.pk).save()
    assert workflow.state_of(given, timezone.now()) == wanted
    return given


def person(name: str, role: str = "") -> User:
    """A member of staff with a role, if one is given."""
    user = User.objects.create_user(name, f"{name}@example.org", first_name=name.title(), is_staff=True)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def reasons(given: Trip) -> dict[str, str]:
    """A reason for every warning that the trip would be published with now, by the warnings' keys."""
    return {one["key"]: "It is known." for one in noted(given, timezone.now())}


def waivers(given: Trip) -> dict[str, str]:
    """The same, as the publish page sends them."""
    return {f"waive:{key}": reason for key, reason in reasons(given).items()}


def without_warnings(given: Trip) -> Trip:
    """The trip, with everything looked at that a warning would ask about."""
    Organisation.objects.update(checked_at=timezone.now())
    assert not [one for one in noted(given, timezone.now()) if one["level"] != "note"]
    return given

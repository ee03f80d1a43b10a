"""What is not public appears nowhere: one walk over every public address, with trips in every state that hides them.

Whoever adds an address adds it to ``ADDRESSES``; a pattern of ``trips.urls`` that stands in none of its lines fails.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from exchange.lib.languages import CODES
from institutions.choices import Kind, Type
from institutions.models import City, Organisation
from tests import cast
from trips import urls, workflow
from trips.choices import Attendance, PersonRole, TripState, VisitKind
from trips.edition.freeze import freeze
from trips.models import Edition, PlainPage, Theme, Trip

pytestmark = pytest.mark.django_db
DAY, NOW = dt.timedelta(days=1), timezone.now()
HIDDEN = ("draft", "candidate", "scheduled", "expired", "withdrawn", "superseded", "overtaken", "changed")
SECOND = {"superseded": "second-thoughts", "overtaken": "other-thoughts", "changed": "first-thoughts"}  # what is public
MARK = rf"zq(?:{'|'.join(HIDDEN)})"
UNREAD = [one for one in HIDDEN if one != "superseded"]  # that one can be read at its own address
DIRECTORIES = ("institutions", "enterprises", "organisers", "media-outlets", "cities", "themes")


class Words(NamedTuple):
    """What a hidden trip says nowhere else: addresses and names, each with a syllable of its own."""

    state: str

    @property
    def mark(self) -> str:
        return f"zq{self.state}"

    def of(self, what: str) -> str:
        return f"{self.mark} {what}"

    def slug(self, what: str) -> str:
        return f"{self.mark}-{what}"


def stored(trip: Trip, words: Words) -> None:
    """A photo and a document, with their files."""
    photo = trip.photos.create(
        image="photos/x.jpg", width=640, height=427, consent="illustration",
        caption_en=words.of("caption"), alt_en=words.of("alt"), credit_en=words.of("credit"),
    )  # fmt: skip
    name = default_storage.save(f"photos/{photo.uid}/640-{words.mark}.webp", ContentFile(b"RIFFxxxxWEBP"))
    photo.renditions.create(width=640, height=427, format="webp", file=name)
    document = trip.documents.create(title_en=words.of("document"), language="en", public=True)
    document.file.name = default_storage.save(f"documents/{document.uid}/{words.mark}.pdf", ContentFile(b"%PDF-1.4"))
    document.save()


def fill(trip: Trip, words: Words) -> None:
    """A word of its own in every field that pages print, on days and in a year of its own."""
    place = City.objects.create(slug=words.slug("city"), name_en=words.of("city"), name_zh_hans=words.of("市"))
    host = cast.organisation(Kind.HOST, words.of("college"), slug=words.slug("college"), city=place, type=Type.COLLEGE)
    maker = cast.organisation(Kind.ENTERPRISE, words.of("maker"), slug=words.slug("maker"))
    office = cast.organisation(Kind.ORGANISER, words.of("office"), slug=words.slug("office"))
    outlet = cast.organisation(Kind.MEDIA, words.of("paper"), slug=words.slug("paper"))
    place_of_state = HIDDEN.index(words.state)
    country = cast.country(f"Q{'STUVWXYZ'[place_of_state]}", words.of("land"), words.of("国"), joined=None)
    embassy = cast.organisation(Kind.EMBASSY, words.of("embassy"), slug=words.slug("embassy"), country=country)
    theme = Theme.objects.create(slug=words.slug("theme"), name_en=words.of("theme"), about_en=words.of("about"))
    trip.slug, trip.title_en, trip.title_zh_hans = words.slug("trip"), words.of("title"), words.of("题")
    trip.audience_en, trip.destination_en = words.of("audience"), words.of("destination")
    trip.starts_on = trip.ends_on = dt.date(1980 + place_of_state, 3, 3)
    trip.save()
    trip.route.create(city=place)
    trip.organisings.create(organisation=office, as_printed_en=words.of("role"))
    trip.delegations.create(sender=embassy, status=Attendance.ATTENDED)
    trip.delegates.create(name_en=words.of("person"), post_en=words.of("post"), role=PersonRole.HEAD, public=True)
    visit = trip.visits.create(
        kind=VisitKind.CAMPUS_VISIT, host=host, city=place, place_en=words.of("place"), seen_en=words.of("seen")
    )
    visit.participants.add(maker)
    trip.themes.add(theme)
    trip.reports.all().delete()
    for code in CODES:
        texts = {part: words.of(f"{part} {code}") for part in ("headline", "summary")}
        trip.reports.create(language=code, body=f"<p>{words.of('body')}</p>", **texts)
    trip.statements.create(who_en=words.of("speaker"), text_en=words.of("said"))
    outcome = trip.outcomes.create(text_en=words.of("outcome"), public=True)
    outcome.parties.add(host, Organisation.objects.get(slug="asean-china-centre"))
    trip.coverage.create(outlet_id=outlet.pk, headline=words.of("article"), link=f"https://{words.mark}.example/")
    stored(trip, words)


def told(state: str) -> Trip:
    """A trip with a word of its own everywhere; one that hides as newer changes was public before it had them."""
    first = dt.date(2024, 10, 22)
    trip = Trip.objects.create(slug=SECOND.get(state, state), title_en="Plain", starts_on=first, ends_on=first)
    if state == "changed":
        trip.reports.create(language="en", summary="All of it is plain.")
        cast.published(trip)
    fill(trip, Words(state))
    return trip


def hide(state: str, trip: Trip) -> None:
    """Bring the trip to where nobody sees it."""
    now = timezone.now()
    if state == "candidate":
        workflow.submit(trip, by=None)
    elif state == "scheduled":
        cast.published(trip, public_from=now + DAY)
    elif state == "expired":
        cast.published(trip, public_from=now - 2 * DAY, public_until=now - DAY)
    elif state == "withdrawn":
        cast.published(trip)
        workflow.withdraw(trip, by=None, reason_en="A reason.")
    elif state == "superseded":
        cast.published(trip, note_en="First.")
        supersede(trip, state)
    elif state == "overtaken":
        cast.published(trip, public_from=now + DAY, note_en="First.")
        supersede(trip, state)
    elif state == "changed":
        assert workflow.state_of(trip, now) == TripState.CHANGED


def supersede(trip: Trip, state: str) -> None:
    """A later edition that has nothing of what the first one said, at another address."""
    for relation in ("route", "organisings", "delegations", "delegates", "visits", "statements", "outcomes",
                     "coverage", "photos", "documents"):  # fmt: skip
        getattr(trip, relation).all().delete()
    trip.themes.clear()
    trip.reports.all().delete()
    Trip.objects.filter(pk=trip.pk).update(
        slug=SECOND[state], title_en="Second thoughts", title_zh_hans="", audience_en="", destination_en="",
        starts_on=dt.date(2024, 10, 22), ends_on=dt.date(2024, 10, 26),
    )  # fmt: skip
    trip.refresh_from_db()
    trip.reports.create(language="en", summary="All of it is new.")
    cast.published(trip)


@pytest.fixture
def site(settings) -> Client:
    """One public trip and one for each way of not being public; every profile was checked. A page of each sort, too."""
    settings.SECURITY_CONTACT = "security@example.org"
    about = cast.page("about")
    PlainPage.objects.create(slug="zqdraft-page", title_en="zqdraft page", body_en="<p>zqdraft text</p>", place="menu")
    PlainPage.objects.filter(pk=about.pk).update(title_en="zqdraft about us", body_en="<p>zqdraft text</p>")
    cast.published(cast.trip())
    for state in HIDDEN:
        hide(state, told(state))
    Organisation.objects.update(checked_at=timezone.now(), about_en="A paragraph.")
    return Client()


def in_both(*paths: str) -> Iterator[str]:
    for code in CODES:
        yield from (f"/{code}/{path}" for path in paths)


def of_hidden(*patterns: str) -> list[str]:
    """Each pattern for each hidden trip: ``{mark}`` is its syllable, ``{year}`` its year."""
    return [
        one.format(mark=Words(state).mark, year=1980 + place)
        for one in patterns
        for place, state in enumerate(HIDDEN)
    ]  # fmt: skip


FILTERS = of_hidden(
    "?year={year}", "?city={mark}-city", "?theme={mark}-theme", "?organisation={mark}-college",
    "?organisation={mark}-maker", "?state={mark}-land",
)  # fmt: skip
# By name of the pattern: every address that it answers, below the language where it has one.
ADDRESSES: dict[str, list[str]] = {
    "root": ["/"],
    "respelled": ["/zh-CN/", "/EN/trips/?year=2024"],
    "home": [*in_both("")],
    "trips": [
        *in_both(
            "trips/", "trips/?year=2024", "trips/?state=lao-pdr&theme=vocational-education", "trips/?language=en",
            *(f"trips/?all={facet}" for facet in ("year", "state", "city", "theme", "organisation", "language")),
        )
    ],
    "trip": [*in_both("trips/guangdong-2024/", *(f"trips/{one}/" for one in SECOND.values()))],
    "edition": [*in_both("trips/guangdong-2024/editions/1/", "trips/second-thoughts/editions/2/")],
    "directory": [*in_both(*(f"{one}/" for one in (*DIRECTORIES, "member-states")), "institutions/?letter=S")],
    "profile": [
        *in_both(
            "institutions/shenzhen-polytechnic-university/", "enterprises/byd-company-limited/",
            "organisers/asean-china-centre/", "media-outlets/southern-daily/", "member-states/lao-pdr/",
            "cities/shenzhen/", "themes/vocational-education/",
        )
    ],
    "search": [
        *in_both(
            "search/", "search/?q=shenzhen", "search/?q=college", "search/?q=title+caption+person+outcome",
            "search/?q=%E9%A2%98", "search/?q=shenzen&all=city",
        )
    ],
    "programme": [*in_both("trips/guangdong-2024/programme.ics", "trips/second-thoughts/programme.ics")],
    "calendar": [*in_both("calendar.ics")],
    "feed": [*in_both("feed/")],
    "profile_feed": [
        *in_both(
            "institutions/shenzhen-polytechnic-university/feed/", "organisers/asean-china-centre/feed/",
            "member-states/lao-pdr/feed/", "cities/shenzhen/feed/", "themes/vocational-education/feed/",
        )
    ],
    "data": [*in_both("data/")],
    "data_root": ["/data/"],
    "data_trips": ["/data/trips.jsonl"],
    "data_archive": ["/data/csv.zip"],
    "data_table": [f"/data/{one}.csv" for one in ("trips", "delegations", "visits", "organisations", "coverage")],
    "citation": [
        *in_both(*(f"trips/{one}citation.{form}" for form in ("bib", "ris") for one in (
            "guangdong-2024/editions/1/", "second-thoughts/editions/2/")))
    ],
    "card": [*in_both("trips/guangdong-2024/card/", "trips/second-thoughts/card/")],
    "card_image": [*in_both("trips/guangdong-2024/card.png", "trips/second-thoughts/card.png")],
    "page": [*in_both("pages/about/")],
    "figures": [*in_both("figures/")],
    "footnotes": [*in_both("figures/editions/", "figures/editions/?year=2024&state=lao-pdr")],
    "footnotes_file": [*in_both("figures/editions.csv")],
    "figures_file": [*in_both(*(f"figures/{one}.csv" for one in ("years", "states", "hosts", "themes")))],
    "api_trips": ["/api/v1/trips/"],
    "api_trip": ["/api/v1/trips/guangdong-2024/", "/api/v1/trips/second-thoughts/"],
    "api_edition": ["/api/v1/trips/guangdong-2024/editions/1/", "/api/v1/trips/second-thoughts/editions/2/"],
    "api_organisations": ["/api/v1/organisations/"],
    "api_organisation": ["/api/v1/organisations/host/shenzhen-polytechnic-university/"],
    "api_states": ["/api/v1/member-states/"],
    "openapi": ["/api/v1/openapi.json"],
    "api_nothing": ["/api/v1/nothing/", "/api/"],
    "health": ["/healthz"],
    "robots": ["/robots.txt"],
    "sitemap": ["/sitemap.xml"],
    "sitemap_part": ["/sitemap-1.xml"],
    "security": ["/.well-known/security.txt"],
    "icon": ["/favicon.ico"],
}  # fmt: skip
ELSEWHERE = {"root": 302, "respelled": 301, "data_root": 302, "api_nothing": 404, "icon": 302}
# Addresses of what is hidden. They may name it only as far as the address itself does.
ASKED: dict[str, list[str]] = {
    "trips": [*in_both(*(f"trips/{one}" for one in FILTERS))],
    "trip": [*in_both(*of_hidden("trips/{mark}-trip/"))],
    "respelled": of_hidden("/zh-CN/trips/{mark}-trip/"),
    "edition": [*in_both(*(f"trips/{Words(one).mark}-trip/editions/1/" for one in UNREAD))],
    "profile": [
        *in_both(
            *of_hidden(
                "institutions/{mark}-college/", "enterprises/{mark}-maker/", "organisers/{mark}-office/",
                "media-outlets/{mark}-paper/", "member-states/{mark}-embassy/", "member-states/{mark}-land/",
                "cities/{mark}-city/",
                "themes/{mark}-theme/",
            )
        )
    ],
    "directory": [*in_both(*(f"institutions/?city={Words(one).mark}-city" for one in HIDDEN))],
    "search": [*in_both(*of_hidden("search/?q={mark}", "search/?q={mark}-title", "search/?q={mark}-colege"))],
    "programme": [*in_both(*of_hidden("trips/{mark}-trip/programme.ics"))],
    "card": [*in_both(*of_hidden("trips/{mark}-trip/card/"))],
    "card_image": [*in_both(*of_hidden("trips/{mark}-trip/card.png"))],
    "changes": [*in_both(*(f"trips/{Words(one).mark}-trip/editions/1/changes/" for one in UNREAD))],
    "citation": [*in_both(*(f"trips/{Words(one).mark}-trip/editions/1/citation.bib" for one in UNREAD))],
    "profile_feed": [*in_both(*of_hidden("institutions/{mark}-college/feed/", "cities/{mark}-city/feed/"))],
    "page": [*in_both("pages/zqdraft-page/")],
    "footnotes": [*in_both(*(f"figures/editions/{one}" for one in FILTERS))],
    "footnotes_file": [*in_both(*(f"figures/editions.csv{one}" for one in FILTERS))],
    "api_trips": [f"/api/v1/trips/{one}" for one in FILTERS],
    "api_organisation": of_hidden("/api/v1/organisations/host/{mark}-college/"),
    "api_trip": of_hidden("/api/v1/trips/{mark}-trip/"),
    "api_edition": [f"/api/v1/trips/{Words(one).mark}-trip/editions/1/" for one in UNREAD],
}  # fmt: skip
BELOW = {"photo", "document", "picture", "changes"}  # asked for below, under their names


def test_every_public_address_is_walked():
    known = {one.name for one in urls.urlpatterns}
    assert known == set(ADDRESSES) | BELOW, "Add the addresses of a new pattern to ADDRESSES."


def test_what_is_not_public_appears_nowhere(site):
    for name, path in [(name, path) for name, paths in ADDRESSES.items() for path in paths]:
        response = site.get(path)
        assert response.status_code == ELSEWHERE.get(name, 200), path
        text = content(response).replace("zqsuperseded-trip/editions/1/", "")  # history leads to it
        found = sorted(set(re.findall(rf"{MARK}[^<\"&]{{0,30}}", text)))
        assert not found, f"{path} tells of {found}"


def test_the_address_of_what_is_not_public_tells_nothing_but_itself(site):
    """Whatever else an answer says, no name, title or sentence of the trip is in it."""
    for path in [path for paths in ASKED.values() for path in paths]:
        response = site.get(path)
        moved = "zqsuperseded-trip" in path or path.startswith("/zh-CN/")
        assert response.status_code in ((301,) if moved else (404, 410, 200) if "?" in path else (404, 410)), path
        text = content(response)
        found = sorted(set(re.findall(rf"{MARK} \w[^<\"&]{{0,30}}", text)))  # a name has a space, an address a hyphen
        assert not found, f"{path} tells of {found}"


def test_files_of_what_is_not_public_are_not_served(site):
    for state in [one for one in HIDDEN if one != "superseded"]:  # that edition can be read, so its files can
        words = Words(state)
        edition = Edition.objects.filter(slug=words.slug("trip")).first()
        payload = edition.payload if edition else freeze(Trip.objects.get(slug=words.slug("trip")), public_from=NOW)
        (photo,), (document,) = payload["photos"], payload["documents"]
        for path in (
            f"/media/photos/{photo}/640-{words.mark}.webp",
            f"/media/documents/{document['uid']}/{words.mark}.pdf",
            f"/en/trips/{words.slug('trip')}/photos/{photo}/",
            f"/en/trips/{SECOND.get(state, 'guangdong-2024')}/photos/{photo}/",
        ):
            assert site.get(path).status_code in (404, 410), path


def test_a_superseded_edition_is_read_at_its_own_address_only(site):
    for path in ("/en/trips/second-thoughts/editions/1/", "/api/v1/trips/second-thoughts/editions/1/"):
        response = site.get(path, follow=True)
        assert "zqsuperseded title" in content(response), path
    assert "zqsuperseded title" in content(site.get("/en/trips/second-thoughts/editions/2/changes/"))


def test_the_walk_would_find_it(site):
    """The same words are all over the site as soon as the trip is public."""
    workflow.withdraw(Trip.objects.get(slug="zqscheduled-trip"), by=None, reason_en="Earlier.")
    cast.published(Trip.objects.get(slug="zqscheduled-trip"))
    telling = {name for name, paths in ADDRESSES.items() for path in paths if "zqscheduled" in content(site.get(path))}
    quiet = {*ELSEWHERE, "trip", "edition", "programme", "calendar", "data", "citation", "card", "card_image",
             "page", "api_trip", "api_edition", "api_organisation", "api_states", "openapi", "health", "robots",
             "security"}  # fmt: skip
    assert telling == set(ADDRESSES) - quiet


def content(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers["Content-Type"] == "application/zip":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in archive.namelist())
    return body.decode(errors="replace") + str(response.headers)

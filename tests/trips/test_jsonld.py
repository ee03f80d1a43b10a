"""What pages tell other programs, read by a JSON-LD parser and held against the vocabulary of schema.org."""

import datetime as dt
import json
from html.parser import HTMLParser

import msgspec_schemaorg.models as vocabulary
import pytest
import rdflib
from django.utils import timezone
from rdflib import RDF

from institutions.models import Organisation
from tests import cast
from trips import workflow

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),  # inside of rdflib itself
]
PAGE = "/en/trips/guangdong-2024/"
PAGES = [
    "/en/",
    PAGE,
    "/zh-hans/trips/guangdong-2024/",
    "/zh-hans/institutions/shenzhen-polytechnic-university/",
    "/en/enterprises/byd-company-limited/",
    "/en/organisers/asean-china-centre/",
    "/en/media-outlets/southern-daily/",
    "/en/member-states/lao-pdr/",
    "/zh-hans/data/",
]


class Blocks(HTMLParser):
    """The texts of the data blocks, and how many other scripts there are that are no file of the site."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inside, self.texts, self.scripts = False, [], 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"
        self.scripts += tag == "script" and not self.inside and not dict(attrs).get("src", "").startswith("/static/")

    def handle_data(self, data):
        if self.inside:
            self.texts.append(data)

    def handle_endtag(self, tag):
        self.inside = False


def graph(client, path: str) -> rdflib.Graph:
    (text,) = Blocks(client.get(path).content.decode()).texts
    document = json.loads(text)
    assert document["@context"] == "https://schema.org"
    document["@context"] = {"@vocab": str(rdflib.SDO), "id": "@id"}  # what that address says, for our words
    return rdflib.Graph().parse(data=json.dumps(document), format="json-ld", publicID=f"http://testserver{path}")


def one(found: rdflib.Graph, kind: str) -> dict[str, list]:
    """The only node of a kind, each property with its values."""
    (node,) = found.subjects(RDF.type, rdflib.SDO[kind])
    return {str(name).removeprefix(str(rdflib.SDO)): [*found.objects(node, name)] for name in found.predicates(node)}


def properties(kind: str) -> set[str]:
    """Those of a type. A school is an organisation and a place; the library knows it as a place only."""
    kinds = [kind, "Organization"] if kind in ("CollegeOrUniversity", "EducationalOrganization", "School") else [kind]
    return {name for one in kinds for name in getattr(vocabulary, one).__struct_fields__}


@pytest.mark.parametrize("path", PAGES)
def test_every_word_is_one_of_schema_org_and_belongs_there(client, path):
    cast.published(cast.trip())
    Organisation.objects.update(checked_at=timezone.now(), website="https://party.example/", founded=1993)
    found = graph(client, path)
    assert len(found) > 4
    for node, name, _value in found:
        kinds = [str(kind).removeprefix(str(rdflib.SDO)) for kind in found.objects(node, RDF.type)]
        if name == RDF.type:
            assert kinds[0] in rdflib.SDO, kinds
        elif kinds:
            word = str(name).removeprefix(str(rdflib.SDO))
            assert word in rdflib.SDO
            assert word in properties(kinds[0]), f"{kinds[0]} has no {word}"


def test_a_trip_is_an_event_with_its_visits_and_a_report(client):
    trip = cast.trip()
    trip.visits.filter(kind="campus-visit").update(starts=dt.time(9, 30), ends=dt.time(11))
    cast.published(trip)
    found = graph(client, "/zh-hans/trips/guangdong-2024/")
    events = {
        str(found.value(each, rdflib.SDO.name)): each for each in found.subjects(RDF.type, rdflib.SDO.EducationEvent)
    }
    assert {*events} == {"广东职教行", "院校参访 · 深圳职业技术大学"}
    whole, visit = events["广东职教行"], events["院校参访 · 深圳职业技术大学"]
    assert (whole, rdflib.SDO.subEvent, visit) in found
    assert str(found.value(visit, rdflib.SDO.startDate)) == "2024-10-24T09:30:00+08:00"
    assert {str(found.value(each, rdflib.SDO.name)) for each in found.objects(whole, rdflib.SDO.attendee)} == {
        "老挝驻华大使馆",
        "越南驻华大使馆",
    }
    report = one(found, "NewsArticle")
    assert (str(report["headline"][0]), str(report["inLanguage"][0])) == ("走进车间", "zh-Hans")
    assert report["about"] == [whole]
    steps = sorted(found.subject_objects(rdflib.SDO.position), key=lambda step: int(step[1]))
    assert [str(found.value(step, rdflib.SDO.name)) for step, _position in steps] == [
        "首页",
        "行程",
        "2024年",
        "广东职教行",
    ]


def test_an_organisation_names_itself_elsewhere_once_it_was_checked(client):
    cast.published(cast.trip())
    path = "/en/institutions/shenzhen-polytechnic-university/"
    Organisation.objects.update(website="https://college.example/")
    assert "sameAs" not in one(graph(client, path), "EducationalOrganization")
    Organisation.objects.update(checked_at=timezone.now())
    told = one(graph(client, path), "CollegeOrUniversity")
    assert [str(each) for each in told["sameAs"]] == ["https://college.example/"]
    assert "Shenzhen Polytechnic" in [str(each) for each in told["alternateName"]]


def test_hostile_words_do_not_end_the_block(client):
    hostile = "</script><script>alert(1)</script><!--\u2028"
    trip = cast.trip(title_en=hostile)
    trip.reports.filter(language="en").update(headline=hostile, summary=hostile)
    cast.published(trip)
    blocks = Blocks(client.get(PAGE).content.decode())
    assert blocks.scripts == 0
    assert not {"<", ">", "&", "\u2028"} & {*blocks.texts[0]}
    assert str(one(graph(client, PAGE), "NewsArticle")["headline"][0]) == hostile


def test_only_what_is_current_and_public_tells_of_itself(client):
    trip = cast.trip()
    cast.published(trip)
    trip.visits.all().delete()
    cast.published(trip)
    assert Blocks(client.get(f"{PAGE}editions/1/").content.decode()).texts == []
    workflow.withdraw(trip, by=None, reason_en="Wrong.")
    assert Blocks(client.get(PAGE).content.decode()).texts == []

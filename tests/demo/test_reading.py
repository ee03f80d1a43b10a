"""Every fact of the press report stands in the edition and on the page; what is missing is named."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from exchange.lib.html import plain
from institutions.models import Organisation
from trips.models import Edition

READING = json.loads((Path(__file__).parent / "reading.json").read_text())
pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(demonstration) -> Edition:
    return Edition.objects.public(timezone.now()).get(slug="guangdong-2024")


def names_of(party: dict) -> set[str]:
    """Every recorded name of a party: those of the edition, and those of the address book."""
    live = Organisation.objects.get(uid=party["uid"])
    recorded = {live.name_en, live.short_en, *live.names.values_list("text", flat=True)}
    return {one for one in {*party["name"].values(), *party["short"].values(), *recorded, *party["also"]["en"]} if one}


def has(text: str, words: list[str]) -> bool:
    return all(word.casefold() in text.casefold() for word in words)


def parties(payload: dict, uids: list[str], wanted: list[str]) -> Iterator[tuple[str, bool]]:
    """For each wanted name, whether one of these parties bears it."""
    names = [names_of(payload["parties"][uid]) for uid in uids if uid]
    for name in wanted:
        yield name, any(name in one for one in names)


def facts(payload: dict) -> Iterator[tuple[str, bool]]:
    """``(fact, whether the document carries it)`` for the whole reading."""
    hosts = [visit["host"] for visit in payload["programme"]]
    told = [
        (one["kind"], " ".join(one[part]["en"] for part in ("place", "seen", "company")))
        for one in payload["programme"]
    ]
    themes = [{one["name"]["en"].casefold(), *one["also"]["en"].casefold().split(", ")} for one in payload["themes"]]
    yield "title", payload["title"]["en"] == READING["title"]
    yield "format", payload["format"] == READING["format"]
    yield "held", payload["extent"] == "full"
    yield "days", [payload["starts_on"], payload["ends_on"]] == [READING["starts_on"], READING["ends_on"]]
    yield "who travelled", has(payload["audience"]["en"], [READING["audience"]])
    yield "destination", has(payload["destination"]["en"], READING["destination"])
    yield "cities", [one["name"]["en"] for one in payload["route"]] == READING["cities"]
    yield (
        "states",
        [payload["states"][one["state"]]["name"]["en"] for one in payload["delegations"]] == READING["states"],
    )
    yield "state codes", [one["state"] for one in payload["delegations"]] == READING["state_codes"]
    yield "kinds of host", payload["planned_hosts"]["en"] == READING["planned_hosts"]
    yield "people", [payload["persons"][uid]["name"]["en"] for uid in payload["people"]] == [READING["head"][0]]
    yield "agreements", [one for one in payload["outcomes"] if one["kind"] == "agreement"] == READING["agreements"]
    head = payload["persons"][payload["people"][0]]
    yield "head's post", (head["role"], head["post"]["en"]) == ("head", READING["head"][1])
    yield from parties(payload, [head["organisation"]], READING["head"][2:])
    yield from parties(payload, hosts, [*READING["institutions"], *READING["centres"]])
    yield from parties(payload, [one["outlet"] for one in payload["coverage"]], READING["media"])
    for name, short, role, printed in READING["organisers"]:
        roles = [
            one["party"] for one in payload["organisers"] if (one["role"], one["as_printed"]["en"]) == (role, printed)
        ]
        yield from parties(payload, roles, [name, short])
    for name, short, seen in READING["enterprises"]:
        toured = [one["host"] for one in payload["programme"] if has(one["place"]["en"], [seen])]
        yield from parties(payload, toured, [name, short])
    for part in READING["open"]:
        yield f"open list of {part}", payload["open"][part]
    for place in READING["places"]:
        yield place, any(one["place"]["en"] == place and not one["host"] for one in payload["programme"])
    for kind, words in READING["activities"]:
        yield f"{kind} {words}", any(one == kind and has(text, words) for one, text in told)
    for name in READING["themes"] + [[english] for english, _chinese in READING["concepts"]]:
        yield f"theme {name}", any({one.casefold() for one in name} & theme for theme in themes)
    for english, chinese in READING["concepts"]:
        named = [one for one in payload["themes"] if one["concept"] and one["name"]["zh-hans"] == chinese]
        yield f"concept {english}", [one["name"]["en"].casefold() for one in named] == [english]
    for kind, who, words in READING["statements"]:
        said = [one for one in payload["statements"] if one["kind"] == kind and has(one["who"]["en"], [who])]
        yield f"{kind} {words}", any(has(one["text"]["en"], words) for one in said)
    for kind, words, party in READING["outcomes"]:
        came = [one for one in payload["outcomes"] if one["kind"] == kind and has(one["text"]["en"], words)]
        yield from parties(payload, [uid for one in came for uid in one["parties"]], [party])


def words_on_the_page(payload: dict) -> Iterator[list[str]]:
    """For each fact, the words of which one must be read on the page; a party may be called by any of its names."""
    called = {name: sorted(names_of(party)) for party in payload["parties"].values() for name in names_of(party)}
    parts = ("institutions", "centres", "media")
    for name in [*(name for part in parts for name in READING[part]), *(one[0] for one in READING["organisers"])]:
        yield called.get(name, [name])
    for name, short, seen in READING["enterprises"]:
        yield from (called.get(name, [name]), called.get(short, [short]), [seen])
    single = (
        READING["title"], *READING["field"], *READING["dates"], *READING["head"], READING["audience"],
        *READING["states"], *READING["destination"], *READING["cities"], *READING["planned_hosts"], *READING["places"],
        "jointly initiated by", "there were others", "among other outlets",
    )  # fmt: skip
    yield from ([one] for one in single)
    yield from READING["themes"]
    yield from ([one] for pair in READING["concepts"] for one in pair)
    for _kind, _who, words in READING["statements"]:
        yield from ([one] for one in words)
    for _kind, words in READING["activities"]:
        yield from ([one] for one in words)
    for _kind, words, _party in READING["outcomes"]:
        yield from ([one] for one in words)


def test_the_edition_carries_every_fact(edition):
    assert [fact for fact, there in facts(edition.payload) if not there] == []


def test_a_missing_fact_would_be_named(edition):
    payload = json.loads(edition.document)
    del payload["coverage"][0]
    payload["programme"] = [one for one in payload["programme"] if one["kind"] != "student-meeting"]
    missing = [fact for fact, there in facts(payload) if not there]
    assert missing[0] == "Guangdong Radio and Television station"
    assert [fact.split()[0] for fact in missing[1:]] == ["student-meeting"]


def test_the_page_says_every_fact(edition):
    text = plain(Client().get("/en/trips/guangdong-2024/").content.decode()).casefold()
    missing = [
        words for words in words_on_the_page(edition.payload) if not any(one.casefold() in text for one in words)
    ]
    assert missing == []


def test_the_api_gives_the_edition_itself(edition):
    answer = Client().get("/api/v1/trips/guangdong-2024/").json()
    assert answer["trip"] == edition.payload
    assert answer["digest"] == edition.digest

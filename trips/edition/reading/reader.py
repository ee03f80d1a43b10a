import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from exchange.lib.bilingual import TAGS, Words, choose, counterpart, listed
from exchange.lib.languages import other
from trips.edition import schema
from trips.edition.reading.homes import HOMES, group_of
from trips.edition.reading.parts import (
    City,
    Coverage,
    Day,
    Delegation,
    Document,
    Host,
    Outcome,
    Party,
    Person,
    Picture,
    Prose,
    Role,
    State,
    Statement,
    Theme,
    Visit,
)
from trips.edition.reading.pictures import picture


class Reader:
    """A document read in one language."""

    def __init__(self, payload: schema.Payload, language: str) -> None:
        self.payload = payload
        self.language = language
        self.slug = payload["slug"]
        self.extent = payload["extent"]
        self.demo = payload["demo"]
        self.format = payload["format"]
        self.open = payload["open"]
        self.first = dt.date.fromisoformat(payload["starts_on"])
        self.last = dt.date.fromisoformat(payload["ends_on"])
        self.zone = ZoneInfo(payload["time_zone"])

    def words(self, text: Mapping[str, Any]) -> Words:
        """A text in the reader's language, else the other's, marked."""
        return choose(text, self.language)

    @cached_property
    def parties(self) -> dict[str, Party]:
        return {uid: self._party(one) for uid, one in self.payload["parties"].items()}

    def _party(self, one: schema.Party) -> Party:
        return Party(
            uid=one["uid"],
            kind=one["kind"],
            type=one["type"],
            name=self.words(one["name"]),
            other=counterpart(one["name"], self.language),
            short=self.words(one["short"]) if one["short"][self.language] else Words(""),  # type: ignore[literal-required]
            also=listed(one["also"].get(self.language, []), self.language),
            city=self.words(one["city"]),
            address=f"{HOMES[one['kind']]}/{one['slug']}/",
        )

    @cached_property
    def states(self) -> dict[str, State]:
        return {
            iso2: State(iso2, self.words(one["name"]), one["member"], f"member-states/{one['slug']}/")
            for iso2, one in self.payload["states"].items()
        }

    @property
    def title(self) -> Words:
        return self.words(self.payload["title"])

    @property
    def headline(self) -> Words:
        """What stands above the page: the report's headline in this language, else the trip's title."""
        report = self.report
        return report.headline if report and report.headline and not report.lang else self.title

    @property
    def audience(self) -> Words:
        return self.words(self.payload["audience"])

    @property
    def destination(self) -> Words:
        return self.words(self.payload["destination"])

    @property
    def days(self) -> int:
        """How many days the trip lasts."""
        return (self.last - self.first).days + 1

    @cached_property
    def report(self) -> Prose | None:
        """The prose in this language, else the other's."""
        for code, lang in ((self.language, ""), (other(self.language), TAGS[other(self.language)])):
            one = self.payload["report"].get(code)
            if one and any((one["headline"], one["summary"], one["body"])):
                older = one.get("older", False)
                return Prose(Words(one["headline"], lang), Words(one["summary"], lang), one["body"], lang, older)
        return None

    @property
    def route(self) -> list[City]:
        return [
            City(
                self.words(one["name"]),
                self.words(one["province"]),
                day(one["arrives_on"]),
                one["visits"],
                f"cities/{one['slug']}/",
            )
            for one in self.payload["route"]
        ]

    @cached_property
    def delegations(self) -> list[Delegation]:
        """Those that took part, in protocol order."""
        return [
            Delegation(self.parties[one["party"]], self.states.get(one["state"]), one["size"])
            for one in self.payload["delegations"]
        ]

    @cached_property
    def persons(self) -> dict[str, Person]:
        """The people named in public, those who were erased left out."""
        blocks = self.payload["persons"]
        return {uid: self._person(blocks[uid]) for uid in self.payload["people"] if not blocks[uid].get("redacted")}

    def _person(self, one: schema.Person) -> Person:
        return Person(
            one["role"], self.words(one["name"]), self.words(one["post"]), self.parties.get(one["organisation"])
        )

    @cached_property
    def visits(self) -> list[Visit]:
        return [self._visit(one) for one in self.payload["programme"]]

    def _visit(self, one: schema.Visit) -> Visit:
        present = [given for given in self.delegations if given.party.uid in one["present"]]
        return Visit(
            kind=one["kind"],
            date=day(one["date"]),
            starts=one["starts"] or "",
            ends=one["ends"] or "",
            day_part=one["day_part"],
            city=self.words(one["city"]),
            host=self.parties.get(one["host"]),
            place=self.words(one["place"]),
            seen=self.words(one["seen"]),
            company=self.words(one["company"]),
            participants=self._named(one["participants"]),
            present=[given.state.name if given.state else given.party.called for given in present],
        )

    @property
    def programme(self) -> list[Day]:
        """The visits by date, in recorded order within it; those without a date last."""
        dates = sorted({one.date for one in self.visits}, key=lambda date: date or dt.date.max)
        return [self._day(date) for date in dates]

    def _day(self, date: dt.date | None) -> Day:
        visits = [one for one in self.visits if one.date == date]
        return Day(date, list(dict.fromkeys(one.city for one in visits if one.city)), visits)

    @property
    def hosts(self) -> dict[str, list[Host]]:
        """Who received the delegations: ``institutions``, ``centres``, ``enterprises``, ``others``."""
        groups: dict[str, list[Host]] = {"institutions": [], "centres": [], "enterprises": [], "others": []}
        for uid in dict.fromkeys(one.host.uid for one in self.visits if one.host):
            party = self.parties[uid]
            visits = [one for one in self.visits if one.host and one.host.uid == uid]
            groups[group_of(party)].append(Host(party, visits))
        return groups

    @property
    def unnamed(self) -> list[Words]:
        """Places that the source describes and does not name, each once."""
        return list(dict.fromkeys(one.place for one in self.visits if one.place and not one.host))

    @property
    def planned_hosts(self) -> list[Words]:
        """The kinds of host that the trip was made for, as printed."""
        lines, there = self.payload["planned_hosts"], other(self.language)
        own = lines.get(self.language, [])
        return [Words(one) for one in own] or [Words(one, TAGS[there]) for one in lines.get(there, [])]

    @property
    def themes(self) -> list[Theme]:
        return self._themes(concept=False)

    @property
    def concepts(self) -> list[Theme]:
        """The themes that speakers named as concepts."""
        return self._themes(concept=True)

    def _themes(self, *, concept: bool) -> list[Theme]:
        return [
            Theme(
                self.words(one["name"]),
                counterpart(one["name"], self.language),
                Words(one["also"][self.language]),  # type: ignore[literal-required]
                self.words(one["about"]),
                f"themes/{one['slug']}/",
            )
            for one in self.payload["themes"]
            if one["concept"] == concept
        ]

    @property
    def organisers(self) -> list[Role]:
        """The organisers by role, in recorded order."""
        roles: dict[tuple[str, str], Role] = {}
        for one in self.payload["organisers"]:
            printed = self.words(one["as_printed"])
            role = roles.setdefault((one["role"], printed), Role(one["role"], printed, []))
            role.parties.append(self.parties[one["party"]])
        return list(roles.values())

    @property
    def statements(self) -> list[Statement]:
        return [
            Statement(
                one["kind"],
                self._speaker(one),
                self.words(one["text"]),
                one["quoted"],
                self.persons.get(one["person"]),
            )
            for one in self.payload["statements"]
        ]

    def _speaker(self, one: schema.Statement) -> Words:
        person = self.persons.get(one["person"])
        return person.name if person else self.words(one["who"])

    @property
    def outcomes(self) -> list[Outcome]:
        return [
            Outcome(
                one["kind"],
                self.words(one["text"]),
                self.words(one["who"]),
                self._named(one["parties"]),
                one["state"],
                day(one["due_on"]),
            )
            for one in self.payload["outcomes"]
        ]

    @property
    def pictures(self) -> list[Picture]:
        """The pictures in order, those that were redacted left out."""
        blocks = ((uid, self.payload["pictures"][uid]) for uid in self.payload["photos"])
        return [picture(uid, one, self.language) for uid, one in blocks if not one.get("redacted")]

    @property
    def documents(self) -> list[Document]:
        return [
            Document(one["uid"], self.words(one["title"]), one["language"], one["name"], one.get("size"))
            for one in self.payload["documents"]
        ]

    @property
    def coverage(self) -> list[Coverage]:
        return [
            Coverage(self.parties[one["outlet"]], one["headline"], one["link"], day(one["date"]), one["language"])
            for one in self.payload["coverage"]
        ]

    def _named(self, uids: Iterable[str]) -> list[Party]:
        return [self.parties[uid] for uid in uids if uid in self.parties]


def day(text: str | None) -> dt.date | None:
    """A day of the document, or none."""
    return dt.date.fromisoformat(text) if text else None

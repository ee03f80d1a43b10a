"""The way in: a text and what is known beforehand in, a proposal out. No database, no clock, no network."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.lib.languages import CODES
from institutions.choices import Kind, Type
from trips.intake import days, noise
from trips.intake.catalogue import Catalogue, chinese_places, city_countries
from trips.intake.chinese.event import event_name as chinese_event
from trips.intake.chinese.report import ChineseReading
from trips.intake.english.event import event_name
from trips.intake.english.report import Reading
from trips.intake.found import Certainty, Findings, Found, Part
from trips.intake.mentions import Mention
from trips.intake.paper import Paper, laid_out
from trips.intake.people import Person
from trips.intake.proposal import Day, Human, Organisation, Proposal, State, Value

YEAR_OF_EVENT = re.compile(
    r"(?<!\d)(20\d\d)(?=年?度?[^,。;\d月]{0,40}?(?:行|活动|周|班|论坛|团|项目|访问|研修|考察|\")"
    r"| (?:[A-Z][\w'+-]* |of |for |to ){0,8}(?:Trip|Visit|Tour|Programme|Program|Week|Exchange|Forum|Workshop|Study|Training|Course|Camp|Mission|Conference|Symposium|Seminar|Dialogue)\b)"
)
NO_CATALOGUE = Catalogue()


def read(text: str, catalogue: Catalogue = NO_CATALOGUE) -> Proposal:
    """What the report says about a trip."""
    paper = laid_out(text)
    noise.clear(paper)
    proposal = Proposal(CODES[1] if paper.is_chinese else CODES[0])
    proposal.title = _title(paper)
    proposal.start, proposal.end = _days(paper)
    years = {one.day.year for one in (proposal.start, proposal.end) if one and one.day}
    findings = (ChineseReading if paper.is_chinese else Reading)(paper, catalogue, years).read()
    _fill(paper, catalogue, findings, proposal)
    return proposal


def _title(paper: Paper) -> Value | None:
    if paper.title:
        return _value(paper, Found(*paper.title, Certainty.SURE, _("the headline")))
    place = (chinese_event if paper.is_chinese else event_name)(paper)
    return (
        _value(paper, Found(*place, Certainty.LIKELY, _("the name of the event; there is no headline")))
        if place
        else None
    )


def _days(paper: Paper) -> tuple[Day | None, Day | None]:
    found = days.find(paper.body, chinese=paper.is_chinese)
    lead = paper.body[: paper.sentences[min(3, len(paper.sentences) - 1)].end] if paper.sentences else ""
    named = [int(one) for one in re.findall(YEAR_OF_EVENT, lead)]
    settled = days.settled(found, [*paper.years, *named], paper.published)
    trip = days.trip_days(settled, days.length(lead, chinese=paper.is_chinese))
    if not trip:
        return None, None
    ends = []
    for one, parts, why in zip(
        trip,
        (trip[0].first, trip[1].last),
        (_("the first day that is told"), _("the last day that is told")),
        strict=True,
    ):
        try:
            ends.append(
                Day(
                    paper.printed(one.start, one.end),
                    (paper.span(one.start, one.end),),
                    Certainty.SURE if one.is_range else Certainty.LIKELY,
                    why,
                    day=dt.date(*parts),
                )
            )
        except ValueError:
            ends.append(None)
    first, last = ends
    if first and last and first.day and last.day and first.day > last.day:
        return None, None
    return first, last


def _value(paper: Paper, one: Found, **more: Any) -> Value:
    spans = ((one.start, one.end), *one.more)
    return Value(
        paper.printed(one.start, one.end),
        tuple(paper.span(*span) for span in spans),
        one.certainty,
        one.why,
        one.value,
        **more,
    )


def _fill(paper: Paper, catalogue: Catalogue, findings: Findings, proposal: Proposal) -> None:
    proposal.people = [_human(paper, one) for one in findings.people]
    direct = [one for one in findings.organisers if one.certainty == Certainty.SURE]
    for part in findings.organisers:
        if part.certainty == Certainty.LIKELY and direct:
            part.certainty = Certainty.MENTIONED
    proposal.organisers = [_organisation(paper, one, Kind.ORGANISER) for one in findings.organisers]
    proposal.organisations = [_organisation(paper, one) for one in (*findings.stops, *findings.others)]
    _one_side(findings, _countries(paper, catalogue, findings))
    proposal.cities = [_value(paper, one) for one in _strongest(paper, findings.cities)]
    proposal.states = _states(paper, catalogue, findings, proposal)
    proposal.media = [
        Organisation(
            paper.printed(one.start, one.end),
            (paper.span(one.start, one.end),),
            one.certainty,
            one.why,
            one.value,
            kind=Kind.MEDIA,
        )
        for one in _strongest(paper, findings.media)
    ]
    proposal.concepts = [_value(paper, one) for one in findings.concepts]
    proposal.statements = [_value(paper, one) for one in findings.statements]
    proposal.outcomes = [_value(paper, one) for one in findings.outcomes]
    themes = {min(hit.keys): hit for hit in reversed(catalogue.find_themes(paper.body))}
    proposal.themes = [
        _value(paper, Found(hit.start, hit.end, Certainty.LIKELY, _("a theme of the record"), key))
        for key, hit in sorted(themes.items(), key=lambda one: one[1].start)
    ]
    proposal.abbreviations = {
        one.short: paper.printed(one.start, one.end)
        for group in findings.groups
        for one in group.mentions
        if one.short and paper.text[one.start : one.end] != one.short
    }


def _human(paper: Paper, one: Person) -> Human:
    return Human(
        paper.printed(one.start, one.end),
        tuple(paper.span(*span) for span in one.spans()),
        Certainty.SURE if one.sure else Certainty.LIKELY,
        _("named with a salutation or a title"),
        title=paper.printed(*one.title) if one.title else "",
        leads=one.leads,
    )


def _organisation(paper: Paper, part: Part, kind: str = "") -> Organisation:
    best: Mention = part.group.fullest
    party = part.group.party
    spans = [(best.start, best.end), *([part.role] if part.role else []), *([part.sentence] if part.sentence else [])]
    return Organisation(
        paper.printed(best.start, best.end),
        tuple(paper.span(*one) for one in spans),
        part.certainty,
        part.why,
        party.key if party else "",
        kind=party.kind if party else kind or best.kind,
        type=party.type if party else best.type,
        role=paper.printed(*part.role) if part.role else "",
        seen=paper.printed(*part.sentence) if part.sentence else "",
        short=best.short,
    )


def _strongest(paper: Paper, found: Iterable[Found]) -> list[Found]:
    """Each once, with the passage that says most."""
    order = list(Certainty)
    kept: dict[str, Found] = {}
    for one in found:
        key = one.value or paper.text[one.start : one.end].casefold()
        if key not in kept or order.index(one.certainty) < order.index(kept[key].certainty):
            kept[key] = one
    return sorted(kept.values(), key=lambda one: one.start)


def _countries(paper: Paper, catalogue: Catalogue, findings: Findings) -> Counter[str]:
    """How many stops, by their names, lie in which country."""
    found: Counter[str] = Counter()
    for part in findings.stops:
        best, party = part.group.fullest, part.group.party
        name = paper.text[best.start : best.end]
        places = [min(hit.keys) for hit in catalogue.find_countries(name)]
        places += [city_countries().get(min(hit.keys), "") for hit in catalogue.find_cities(name)]
        places += ["CN" for _hit in chinese_places().find(name)] if paper.is_chinese and not places else []
        found[party.country if party and party.country else next(iter(places), "")] += 1
    for city in {one.value for one in findings.cities if one.certainty == Certainty.SURE}:
        found[city_countries().get(city, "")] += 1
    return found


def _one_side(findings: Findings, countries: Counter[str]) -> None:
    """A trip to China has no stops in the countries its guests come from, and the other way round."""
    china, abroad = countries["CN"], sum(number for iso2, number in countries.items() if iso2 not in ("", "CN"))
    for one in findings.cities:
        country = city_countries().get(one.value, "")
        if country and china != abroad and (country == "CN") != (china > abroad):
            one.certainty = Certainty.MENTIONED


def _abroad(paper: Paper, catalogue: Catalogue, findings: Findings) -> set[str]:
    """Where the trip went, if most of it was not in China."""
    countries = _countries(paper, catalogue, findings)
    goals = {iso2 for iso2, number in countries.items() if iso2 not in ("", "CN") and number}
    return goals if sum(countries[one] for one in goals) > countries["CN"] else set()


def _states(paper: Paper, catalogue: Catalogue, findings: Findings, proposal: Proposal) -> list[State]:
    """Members of ASEAN; those that the trip went to sent nobody, unless the text says their embassies came."""
    day = proposal.start.day if proposal.start else None
    goals = findings.goals | _abroad(paper, catalogue, findings)
    found = []
    for one in _strongest(paper, findings.states):
        record = catalogue.members.get(one.value)
        if record and not (day and record["joined_asean_on"] > day.isoformat()):
            if one.value in goals:
                one.certainty = Certainty.MENTIONED
            name = record["name"]["en"]
            found.append(
                State(
                    paper.printed(one.start, one.end),
                    (paper.span(one.start, one.end),),
                    one.certainty,
                    one.why,
                    one.value,
                    name=name,
                )
            )
    return found


def is_centre(one: Organisation) -> bool:
    """An international organisation's centre, as far as its type or its name says so."""
    return one.type in (Type.IO_CENTRE, Type.INTERGOVERNMENTAL)

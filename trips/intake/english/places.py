"""Which member states took part and which cities were stops, in an English sentence."""

import re
from typing import NamedTuple

from trips.intake.catalogue import Catalogue, city_countries, is_adjective
from trips.intake.english import parts

JOINED = re.compile(
    r"(?:\s?\([^()]{0,40}\))?(?:[\s,;/&-]|and|as well as|the|then|from|of|or|plus|to|later|embass(?:y|ies)|consulates?(?:[- ]general)?|kingdom|republic|also|both|on to|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|on \d{1,2} [A-Z][a-z]+)*",
    re.IGNORECASE,
)
LIST = re.compile(
    r"(?:[\s,;/&-]|and|as well as|the|from|of|plus|embass(?:y|ies)|kingdom|republic|both|\d+|\([^()]{0,20}\))*",
    re.IGNORECASE,
)
EMBASSY = r"(?:embass(?:y|ies)|consulates?(?:[- ]general)?|high commissions?|diplomatic missions?|missions?)"
PEOPLE = parts.TRAVELLERS
SENT = re.compile(
    rf"\b(?:{EMBASSY}(?:[- ]general)? (?:\w+ ){{0,3}}(?:of|from)|{PEOPLE}(?:,)?(?: [\w'-]+){{0,9}}?,? (?:from|of|representing)|hail(?:ed|ing) from|came from|com(?:e|ing) from|"
    rf"(?:drawn|selected) from|represent(?:ed|ing)?(?: by)?|sent by|on behalf of|participating (?:countries|states)[^.;]{{0,20}}|"
    rf"(?:countries|member states|nations|states)(?: \w+){{0,4}}?,? (?:including|such as|namely|among them|were|are)|(?:countries|member states|nations)\s?[:(-]|participants?\s?:|"
    rf"(?:attach[eé]s?|ambassadors?|counsell?ors?|ministers?|secretar(?:y|ies)|consuls?(?:[- ]general)?|charg[eé] d'affaires) (?:\w+ )?(?:of|from)|ministry of [\w ,]{{3,40}}?(?:of|,)|"
    rf"\d+ (?:\w+ )?from|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|each|others?|colleagues|counterparts|those|him|her|them) (?:\w+ )?from(?: the {EMBASSY} of)?)\s*$",
    re.IGNORECASE,
)
STUDENTS = re.compile(
    r"\b(?:students?|trainees? who|graduates?|alumni|interns?|learners?|scholarship\w*)(?: [\w-]+){0,5} (?:from|of)\s*$",
    re.IGNORECASE,
)
BEHIND = re.compile(
    rf"(?:'s)?(?:,? (?:and )?[A-Z][\w-]+)?(?: [\w'-]+){{0,4}}? (?:{EMBASSY}|{PEOPLE}|ministr(?:y|ies)|side)\b",
    re.IGNORECASE,
)
ABSENT = re.compile(
    r"[^.;,]{0,20},? (?:had hoped|hoped to|could not|cancel|was unable|were unable|did not|were absent|was absent|sent (?:its|their) apolog|declined|had to)",
    re.IGNORECASE,
)
NOT_BEHIND = re.compile(
    r"(?:'s)?(?:,? (?:and )?[A-Z][\w-]+)?(?: [\w'-]+){0,2}? (?:students?|language|cuisine|graduates?|market|trainees|workers|border|culture|railway|campus|interns)\b",
    re.IGNORECASE,
)
TRAVELLED = re.compile(
    r"\b(?:visit(?:s|ed|ing)?|trips?|tours?|toured|travel\w*|journey|mission|flew|went|arriv\w+|study visit|delegation|heads?|off|bound|comes?|goes?|takes?|fly|flies|sails?)(?: (?!from)[\w'-]+){0,5}? (?:to|in|for|at|through|of)\s*(?:the )?$",
    re.IGNORECASE,
)
VISITED = re.compile(
    r"\b(?:visit(?:s|ed|ing)?|tour(?:s|ed|ing)?|reach(?:es|ed|ing)?|explor(?:es?|ed|ing)|leaving for|left for|bound for|set off for|headed for|across|around|discover(?:s|ed)?|took in|taking in|takes in|cover(?:s|ed|ing)|spann(?:ed|ing)|cities(?: of| such as| including| like|,|:| -)?|stops?(?: were| was| are|:| in| at|,)|next (?:came|was|stop,?)|first stop,?|routes?:?|itinerary:?|venues?:?|places?:)\s(?:the )?(?:(?:cities|city|port|towns?) of )?$",
    re.IGNORECASE,
)


BEHIND_TITLE = re.compile(r"(?:,? (?:of |in )?(?:the )?(?:[A-Z]\w+ ?){1,3}| \([A-Z][\w ]{2,20}\))?")


class Place(NamedTuple):
    """A state or a city, where, and whether it took part or was a stop: True, False, or None where nothing says so."""

    start: int
    end: int
    key: str
    counts: bool | None


def states(text: str, catalogue: Catalogue, blocked: list[tuple[int, int]]) -> list[Place]:
    """The states a sentence names. ``blocked`` are organisations that send nobody."""
    found: list[Place] = []
    for hit in catalogue.find_countries(text):
        iso2 = min(hit.keys)
        if any(start <= hit.start and hit.end <= end for start, end in blocked):
            continue
        found.append(Place(hit.start, hit.end, iso2, _takes_part(text, hit.start, hit.end, iso2, found)))
    return _backwards(text, found)


def _takes_part(text: str, start: int, end: int, iso2: str, found: list[Place]) -> bool | None:
    before = text[max(0, start - 160) : start]
    before = re.sub(r"(?:the |the Republic of |the Kingdom of )$", "", before)
    if found and LIST.fullmatch(text, found[-1].end, start) and found[-1].counts is not None:
        return found[-1].counts
    if NOT_BEHIND.match(text, end) or ABSENT.match(text, end):
        return False
    if STUDENTS.search(before):
        return False
    if SENT.search(before):
        return True
    if TRAVELLED.search(before) or VISITED.search(before):
        return False
    if BEHIND.match(text, end) and not re.match(r"(?:'s)?,? (?:and|which|where|who)\b", text[end:]):
        return (
            bool(
                is_adjective(text[start:end], iso2)
                or re.match(
                    rf"(?:'s)? (?:[\w'-]+ ){{0,3}}(?:{EMBASSY}|delegat|ambassador|ministr|{PEOPLE})",
                    text[end:],
                    re.IGNORECASE,
                )
            )
            or None
        )
    if re.match(r",? (?:whose|who) \w+ (?:took part|joined)", text[end:]):
        return True
    return None


def is_goal(text: str, start: int) -> bool:
    """Whether the words say that the trip went to the state that stands there."""
    before = re.sub(r"the $", "", text[max(0, start - 80) : start])
    return bool(TRAVELLED.search(before) or VISITED.search(before)) and not re.search(r"\b(?:in|of) $", before)


def _backwards(text: str, found: list[Place]) -> list[Place]:
    """In a list the last item may say it for all: "Lao, Cambodian teachers"."""
    for place in range(len(found) - 2, -1, -1):
        one, after = found[place], found[place + 1]
        if one.counts is None and after.counts is not None and LIST.fullmatch(text, one.end, after.start):
            found[place] = one._replace(counts=after.counts)
    return found


IN = re.compile(
    r"\b(?P<word>in|at|to|on to|into|through|via|from|near|around|for|of|between|towards?|both|leave|leaving|left|outside|and|with|over)\s(?:the )?(?:(?:\w+ )?(?:cities|city|port|town|capital|capital city|coastal city|nearby)(?: of)? )?$",
    re.IGNORECASE,
)
SEAT = re.compile(
    rf"\b(?:{EMBASSY}|offices?|based|headquarters|headquartered|located|born|stationed|resident|accredited|posted|branch(?:es)?|students?|campus(?:es)?|studying|studied|living|workers|graduates?|secretariat|"
    rf"plants?|factor(?:y|ies)|capital|similar \w+|previous \w+|open(?:ed|s|ing)? (?:a|an|its)|set up)\b(?P<between>[^,;.]{{0,30}}|(?<=mbassies)[^;.]{{0,120}}|(?<=onsulates)[^;.]{{0,120}}) in\s(?:the )?(?:(?:\w+ )?(?:city|port|capital)(?: of)? )?$"
    rf"|\b(?:{PEOPLE}|universit(?:y|ies)|colleges?|schools?|institutes?) in\s(?:the )?$",
    re.IGNORECASE,
)
GOING = re.compile(
    r"\b(?:trips?|visit\w*|travel\w*|went|go|goes|going|flew|fly|flies|moved?|moves|bus|train|ride|journey|drove|head\w*|came|come|comes|proceed\w*|continu\w+|transfer\w*|on|took|taken|takes|brought|brings?|led|leads|sailed|tour\w*|mission|delegation|heads?|drive|"
    r"then|arriv\w+|moving|crossed|crossing)\b[^;.]{0,40}\sto\s(?:the )?(?:(?:\w+ )?(?:cities|city|port|town|capital)(?: of)? )?$",
    re.IGNORECASE,
)
STOPPED = re.compile(rf"\b(?:{parts.VISITS}|met|visited|toured|saw|spent|joined)\b[^;.]{{0,60}}$", re.IGNORECASE)
LATER = re.compile(
    r"\b(?:will|next (?:year|edition|programme|visit|trip|month)|future|plans? to|hopes? to|to be held|scheduled)\b[^;.]{0,60}$",
    re.IGNORECASE,
)
LEAVING = re.compile(
    r"\b(?:return\w*|link\w*|railway|line|flight|fly|flew|flies|left|leave\w*|went|travel\w+|head\w*|drove|flown) (?:home|back|home again) to\s$|\b(?:return\w*|link\w*|railway|line|flight|flights|left|leave\w*) to\s$",
    re.IGNORECASE,
)
HOSTS = re.compile(
    r"(?:,? (?:hosts?|hosted|welcom\w+|receiv\w+|was the|followed|came (?:next|first|last)|opened|gave|showed)\b|'s (?:leg|part))",
    re.IGNORECASE,
)


def cities(
    text: str, catalogue: Catalogue, blocked: list[tuple[int, int]], stops: list[tuple[int, int]], heading: bool
) -> list[Place]:
    """The cities a sentence names outside of names of organisations. ``stops`` are organisations that were visited."""
    found: list[Place] = []
    for hit in catalogue.find_cities(text):
        if any(start < hit.end and hit.start < end for start, end in blocked):
            continue
        if re.match(
            r"[ -](?:Province|Road|Street|Avenue|River|Lake|Airport|Railway|District|Municipal|Declaration|Consensus|Initiative|University|College|Daily|Normal|Bay|Strait|Plan)",
            text[hit.end :],
        ):
            continue
        key = min(hit.keys)
        if re.match(r" City\b", text[hit.end :]) and not text[hit.start : hit.end].endswith("City"):
            hit = hit._replace(end=hit.end + 5)
        if (
            re.match(
                r"-(?:based|born|trained|made|style)|'s (?:[A-Z]|embass|consul)| (?!City|On|In|From|To|And|The|At|For|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Z][a-z]+",
                text[hit.end :],
            )
            and not heading
        ):
            continue
        if key in {"Singapore", "Lao Cai"} and not heading:
            continue
        found.append(Place(hit.start, hit.end, key, _is_stop(text, hit.start, hit.end, found, stops, blocked, heading)))
    return _backwards(text, found)


def _is_stop(
    text: str,
    start: int,
    end: int,
    found: list[Place],
    stops: list[tuple[int, int]],
    organisations: list[tuple[int, int]],
    heading: bool,
) -> bool | None:
    before = text[max(0, start - 120) : start]
    if found and JOINED.fullmatch(text, found[-1].end, start) and found[-1].counts is not None:
        return found[-1].counts
    if _is_alone(text, start, end):
        return True
    if heading and re.search(r",\s$", before) and not IN.search(before):
        return True
    if heading and re.match(r" and [A-Z][a-z]+\s?(?:$|[:,])", text[end:]) and re.search(r",\s$", before):
        return True
    word = IN.search(before)
    if not word:
        if VISITED.search(before) or HOSTS.match(text, end):
            return True
        if re.search(r"[,(]\s?$", before) and any(abs(start - last) <= 25 for _first, last in stops if last <= start):
            return True
        return None
    small = word["word"].lower()
    if small in {"in", "at", "into", "around", "over"}:
        return not LATER.search(before) and _is_within(text, before, start, stops, organisations)
    if small in {"to", "on to", "towards", "toward", "for"}:
        return False if PLANNED.search(before) else bool(GOING.search(before) and not LEAVING.search(before)) or None
    if small == "of":
        return bool(VISITED.search(before) or re.search(r"cities of\s$|leg of\s$", before)) or None
    return False if small in {"from", "via", "through", "leave", "leaving", "left", "near", "outside"} else None


PLANNED = re.compile(r"\b(?:hopes?|plans?|will|would|next|later this|expects?|send|return)\b[^.;]{0,60}$")
SEATED = re.compile(
    rf"(?:{EMBASSY}|office|based|head|located|born|station|resid|accredit|posted|branch|stud|campus|living|grad|capital)",
    re.IGNORECASE,
)
OWNED = re.compile(r"(?:\s?\([^()]*\))?,? in (?:the )?(?:\w+ )?")


def _is_within(
    text: str, before: str, start: int, stops: list[tuple[int, int]], organisations: list[tuple[int, int]]
) -> bool:
    """Whether "in" a city says that the trip was there, and not where somebody has a seat."""
    owner = next((one for one in organisations if one[1] <= start and OWNED.fullmatch(text, one[1], start)), None)
    if owner and owner not in stops:
        return False
    seat = SEAT.search(before)
    called = bool(seat and STOPPED.search(before[: seat.start()]) and not SEATED.match(seat[0]))
    return not seat or called or any(first < start <= last + 12 for first, last in stops)


def _is_alone(text: str, start: int, end: int) -> bool:
    """A city in a heading of its own: "Day 1 | 12 November | Hangzhou"."""
    return bool(
        re.search(r"(?:^|[|:]|\d{4},?| -|Day \w+[,:]?)\s*$", text[:start])
        and re.match(r"\s*(?:$|[|/:]| -|\(|,? \d{1,2} [A-Z][a-z]+\.?$)", text[end:])
        and len(text) < 160
    )


def countries_of(cities: set[str]) -> set[str]:
    """The countries of these cities, as far as the gazetteer knows them."""
    return {city_countries()[one] for one in cities if one in city_countries()}

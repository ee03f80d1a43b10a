"""Firms whose names have no word that says what they are."""

import re

from institutions.choices import Kind
from trips.intake.catalogue import Catalogue
from trips.intake.english.names import short_behind
from trips.intake.mentions import Mention
from trips.intake.paper import Sentence
from trips.intake.people import Person

WORKS = re.compile(
    r"\b(?:interns?|apprentices?|workers|engineers?|production|assembly|plants?|factor(?:y|ies)|headquarters|manufactur\w+|compan(?:y|ies)|firms?|enterprises?|makers?|vehicles?|robots?|showroom|vessel|shift|giant|workshop|line|"
    r"exhibition hall|technology|logistics|industry|corporate|business(?:es)?|employers?|start-?ups?)\b",
    re.IGNORECASE,
)


BARE = re.compile(
    r"(?i:\b(?:visit(?:s|ed|ing)?(?: to)?|tour(?:s|ed)?(?: of)?|headquarters of|(?:plants?|factor(?:y|ies)|production lines?|training bases?|training vessel|workshops?|showroom|depot|facilities|laboratory) (?:of|at|run by)|"
    r"call(?:ed)? (?:at|on)|stop(?:ped)? (?:at|in)|(?:morning|afternoon|evening)\s?:|(?:companies|enterprises|firms|employers|manufacturers)(?: \w+){0,3},? (?:including|such as|like|namely)|partners?,?|company,?|firm,?|manufacturer,?|maker,?|giant,?|supplier,?|developer,?|enterprise,?|start-?up,?)) (?:the )?\"?(?P<name>[A-Z][\w&.+-]*(?: (?:[A-Z][\w&.+-]*|&|of))*)\"?"
)


NEXT = re.compile(
    r"(?:\s?\([^()]*\))?\"?(?:,? and|,| &) (?:the )?\"?(?P<name>[A-Z][\w&.+-]*(?: (?:[A-Z][\w&.+-]*|&|of))*)\"?"
)


APPOSED = re.compile(
    r"\"?(?:\s?\([^()]*\))?, (?:a|an|the|one of)(?: [\w'-]+){0,8}? (?:company|firm|manufacturer|maker|producer|supplier|enterprise|start-?up|group|brand|operator|developer|giant|factory|retreat house|hotel|brewery|conglomerate|chain)\b",
    re.IGNORECASE,
)


PARTNER = re.compile(
    r"\b(?:compan(?:y|ies)|firms?|enterprises?|manufacturers?|makers?|partners?|giants?|suppliers?|developers?|employers?)(?: [a-z-]+){0,2},? (?:including |such as |like |namely )?$",
    re.IGNORECASE,
)


OTHER_FIRMS = re.compile(
    r",? and (?:\w+ )?(?:other|several other|some other|more) (?:\w+ ){0,2}(?:companies|enterprises|firms|businesses)",
    re.IGNORECASE,
)


NO_FIRM = frozenset(
    "TVET ASEAN AMS AI MoU MOU ICT VR AR STEM CEO NGO UN UNESCO EU US UK IT HR R&D GDP IoT SEAMEO APEC RCEP LMI "
    "BRI SME SMEs Mr Ms Dr Prof Chinese English Mandarin Malay Thai Day Morning Afternoon Evening China Asia "
    "Southeast Luban Confucius Workshop Workshops Industry Silk Great Old New Ancient Ministry Embassy Embassies "
    "Ambassador Province City Museum Park Tower Garden Temple Mosque Palace Lake River Mount Mountain Bay Island "
    "Bridge Square Street Town Village Airport Port Railway Exhibition Hall Library Theatre Zone Expo Hotel Belt "
    "Road Week Forum Initiative Department Bureau University College School Institute Centre Center Polytechnic "
    "Academy".split()
)


def firms_in(sentence: Sentence, found: list[Mention], persons: list[Person], catalogue: Catalogue) -> list[Mention]:
    """Names without a noun that says what they are, where the words around them are those of a visit to a firm."""
    text, offset = sentence.text, sentence.start
    taken = [(one.start - offset, one.end - offset) for one in (*found, *persons)]
    taken += [(one.title[0] - offset, one.title[1] - offset) for one in persons if one.title]
    firms: dict[int, Mention] = {}
    for match in BARE.finditer(text):
        named: re.Match[str] | None = match
        while named:
            start = named.start("name")
            name = named["name"].rstrip(".")
            while name.endswith((" of", " &")):
                name = name.rsplit(" ", 1)[0]
            end = start + len(name)
            is_other = any(first < end and start < last for first, last in taken)
            if not is_other and _is_firm(text, start, end, catalogue):
                firms[start] = Mention(
                    offset + start, offset + end, Kind.ENTERPRISE, "company", None, short_behind(text, end)
                )
            elif named is not match:
                break
            named = NEXT.match(text, end)
    return list(firms.values())


def _is_firm(text: str, start: int, end: int, catalogue: Catalogue) -> bool:
    name = text[start:end]
    if any(word in NO_FIRM for word in name.split()) or catalogue.find_cities(name) or catalogue.find_countries(name):
        return False
    return bool(
        WORKS.search(text) or APPOSED.match(text, end) or PARTNER.search(text[:start]) or OTHER_FIRMS.search(text, end)
    )

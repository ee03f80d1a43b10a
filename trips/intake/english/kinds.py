"""What an organisation is, by the words of its name: section, type, and whether it may be none of its own."""

from institutions.choices import Kind, Type
from trips.intake.english.words import BODIES, FIRMS, LATE_FIRMS, NO_GROUP, STRONG, WEAK

Guess = tuple[str, str, bool]
LEGAL = frozenset("co ltd limited sdn bhd inc llc corp".split())
MANY = frozenset("universities colleges schools polytechnics institutes".split())
UNITS = frozenset("school faculty institute department centre center office ministry".split())
INNER = frozenset(
    "department office division faculty lab laboratory library association union alliance forum week programme program scholarship".split()
)
PREMISES = frozenset("plant factory farm farms systems intelligent electric machinery".split())
WORKSHOPS = frozenset("lab laboratory workshop base programme program".split())
WIDE = frozenset("international unesco seameo regional asean".split())


def kind_of(words: list[str], name: str, *, of_capitals: bool) -> Guess | None:
    """The guess for a name of several words, given in small letters; None where no word says what it is."""
    if len(words) == 1 or words[-1] in MANY:
        return None
    if {"embassy", "consulate", "embassies"} & {*words}:
        return Kind.EMBASSY, Type.EMBASSY, False
    if LEGAL & {*words[1:]} or words[0] in {"pt", "cv"}:
        return Kind.ENTERPRISE, Type.COMPANY, False
    strong = [one for one in words if one in STRONG]
    if strong:
        return _school(words, strong[-1])
    if words[-1] in FIRMS and not NO_GROUP.search(name):
        return Kind.ENTERPRISE, Type.COMPANY, words[-1] in PREMISES
    if of_capitals and words[0] in {"seameo", "unesco", "asean"}:
        return Kind.ORGANISER, Type.INTERGOVERNMENTAL, False
    bodies = [one for one in words if one in BODIES]
    if bodies and (words[0] in BODIES or words[-1] in BODIES or "of" in words):
        return *BODIES[bodies[0]], False
    weak = [one for one in words if one in WEAK]
    if weak:
        centre = weak[-1] in {"centre", "center"} and not WIDE & {*words}
        leads = words[0] in WEAK or words[0] in UNITS or words[0] == "division"
        return *WEAK[weak[-1]], leads or centre or words[-1] in WORKSHOPS
    if words[-1] in LATE_FIRMS and "of" not in words:
        return Kind.ENTERPRISE, Type.COMPANY, True
    return None


def _school(words: list[str], head: str) -> Guess:
    """A university, a polytechnic, a college, or a part of one: "School of Business of Hue University"."""
    kind, type_ = STRONG[head]
    if type_ == Type.UNIVERSITY and {"vocational", "polytechnic"} & {*words}:
        type_ = Type.VOCATIONAL_UNIVERSITY
    if words[0] in UNITS and words[1:2] in (["of"], ["for"]):
        return *(BODIES.get(words[0]) or WEAK.get(words[0]) or (Kind.HOST, Type.SCHOOL)), True
    if words[-1] in INNER:
        return Kind.ORGANISER, Type.ASSOCIATION, True
    return kind, type_, words[0] in {"college", "polytechnic"} and words[1:2] == ["of"]

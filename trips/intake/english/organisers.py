"""Who organised the trip, in an English sentence: "jointly initiated by", "Organised by:", "X brought education staff"."""

import re
from collections.abc import Iterator

from trips.intake.mentions import Mention

VERBS = (
    r"(?:initiated|organi[sz]ed|hosted|sponsored|staged|held|run|arranged|convened|planned|launched|coordinated|co-?ordinated|mounted|"
    r"put together|set up|conducted|facilitated|prepared|led|funded|financed|proposed|commissioned|brought together|undertaken|implemented|delivered|designed)"
)
PASSIVE = re.compile(
    rf"\b(?P<role>(?:jointly |co-?|joint )?{VERBS}(?: (?:jointly|together|and {VERBS}|\w+ly))? by(?: both)?)\b:?",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"(?:^|[.;]\s)(?P<role>(?:joint |co-?|main |local )?(?:organi[sz]ers?|organi[sz]ation|hosts?|convenors?|initiators?|lead agency))\s?:",
    re.IGNORECASE,
)
INVITED = re.compile(
    r"\b(?P<role>at the (?:kind )?invitation of|on the invitation of|invited by|upon (?:the )?invitation (?:of|from))\b",
    re.IGNORECASE,
)
SUPPORTED = re.compile(
    r"\b(?P<role>supported by|with (?:the )?(?:\w+ )?support (?:of|from)|under the patronage of|sponsored with)\b",
    re.IGNORECASE,
)
WITH = r"(?:together with|jointly with|along with|alongside|in (?:close )?(?:cooperation|co-operation|partnership|collaboration|conjunction|association) with|working with|with)"
GLUE = re.compile(
    rf"(?:\s?\([^()]{{0,60}}\))?(?:[\s,;:\"]|and|&|by|both|the|its|their|of (?:the )?(?:same|People's Republic of China|China|Malaysia|Thailand|Indonesia|Vietnam|Viet Nam|Cambodia|Laos)|as well as|partners?|local|{WITH}|jointly)*",
    re.IGNORECASE,
)
EVENT = (
    r"(?:trip|visit|visits|tour|tours|programme|program|delegation|staff|teachers|officials|diplomats|mission|week|exchange|workshop|forum|training|camp|"
    r"course|seminar|attach[eé]s|principals|educators|journey|conference|dialogue|symposium|event|heads|directors|lecturers|students|group)"
)
ACTIVE = re.compile(
    rf"(?:\s?\([^()]{{0,60}}\))?(?:,[^,.;]{{2,80}},)?(?:, (?:which|who))? (?:(?:has|have|had|also|and|jointly|today|recently|successfully|together) )*"
    rf"(?P<role>(?:co-?)?(?:organi[sz]e[sd]?|hosted|hosts|held|holds|ran|runs|planned|plans|arranged|arranges|brought|brings|takes|took|launched|initiated|convened|staged|conducted|coordinated|set up|mounted|put together|sends|sent|invited|invites|leads|led))"
    rf" (?P<object>[^.;]{{0,70}}?\b{EVENT})\b",
    re.IGNORECASE,
)
RECEIVES = re.compile(
    r"(?:a|an|the|\d+|[a-z]+)(?: [\w-]+){0,4}? (?:delegation|visitors|group|officials|diplomats|delegates|teachers|party|team)",
    re.IGNORECASE,
)
OTHER_EVENT = re.compile(
    r"\b(?:reception|dinner|lunch|banquet|exhibition|ceremony|session|panel|meeting|round[- ]?table|performance|company|school|college|centre|center|laboratory|lab|museum|campus|alliance|class|workshop|platform|competition|project|factory|firm|hotel)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)


def organisers(
    text: str, offset: int, mentions: list[Mention], lead: bool
) -> Iterator[tuple[Mention, tuple[int, int], str]]:
    """Mentions that are organisers with the place of the words for the role, and what these say."""
    for pattern, label in (
        (PASSIVE, "organiser"),
        (LABEL, "organiser"),
        (INVITED, "inviter"),
        (SUPPORTED, "supporter"),
    ):
        for match in pattern.finditer(text):
            if label == "organiser" and pattern is PASSIVE and not lead and OTHER_EVENT.search(text[: match.start()]):
                continue
            if re.match(
                r"(?:led|run|set up|held|designed|prepared|delivered|funded|financed)\b", match["role"], re.IGNORECASE
            ) and not re.search(rf"\b{EVENT}\b[^.;]{{0,80}}$", text[: match.start()], re.IGNORECASE):
                continue
            role = offset + match.start("role"), offset + match.end("role")
            for one in chain(text, offset, mentions, match.end()):
                yield one, role, label
    for place, one in enumerate(mentions):
        match = ACTIVE.match(text, one.end - offset)
        if match and not _received(match, one) and (lead or not OTHER_EVENT.search(match["object"])):
            role = offset + match.start("role"), offset + match.end("role")
            yield from ((other, role, "organiser") for other in _joined_before(text, offset, mentions, place))
            aside = re.match(rf"(?:\s?\([^()]*\))?,[^,.;]*?\b{WITH} ", text[one.end - offset : match.start("role")])
            if aside:
                yield from (
                    (other, role, "organiser")
                    for other in chain(text, offset, mentions, one.end - offset + aside.end())
                )
            after = match.end()
            more = re.match(rf"[^.;]{{0,90}}?\b{WITH} ", text[after:])
            if more:
                yield from ((other, role, "organiser") for other in chain(text, offset, mentions, after + more.end()))


def _received(match: re.Match[str], one: Mention) -> bool:
    """Whether the verb says no more than that guests were received, or is said of those who came."""
    verb, what = match["role"].lower(), match["object"]
    if (
        verb in {"hosted", "hosts", "held", "holds", "invited", "invites"}
        and RECEIVES.match(what)
        and not re.search(r"\b(?:trip|tour|programme|program|week|training|course|visit)\b", what)
    ):
        return True
    return verb in {"led", "leads", "sent", "sends"} or (
        verb in {"invited", "invites", "took", "takes"} and one.kind == "host"
    )


UNKNOWN = re.compile(r"[\s:]*(?:both |the )?(?P<name>[A-Z][\w&.'-]*[\w](?: (?:[A-Z][\w&.'-]*[\w]|of|for|&))*)")
NOBODY = re.compile(
    r"(?:Mr|Ms|Mrs|Dr|Prof|Mdm|H\.?E|Sir|President|Director|Minister|Professor|Vice|Deputy|Rector|Principal|Dean|Ambassador|Secretary)\b"
)


def unnamed(text: str, offset: int, mentions: list[Mention]) -> Iterator[Mention]:
    """What stands behind "organised by" and has no word that says what it is: "SEAMEO TED"."""
    for pattern in (PASSIVE, LABEL):
        for match in pattern.finditer(text):
            place = match.end()
            for _number in range(4):
                named = UNKNOWN.match(text, place)
                if not named or NOBODY.match(named["name"]):
                    break
                start, end = named.span("name")
                known = next((one for one in mentions if one.start - offset < end and start < one.end - offset), None)
                if not known:
                    yield Mention(offset + start, offset + end, "organiser")
                place = known.end - offset if known else end
                joint = re.compile(
                    r"(?:\s?\([^()]{0,60}\))?(?:,|,? and|;| with| together with)(?= (?:the )?[A-Z])"
                ).match(text, place)
                if not joint:
                    break
                place = joint.end()


def chain(text: str, offset: int, mentions: list[Mention], place: int) -> Iterator[Mention]:
    """The mentions of a list that begins here."""
    for one in mentions:
        if one.start - offset >= place:
            if not GLUE.fullmatch(text, place, one.start - offset):
                return
            yield one
            place = one.end - offset


def _joined_before(text: str, offset: int, mentions: list[Mention], place: int) -> Iterator[Mention]:
    yield mentions[place]
    while place and GLUE.fullmatch(text, mentions[place - 1].end - offset, mentions[place].start - offset):
        place -= 1
        yield mentions[place]

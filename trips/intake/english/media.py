"""Media outlets that covered the trip, in an English sentence."""

import re
from collections.abc import Iterator

COVERED = re.compile(
    r"\b(?i:(?:covered|reported(?: on)?|carried|broadcast|published|publicised|publicized|followed|picked up|featured|televised|filmed|recorded)(?: \w+){0,2} (?:by|in|on)|"
    r"(?:media )?coverage (?:by|in|from|came from|appeared in)|(?:reports?|stories|articles?|features?) (?:also )?(?:appeared |ran |came out |were published |were carried )?(?:in|on|by)|"
    r"(?:media|press|outlets?|newspapers?|broadcasters?|journalists?|reporters?|news organi[sz]ations?|news crews?|crews?|correspondents?)(?: [\w-]+){0,4}?,? (?:including|such as|like|from|of|among them|were|was|present|namely)|"
    r"(?:media(?: coverage| partners?)?|press|covered by|coverage|reported by|in the media)\s?:)"
)
COVER = re.compile(
    r"\b(?:(?:has |have |had |also |both |all |each |jointly |widely )*(?:covered|reported|carried|broadcast|aired|filmed|ran|published|followed)) (?:on |from )?(?:the |a |an |its |stories|reports|this)",
    re.IGNORECASE,
)
OUTLET = re.compile(
    r"(?:Daily|Times|News|Newspaper|Post|Herald|Press|TV|Television|Radio|Broadcasting|Tribune|Gazette|Xinhua|CGTN|CCTV|Online|Bernama|Antara|VNA|VTV|Globe|Star|Today|Media|Journal|Express|Net|Network|Channel|Mirror|Inquirer|Bulletin|Weekly|Courier|Standard|Observer|Review|Kompas|Tempo|VOV|CNA|Station|station|People|Nation|Agency|RTM|TVB|MRTV|PNA|Pos|Harian|Metro|Rakyat|Pasaxon|Morning|Evening|Bao|Sun|Mail|Magazine|Satellite|\.com|\.cn|Info)"
)
ITEM = re.compile(
    r"\s*(?:and |both |the (?=[a-z])|local |its |as well as |provincial |state |national )*(?P<name>(?:[Tt]he )?[A-Z0-9][^,;:()]*?)\s*(?:\([^()]{0,60}\))?\s*(?:,|;|$| and (?!(?<=Radio and )(?:Television|TV)\b)(?=(?:the )?[A-Z])| as well as | & )"
)
END = re.compile(
    r"[.;:)]|,? (?:which|who|where|whose|while|for (?:the|a)|during|on \d|on (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|in (?:their|its)|with (?:a|the)|covered|reported|carried|attended|were|was|followed|took|interviewed|joined|filmed|accompanied)\b"
)
OTHERS = re.compile(
    r"(?:other|others|more|local|several|various|national|media|outlets|among|many|some)\b", re.IGNORECASE
)


def outlets(text: str) -> Iterator[tuple[int, int]]:
    """Where outlets are named in a sentence that tells of coverage."""
    match = COVERED.search(text)
    while match and (nearer := COVERED.search(text, match.end())) and text[match.end() : nearer.start()].islower():
        match = nearer  # covered by various media outlets, including
    if match:
        end = END.search(text, match.end() + 1)
        yield from _items(text, match.end(), end.start() if end else len(text))
        return
    match = COVER.search(text)
    if match and OUTLET.search(text[: match.start()]):
        start = max((text.rfind(sign, 0, match.start()) for sign in (";", ":")), default=-1) + 1
        lead = re.match(
            r"\s*(?:[A-Z][a-z]+ ){0,2}(?:media|newspapers|outlets|broadcasters|reporters from|journalists from)(?: [a-z]+)* ",
            text[start:],
        )
        found = list(_items(text, start + (lead.end() if lead else 0), match.start()))
        if found and all(OUTLET.search(text[first:last]) for first, last in found):
            yield from found


def _items(text: str, place: int, end: int) -> Iterator[tuple[int, int]]:
    while place < end:
        match = ITEM.match(text, place, end)
        if not match:
            following = re.compile(r",|;| and ").search(text, place, end)
            if not following:
                return
            place = following.end()
            continue
        first, last = match.span("name")
        if match.end() <= place:
            return
        place = match.end()
        name = text[first:last].strip(" \"'")
        first = text.index(name, first)
        if (
            name
            and not OTHERS.match(name)
            and not re.match(r"(?:Bulletin|Issue|Volume|Annex|Part) \d", name)
            and len(name) <= 60
            and (OUTLET.search(name) or len(name.split()) <= 4)
            and not name.split()[0].islower()
        ):
            yield first, first + len(name)

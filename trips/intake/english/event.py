"""The name of the event in the first sentence, for a report without a headline."""

import re

from trips.intake.paper import Paper

EVENT = re.compile(
    r"\"?(?P<name>(?:(?:\d{4}|[A-Z][\w'&/-]*)(?: (?:[A-Z\d][\w'&/.-]*|of|for|to|and|the|on|in|with|\+))*? )?(?:[A-Z][\w-]* )?(?:Trip|Visit|Tour|Programme|Program|Exchange|Week|Forum|Workshop|Mission|Journey|Dialogue|Seminar|Camp|Course)"
    r"(?: (?:of|for|to|and|the|on|in|with|[A-Z\d][\w'&/-]*))*?)\"?(?=,| (?:was|were|is|took|began|opened|kicked|ended|concluded|wrapped|brought|has|will|ran|came|held|started|jointly|organi[sz]ed|hosted|from \d|on \d|in [A-Z]\w+ (?:from|on))\b|\.|\()"
)


def event_name(paper: Paper) -> tuple[int, int] | None:
    """Where it stands, with capitals as names have them."""
    for sentence in paper.sentences[:2]:
        for match in EVENT.finditer(sentence.text):
            name = match["name"]
            start = match.start("name")
            lead = re.match(r"(?:The|This|A|An) ", name)
            start += lead.end() if lead else 0
            capitals = [
                one
                for one in text_words(sentence.text[start : match.end("name")])
                if one[:1].isupper() or one[:1].isdigit()
            ]
            if len(capitals) >= 3:
                return sentence.start + start, sentence.start + match.end("name")
    return None


def text_words(text: str) -> list[str]:
    return text.split()

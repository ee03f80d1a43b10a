"""Which states took part and which cities were stops, in a Chinese sentence."""

import re
from collections.abc import Iterator

from trips.intake.chinese import parts


def chains(
    text: str, spans: list[tuple[int, int]], joint: str = r"(?:(?:驻华)?(?:大?使馆)?\s?[、和及与]|以及|,)\s?"
) -> Iterator[list[tuple[int, int]]]:
    chain: list[tuple[int, int]] = []
    for span in spans:
        if chain and not re.fullmatch(joint, text[chain[-1][1] : span[0]]):
            yield chain
            chain = []
        chain.append(span)
    if chain:
        yield chain


def takes_part(text: str, first: int, last: int, titles: list[tuple[int, int]]) -> bool:
    before, after = text[max(0, first - 12) : first], text[last : last + 60]
    if parts.STUDENTS.match(after):
        return False
    if any(start <= first < end for start, end in titles):
        return True
    if parts.STATE_LABEL.search(text[:first]) and after.startswith(":"):
        return True
    if before.endswith("来自") and not re.match(r"[^,;。]{0,10}的?[^,;。]{0,4}(?:留学生|学生)", after):
        return True
    return bool(parts.TAKES_PART.match(after)) and not parts.GOING.search(before)


def is_stop(text: str, first: int, last: int) -> bool:
    before, after = text[max(0, first - 8) : first], text[last : last + 16]
    if parts.CITY_NOT.search(before) or parts.CITY_NOT_AFTER.match(after):
        return False
    if parts.CITY_BEFORE.search(before) and parts.CITY_END.match(after):
        return True
    if re.fullmatch(r"[\s|第\d天日(),月年:星期一二三四五六—-]*", text[:first]) and re.match(
        r"市?\s*(?:$|[:|,])", after
    ):
        return True
    return bool(parts.CITY_AFTER.match(after))

"""Lists in Chinese sentences: firms, institutions and outlets that are named one after the other."""

import re
from collections.abc import Iterator

from institutions.choices import Kind
from trips.intake.chinese import names
from trips.intake.mentions import Mention
from trips.intake.paper import Sentence

FIRM_LIST = re.compile(
    r"(?P<list>[^,;。:!?]{2,80}?)等(?:[一二三四五六七八九十两\d多]+家)?(?:[一-鿿]{0,8})?(?:企业|公司)"
)
HOST_LIST = re.compile(
    r"(?P<list>[^,;。:!?]{2,120}?)等(?:[一二三四五六七八九十两\d多]+所)?(?:[一-鿿]{0,8})?(?:院校|高校|学校)"
)
MEDIA_LIST = re.compile(
    r"(?P<list>[^,;。:!?]{2,160}?)(?:等(?:[一二三四五六七八九十两\d多]*家)?(?:[一-鿿]{0,10})?(?:媒体|报刊|平台)|(?:对[^,;。]{0,24}?(?:进行了?|作了?|做了?)?|进行了?|作了?|做了?|刊发|刊登|播发|均有?|先后|分别|也|同步)+[^,;。]{0,12}报道)"
)
MEDIA_AFTER = re.compile(
    r"(?:媒体(?:包括|有|:)|(?:被|获|经)(?=[^,;。]{2,80}报道))(?P<list>[^,;。]{2,120}?)(?=等|。|;|报道|,|$)"
)
OUTLET_NAME = re.compile(
    r"报$|日报|晚报|时报|商报|都市报|电视台|广播|网$|社$|通讯社|频道|客户端|新闻|传媒|周刊|杂志|台$|卫视|视$|融媒|电台|头条|CGTN|Daily|Today|News|TV|Times|观察$|在线$"
)
SPLIT = re.compile(r"[、]|以及|(?<![共])和(?!平)|及|与|暨")


def listed(sentence: Sentence, pattern: re.Pattern[str], kind: str) -> Iterator[Mention]:
    """Names in a list that ends in "and other companies", whatever they are called."""
    for match in pattern.finditer(sentence.text):
        start = names.begins(sentence.text, match.end("list"), match.start("list"))
        first = match.start("list")
        for cut in re.finditer(
            r"走访|参观|考察|访问|前往|来到|走进|会同|赴|调研|探访|在|到|与|对接",
            sentence.text[first : match.end("list")],
        ):
            begun = match.start("list") + cut.end()
            first = max(first, begun)
        for low, high in items(sentence.text, min(first, start) if first > start else first, match.end("list")):
            if 2 <= high - low <= 20 and not names.CUT.search(sentence.text, low, high):
                yield Mention(
                    sentence.start + low,
                    sentence.start + high,
                    kind,
                    "company" if kind == Kind.ENTERPRISE else "",
                    None,
                )


def items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list, without signs around them."""
    place = start
    for match in [*SPLIT.finditer(text, start, end), None]:
        last = match.start() if match else end
        low, high = place, last
        while low < high and text[low] in ' "<>《》':
            low += 1
        while low < high and text[high - 1] in ' "<>《》':
            high -= 1
        if high - low >= 2:
            yield low, high
        place = match.end() if match else end


def outlets(text: str) -> list[tuple[int, int]]:
    """Where outlets are named in a sentence that tells of coverage."""
    for pattern in (MEDIA_LIST, MEDIA_AFTER):
        match = pattern.search(text)
        found = list(items(text, *match.span("list"))) if match else []
        if any(OUTLET_NAME.search(text[start:end]) for start, end in found):
            return found
    return []

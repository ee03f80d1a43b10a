"""A name as it is compared with others: without what people leave out, in one spelling, its words in one order."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from exchange.lib.naming.words import canonical, is_known
from exchange.lib.pinyin import syllables
from exchange.lib.search_terms import RUN, compact, pieces

LENGTH = 200  # characters of a name that count
SMALL = {"the", "of", "and", "for", "in", "at", "to", "a", "an"}
LEGAL = {
    "co", "company", "ltd", "limited", "inc", "incorporated", "corp", "corporation", "plc", "llc", "pte", "tbk", "sdn",
    "bhd", "jsc", "gmbh", "pcl", "group", "holding", "holdings",
}  # fmt: skip
BEFORE = {"pt"}
LEGAL_CHINESE = re.compile(r"(?:股份|有限|责任|集团|控股|公司)+$")
LEVELS = re.compile("(..)[市省](?=..)")
CITY = re.compile(r"(?<=\w\w)(?: city|市)\Z", re.I)
SCHOOLS = {"university", "college", "institute", "school"}
TRADES = {"polytechnic", "vocational"}
SCHOOL_CHINESE = re.compile("(?:高等专科学校|专科学校|大学|学院|学校)$")
TRADES_CHINESE = re.compile("职业|技术|技师")
BRACKETS = re.compile(r"\s*[(（]([^()（）]{1,80})[)）]\s*")
ACRONYM = re.compile(r"(?=\S*[A-Z]\S*[A-Z])[A-Z][A-Za-z0-9&.\-]{1,11}\Z")
COUNTRIES = {
    "china", "prchina", "prc", "brunei", "bruneidarussalam", "cambodia", "indonesia", "laopdr", "laos", "malaysia",
    "myanmar", "philippines", "thephilippines", "singapore", "thailand", "timorleste", "vietnam",
}  # fmt: skip
SYLLABLES = re.compile(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in"
    "|iu|ou|ua|ue|ui|un|uo|ve|van|vn|a|e|i|o|u|v)"
)
PAGES = re.compile(r"^(?:www|english|en|m)\.")
SHARED = {  # addresses under which many are found
    "weibo.com", "facebook.com", "linkedin.com", "mp.weixin.qq.com", "x.com", "twitter.com", "youtube.com",
    "instagram.com", "wikipedia.org", "zh.wikipedia.org", "baike.baidu.com", "sites.google.com",
}  # fmt: skip


class Shape(NamedTuple):
    """A name as it is compared.

    ``form`` has its letters in one piece; ``words`` those that tell something, sorted, of a name that is written with
    spaces, as ``spelt`` in the name; ``core`` the characters that tell something, of one that is not. ``kernel`` is
    what stays when a school of trades is called a college in place of a university, empty where nothing does.
    """

    form: str
    words: tuple[str, ...]
    spelt: tuple[str, ...]
    core: str
    kernel: str

    @property
    def bag(self) -> str:
        return " ".join(self.words)


@lru_cache(maxsize=4096)
def shape(text: str) -> Shape:
    found = pieces(text[:LENGTH])
    form = "".join(found)
    if any(RUN.match(piece) for piece in found):
        core = _telling(form)
        return Shape(form, (), (), core, _kernel_of_characters(core))
    both = sorted((canonical(word), word) for word in _words(found))
    words, spelt = (tuple(one[side] for one in both) for side in (0, 1))
    return Shape(form, words, spelt, "", _kernel_of_words(words))


@lru_cache(maxsize=4096)
def readings(text: str) -> tuple[str, ...]:
    """The name as it stands; without what explains it in brackets, and that alone; without the country behind it, or
    that it is a city."""
    text = " ".join(text.replace("\0", "")[:LENGTH].split())
    found = [text]
    for inner in BRACKETS.findall(text):
        if ACRONYM.match(inner) or bool(RUN.search(inner)) != bool(RUN.search(BRACKETS.sub("", text))):
            found += [BRACKETS.sub(" ", text).strip(), inner.strip()]
    before, comma, tail = text.rpartition(",")
    if comma and compact(tail) in COUNTRIES:
        found.append(before.strip())
    found.append(CITY.sub("", text))
    return tuple(dict.fromkeys(one for one in found if compact(one)))


def is_acronym(text: str) -> bool:
    """One short word of which more than the first letter is a capital: another letter makes it another one."""
    return bool(ACRONYM.match(text))


def sound_of(text: str) -> str:
    """How a Chinese name sounds; empty for one that is not written in Chinese characters."""
    return "".join(map("".join, syllables(text))).replace("v", "u") if RUN.search(text) else ""


def spoken(text: str) -> str:
    """What was typed, where it may be the sound of Chinese characters; else empty."""
    form = compact(text).replace("'", "")
    return form.replace("v", "u") if form.isascii() and _is_pinyin(form) else ""


def host_of(address: str) -> str:
    """The site of a web address, whichever of its usual pages; empty where many share it."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
    host = PAGES.sub("", host)
    return "" if host in SHARED or "." not in host else host


def _is_pinyin(form: str) -> bool:
    """True when the letters can be read as syllables from the first to the last."""
    reached = {0}
    for place in range(len(form)):
        if place in reached:
            reached |= {place + length for length in range(1, 7) if SYLLABLES.fullmatch(form, place, place + length)}
    return len(form) >= 4 and len(form) in reached


def _words(found: list[str]) -> list[str]:
    joined = re.sub(r"\bviet nam\b", "vietnam", " ".join(found)).split()
    kept = [one for one in joined if one not in SMALL]
    while len(kept) > 1 and kept[-1] in LEGAL:
        kept.pop()
    if len(kept) > 1 and kept[0] in BEFORE:
        kept = kept[1:]
    return kept or joined


def _kernel_of_words(words: tuple[str, ...]) -> str:
    kept = [one for one in words if one not in SCHOOLS]
    return " ".join(kept) if TRADES & set(words) and len(kept) > 1 else ""


def _telling(form: str) -> str:
    """Without the form in law and the level of a place, where something stays."""
    short = LEGAL_CHINESE.sub("", form)
    short = short if len(short) > 1 else form
    return LEVELS.sub(lambda found: found[1] if is_known(found[1]) else found[0], short)


def _kernel_of_characters(core: str) -> str:
    bare = SCHOOL_CHINESE.sub("", core)
    return bare if bare != core and len(bare) >= 4 and TRADES_CHINESE.search(bare) else ""

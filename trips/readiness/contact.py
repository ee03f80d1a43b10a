"""Contact data, which is never public."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from trips.readiness.finding import Finding, Level, Listed
from trips.readiness.prose import Passage, links
from trips.readiness.record import Record

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
MAIL_LINK = re.compile(r"mailto:.+@", re.IGNORECASE)
WECHAT = re.compile(
    r"微信(?:号|\s*ID)?\s*[:：]\s*[A-Za-z][\w-]{4,19}|微信号|WeChat(?:\s+ID)?\s*:\s*[\w-]{5,20}", re.ASCII | re.I
)
NUMBER = re.compile(r"(?<![\w./,-])(?:\+|\(\+?)?\d[\d ()-]{5,20}\d(?![\w-])", re.ASCII)
LABEL = re.compile(r"(?:\b(?:tel|telephone|phone|mobile|fax|call)\b|电话|手机|传真|致电)[^\d+(]{0,6}$", re.IGNORECASE)
MOBILE = re.compile(r"1[3-9]\d{9}")
DATE = re.compile(r"\d{4} ?- ?\d{1,2} ?- ?\d{1,2}|\d{1,2} ?- ?\d{1,2} ?- ?\d{4}")
YEAR = re.compile(r"(?:19|20)\d\d")
FEWEST = 7  # digits of a telephone number


def contact_data(record: Record) -> Iterator[Finding]:
    """A mail address, a telephone number or a WeChat name in what would be published."""
    wording = _("The text contains contact data, which is never public: %(data)s. Remove it.")
    for passage in record.passages:
        seen = list(dict.fromkeys(_contacts(passage)))
        if seen:
            yield passage.found("contact-data", Level.BLOCK, wording, data=Listed(seen))


def _contacts(passage: Passage) -> Iterator[str]:
    for text in passage.plain:
        yield from MAIL.findall(text)
        yield from WECHAT.findall(text)
        for match in NUMBER.finditer(text):
            if is_telephone(match[0], before=text[: match.start()]):
                yield match[0]
    if passage.field.endswith("-body"):
        yield from (address for address, _words in links(passage.words) if MAIL_LINK.match(address))


def is_telephone(number: str, before: str = "") -> bool:
    """True for what can only be a telephone number: years, spans of days, amounts and scores are none.

    Digits in groups of three, a pair of numbers with a dash, and a row of figures in a table look like one.
    """
    groups = re.findall(r"\d+", number)
    digits = "".join(groups)
    if len(digits) < FEWEST or DATE.fullmatch(number.strip()):
        return False
    if LABEL.search(before) or number.startswith(("+", "(+")) or MOBILE.fullmatch(digits):
        return True
    if any(map(YEAR.fullmatch, groups[:2])) or not {"-", "("} & {*number}:
        return False
    return len(groups) > 2 or groups[0].startswith("0") or int(groups[1]) < int(groups[0])

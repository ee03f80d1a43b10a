"""Days and spans of days in running text, in both languages, and the days of the trip among them."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from exchange.lib.dates import MONTHS
from exchange.lib.numbers import number

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
WEEKDAY = r"(?:(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?\.?,? )?"
PART = r"(?:the )?(?:(?:early |late )?(?:morning|afternoon|evening|night) of )?(?:the )?"
TO = r"(?:\s?-\s?| to | until | till | through | up to )"


def _day(name: str) -> str:
    return rf"(?<![\d.,:/])(?P<{name}>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:%])"


def _year(name: str) -> str:
    return rf"(?:,? ?\(?(?P<{name}>(?:19|20)\d\d)(?!\d))?"


def _month(name: str) -> str:
    return rf"(?P<{name}>{MONTH})(?![a-z])\.?"


DAY_IN = r"(?: ?\(\w{3,9}\))?"
ISO_RANGE = r"(?<!\d)(?P<y1>20\d\d)[-./](?P<n1>\d{1,2})[-./](?P<d1>\d{1,2})\s?(?:-{1,2}|to|至)\s?(?:(?P<y2>20\d\d)[-./])?(?P<n2>\d{1,2})[-./](?P<d2>\d{1,2})(?!\d)"
ENGLISH = tuple(
    re.compile(one, re.IGNORECASE)
    for one in (
        ISO_RANGE,
        r"(?<!\d)(?P<d1>\d{1,2})\s?-\s?(?P<d2>\d{1,2})[./](?P<n2>\d{1,2})[./](?P<y2>20\d\d)(?!\d)",
        rf"{_day('d1')} (?:of )?{_month('m1')}{_year('y1')}{DAY_IN}{TO}{PART}{WEEKDAY}{_day('d2')} (?:of )?{_month('m2')}{_year('y2')}",
        rf"\b{_month('m1')} {_day('d1')}{_year('y1')}{TO}{PART}{WEEKDAY}{_month('m2')} {_day('d2')}{_year('y2')}",
        rf"{_day('d1')}(?:{TO}| and | ?& ?|(?:, \d{{1,2}}(?:st|nd|rd|th)?){{1,5}},? and ){PART}{WEEKDAY}{_day('d2')} (?:of )?{_month('m2')}{_year('y2')}",
        rf"\b{_month('m1')} {_day('d1')}(?:{TO}| and | ?& ?|(?:, \d{{1,2}}(?:st|nd|rd|th)?){{1,5}},? and ){PART}{_day('d2')}{_year('y2')}",
        rf"{_day('d1')} (?:of )?{_month('m1')}{_year('y1')}",
        rf"\b{_month('m1')} {_day('d1')}{_year('y1')}",
        r"(?<!\d)(?P<y1>20\d\d)[-./](?P<n1>\d{1,2})[-./](?P<d1>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<d1>\d{1,2})[./](?P<n1>\d{1,2})[./](?P<y1>20\d\d)(?!\d)",
    )
)
ZH_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零○九][〇零○一二三四五六七八九]{2})"
N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
HALF = r"(?:清晨|早上|上午|中午|下午|傍晚|晚上|晚|夜)?"
ZH_TO = r"\s?起?(?:-{1,2}|至|到|起至|起到|开始至|、|和|与|及)\s?"
CHINESE = tuple(
    re.compile(one)
    for one in (
        ISO_RANGE,
        rf"(?:(?P<y1>{ZH_YEAR})\s?年\s?|(?P<this>今年|同年))?(?<!\d)(?P<n1>{N})\s?月\s?(?P<d1>{N})\s?[日号]?(?:\([^()]{{1,6}}\))?{HALF}{ZH_TO}"
        rf"(?:(?P<y2>{ZH_YEAR})\s?年\s?)?(?:(?P<n2>{N})\s?月\s?)?(?<!\d)(?P<d2>{N})\s?[日号]",
        rf"(?:(?P<y1>{ZH_YEAR})\s?年\s?|(?P<this>今年|同年))?(?<!\d)(?P<n1>{N})\s?月\s?(?P<d1>{N})\s?[日号]",
        r"(?<!\d)(?P<y1>20\d\d)[-./](?P<n1>\d{1,2})[-./](?P<d1>\d{1,2})(?!\d)",
        rf"(?<![\d月年])(?P<d1>\d{{1,2}})[日号]?{HALF}{ZH_TO}(?P<d2>\d{{1,2}})[日号]",
        r"(?<![\d月年])(?P<d1>\d{1,2})[日号](?![讯电])",
    )
)
DAYS_LONG = re.compile(
    r"\b(?P<n>two|three|four|five|six|seven|eight|nine|ten|\d{1,2})[- ]days?\b(?!\s(?:later|earlier|before|after|ago|of rain))",
    re.IGNORECASE,
)
ZH_DAYS_LONG = re.compile(r"(?:为期|历时|为时|共计?)(?P<n>\d{1,2}|[一二三四五六七八九十两]{1,3})[天日]")
NOT_THE_TRIP = re.compile(
    r"\b(?:founded|established|since|launched in|born|last (?:year|month)|previous(?:ly)?|earlier (?:this|that|in|visit|trip)|"
    r"(?:had|was) (?:first )?(?:signed|visited)|first (?:edition|held|visit)|the year before|a year ago|renamed|deadline|"
    r"will (?:be|take|open|visit|host|start|begin|continue|run|follow|return)|is (?:scheduled|expected|due|planned)|are (?:scheduled|expected|due)|"
    r"scheduled (?:for|to)|next (?:month|year|spring|autumn|summer|edition)|registration|apply by|applications?|following up on|"
    r"follows? (?:a|an|the) (?:visit|trip|agreement|memorandum)|returned? (?:the|a) visit|published|accredited)\b",
    re.IGNORECASE,
)
ZH_NOT_THE_TRIP = re.compile(
    r"成立于|创办于|始建于|建校|去年|上一?年|前年|此前|曾于|早在|上次|首届|上届|往年|将于|拟于|计划于|定于|预计|明年|下月|截止|报名|更名|获批|签署于|自\d{4}年"
)

NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
NEAR = 60  # days between a date without a year and the whole date that gives it one
LONGEST = 12  # days of a trip that is told day by day
Published = tuple[int, int, int]  # year, month, day; 0 where it is not told


def month_number(name: str) -> int:
    """Of a month's name or its beginning."""
    return next(number for number, full in enumerate(MONTHS, 1) if full[:3].lower() == name[:3].lower())


@dataclass(frozen=True)
class Days:
    """A day or a span of days as it is written; 0 where the text says nothing."""

    start: int
    end: int
    first: tuple[int, int, int]
    last: tuple[int, int, int]
    is_range: bool
    aside: bool = False  # the words beside it speak of another event

    @property
    def is_whole(self) -> bool:
        return all(self.first) and all(self.last)

    def dates(self) -> tuple[dt.date, dt.date] | None:
        try:
            return dt.date(*self.first), dt.date(*self.last)
        except ValueError:
            return None


def find(text: str, *, chinese: bool) -> list[Days]:
    """The days that a text names, in order; none lies within another one."""
    taken: list[Days] = []
    for pattern in CHINESE if chinese else ENGLISH:
        for match in pattern.finditer(text):
            if not any(one.start < match.end() and match.start() < one.end for one in taken):
                days = _read(match)
                if days:
                    taken.append(days)
    if chinese:
        for one in find(text, chinese=False) if re.search(MONTH, text) else ():
            if not any(other.start < one.end and one.start < other.end for other in taken):
                taken.append(one)
    found = sorted(taken, key=lambda one: one.start)
    return [_in_its_clause(text, one, chinese) for one in found]


def _read(match: re.Match[str]) -> Days | None:
    got = match.groupdict()
    numbers = {name: number(got[name] or "") or 0 if got.get(name) else 0 for name in ("d1", "d2", "n1", "n2")}
    months = [month_number(got[name]) if got.get(name) else 0 for name in ("m1", "m2")]
    m1, m2 = months[0] or numbers["n1"], months[1] or numbers["n2"]
    y1, y2 = (int((got.get(name) or "0").translate(NUMERALS)) for name in ("y1", "y2"))
    d1, d2 = numbers["d1"], numbers["d2"]
    if not _may_be(m1, d1) or (d2 and not _may_be(m2, d2)):
        return None
    if not d2:
        return Days(match.start(), match.end(), (y1, m1, d1), (y1, m1, d1), False)
    m1, m2 = m1 or m2, m2 or m1
    if d1 > d2 and m1 == m2:
        if months[0] or numbers["n1"]:
            return None
        m1 = 12 if m1 == 1 else m1 - 1 if m1 else 0  # "31 - 1 April": the first is of the month before
        if m1 and not _may_be(m1, d1):
            return None
    crosses = bool(m1 and m2 and m1 > m2)
    y1 = y1 or (y2 - crosses if y2 else 0)
    y2 = y2 or (y1 + crosses if y1 else 0)
    return Days(match.start(), match.end(), (y1, m1, d1), (y2, m2, d2), True)


def _may_be(month: int, day: int) -> bool:
    return month <= 12 and 1 <= day <= (31 if month in (0, 1, 3, 5, 7, 8, 10, 12) else 30 if month != 2 else 29)


def _in_its_clause(text: str, days: Days, chinese: bool) -> Days:
    """The same, with whether the words beside it speak of an earlier or a later event."""
    before = re.split(r"[。;!?；]" if chinese else r"[;!?]", text[: days.start])[-1][-90:]
    after = re.split(r"[。;!?；,]" if chinese else r"[;!?,]", text[days.end :])[0][:50]
    pattern = ZH_NOT_THE_TRIP if chinese else NOT_THE_TRIP
    return replace(days, aside=bool(pattern.search(before) or pattern.search(after)))


def with_year(days: Days, year: int) -> Days:
    """The same, with that year where it has none."""
    if days.is_whole or not year or not days.first[1]:
        return days
    crosses = days.first[1] > days.last[1]
    first = (days.first[0] or year - crosses, *days.first[1:])
    return replace(days, first=first, last=(days.last[0] or year, *days.last[1:]))


def length(text: str, *, chinese: bool) -> int:
    """For how many days the text says it went on; 0 where it does not."""
    match = (ZH_DAYS_LONG if chinese else DAYS_LONG).search(text)
    return (number(match["n"]) or 0) if match else 0


def settled(found: list[Days], years: list[int], published: list[Published]) -> list[Days]:
    """The days with the month and the year that the text settles for them.

    A year comes from a whole date beside it, if that is near in time; else from the report's own year, if it has one.
    """
    month = next((one for _year, one, _day in published if one), 0)
    done: list[Days] = []
    for one in found:
        if one.first[1]:
            month = one.last[1]
        elif month:  # "on the 23rd", after the month was named
            one = replace(one, first=(one.first[0], month, one.first[2]), last=(one.last[0], month, one.last[2]))
        done.append(one)
    whole = [one for one in done if one.first[0]]
    return [one if one.is_whole or not one.first[1] else _dated(one, whole, years, published) for one in done]


def _dated(days: Days, whole: list[Days], years: list[int], published: list[Published]) -> Days:
    for other in sorted(whole, key=lambda one: (one.start > days.start, abs(one.start - days.start))):
        base = other.dates()
        for year in range(other.first[0] - 1, other.first[0] + 2) if base else ():
            dates = with_year(days, year).dates()
            if base and dates and abs((dates[0] - base[0]).days) <= NEAR:
                return with_year(days, year)
    return with_year(days, _from_outside(days, years, published))


def _from_outside(days: Days, years: list[int], published: list[Published]) -> int:
    for year, month, _day in published:
        if year:
            early = bool(month) and month <= 2 and days.last[1] >= 11
            return year - 1 if early else year
    distinct = set(years)
    return distinct.pop() if len(distinct) == 1 else 0


def trip_days(found: list[Days], lasted: int) -> tuple[Days, Days] | None:
    """The first and the last day of the trip, each as the words that say so."""
    told = [one for one in found if not one.aside] or found
    span = next((one for one in told if one.is_range and one.first[1]), None)
    if span:
        return span, span
    single = [one for one in told if one.first[1] and not one.is_range]
    if not single:
        return None
    first = single[0]
    dated = [one for one in single if one.dates()]
    if not first.dates() or not dated:
        return first, first
    began = first.dates()[0]  # type: ignore[index]
    near = [one for one in dated if abs((one.dates()[0] - began).days) <= LONGEST]  # type: ignore[index]
    first, last = min(near, key=lambda one: one.first), max(near, key=lambda one: one.last)
    began = first.dates()[0]  # type: ignore[index]
    if last is first and lasted > 1:
        ended = began + dt.timedelta(lasted - 1)
        last = replace(first, last=(ended.year, ended.month, ended.day))
    return first, last

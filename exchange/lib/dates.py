"""Days and spans of days as each language writes them. No clock, no time zone: whoever asks has chosen the day."""

import datetime as dt
from typing import NamedTuple

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = {"en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "zh-hans": tuple("一二三四五六日")}
NUMBERS = {
    "en": ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    "zh-hans": ("一", "两", "三", "四", "五", "六", "七", "八", "九", "十"),
}


class Span(NamedTuple):
    """A span of days in three pieces, so that each end can be marked up: ``22``, ``–``, ``26 October 2024``.

    A span of one day has only its ``last`` piece.
    """

    first: str
    joint: str
    last: str

    def __str__(self) -> str:
        return "".join(self)


def written(day: dt.date, language: str) -> str:
    """22 October 2024; 2024年10月22日."""
    return f"{day.year}年{short(day, language)}" if language == "zh-hans" else f"{short(day, language)} {day.year}"


def short(day: dt.date, language: str) -> str:
    """22 October; 10月22日."""
    if language == "zh-hans":
        return f"{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]}"


def with_weekday(day: dt.date, language: str) -> str:
    """Wed 23 October; 10月23日（周三）."""
    name = WEEKDAYS[language][day.weekday()]
    return f"{short(day, language)}（周{name}）" if language == "zh-hans" else f"{name} {short(day, language)}"


def month(day: dt.date, language: str) -> str:
    """October 2024; 2024年10月."""
    return f"{day.year}年{day.month}月" if language == "zh-hans" else f"{MONTHS[day.month - 1]} {day.year}"


def year(number: int, language: str) -> str:
    """2024; 2024年."""
    return f"{number}年" if language == "zh-hans" else str(number)


def span(first: dt.date, last: dt.date, language: str, *, with_year: bool = True) -> Span:
    """The days from first to last, repeating nothing that the language leaves out."""
    whole = written if with_year or first.year != last.year else short
    if first == last:
        return Span("", "", whole(last, language))
    if language == "zh-hans":
        return Span(whole(first, language), "至", _chinese_end(first, last))
    if (first.year, first.month) == (last.year, last.month):
        return Span(str(first.day), "–", whole(last, language))
    start = short if first.year == last.year else written
    return Span(start(first, language), " – ", whole(last, language))


def _chinese_end(first: dt.date, last: dt.date) -> str:
    if first.year != last.year:
        return written(last, "zh-hans")
    return short(last, "zh-hans") if first.month != last.month else f"{last.day}日"


def spelt(number: int, language: str) -> str:
    """A small count in words, as prose writes it before a noun; from eleven on in figures."""
    return NUMBERS[language][number - 1] if 1 <= number <= 10 else str(number)

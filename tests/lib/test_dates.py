"""Days as each language writes them."""

import datetime as dt

import pytest

from exchange.lib import dates

D = dt.date


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        (D(2024, 10, 22), D(2024, 10, 26), "22–26 October 2024", "2024年10月22日至26日"),
        (D(2024, 3, 18), D(2024, 3, 18), "18 March 2024", "2024年3月18日"),
        (D(2024, 10, 30), D(2024, 11, 2), "30 October – 2 November 2024", "2024年10月30日至11月2日"),
        (D(2024, 12, 30), D(2025, 1, 2), "30 December 2024 – 2 January 2025", "2024年12月30日至2025年1月2日"),
    ],
)
def test_a_span_repeats_nothing(first, last, english, chinese):
    assert str(dates.span(first, last, "en")) == english
    assert str(dates.span(first, last, "zh-hans")) == chinese


def test_below_the_heading_of_a_year_the_year_is_left_out():
    first, last = D(2024, 10, 22), D(2024, 10, 26)
    assert str(dates.span(first, last, "en", with_year=False)) == "22–26 October"
    assert str(dates.span(first, last, "zh-hans", with_year=False)) == "10月22日至26日"
    assert str(dates.span(first, D(2025, 1, 1), "en", with_year=False)) == "22 October 2024 – 1 January 2025"


def test_days_of_the_week():
    assert dates.with_weekday(D(2024, 10, 23), "en") == "Wed 23 October"
    assert dates.with_weekday(D(2024, 10, 23), "zh-hans") == "10月23日（周三）"
    assert dates.with_weekday(D(2024, 10, 27), "zh-hans") == "10月27日（周日）"


@pytest.mark.parametrize(
    ("number", "english", "chinese"), [(1, "one", "一"), (2, "two", "两"), (10, "ten", "十"), (11, "11", "11")]
)
def test_small_counts_are_words(number, english, chinese):
    assert (dates.spelt(number, "en"), dates.spelt(number, "zh-hans")) == (english, chinese)


def test_years_and_months():
    assert (dates.year(2024, "en"), dates.year(2024, "zh-hans")) == ("2024", "2024年")
    assert (dates.month(D(2024, 10, 1), "en"), dates.month(D(2024, 10, 1), "zh-hans")) == ("October 2024", "2024年10月")

import logging
import sys

from exchange.log import OneLine


def line(message: str, *arguments: object, error: bool = False) -> str:
    info = sys.exc_info() if error else None
    return OneLine().format(logging.LogRecord("site", logging.ERROR, "", 0, message, arguments, info))


def test_control_characters_cannot_forge_a_line():
    assert line("path %s", "/a\r\n2026-01-01 INFO\x1b[2J\u2028\x85").endswith(
        r"path /a\x0d\x0a2026-01-01 INFO\x1b[2J\u2028\x85"
    )


def test_the_token_of_a_review_link_stands_in_no_line():
    assert line("Internal Server Error: %s", "/review/aB3_-x/en/").endswith("Internal Server Error: /review/…/en/")


def test_chinese_stays_readable():
    assert line("行程").endswith("ERROR site: 行程")


def test_an_exception_is_one_line_without_the_values_a_database_adds():
    try:
        try:
            raise KeyError("first")
        except KeyError as error:
            raise ValueError("duplicate key\nDETAIL: Key (email)=(ada@example.org)") from error
    except ValueError:
        text = line("Internal Server Error: /x/", error=True)
    assert "ValueError: duplicate key [" in text
    assert "KeyError: 'first'" in text
    assert "ada@example.org" not in text
    assert "\n" not in text
    assert text.count("\\x0a") == 1

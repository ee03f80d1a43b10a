"""Every interface string has its Chinese, and what is compiled is what was written."""

from pathlib import Path

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent.parent / "exchange" / "locale" / "zh_Hans" / "LC_MESSAGES"


def test_nothing_is_untranslated_and_the_compiled_file_is_current():
    with (FOLDER / "django.po").open("rb") as file:
        written = read_po(file, locale="zh_Hans")
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = {name_of(one): one.string for one in read_mo(file) if one.id}
    messages = [one for one in written if one.id]
    assert len(messages) > 300
    assert [one.id for one in messages if one.fuzzy or not all(text_of(one))] == []
    assert {name_of(one): text_of(one)[0] for one in messages} == {
        name: string if isinstance(string, str) else string[0] for name, string in compiled.items()
    }


def name_of(message) -> tuple[str, str]:
    """What the word is said of, if that matters, and the word."""
    context = message.context or ""
    context = context.decode() if isinstance(context, bytes) else context  # as babel reads a compiled file
    return context, message.id if isinstance(message.id, str) else message.id[0]


def text_of(message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else message.string

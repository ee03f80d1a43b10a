"""The languages content is written in. Interface languages may be more; content has exactly these."""

CODES = ("en", "zh-hans")
SOURCE, TRANSLATION = CODES  # texts are written in the one and translated into the other
NAMES = {"en": "English", "zh-hans": "中文"}


def column(name: str, code: str) -> str:
    """The database column of a bilingual field: ``column("name", "zh-hans")`` is ``name_zh_hans``."""
    return f"{name}_{code.replace('-', '_')}"


def other(code: str) -> str:
    """The content language that is not this one."""
    return CODES[1] if code == CODES[0] else CODES[0]

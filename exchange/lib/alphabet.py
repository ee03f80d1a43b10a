"""Names in the order of a language's own alphabet: English by letters without accents, Chinese by pinyin."""

import unicodedata
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

OTHER = "#"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@lru_cache(maxsize=20_000)
def order(name: str) -> str:
    """What names are sorted by: letters in lower case without accents, Chinese characters as pinyin with tones."""
    spelt = " ".join(lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True))
    parts = unicodedata.normalize("NFKD", spelt.casefold()).replace("đ", "d")
    return "".join(one for one in parts if not unicodedata.combining(one))


def initial(name: str) -> str:
    """The letter under which a name stands, or the sign for all that begins with none."""
    first = next((one for one in order(name).upper() if one.isalnum()), "")
    return first if first in LETTERS and first else OTHER

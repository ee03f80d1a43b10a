"""Small numbers as English and Chinese prose writes them."""

WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
SIGNS = "一二三四五六七八九"
ENGLISH = rf"(?:{'|'.join(WORDS)}|\d{{1,2}})"
CHINESE = rf"(?:\d{{1,2}}|[{SIGNS}两十]{{1,3}})"


def number(text: str) -> int | None:
    """The number of "nine", "9", "九", "十一" or "二十"; None for what is none."""
    if text.isdecimal():
        return int(text)
    if text.lower() in WORDS:
        return WORDS.index(text.lower()) + 1
    tens, ten, ones = text.replace("两", "二").rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or not {*tens, *ones} <= {*SIGNS}:
        return None
    units = SIGNS.index(ones) + 1 if ones else 0
    return units + 10 * (SIGNS.index(tens) + 1 if tens else 1) if ten else units

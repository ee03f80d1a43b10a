"""How Chinese names sound, without tones, for those who type letters."""

from collections.abc import Iterator

from exchange.lib.search_terms import RUN, pieces, sound

TOGETHER = 4  # syllables that people write as one word


def syllables(text: str) -> list[list[str]]:
    """The sounds of the characters, of each run of Chinese in a text."""
    from pypinyin import lazy_pinyin  # only where names are written into an index: it takes 60 MB

    runs = [piece for piece in pieces(text) if RUN.match(piece)]
    spoken = ([one for one in lazy_pinyin(run, errors="ignore") if one.isascii()] for run in runs)
    return [run for run in spoken if run]


def sounds(run: list[str]) -> Iterator[str]:
    """Tokens of a run: each syllable, up to four in one word, and all to the end."""
    for start in range(len(run)):
        ends = {*range(start + 1, min(start + TOGETHER, len(run)) + 1), len(run)}
        yield from (sound("".join(run[start:end])) for end in sorted(ends))

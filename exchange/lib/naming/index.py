"""Names of many, so that those which may be the same one's are found without comparing each with each."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import product
from typing import NamedTuple

from exchange.lib.naming.likeness import LEAST, are_misheard, are_mistyped, is_slip, letters
from exchange.lib.naming.shapes import LEGAL, LENGTH, Shape, is_acronym, readings, shape, sound_of, spoken
from exchange.lib.naming.words import canonical, is_known, pairs
from exchange.lib.nearness import allowed

WORDS = 12  # of a name in which a slip is looked for
CHOICES = 6  # words that one may have been meant for
COMBINATIONS = 128
GROUP = 200  # names under one key; of more of them the first are compared


class Entry(NamedTuple):
    """One name of one record: which record, the text, what kind of name, in which language."""

    of: Hashable
    text: str
    kind: str
    language: str


class Likeness(NamedTuple):
    """That a name is like one that is known: in which way, see ``WAYS``."""

    way: str
    entry: Entry


SAME, TRADE, SOUND, SPELLING, INITIALS = "same", "trade", "sound", "spelling", "initials"
WAYS = (SAME, SOUND, SPELLING, TRADE, INITIALS)


class Index:
    """Names by all that they may be found by."""

    def __init__(self) -> None:
        self.names: dict[Hashable, list[Entry]] = {}
        self.forms: dict[str, list[Entry]] = defaultdict(list)
        self.bags: dict[str, list[Entry]] = defaultdict(list)
        self.kernels: dict[str, list[Entry]] = defaultdict(list)
        self.heads: dict[str, list[Entry]] = defaultdict(list)
        self.tails: dict[str, list[Entry]] = defaultdict(list)
        self.sounds: dict[str, list[Entry]] = defaultdict(list)
        self.counts: Counter[str] = Counter()  # by words and pairs of characters: how many records have them
        self.vocabulary: dict[int, dict[str, int]] = defaultdict(
            dict
        )  # by length: words as they are spelt, see letters
        self.unheard: dict[Hashable, list[Entry]] = {}  # those whose sound was not asked for yet
        self._spell(LEGAL)

    def put(self, of: Hashable, entries: list[Entry]) -> None:
        """The names of a record, in place of those it had."""
        self.drop(of)
        self.names[of] = self.unheard[of] = entries
        for entry in entries:
            for table, key in _keys(entry.text):
                getattr(self, table)[key].append(entry)
            for one in () if is_acronym(entry.text) else _shapes(entry.text):
                self._spell({*one.words, *one.spelt})
        self.counts.update(self._words_of(of))

    def drop(self, of: Hashable) -> None:
        """Forget a record. Its words may still be meant by others, and stay in the vocabulary."""
        self.counts.subtract(self._words_of(of))
        for entry in self.names.pop(of, ()):
            for table, key in [*_keys(entry.text), ("sounds", sound_of(entry.text) if of not in self.unheard else "")]:
                found = getattr(self, table)
                left = [one for one in found.get(key, ()) if one.of != of]
                if left:
                    found[key] = left
                else:
                    found.pop(key, None)
        self.unheard.pop(of, None)

    def has_any(self, entry: Entry, words: set[str]) -> bool:
        """The name has one of these words."""
        return any(word in words for one in _shapes(entry.text) for word in one.words)

    def _words_of(self, of: Hashable) -> set[str]:
        """The words and pairs of characters in the names of a record."""
        shapes = [one for entry in self.names.get(of, ()) for one in _shapes(entry.text)]
        return {word for one in shapes for word in (*one.words, *pairs(one.core))}

    def _spell(self, words: Iterable[str]) -> None:
        for word in words:
            self.vocabulary[len(word)].setdefault(word, letters(word))

    def heard(self) -> dict[str, list[Entry]]:
        """The names by their sounds, which take a while to find out."""
        for entries in self.unheard.values():
            for entry in entries:
                if sound := sound_of(entry.text):
                    self.sounds[sound].append(entry)
        self.unheard = {}
        return self.sounds

    def like(self, text: str, but: Hashable = None) -> list[Likeness]:
        """The names that are like this one, each in the way that says most; those of one record left out."""
        found: dict[Entry, str] = {}
        for reading in readings(text):
            for way, entry in self._like(reading, but):
                if entry.of != but and WAYS.index(way) <= WAYS.index(found.get(entry, INITIALS)):
                    found[entry] = way
        return sorted((Likeness(way, entry) for entry, way in found.items()), key=lambda one: WAYS.index(one.way))

    def _like(self, text: str, but: Hashable) -> Iterator[tuple[str, Entry]]:
        one = shape(text)
        yield from ((SAME, entry) for entry in self.forms.get(one.form, ()))
        yield from ((TRADE, entry) for entry in self.kernels.get(one.kernel, ()))
        if one.core:
            yield from self._like_characters(text, one, but)
        else:
            meant = [one.bag] if is_acronym(text) else self._meant(one)
            yield from ((SPELLING, entry) for key in meant for entry in self.bags.get(key, ()))
            yield from ((SOUND, entry) for entry in self._spoken(text))
            if is_acronym(text) and but is None:
                yield from ((INITIALS, entry) for entry in self._all() if initials(entry.text) == one.form)

    def _all(self) -> Iterator[Entry]:
        for entries in self.names.values():
            yield from entries

    def _spoken(self, text: str) -> list[Entry]:
        sound = spoken(text)
        return self.heard().get(sound, []) if sound else []

    def _like_characters(self, text: str, one: Shape, but: Hashable) -> Iterator[tuple[str, Entry]]:
        for mine in _both(one):
            for exchanged in (mine, *_exchanged(mine)):
                yield from ((SPELLING, entry) for entry in self.bags.get(exchanged, ()))
            for entry in self._with_a_half_of(mine):
                is_word = self._is_word({entry.of, but})
                if any(are_mistyped(mine, other, is_word) for other in _characters(entry.text)):
                    yield SPELLING, entry
        sound = sound_of(text)
        for entry in self.heard().get(sound, ())[:GROUP]:
            if are_misheard(one.form, shape(entry.text).form, self._is_word({entry.of, but})):
                yield SOUND, entry
        yield from ((SOUND, entry) for entry in self.forms.get(sound, ()))

    def _with_a_half_of(self, core: str) -> dict[Entry, None]:
        """Names with the same beginning or end: one that differs in one place from ours is among them."""
        places = range(2, len(core) + 1)
        heads = [entry for place in places for entry in self.heads.get(core[:place], ())]
        return dict.fromkeys([*heads, *(entry for place in places for entry in self.tails.get(core[-place:], ()))])

    def _is_word(self, apart_from: set[Hashable]) -> Callable[[str], bool]:
        """Says of a pair of characters whether it makes a word: a known one, or one that other records have."""
        return lambda pair: (
            is_known(pair) or self.counts[pair] > sum(pair in self._words_of(record) for record in apart_from)
        )

    def _meant(self, one: Shape) -> Iterator[str]:
        """The words, in order, and others for which they may be slips."""
        if not one.words or len(one.words) > WORDS:
            yield one.bag
            return
        both = zip(one.words, one.spelt, strict=True)
        choices = [[word, *self._meant_by({word, spelt})][:CHOICES] for word, spelt in both]
        for number, chosen in enumerate(product(*choices)):
            if number == COMBINATIONS:
                return
            yield " ".join(sorted(filter(None, chosen)))

    def _meant_by(self, words: set[str]) -> list[str]:
        """What else a word may be: nothing that counts, where it is one of a form in law or a slip for one."""
        others = [other for word in sorted(words) for other in self.slips_of(word)]
        without = [""] if LEGAL & {*words, *others} else []
        return [*without, *dict.fromkeys(canonical(other) for other in others)]

    def slips_of(self, word: str) -> list[str]:
        """Known words for which this one may be a slip, and words that may be a slip for this one."""
        is_sure = self._is_sure(word)
        most, bits, found = allowed(word), letters(word), []
        for length in range(len(word) - most, len(word) + most + 1) if most else ():
            for other, theirs in self.vocabulary.get(length, {}).items():
                if (bits ^ theirs).bit_count() <= 2 * most and is_slip(word, other):
                    plain = canonical(other)
                    if plain != word and not (is_sure and self._is_sure(plain)):
                        found.append(other)
        return found

    def _is_sure(self, word: str) -> bool:
        """It is a known word, or one that several records have: somebody may have entered a slip twice."""
        return is_known(word) or self.counts[word] > 2


def _shapes(text: str) -> list[Shape]:
    return [shape(reading) for reading in readings(text)]


def _keys(text: str) -> Iterator[tuple[str, str]]:
    """The tables of an index in which a name stands, and where in them, each once."""
    found: set[tuple[str, str]] = set()
    for one in _shapes(text):
        found |= {("forms", one.form), ("kernels", one.kernel), ("bags", one.bag)}
        for core in _both(one):
            half = max(2, len(core) // 2)
            found |= {("bags", core), ("heads", core[:half]), ("tails", core[half:])}
    yield from ((table, key) for table, key in found if key)


def _both(one: Shape) -> set[str]:
    """A Chinese name with and without the words of the form in law; nothing of one in letters."""
    return {one.core, one.form} if one.core else set()


def _characters(text: str) -> set[str]:
    return {core for one in _shapes(text) for core in _both(one)}


def _exchanged(core: str) -> Iterator[str]:
    """The name with two neighbours exchanged that make no known words both ways."""
    for place in range(len(core) - 1 if len(core) >= LEAST else 0):
        one, other = core[place], core[place + 1]
        if one != other and not (is_known(one + other) and is_known(other + one)):
            yield core[:place] + other + one + core[place + 2 :]


def initials(text: str) -> str:
    """Of a name of several words their first letters, those of small words left out."""
    words = [one for one in text[:LENGTH].replace("-", " ").split() if one[:1].isascii() and one[:1].isupper()]
    return "".join(one[0] for one in words).lower() if len(words) >= 3 else ""

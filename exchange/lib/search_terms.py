"""From texts to the tokens that an index keeps, and from what a visitor types to the tokens that are looked for.

Every token is ASCII, so that all databases cut texts alike: a word is ``x`` and its letters, a pair of characters of a
script without spaces ``u`` and two code points, the sound of Chinese characters ``p`` and its letters. ``z`` stands
between two texts; nothing looks for it, so that no phrase reaches from one text into the next.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from exchange.lib.folding import fold

# Han, Kana, Thai, Lao, Myanmar, Khmer: written without spaces.
UNSPACED = (
    "\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
    "\u0e01-\u0e3a\u0e40-\u0e59\u0e80-\u0eff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f\u1780-\u17ff"
)
PIECE = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
RUN = re.compile(f"[{UNSPACED}]")
JOINED = re.compile(rf"(?<=[a-z0-9])['’ʼ](?=[a-z0-9])|(?<=[{UNSPACED}])[-–—―·•]+(?=[{UNSPACED}])")
ASKED = re.compile(rf'["“”„]([^"“”„]+)["“”„]|((?:[\w{UNSPACED}]|[-–—―·•.&/+@\'’ʼ])+)')
BOUNDARY = "z"
WORD = 64  # letters of a word that count
PART = 4000  # tokens; PostgreSQL keeps 256 places of a token in one row, and 16,383 in all
LENGTH = 100  # characters of a question that count
TERMS = 8
OPEN = 2  # letters from which on the last word is the beginning of words
OPEN_SOUND = 4
SPELLINGS = (("centre", "center"), ("isation", "ization"), ("programme", "program"))


class Form(NamedTuple):
    """One way in which a term may stand in a text: these tokens in a row, the last of which may go on if ``open``."""

    tokens: tuple[str, ...]
    open: bool


class Term(NamedTuple):
    """Something that is looked for: as it was typed, folded; its pieces; and the ways in which it may stand there."""

    text: str
    pieces: tuple[str, ...]
    forms: tuple[Form, ...]

    @property
    def is_open(self) -> bool:
        """The last piece may be the beginning of a word, and not only that word."""
        return any(form.open and not form.tokens[-1].startswith("u") for form in self.forms)

    @property
    def closed(self) -> "Term":
        """The same, where the last piece is the whole of a word."""
        return self._replace(
            forms=tuple(form._replace(open=form.open and form.tokens[-1].startswith("u")) for form in self.forms)
        )


class Question(NamedTuple):
    """What a visitor asked: as far as it was read, whether that was not all, and what has to be found."""

    text: str
    is_cut: bool
    terms: tuple[Term, ...]


def pieces(text: str) -> list[str]:
    """The words and the runs of unspaced characters of a text, folded."""
    return PIECE.findall(JOINED.sub("", fold(text)))


def compact(text: str) -> str:
    """The letters of a text, folded and in one piece: how names are compared."""
    return "".join(pieces(text))


def tokens(text: str) -> list[str]:
    """What an index keeps of a text, in order."""
    return list(_tokens(pieces(text)))


def _tokens(found: Iterable[str]) -> Iterator[str]:
    for piece in found:
        if RUN.match(piece):
            yield from (_coded(piece[place : place + 2]) for place in range(len(piece)))
        else:
            yield word(piece)


def word(letters: str) -> str:
    """The token of a word."""
    return "x" + (letters if letters.isascii() else _coded(letters))[:WORD]


def sound(letters: str) -> str:
    """The token of a pronunciation."""
    return "p" + letters[:WORD]


def _coded(characters: str) -> str:
    return "".join(f"u{ord(one):05x}" for one in characters)


def parts(texts: Iterable[Sequence[str]]) -> list[str]:
    """Texts, as tokens, for the rows of an index; what is too long for one row goes on in the next, with an overlap."""
    rows: list[list[str]] = []
    for text in texts:
        for start in range(0, max(1, len(text)), PART - LENGTH):
            piece = [*text[start : start + PART], BOUNDARY]
            if not rows or len(rows[-1]) + len(piece) > PART + 1:
                rows.append([])
            rows[-1] += piece
            if start + PART >= len(text):
                break
    return [" ".join(row) for row in rows]


def question(typed: str) -> Question:
    """What is asked by a line of text: all of its words, and what is in quotation marks as it stands there."""
    line = " ".join(re.sub("[\x00-\x1f\x7f]", " ", typed).encode("utf-8", "ignore").decode().split())
    text = line[:LENGTH].strip()
    found = [(quoted or plain, bool(quoted)) for quoted, plain in ASKED.findall(fold(text))]
    chunks = [(one, exact) for one, exact in found if pieces(one)]
    terms = [_term(one, exact=exact, last=chunk is chunks[-1]) for chunk in chunks for one, exact in (chunk,)]
    unique = tuple({one.pieces: one for one in terms}.values())
    return Question(text, len(line) > LENGTH or len(unique) > TERMS, unique[:TERMS])


def _term(text: str, *, exact: bool, last: bool) -> Term:
    found = pieces(text)
    *before, final = found
    head = tuple(_tokens(before))
    if RUN.match(final):
        own = tuple(_tokens([final]))
        forms = [Form((*head, *(own[:-1] or own)), open=len(final) == 1)]
    elif exact:
        forms = [Form((*head, word(final)), open=False)]
    else:
        goes_on = last and len(final) >= OPEN
        forms = [Form((*head, word(final)), open=goes_on)]
        forms += [Form((*head, word(one)), open=False) for one in spellings(final) if one != final]
        if not head and final.isascii():
            forms.append(Form((sound(final),), open=last and len(final) >= OPEN_SOUND))
    return Term(text, tuple(found), tuple(forms))


def spellings(word: str) -> list[str]:
    """An English word in singular and plural, in British and American spelling; the word itself is among them."""
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return [word]
    one = _singular(word)
    found = {word, one, _plural(one)}
    for british, american in SPELLINGS:
        found |= {form.replace(american, british) for form in found if british not in form}
        found |= {form.replace(british, american) for form in found}
    return sorted(found)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")

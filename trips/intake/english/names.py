"""Names of organisations in English sentences: runs of capitalised words with a noun that says what they are."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from exchange.lib.names import CHINESE
from institutions.choices import Kind, Type
from trips.intake.english.kinds import kind_of
from trips.intake.english.words import BODIES, CLOSED, FIRMS, STRONG, TITLE_WORD, WEAK
from trips.intake.mentions import Mention

WORD = re.compile(r"[A-Za-zÀ-ỹ0-9]+(?:['&+/.-][A-Za-zÀ-ỹ0-9]+)*|[^\sA-Za-zÀ-ỹ0-9]")
JOINTS = {"of", "for", "and", "&", "the", "de", "on", "dan", "in"}
OPENED = ("under the auspices of",)
SHORT = re.compile(
    r"\s?\((?:hereinafter |hereafter )?(?:referred to as |known as |also known as |abbreviated as |formerly |in short,? |or )?(?:the )?\"?([^()\"]{2,60})\"?\)"
)
SUBPLACES = {
    "campus",
    "library",
    "museum",
    "stadium",
    "hall",
    "gymnasium",
    "students",
    "student",
    "town",
    "hospital",
    "staff",
    "teachers",
}
SMALL_HEADS = {"college", "university", "station", "polytechnic", "institute", "school", "centre", "center"}


class Token(NamedTuple):
    start: int
    end: int
    text: str

    @property
    def small(self) -> str:
        return self.text.lower().rstrip(".")

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper() or (self.text[:1].isdigit() and any(one.isupper() for one in self.text))


def mentions(text: str, offset: int, blocked: list[tuple[int, int]]) -> Iterator[Mention]:
    """The organisations a sentence names. ``blocked`` are persons, which are none."""
    for run in _runs(text, blocked):
        behind = SHORT.match(text, run[-1].end)
        for piece in _pieces(run, behind[1] if behind else ""):
            made = _mention(text, piece, offset)
            if made:
                yield made


def tokens(text: str) -> list[Token]:
    found = []
    for match in WORD.finditer(text):
        word = match[0]
        joined = re.match(r"(?:University|College|Polytechnic|Institute)(?=-[A-Z])", word)
        if joined:
            found.append(Token(match.start(), match.end(), joined[0]))
        elif word.lower().endswith("'s"):
            found += [Token(match.start(), match.end() - 2, word[:-2]), Token(match.end() - 2, match.end(), "'s")]
        else:
            found.append(Token(match.start(), match.end(), word))
    return found


def _runs(text: str, blocked: list[tuple[int, int]]) -> Iterator[list[Token]]:
    """Capitalised words in a row, with the small words between them."""
    run: list[Token] = []
    words = tokens(text)
    place = 0
    while place < len(words):
        token = words[place]
        following = words[place + 1] if place + 1 < len(words) else None
        if any(start <= token.start < end for start, end in blocked):
            yield from _closed(run)
            run = []
        elif token.text == "(" and run:
            inner = _inner_bracket(words, place)
            if inner:
                run += words[place : inner + 1]
                place = inner
            else:
                yield from _closed(run)
                run = []
        elif _goes_on(run, token, following):
            run.append(token)
        else:
            yield from _closed(run)
            run = [token] if token.capital and token.small not in CLOSED else []
        place += 1
    yield from _closed(run)


def _goes_on(run: list[Token], token: Token, following: Token | None) -> bool:
    if not run:
        return False
    if token.capital:
        return token.small not in CLOSED or (token.small in JOINTS and not token.text.isupper())
    if token.text == "," and _is_subject(run[-1]) and following and _is_subject(following):
        return any(one.small in STRONG or one.small == "institute" for one in run)
    if token.text in {",", "."}:
        return bool(
            following
            and (
                (token.text == "," and following.small in {"ltd", "limited", "inc", "llc"})
                or (token.text == "." and run[-1].small in {"co", "st", "corp", "pt", "ltd", "inc"})
            )
        )
    if token.text == "'s":
        return not _has_head(run) and not run[-1].text.isupper() and bool(following and following.capital)
    if token.text == "'":
        return bool(following and following.capital and run[-1].text.endswith("s") and not _has_head(run))
    if token.small in SMALL_HEADS and not token.capital and len(run) > 1 and run[-1].capital:
        return not (
            following
            and following.small
            in {
                "students",
                "student",
                "teachers",
                "leaders",
                "campus",
                "graduates",
                "system",
                "management",
                "level",
                "principals",
            }
        )
    return token.small in JOINTS and bool(following and (following.capital or following.small in JOINTS))


def _is_subject(token: Token) -> bool:
    """Such as stand in a row in names: "University of Humanities, Science and Technology"."""
    return token.small in {
        "humanities",
        "science",
        "sciences",
        "technology",
        "engineering",
        "arts",
        "economics",
        "business",
        "management",
        "education",
        "culture",
        "agriculture",
        "finance",
        "law",
        "commerce",
        "medicine",
    }


def _inner_bracket(words: list[Token], place: int) -> int:
    """The closing bracket of an abbreviation or a place in the middle of a name; 0 where the name ends there."""
    if place + 3 < len(words) and words[place + 2].text == ")":
        after = words[place + 3]
        inside = words[place + 1]
        if inside.capital and after.capital and after.small not in CLOSED and after.start - words[place + 2].end <= 1:
            return place + 2
    return 0


def _closed(run: list[Token]) -> Iterator[list[Token]]:
    while run and (run[-1].small in JOINTS or run[-1].text in {",", "'s", "'", "("}):
        run = run[:-1]
    if run:
        yield run


def _has_head(run: list[Token]) -> bool:
    return any(one.small in STRONG or one.small in WEAK or one.small in BODIES or one.small in FIRMS for one in run)


def _pieces(run: list[Token], short: str) -> Iterator[list[Token]]:
    """The run without titles, and cut at each "and" behind which another name begins."""
    part: list[Token] = []
    parts = []
    for token in run:
        if TITLE_WORD.fullmatch(token.text) or (token.text == "General" and not part):
            parts.append(part)
            part = []
        else:
            part.append(token)
    parts.append(part)
    for one in parts:
        while one and (one[0].small in JOINTS or one[0].text in {",", "'s", "."}):
            one = one[1:]
        yield from _split(one, short if part is one or (parts[-1] and one and one[-1] is parts[-1][-1]) else "")


def _initials(run: list[Token]) -> str:
    """Of its words that are no joints: an abbreviation made of these is that of the whole run."""
    return "".join(one.text[0].upper() for one in run if one.small not in JOINTS and one.text[0].isalpha())


def _split(run: list[Token], short: str = "") -> Iterator[list[Token]]:
    run = list(next(_closed(run), []))
    if short and _initials(run) == re.sub(r"[^A-Z]", "", short):
        yield run
        return
    for place, token in enumerate(run):
        if token.small in {"and", "&"} and place:
            left, right = run[:place], run[place + 1 :]
            if right and right[0].small == "the":
                right = right[1:]
            if (_has_head(left) and _has_head(right) and _is_complete(left, right)) or (
                not _has_head(left) and right and right[0].small in {"universiti", "politeknik", "kolej"}
            ):
                yield from _closed(left)
                yield from _split(right)
                return
        if token.small == "in" and place:
            yield from _closed(run[:place])
            yield from _split(run[place + 1 :])
            return
    if run:
        yield run


def _is_complete(left: list[Token], right: list[Token]) -> bool:
    """Whether a name may end before this "and": not in "College of Arts and Science University"."""
    words = [one.small for one in left]
    last_of = max((place for place, one in enumerate(words) if one in {"of", "for"}), default=-1)
    rest = [one.small for one in right]
    follows = next(
        (place for place, one in enumerate(rest) if one in STRONG or one in WEAK or one in BODIES or one in FIRMS), 9
    )
    if last_of >= 0 and not any(one in STRONG or one in WEAK for one in words[last_of:]):
        return follows >= 1 and not (
            len(words) - last_of <= 2 and follows == 1 and rest[0] in {"technology", "science"} and len(rest) == 2
        )
    return True


def _mention(text: str, piece: list[Token], offset: int) -> Mention | None:
    piece = _without_tail(piece)
    if not piece:
        return None
    name = text[piece[0].start : piece[-1].end]
    found = kind_of([one.small for one in piece], name, of_capitals=all(one.text.isupper() for one in piece))
    start, end = piece[0].start, piece[-1].end
    if text[end : end + 1] == "." and piece[-1].small in {"ltd", "co", "inc", "corp", "bhd"}:
        end += 1
    for opened in OPENED:
        more = re.match(rf" {opened} (?:the )?[A-Z][\w-]*", text[end:])
        end += more.end() if more else 0
    name = short_behind(text, end)
    if not found:
        if not name or len(piece) < 2:
            return None
        found = (
            Kind.ENTERPRISE if text[start - 1 : start] == '"' else "",
            Type.COMPANY if text[start - 1 : start] == '"' else "",
            True,
        )
    kind, type_, weak = found
    before = text[:start].rstrip()
    owned = before.endswith("'s") or bool(
        re.search(
            r"\b(?:its|their|the (?:university|college|school|institute)'s) (?:\w+ )?$", text[:start], re.IGNORECASE
        )
    )
    if re.match(r" (?:of|at|under) (?:the )?(?:University|College|Polytechnic|same)\b", text[end:]):
        owned = True
    return Mention(offset + start, offset + end, kind, type_, None, name, weak, owned)


def _is_short(words: str) -> bool:
    if CHINESE.search(words):
        return True
    return sum(one.isupper() for one in words) >= 2 and len(words.split()) <= 3 and not re.search(r"\d{3}", words)


def _without_tail(piece: list[Token]) -> list[Token]:
    """The name without a building or a crowd that is named after it, and without a word that only begins the sentence."""
    for place, one in enumerate(piece):
        if one.small in SUBPLACES and place and piece[place - 1].small in STRONG:
            piece = piece[:place]
            break
    return next(_closed(piece), [])


def short_behind(text: str, end: int) -> str:
    """The abbreviation in brackets behind a name, if one stands there."""
    match = SHORT.match(text, end)
    return match[1].strip() if match and _is_short(match[1]) else ""

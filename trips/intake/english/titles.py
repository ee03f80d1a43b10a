"""Titles of persons: what stands before a name or behind it, and where it ends."""

import re
from collections.abc import Iterator

from trips.intake.english.words import CLOSED, NAME, SALUTATION, TITLE, TITLE_LEAD

HONOURS = re.compile(
    r"(?:,? ?(?:(?:[A-Z][A-Za-z]?\.){2,}[A-Z]?[a-z]?\.?|Ph\.?D\.?|MBA|S\.Pd\.?|M\.Pd\.?|M\.?Sc\.?|M\.A\.?|B\.A\.?|JP|Esq\.?|S\.T\.?|M\.T\.?))+$"
)


AFTER = re.compile(
    r"(?P<open>,? \(|, (?:and )?(?:who is |who serves as |who was |currently |also |then |concurrently )?(?:the |a |an |its |our )?|"
    r" ?[-|:] )(?=\S)"
)


HEAD = r"(?:Division|Department|Office|Ministry|Bureau|Section|Cent(?:re|er)|University|College|Institute|School|Faculty|Commission|Council|Committee|Association|Agency|Unit|Polytechnic|Politeknik|Kolej|Universiti|Board|Secretariat|Academy|Group|Company|Directorate|Cooperation|Affairs|Authority|Embassy|Organi[sz]ation|Foundation|Co|Ltd|Administration|Branch|Campus|Institut)"


VERB = re.compile(
    r" (?=(?:who|which|where|while|when|whom|as well as|along with|together with|alongside|during|before|after|because|but|then|also|in turn|on behalf|"
    r"said|says|told|took|gave|led|spoke|met|made|sat|saw|held|went|came|brought|showed|thanked|was|were|is|are|has|had|have|will|would|sees|chairs|leads|"
    r"began|began|drew|ran|set|put|left|won|kept|laid|wrote|read|opens|gives|heads|joins|"
    r"on (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|\d|the)|"
    r"(?!(?:applied|advanced|related|integrated|associated|united|allied|limited|based|specialised|specialized|retired|appointed|embedded)\b)[a-z]{2,}ed)\b)"
)


LIST_TITLE = re.compile(rf"(?:{TITLE_LEAD}|{TITLE}|of|and|for|the)\b", re.IGNORECASE)


BEFORE_WORD = re.compile(r"([\w'&./À-ỹ-]+|\))( ?)$")


LEADS_ON = re.compile(r"(?:Vice|Deputy|Executive|Assistant|Associate|Acting|Senior)\b", re.IGNORECASE)


LOWER_LEAD = frozenset(
    "vice deputy executive general senior chief assistant associate acting managing founding party university "
    "college school academic former principal".split()
)


NO_NAME = frozenset(
    "university college institute school academy centre center polytechnic ministry department bureau embassy "
    "consulate office group company province city municipality government district region republic federation "
    "association commission council committee secretariat division programme program project week forum workshop "
    "conference summit day year street road avenue river lake island mountain airport station north south east "
    "west northern southern eastern western asia asean china chinese english education vocational technical "
    "training science technology engineering development cooperation exchange visit tour trip delegation member "
    "members states state national international laboratory lab museum library park base hall building campus "
    "daily news times television radio press corporation limited ltd bank hotel general affairs culture tourism "
    "trade investment board agency the new belt initiative silk plan agreement memorandum understanding community "
    "people peoples peninsula gulf bay sea port valley village town memorial temple square palace wall study "
    "visits faculty unit section branch platform skills industry industrial digital smart model system curriculum "
    "course students student teacher teachers deputy vice director president minister ambassador counsellor "
    "attaché secretary principal rector dean professor manager officer chairman executive senior chief first "
    "second third afternoon morning evening".split()
)


NAME_OF_UNIT = rf"(?:[A-Z]\w+ )*{HEAD}"


def before(text: str, start: int, left: int) -> tuple[int, int] | None:
    """The title right before a name and its salutations."""
    words = text[:start]
    while True:
        saluted = re.search(rf"(?<![\w'.])(?:{SALUTATION}) ?$", words)
        if not saluted:
            break
        words = words[: saluted.start()]
    words = words.rstrip()
    end = len(words)
    if words.endswith(("-", ":")):
        label = re.search(rf"(?:^|[.;]\s)(?P<title>[^.;:,]{{0,60}}\b(?i:{TITLE})[^.;:,]{{0,40}}?)\s*[:-]$", words)
        return (label.start("title"), label.end("title")) if label else None
    apposed = re.search(
        rf"\b(?i:its|their|our(?: own)?|the(?: (?:group|school|college|university|team|delegation)'s)?|whose|his|her|\w+'s|an?|and|with|by|under) (?P<title>(?:[\w-]+ ){{0,3}}?(?i:{TITLE})(?: (?:of|for) [^,.;]{{2,60}})?),$",
        words,
    )
    if apposed and apposed.start("title") >= left:
        return apposed.span("title")
    core = re.search(rf"(?<![\w-])(?i:{TITLE})(?: (?:of|for) [A-Z][\w]+(?: [A-Z]\w+){{0,2}})?$", words)
    if not core or core.start() < left:
        return None
    return _beginning(text, core.start(), left), end


def _beginning(text: str, first: int, left: int) -> int:
    """Where a title begins whose main word stands there."""
    while first > left:
        joined = re.search(r"[A-Za-z]+$", text[left : first - 1]) if text[first - 1] in "&/" else None
        if joined:
            first = left + joined.start()
            continue
        match = BEFORE_WORD.search(text, left, first - 1) if text[first - 1] == " " else None
        word = match[1] if match else ""
        if not match or match[2] or word.endswith("'s") or word in {")", "of", "for"}:
            break
        if word.lower() == "and":
            if LEADS_ON.match(text, first) or not _joins(text, match.start(), left):
                break
        elif not ((word[0].isupper() and word.lower() not in CLOSED) or word.lower() in LOWER_LEAD):
            break
        first = match.start()
    return first


def _joins(text: str, place: int, left: int) -> bool:
    """Whether the word before an "and" belongs to a title: "Education and Culture Attaché"."""
    ahead = BEFORE_WORD.search(text, left, place - 1) if place > left and text[place - 1] == " " else None
    word = ahead[1].lower() if ahead else ""
    fields = {"education", "culture", "academic", "training", "founder"}
    return word not in {"", "of", "the"} and bool(word in fields or LIST_TITLE.fullmatch(word))


def behind(text: str, end: int) -> tuple[int, int] | None:
    """The title behind a name, as far as it goes."""
    honours = re.match(r"(?:,? (?:(?:[A-Z][A-Za-z]?\.){2,}[A-Z]?\.?|Ph\.?D\.?|MBA|[A-Z]\.[A-Z]\.[A-Z]))+", text[end:])
    place = end + (honours.end() if honours else 0)
    opened = AFTER.match(text, place)
    if not opened:
        return None
    first = opened.end()
    if opened["open"].endswith("("):
        close = text.find(")", first)
        inside = text[first:close] if close > 0 else ""
        if inside and re.search(rf"\b(?i:{TITLE})\b", inside) and len(inside) < 120:
            return first, close
        later = AFTER.match(text, close + 1) if close > 0 else None
        if not later or later["open"].endswith("("):
            return None
        first = later.end()
    if re.match(rf"(?:and )?(?:{SALUTATION})(?<=[.a-z]) ", text[first:]) and not re.match(r"Master ", text[first:]):
        return None
    if not re.match(rf"(?:[\w'&/À-ỹ-]+[ ]){{0,6}}?(?:\([^()]*\) )?(?i:{TITLE})\b", text[first:]):
        return None
    if re.match(rf"(?i:{TITLE}) {NAME}(?:,| and|$)", text[first:]) and not re.match(
        rf"(?i:{TITLE}) {NAME_OF_UNIT}", text[first:]
    ):
        return None
    last = _title_end(text, first)
    return (first, last) if last > first else None


def _title_end(text: str, first: int) -> int:
    """Where a title that begins here ends."""
    segments = list(_segments(text, first))
    last = first
    for number, (start, end, is_list) in enumerate(segments):
        words = text[start:end]
        cut = _cut(words)
        if number and not _continues(text[first:last], words, text[end : end + 60]):
            return last
        last = start + (cut if cut is not None else len(words))
        if cut is not None or is_list:
            return last
    return last


def _segments(text: str, first: int) -> Iterator[tuple[int, int, bool]]:
    """The pieces between commas, brackets left whole; with whether a semicolon or the end follows."""
    start = place = first
    depth = 0
    while place < len(text):
        sign = text[place]
        depth += (sign == "(") - (sign == ")")
        if depth < 0 or (
            depth == 0
            and (sign in ';:"' or (sign == "." and place + 2 >= len(text)) or text[place : place + 3] == " - ")
        ):
            break
        if sign == "," and depth == 0:
            yield start, place, False
            start = place + 1
            while start < len(text) and text[start] == " ":
                start += 1
            place = start
            continue
        place += 1
    yield start, place, True


def _cut(words: str) -> int | None:
    """Where in a piece the title ends before the piece does."""
    places = []
    verb = VERB.search(words)
    if verb:
        places.append(verb.start())
    for match in re.finditer(r",? (?:and|&) ", words):
        rest = words[match.end() :]
        person = re.match(rf"(?:the )?(?:{SALUTATION}) ?[A-Z]", rest) or re.match(
            rf"(?:[\w'-]+ ){{0,4}}(?i:{TITLE}) (?:{SALUTATION} )?{NAME}(?: of| from|,|$|\s)", rest
        )
        named = re.match(rf"{NAME}(?=,| from| of |$)", rest)
        if (
            (person and not re.match(rf"(?:[\w'-]+ ){{0,4}}(?i:{TITLE}) (?:[A-Z][\w-]+ )*{HEAD}\b", rest))
            or (
                named
                and len(named[0].split()) >= 2
                and not any(one.lower() in NO_NAME for one in named[0].split())
                and rest[named.end() :].startswith((",", " from"))
            )
            or re.match(
                r"(?:the |other |several |some |their |his |her |a |an |[a-z]+ (?:of|from|teachers|officials|staff|colleagues|members))",
                rest,
            )
        ):
            places.append(match.start())
    return min(places, default=None)


def _continues(title: str, words: str, after: str) -> bool:
    """Whether a piece behind a comma still belongs to the title."""
    if not words or re.match(rf"(?:and )?(?:the )?(?:{SALUTATION})(?<=[.a-z]) ", words):
        return False
    tail = re.split(r"\b(?:of|for|at) (?:the )?", title)[-1] if re.search(r"\b(?:of|for) ", title) else ""
    if (
        tail
        and not re.search(rf"\b{HEAD}\b", tail)
        and re.match(r"(?:and )?[A-Z]\w*(?:(?: |, and | and | of )[A-Z]\w*)* ?(?:and [A-Z]\w+ )*", words)
    ):
        if re.search(rf"\b{HEAD}\b", words) and not re.match(rf"{NAME}$", words):
            return True
        if (
            re.match(r"[A-Z]\w+(?: [A-Z]\w+)?$", words)
            and re.match(rf",? (?:[A-Z]\w+, )*and [A-Z]\w+(?: [A-Z]\w+)* ?(?:{HEAD})?", after)
            and re.search(r"(?:Ministry|Department|Division|Bureau|Minister|Secretary|Director)", title)
        ):
            return not re.match(rf"{NAME}$", words) or len(words.split()) == 1
    if re.match(r"and ", words) and tail and re.search(r"^and [A-Z]\w*(?: [A-Z]\w*)*\b", words) and "," in title:
        return True
    if re.match(
        r"(?:[A-Z][\w'&-]*|of|and|for|the|\([^()]*\))(?: (?:[A-Z][\w'&-]*|of|and|for|the|\([^()]*\)))*$", words
    ) and re.search(rf"\b{HEAD}\b", words):
        return " of " not in title or not re.search(
            r"\b(?:University|College|Polytechnic|Company|Group|Embassy)\b", title
        )
    return False

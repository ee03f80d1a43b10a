"""Two pages of one trip with their differences marked in both: ``<del>`` in the earlier, ``<ins>`` in the later one.

Only the text between ``<main>`` and ``</main>`` is compared, block by block and within changed blocks word by word. The
pages are cut, never rewritten: taking our marks out again gives every byte back, so that no markup can come of a text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any, NamedTuple

from exchange.lib.matching import Effort, Opcode, opcodes

INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "dfn", "em", "i", "kbd", "q", "s", "small", "span", "strong",
    "sub", "sup", "time", "u", "wbr",
}  # fmt: skip
ATOMS = {"picture", "svg"}  # one thing each, whatever is in it
WORDS = re.compile(r"&(?:#\w+|\w+);|[㐀-鿿]|[^\W㐀-鿿]+|\s+|[^\w\s]")
LONG = 300_000  # signs; longer pages are not cut into words
DEEP = 8  # elements around a word that count; nobody writes more, and each word would be compared with all of them
MANY_BLOCKS = 2_000  # from here on blocks are only counted, not aligned


class Marked(NamedTuple):
    """Both pages, and how many differences are marked in them. ``#difference-<n>`` leads to each."""

    before: str
    after: str
    differences: int


class Item(NamedTuple):
    """A piece of a page. ``key`` is what it says; None for markup, which says nothing itself."""

    raw: str
    key: Any = None

    @property
    def is_blank(self) -> bool:
        return self.key is None or not self.raw.strip()


class Block(NamedTuple):
    """A run of text between two tags that begin a new line, as items ``first`` to ``last`` of its page."""

    first: int
    last: int
    key: tuple[Any, ...]


def marked(before: str, after: str) -> Marked:
    """The earlier page with what went, the later one with what came."""
    by_word = max(len(before), len(after)) < LONG
    old, new = _Page(before, by_word), _Page(after, by_word)
    count = 0
    for gone, come in _differences(old, new):
        count += 1
        old.mark(gone, count)
        new.mark(come, count)
    return Marked(old.html("del"), new.html("ins"), count)


def _differences(old: "_Page", new: "_Page") -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """The places of the items of each difference, in both pages."""
    if max(len(old.blocks), len(new.blocks)) > MANY_BLOCKS:
        yield from _only_here(old, new)
        return
    effort = Effort()
    said = [[one.key for one in page.blocks] for page in (old, new)]
    for kind, i, j, k, m in opcodes(said[0], said[1], effort=effort):
        if kind == "equal":
            continue
        paired = min(j - i, m - k)
        for was, now in zip(old.blocks[i : i + paired], new.blocks[k : k + paired], strict=True):
            yield from _within(old, new, was, now, effort)
        for block in old.blocks[i + paired : j]:
            yield range(block.first, block.last), ()
        for block in new.blocks[k + paired : m]:
            yield (), range(block.first, block.last)


def _only_here(old: "_Page", new: "_Page") -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """The blocks of a very long page that the other has not, or not so often."""
    for page, other, is_old in ((old, new, True), (new, old, False)):
        left = Counter(one.key for one in other.blocks)
        for block in page.blocks:
            left[block.key] -= 1
            if left[block.key] < 0:
                places = range(block.first, block.last)
                yield (places, ()) if is_old else ((), places)


def _within(
    old: "_Page", new: "_Page", was: Block, now: Block, effort: Effort
) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """The words that differ; the blocks as a whole where they have little in common."""
    places = [
        [place for place in range(block.first, block.last) if page.items[place].key is not None]
        for page, block in ((old, was), (new, now))
    ]
    found = opcodes(was.key, now.key, _is_space, effort)
    if _alike(found, was.key, now.key) < 0.15 * (len(was.key) + len(now.key)):
        yield places[0], places[1]
        return
    for i, j, k, m in _joined(found, was.key):
        gone, come = places[0][i:j], places[1][k:m]
        if not all(old.items[one].is_blank for one in gone) or not all(new.items[one].is_blank for one in come):
            yield gone, come


def _is_space(key: tuple[Any, ...]) -> bool:
    return bool(key[0] == " ")


def _alike(found: list[Opcode], old: Sequence[Any], new: Sequence[Any]) -> int:
    """How much both have; of what was replaced, the space."""
    return sum(
        j - i if kind == "equal" else min(sum(map(_is_space, old[i:j])), sum(map(_is_space, new[k:m])))
        for kind, i, j, k, m in found
    )


def _joined(found: list[Opcode], old: Sequence[Any]) -> Iterator[tuple[int, int, int, int]]:
    """The changed ranges; two with nothing but space between them are one."""
    open_range: tuple[int, int, int, int] | None = None
    for kind, i, j, k, m in found:
        if kind != "equal":
            open_range = (open_range[0], j, open_range[2], m) if open_range else (i, j, k, m)
        elif open_range and not all(map(_is_space, old[i:j])):
            yield open_range
            open_range = None
    if open_range:
        yield open_range


class _Page:
    """A page cut into items and blocks, and the marks on it."""

    def __init__(self, html: str, by_word: bool) -> None:
        start, end = html.find("<main"), html.find("</main>")
        self.head, self.tail = html[:start], html[end:]
        self.items, self.blocks = _cut(html[start:end], by_word)
        self.marks: dict[int, int] = {}

    def mark(self, places: Sequence[int], number: int) -> None:
        self.marks |= {place: number for place in places if self.items[place].key is not None}

    def html(self, tag: str) -> str:
        """The page again, with an element of that name around every run of marked items."""
        pieces, open_mark, begun = [self.head], 0, set()
        for place, item in enumerate(self.items):
            wanted = self.marks.get(place, 0)
            if open_mark and wanted != open_mark:
                pieces.append(f"</{tag}>")
            if wanted and wanted != open_mark:
                name = "" if wanted in begun else f' id="difference-{wanted}"'
                pieces.append(f'<{tag} class="marked" data-difference="{wanted}"{name}>')
                begun.add(wanted)
            pieces.append(item.raw)
            open_mark = wanted
        return "".join([*pieces, f"</{tag}>" if open_mark else "", self.tail])


def _cut(html: str, by_word: bool) -> tuple[list[Item], list[Block]]:
    items: list[Item] = []
    blocks: list[Block] = []
    first = 0
    around: list[tuple[str, str]] = []
    for name, raw, target in [*_tokens(html), ("p", "", "")]:
        bare = name.removeprefix("/")
        if name and bare not in INLINE and bare not in ATOMS and bare != "img":
            _close(items, blocks, first)
            items.append(Item(raw))
            first = len(items)
        elif bare in ATOMS or bare == "img":
            items.append(Item(raw, (bare, *_shown(raw, bare))))
        elif not name:
            signature = tuple(around[-DEEP:])
            items += [
                Item(word, (" " if word.isspace() else word, *signature))
                for word in (WORDS.findall(raw) if by_word else [raw])
            ]
        else:
            items.append(Item(raw))
            if bare == "br":
                continue
            if name == bare:
                around.append((bare, target))
            elif around:
                around.pop()
    return items, blocks


def _close(items: list[Item], blocks: list[Block], first: int) -> None:
    """A block of what stands since ``first``, if that says anything; space at its ends does not count."""
    last = len(items)
    while first < last and items[first].is_blank:
        first += 1
    while first < last and items[last - 1].is_blank:
        last -= 1
    if first < last:
        blocks.append(Block(first, last, tuple(one.key for one in items[first:last] if one.key is not None)))


def _shown(raw: str, name: str) -> tuple[str, ...]:
    """What a picture shows: its text and its file, wherever that is kept."""
    if name == "svg":
        return (raw,)
    found = [re.search(pattern, raw) for pattern in (r'\salt="([^"]*)"', r'\ssrc="[^"]*?([^"/]*)"')]
    return tuple(one.group(1) if one else "" for one in found)


class _Cutter(HTMLParser):
    """Where each token begins: its name (``/p`` for an end, empty for text) and, for a link, where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.lines = [0]
        for line in html.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.found: list[tuple[int, str, str]] = []
        self.feed(html)
        self.close()

    def _note(self, name: str, target: str = "") -> None:
        line, column = self.getpos()
        self.found.append((self.lines[line - 1] + column, name, target))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag, _place(dict(attrs).get("href") or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._note(tag)

    def handle_endtag(self, tag: str) -> None:
        self._note(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self._note("")

    def handle_entityref(self, name: str) -> None:
        self._note("")

    def handle_charref(self, name: str) -> None:
        self._note("")

    def handle_comment(self, data: str) -> None:
        self._note("!")


def _place(address: str) -> str:
    """Where a link leads; of an address of this site only its end, for the desk keeps files at another place."""
    return "/".join(address.split("/")[-3:]) if address.startswith("/") else address


def _tokens(html: str) -> list[tuple[str, str, str]]:
    """``(name, source, target)`` of every token, text in one piece, atoms whole. Together the sources are the page."""
    starts = _Cutter(html).found
    ends = [start for start, _name, _target in starts[1:]] + [len(html)]
    tokens: list[tuple[str, str, str]] = []
    inside = ""
    for (start, name, target), end in zip(starts, ends, strict=True):
        raw = html[start:end]
        if inside or (not name and tokens and not tokens[-1][0]):
            last, before, kept = tokens.pop()
            tokens.append((last, before + raw, kept))
            inside = "" if name == f"/{inside}" else inside
            continue
        tokens.append((name, raw, target))
        inside = name if name in ATOMS else ""
    return tokens

"""Differences are marked in both pages, nothing else is touched, and no text becomes markup."""

import re
import time
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.lib.html import sanitise
from trips.renderings.marked import marked

OURS = re.compile(r'<(?:ins|del) class="marked" data-difference="\d+"(?: id="difference-\d+")?>|</(?:ins|del)>')


def page(*blocks: str) -> str:
    return f'<html><head></head><body><main id="content">{"".join(blocks)}</main><p>foot</p></body></html>'


def marks(html: str) -> list[str]:
    """What stands between our marks, tags left out."""
    return [
        re.sub(r"<[^>]*>", "", one) for one in re.findall(r'<(?:ins|del) class="marked"[^>]*>(.*?)</(?:ins|del)>', html)
    ]


def both(before: str, after: str) -> tuple[list[str], list[str], int]:
    found = marked(before, after)
    assert OURS.sub("", found.before) == before
    assert OURS.sub("", found.after) == after
    return marks(found.before), marks(found.after), found.differences


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<p>Five days.</p>", "<p>Five days.</p>", ([], [], 0)),
        ("<p>They saw five colleges.</p>", "<p>They saw six colleges.</p>", (["five"], ["six"], 1)),
        ("<p>They saw the old hall today.</p>", "<p>They saw a new hall today.</p>", (["the old"], ["a new"], 1)),
        ("<p>他们参观了五所学校。</p>", "<p>他们参观了六所学校。</p>", (["五"], ["六"], 1)),
        ("<p>One.</p><p>Two.</p>", "<p>One.</p><p>New.</p><p>Two.</p>", ([], ["New."], 1)),
        ("<p>One.</p><p>Old.</p><p>Two.</p>", "<p>One.</p><p>Two.</p>", (["Old."], [], 1)),
        ("<p>One  two</p>", "<p>One two</p>\n", ([], [], 0)),
        ("<p>A <em>very</em> long day it was</p>", "<p>A very long day it was</p>", (["very"], ["very"], 1)),
        ('<p>See <a href="https://a.example/1">here</a> for more of it</p>',
         '<p>See <a href="https://a.example/2">here</a> for more of it</p>', (["here"], ["here"], 1)),
        ('<a href="/media/documents/u1/agenda.pdf">Agenda</a>',
         '<a href="/admin/trips/trip/1/document/documents/u1/agenda.pdf">Agenda</a>', ([], [], 0)),
        ('<img src="/media/photos/u1/a.webp" alt="H">', '<img src="/admin/photo/u1/a.webp" alt="H">', ([], [], 0)),
        ('<img src="/p/a.webp" alt="Hall">', '<img src="/p/a.webp" alt="Yard">', ([""], [""], 1)),
        ("<p>A &amp; B met there</p>", "<p>A &lt; B met there</p>", (["&amp;"], ["&lt;"], 1)),
        ("<ul><li>a one</li><li>b two</li></ul>", "<ul><li>a one</li></ul>", (["b two"], [], 1)),
    ],
)  # fmt: skip
def test_what_differs_is_marked_and_nothing_else(before, after, expected):
    assert both(page(before), page(after)) == expected


def test_only_the_main_part_is_compared():
    assert marked(page("<p>a</p>"), page("<p>a</p>").replace("foot", "other foot")).differences == 0


def test_a_mark_never_crosses_a_tag():
    found = marked(page("<p>x</p>"), page('<p>y <a href="https://a.example/">z <b>w</b></a> v</p>'))
    inside = re.findall(r"<ins [^>]*>(.*?)</ins>", found.after)
    assert all("<" not in one for one in inside)


def test_each_difference_has_one_place_to_go_to_on_each_side():
    found = marked(page("<p>a <b>b</b> c one two three</p>"), page("<p>x <b>y</b> z one two three</p>"))
    assert found.before.count('id="difference-1"') == found.after.count('id="difference-1"') == 1
    assert found.differences == 1


HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</main><main>", "<!-- ", "]]>", "&lt;b&gt;",
    "&#x3c;", "</ins><script>", '<ins class="marked">', "<svg onload=alert(1)>", "' onmouseover='x",
    "\u2028\x0c\r\n", "&notanentity",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    plain, rich = escape(text), sanitise(f"<p>Kept {escape(text)} {text}</p>")
    for before, after in (
        (f"<p>Calm words</p>{rich}", f"<p>{plain}</p>"),
        (f"<p>{plain} a b c</p>", f"<p>{plain} a x c</p>"),
    ):
        both(page(before), page(after))
        both(page(after), page(before))


TEXTS = st.text(alphabet=st.sampled_from("ab <>&\"'/=!-;#中文\n\r\x0c\u2028"), max_size=40)


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, max_size=5), st.lists(TEXTS, max_size=5))
def test_taking_the_marks_out_gives_every_byte_back(before, after):
    pages = [page(*(f"<p>{escape(one)}</p>{sanitise(one)}" for one in texts)) for texts in (before, after)]
    both(*pages)
    assert marked(pages[0], pages[0]).differences == 0
    assert marked(*pages) == marked(*pages)


@pytest.mark.parametrize("make", [lambda n: f"<p>Same words.</p><p>{n}</p>", lambda n: f"<p>{n} a b c</p>"])
def test_very_long_pages_are_marked_in_bounded_time(make):
    before = page(*(make(number) for number in range(4000)))
    after = page(*(make(number) for number in range(1, 4001)))
    began = time.process_time()
    assert marked(before, after).differences >= 2
    assert time.process_time() - began < 5


def test_many_long_blocks_are_marked_in_bounded_time():
    began = time.process_time()
    pages = [page(*(f"<p>{word} {'a b ' * 400}{number}</p>" for number in range(500))) for word in ("one", "two")]
    assert (marked(*pages).differences, time.process_time() - began < 5) == (500, True)


def test_a_very_long_block_is_marked_as_a_whole_in_bounded_time():
    began = time.process_time()
    found = marked(page(f"<p>{'word ' * 50_000}</p>"), page(f"<p>{'word ' * 49_999}other</p>"))
    assert (found.differences, time.process_time() - began < 5) == (1, True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["x " * 450], ["x," * 450]),
        (["x " * 450 + "y"], ["x," * 450]),
        (["x"] * 800 + ["y"], ["x", ","] * 400),
        (["x", "y"] * 950, ["z", "x"] * 950),
        (["x " * 450 + str(number) for number in range(200)], ["x," * 450 + str(number) for number in range(1, 201)]),
        (["x " * 10 + "y"] * 800, ["x," * 10] * 800),
    ],
)
def test_pages_made_to_take_long_do_not(before, after):
    pages = [page(*(f"<p>{text}</p>" for text in texts)) for texts in (before, after)]
    began = time.process_time()
    assert marked(*pages).differences
    assert time.process_time() - began < 2
    both(*pages)


def test_elements_within_each_other_are_marked_in_bounded_time():
    deep = "<b>a" * 10_000
    began = time.process_time()
    assert marked(page(f"<p>{deep}</p>"), page(f"<p>{deep}x</p>")).differences == 1
    assert time.process_time() - began < 2

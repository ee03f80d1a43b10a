"""Texts that know their language."""

from exchange.lib.bilingual import Words, choose, counterpart, detected, joined, listed


def test_the_own_language_stands_unmarked_and_a_borrowed_one_says_so():
    both = {"en": "Guangzhou", "zh-hans": "广州"}
    assert choose(both, "zh-hans").__html__() == "广州"
    assert choose({"en": "Guangzhou", "zh-hans": ""}, "zh-hans").__html__() == '<span lang="en">Guangzhou</span>'
    assert choose({"en": "", "zh-hans": "广州"}, "en").__html__() == '<span lang="zh-Hans">广州</span>'
    assert not choose({"en": "", "zh-hans": ""}, "en")


def test_the_counterpart_needs_both():
    assert counterpart({"en": "BYD", "zh-hans": "比亚迪"}, "en").lang == "zh-Hans"
    assert counterpart({"en": "", "zh-hans": "比亚迪"}, "en") == ""
    assert counterpart({"en": "BYD", "zh-hans": ""}, "en") == ""


def test_what_is_printed_is_escaped_and_what_stands_in_an_attribute_is_bare():
    words = Words("<b>", "en")
    assert words.__html__() == '<span lang="en">&lt;b&gt;</span>'
    assert str(words) == "<b>"
    assert type(str(words)) is str


def test_lists_have_the_commas_of_their_language():
    assert listed(["<a>", "b"], "en") == "&lt;a&gt;, b"
    assert listed(["广州", "深圳"], "zh-hans") == "广州、深圳"
    assert joined(["one", "", Words("二", "zh-Hans")]) == 'one · <span lang="zh-Hans">二</span>'


def test_a_text_tells_its_language_by_its_letters():
    assert detected("广东职教行", "zh-hans").lang == ""
    assert detected("Trip to Guangdong", "zh-hans").lang == "en"
    assert detected("广东职教行", "en").lang == "zh-Hans"

"""Rich text: which links are kept."""

import pytest

from exchange.lib.html import is_web_address, sanitise


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org/a?b=1#c",
        "HTTPS://Example.org",
        "https://例子.中国/页",
        "https://[2001:db8::1]/",
        "mailto:ada@example.org",
        "mailto:ada@example.org?subject=Hello",
    ],
)
def test_absolute_addresses_are_kept(address):
    assert f'href="{address}"' in sanitise(f'<p><a href="{address}">words</a></p>')


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/x",
        "/admin/logout/",
        "page",
        "#here",
        "?a=1",
        "",
        "http:evil",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example",
        "https://",
        "https://:80/",
        "https://?a",
        "https://[::1",
        "\\\\evil.example",
        "https:\\\\evil.example",
        "mailto:",
        "mailto:nobody",
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "tel:123",
    ],
)
def test_other_links_lose_their_target_and_keep_their_words(address):
    assert sanitise(f'<p><a href="{address}">words</a></p>') == '<p><a rel="noopener">words</a></p>'


def test_other_attributes_are_left_alone():
    table = '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>'
    assert sanitise(table) == table


@pytest.mark.parametrize(
    ("address", "is_one"),
    [("https://a.example", True), ("http:a", False), ("https://", False), ("https://[", False), ("ftp://a", False)],
)
def test_web_addresses_are_absolute_and_have_a_host(address, is_one):
    assert is_web_address(address) is is_one

"""One article, one address: every spelling of it comes to the same key."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl import canonical_url, is_web, key_of
from crawl.urls import without_tracking

SAME = [
    ("http://example.org", "http://example.org/"),
    ("HTTPS://EXAMPLE.org:443/a", "https://example.org/a"),
    ("http://example.org./a", "http://example.org/a"),
    ("https://u:p@example.org/a", "https://example.org/a"),
    ("https://example.org/a#top", "https://example.org/a"),
    ("https://example.org/a/./b/../c", "https://example.org/a/c"),
    ("https://example.org/a?x=1&utm_source=t&fbclid=9", "https://example.org/a?x=1"),
    ("https://example.org/a?utm_campaign=t", "https://example.org/a"),
    ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
    ("https://example.org/a;jsessionid=12AB?x=1", "https://example.org/a?x=1"),
    ("https://example.org/a?PHPSESSID=abc", "https://example.org/a"),
    ("https://example.org/خبر", "https://example.org/%d8%ae%d8%a8%d8%b1"),
    ("https://example.org/%7Euser", "https://example.org/~user"),
    ("https://example.org/آ", "https://example.org/ا\u0653"),  # one letter, or alef and a madda
    ("https://مثال.إختبار/", "https://xn--mgbh0fb.xn--kgbechtv/"),
    (" https://example.org/a\n", "https://example.org/a"),
]
DIFFERENT = [
    ("https://example.org/a", "https://example.org/a/"),
    ("https://example.org/a", "https://example.org/A"),
    ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ("https://example.org/a?sid=1", "https://example.org/a?sid=2"),
    ("https://example.org/a?id=1", "https://example.org/a?id=2"),
    ("https://example.org/a", "https://www.example.org/a"),
    ("https://example.org/%C7", "https://example.org/%C8"),
    ("https://example.org:8080/", "https://example.org/"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_address_are_one(one: str, other: str) -> None:
    """What cannot change the page does not change the key."""
    assert canonical_url(one) == canonical_url(other)
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_addresses_stay_different(one: str, other: str) -> None:
    """What may change the page changes the key."""
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    "identifier",
    ["17", "", "urn:x:1", " a ", "javascript:x", "http://[", "http://a:b/", "mailto:a"],
)
def test_identifiers_are_never_rewritten(identifier: str) -> None:
    """What is no web address is left as it is, and is never a link."""
    assert canonical_url(identifier) == identifier
    assert not is_web(identifier)


def test_broken_percents_and_ports_are_survived() -> None:
    """Real links hold stray per cent signs, spaces and quotes."""
    assert canonical_url("http://a.org/100%/x y") == "http://a.org/100%25/x%20y"
    assert canonical_url('http://a.org/"') == "http://a.org/%22"
    assert canonical_url("http://[::1]:80/") == "http://[::1]/"


@given(st.text())
def test_any_text_has_a_key_and_one_canonical_form(text: str) -> None:
    """Nothing raises, and the canonical form of a canonical form is itself."""
    for url in (text, f"http://example.org/{text}", f"https://{text}/a?{text}"):
        assert re.fullmatch("[0-9a-f]{16}", key_of(url))
        assert canonical_url(canonical_url(url)) == canonical_url(url)


def test_what_is_fetched_keeps_the_order_of_its_parameters() -> None:
    """Only what tracks is left out of the address that is asked for."""
    url = "https://example.org/a?z=1&utm_medium=x&b=2#c"
    assert without_tracking(url) == "https://example.org/a?z=1&b=2"

"""One article, one address: every spelling of it comes to the same key."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawl import canonical_url, is_web, key_of, site_of
from crawl.frontier.spider_traps import shape_of
from crawl.frontier.url_filter import is_page
from crawl.identity import without_tracking
from crawl.urls import LONGEST_URL, joined, origin_of

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


# What a stranger may write where an address belongs; half of it looks like one.
MALFORMED = [
    *("http://[", "http://a]b/", "https://[x]/", "http://[::1", "http://[fe80::1%25eth0]/", "//["),
    *("http://a／b/", "http://exa℀mple.org/", "http://a b/", "http://a\\@b/", "http://a%41/"),
    *("mailto:a@b.c", "javascript:void(0)", "data:,x", "tel:1", "ftp://a/", "file:///etc/passwd"),
    *("http://", "http:///", "http://:80/", "http://a:b/", "http://a:99999/", "http://a:²/", "//"),
    *("http://\ud800.org/", "http://a/\udfff", "http://a\x00b/", "http://a..b/", "http://./"),
    *(f"http://{'a' * 64}.org/", f"http://{'a.' * 200}org/", "http://a/" + "x" * LONGEST_URL),
]
anything = st.one_of(
    st.sampled_from(MALFORMED),
    st.text(st.characters()),
    st.text(st.sampled_from("abخ[]@:/\\?#%.-&=;^|<>²℀／ \t\n\x00\ud800"), max_size=40),
    st.text(st.characters()).map("http://example.org/".__add__),
    st.text(st.characters()).map("https://".__add__),
)


@pytest.mark.parametrize("written", MALFORMED)
def test_what_is_malformed_leads_nowhere(written: str) -> None:
    """It is no web address, joins to none and has no site; its identity is itself."""
    assert not is_web(written)
    address = joined("https://example.org/", written)
    assert address is None or is_web(address)
    assert (site_of(written), origin_of(written)) == ("", "")
    assert canonical_url(written) == without_tracking(written) == written


@given(anything, anything)
@example("http://[", "x")
@example("https://example.org/", "x" * 100_000)
@example("https://example.org/" * 10_000, "x")
def test_anything_joined_to_anything_is_a_web_address_or_none(base: str, target: str) -> None:
    """Whatever stands in a link, `Location`, `Sitemap` or `base`: nothing raises."""
    address = joined(base, target)
    assert address is None or (is_web(address) and len(address) <= LONGEST_URL)
    for url in filter(None, (base, target, address)):
        assert not is_page(url) or is_web(url)
        assert shape_of(url) == "" or is_web(url)
        assert bool(site_of(url)) == bool(origin_of(url)) == is_web(url)
        assert is_web(without_tracking(url)) == is_web(url)
        assert site_of(canonical_url(url)) == site_of(without_tracking(url)) == site_of(url)
        (address or base).encode("utf-8", "surrogatepass")


JOINED = [
    ("/a", "https://example.org/a"),
    ("b/c", "https://example.org/x/b/c"),
    ("?y=1", "https://example.org/x/?y=1"),
    ("//example.net/a", "https://example.net/a"),
    ("\\a\\b?c=\\d", "https://example.org/a/b?c=\\d"),
    (" \n/a\t/b \x00", "https://example.org/a/b"),
    ("HTTP://EXAMPLE.net", "HTTP://EXAMPLE.net"),
    ("/خبر 1", "https://example.org/خبر 1"),
    ("", "https://example.org/x/"),
]


@pytest.mark.parametrize(("target", "address"), JOINED)
def test_links_are_joined_as_browsers_do(target: str, address: str) -> None:
    """Relative, without a scheme, with the wrong slashes, broken over lines."""
    assert joined("https://example.org/x/", target) == address


SITES = [
    ("https://www.example.org/a", "https://example.org"),
    ("http://example.org:80/", "https://EXAMPLE.org.:443/b"),
    ("https://مثال.إختبار/", "https://www.xn--mgbh0fb.xn--kgbechtv/a"),
    ("http://u:p@example.org:8080/", "https://www.example.org:8080"),
    ("http://[0:0::1]/", "https://[::1]/"),
]


@pytest.mark.parametrize(("one", "other"), SITES)
def test_spellings_of_one_site_are_one(one: str, other: str) -> None:
    """With www or without, in letters or in punycode, with the scheme's own port or none."""
    assert site_of(one) == site_of(other) != ""


def test_two_servers_of_one_host_are_two_sites() -> None:
    """A port other than the usual one belongs to the name, as it does for a browser."""
    assert (
        site_of("http://example.org:8080/") == "example.org:8080" != site_of("http://example.org")
    )


def test_what_is_fetched_keeps_the_order_of_its_parameters() -> None:
    """Only what tracks is left out of the address that is asked for."""
    url = "https://example.org/a?z=1&utm_medium=x&b=2#c"
    assert without_tracking(url) == "https://example.org/a?z=1&b=2"

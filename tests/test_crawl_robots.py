"""robots.txt: what a host forbids, whatever encoding its rules came in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.discovery.robots import LARGEST, LONGEST_DELAY, decode_robots, read_robots

RULES = "User-agent: *\r\nDisallow: /private/\r\nDisallow: /خاص/\r\nCrawl-delay: 2\r\n"
HOST = "https://marsa.example"


@pytest.mark.parametrize(
    "content",
    [
        RULES.encode(),
        b"\xef\xbb\xbf" + RULES.encode(),
        b"\xef\xbb\xbf\xef\xbb\xbf" + RULES.encode(),
        RULES.encode("utf-16"),
        RULES.encode("utf-16-le"),
        b"\xfe\xff" + RULES.encode("utf-16-be"),
        RULES.replace("\r\n", "\r").encode(),
        b"# \xff\xfe broken\n" + RULES.encode(),
    ],
)
def test_the_first_group_counts_whatever_stands_before_it(content: bytes) -> None:
    """A byte-order mark or UTF-16 does not open what is forbidden."""
    rules = read_robots(decode_robots(content), 200)
    assert not rules.allows(f"{HOST}/private/1")
    assert not rules.allows(f"{HOST}/خاص/2")
    assert not rules.allows(f"{HOST}/%D8%AE%D8%A7%D8%B5/2")
    assert rules.allows(f"{HOST}/news/1")
    assert rules.delay == 2.0


@pytest.mark.parametrize(
    ("text", "status", "allowed", "failure"),
    [
        (RULES, 404, True, ""),
        (RULES, 503, False, "robots-http-503"),
        (RULES, 429, False, "robots-http-429"),
        ("timeout", 0, False, "timeout"),
        ("<html><title>404</title>", 200, True, ""),
        ("User-agent: otherbot\nDisallow: /", 200, True, ""),
        ("User-agent: bahith\nDisallow: /\n\nUser-agent: *\nAllow: /", 200, False, ""),
    ],
)
def test_what_cannot_be_had_allows_nothing_and_what_is_not_there_everything(
    text: str, status: int, allowed: bool, failure: str
) -> None:
    """RFC 9309: a missing file is no rule, a failing server is a closed door."""
    rules = read_robots(text, status)
    assert (rules.allows(f"{HOST}/private/1"), rules.failure) == (allowed, failure)


def test_delays_and_files_have_a_bound() -> None:
    """A day's Crawl-delay is cut, and so is a file without end."""
    assert read_robots("User-agent: *\nCrawl-delay: 86400", 200).delay == LONGEST_DELAY
    assert len(decode_robots(b"#" * (LARGEST + 1000))) == LARGEST


@given(st.binary(), st.integers(200, 599))
def test_any_bytes_are_rules_or_none(content: bytes, status: int) -> None:
    """Nothing raises."""
    read_robots(decode_robots(content), status).allows(f"{HOST}/1")
    read_robots(decode_robots(b"User-agent: *\nDisallow: " + content), 200).allows(f"{HOST}/1")

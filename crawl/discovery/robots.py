"""What a host's robots.txt allows us (RFC 9309).

The frontier, not Scrapy, decides who is next, so it asks here before each fetch; redirects, feeds
and sitemaps pass the same gate. A missing file allows everything, a failing server nothing.

>>> rules = read_robots("User-agent: *\\nDisallow: /private/\\nCrawl-delay: 2", 200)
>>> rules.allows("https://a.org/private/x"), rules.allows("https://a.org/"), rules.delay
(False, True, 2.0)
"""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from crawl.text.charset import decode

NAME = "bahith"
# Bytes read of a robots.txt; the standard asks for at least 500 KiB.
LARGEST = 512 * 1024
# Seconds of Crawl-delay obeyed; some say a day, which means «go away».
LONGEST_DELAY = 300.0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host. `delay` is its Crawl-delay in seconds, `sitemaps` those it names.

    `failure` says in a word why the rules are not known; then nothing is allowed.
    """

    rules: Protego | None
    delay: float = 0.0
    sitemaps: tuple[str, ...] = ()
    failure: str = ""

    def allows(self, url: str) -> bool:
        """Whether we may fetch an address."""
        return self.rules is not None and bool(self.rules.can_fetch(url, NAME))


def decode_robots(content: bytes) -> str:
    """A robots.txt as text: UTF-8 by its standard, in UTF-16 or behind a byte-order mark as found.

    A mark left in the text would be part of the first line, and hide the first group.

    >>> decode_robots("\\ufeffUser-agent: *".encode())
    'User-agent: *'
    """
    kept = content[:LARGEST]
    # Other bytes than UTF-8 cost their own line only: the standard knows no other encoding.
    text = decode(kept).text if b"\0" in kept[:200] else kept.decode("utf-8", "replace")
    return text.lstrip("\ufeff")


def read_robots(text: str, status: int) -> Robots:
    """The rules of a robots.txt that came with an HTTP status; with 0, `text` says what failed."""
    if status == 0:
        return Robots(None, failure=text)
    if status == 429 or status >= 500:
        return Robots(None, failure=f"robots-http-{status}")
    rules = Protego.parse(text if 200 <= status < 300 else "")
    delay = float(rules.crawl_delay(NAME) or 0)
    delay = min(max(delay, 0.0), LONGEST_DELAY) if delay == delay else 0.0  # «nan» is a number too
    return Robots(rules, delay, tuple(rules.sitemaps))

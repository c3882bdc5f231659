"""Web addresses from strangers: reading, joining, and the site and origin of one.

The only module that calls `urllib.parse`'s parsers, which raise on `http://[`; a lint rule keeps it
so. Every function here takes any text, never raises, and is linear in its length. What is no web
address (http or https, a host that can be looked up, at most `LONGEST_URL` characters) is None or
''.

>>> joined("https://example.org/a/b", "../c?x=1")
'https://example.org/c?x=1'
>>> joined("https://example.org/", "mailto:a@b.c"), joined("https://example.org/", "http://[")
(None, None)
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from contextlib import suppress
from urllib.parse import SplitResult, urljoin, urlsplit

from crawl.text_cache import remembered

DEFAULT_PORTS = {"http": 80, "https": 443}
# An Arabic slug takes six characters a letter, so 2,083 is too short.
LONGEST_URL = 4096
# RFC 1035, 2.3.4, less the root's dot; a label's 63 are held by the IDNA codec.
LONGEST_HOST = 253

# Browsers remove these wherever they stand (WHATWG URL, 4.4); the ends also lose their spaces.
_INVISIBLE = str.maketrans("", "", "\t\r\n")
_ENDS = "".join(map(chr, range(0x21)))
# What no address may hold: other control characters, and half a character (a lone surrogate).
_UNUSABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_FORBIDDEN_IN_HOST = re.compile(r'[\s"#%/:<>?@\[\\\]^`{|}]')  # WHATWG URL, 3.1


def joined(base: str, target: str) -> str | None:
    """The web address that a link leads to from a page; None when it leads to none.

    For every address that a stranger wrote: a link, `Location`, `Sitemap`, `loc`, `base`.

    >>> joined("https://example.org/a/", " خبر\\n/1 "), joined("https://a.org/x", "\\\\b\\\\c")
    ('https://example.org/a/خبر/1', 'https://a.org/b/c')
    """
    if max(len(base), len(target)) > LONGEST_URL:
        return None
    target = target.strip(_ENDS).translate(_INVISIBLE)
    path, rest = re.match(r"([^?#]*)(.*)", target, re.DOTALL).groups()  # type: ignore[union-attr]
    try:
        address = urljoin(base, path.replace("\\", "/") + rest)
    except ValueError:
        return None
    return address if split_web(address) is not None else None


def is_web(url: str) -> bool:
    """Whether an identifier is a web address, so may be fetched and made a link.

    >>> is_web("https://example.org/"), is_web("javascript:alert(1)"), is_web("news-17")
    (True, False, False)
    """
    return split_web(url) is not None


@remembered(1_000)  # one page asks for its own address several times
def split_web(url: str) -> SplitResult | None:
    """The parts of a web address, or None for anything else, however malformed."""
    if len(url) > LONGEST_URL:
        return None
    url = url.strip(_ENDS).translate(_INVISIBLE)
    if _UNUSABLE.search(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises when it is no number
    except ValueError:
        return None
    is_one = parts.scheme in DEFAULT_PORTS and "\\" not in parts.netloc and lookup_name(parts)
    return parts if is_one else None


def lookup_name(parts: SplitResult) -> str:
    """The host as it is looked up (IDNA, lower case, no last dot); '' when it cannot be."""
    if len(parts.hostname or "") > LONGEST_HOST + 1:
        return ""
    host = unicodedata.normalize("NFC", parts.hostname or "").rstrip(".")
    if "[" in parts.netloc:
        with suppress(ValueError):
            return f"[{ipaddress.IPv6Address(host)}]" if "%" not in host else ""
        return ""
    try:
        host = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return "" if len(host) > LONGEST_HOST or _FORBIDDEN_IN_HOST.search(host) else host


def authority(parts: SplitResult) -> str:
    """The host of a web address, and its port where that is not the scheme's own.

    >>> authority(split_web("HTTPS://u:p@مثال.إختبار.:443/"))
    'xn--mgbh0fb.xn--kgbechtv'
    """
    host = lookup_name(parts)
    return host if parts.port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{parts.port}"


def origin_of(url: str) -> str:
    """Scheme, host and port: what one robots.txt speaks for; '' for what is no web address.

    >>> origin_of("https://www.Example.org/a?b")
    'https://www.example.org'
    """
    parts = split_web(url)
    return f"{parts.scheme}://{authority(parts)}" if parts else ""


def site_of(url: str) -> str:
    """The site of an address as its readers know it: the host without `www.`, in its own letters.

    A port other than the scheme's own is part of the name. '' for what is no web address.

    >>> site_of("https://www.Example.org:443/a"), site_of("http://example.org:8080/"), site_of("17")
    ('example.org', 'example.org:8080', '')
    >>> site_of("https://xn--mgbh0fb.xn--kgbechtv/")
    'مثال.إختبار'
    """
    parts = split_web(url)
    if parts is None:
        return ""
    name = authority(parts).removeprefix("www.")
    return ".".join(_in_its_letters(label) for label in name.split("."))


def with_scheme(typed: str) -> str:
    """What a person types as an address, with its scheme.

    >>> with_scheme("example.org/news"), with_scheme("http://example.org")
    ('https://example.org/news', 'http://example.org')
    """
    return typed if re.match(r"[a-zA-Z][\w+.-]*://", typed) else f"https://{typed}"


def _in_its_letters(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        letters = label.encode("ascii").decode("idna")
        return letters if letters.encode("idna") == label.encode("ascii") else label
    except UnicodeError:
        return label

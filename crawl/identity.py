"""The identity of an address: one canonical spelling, one key.

The same article is linked as `HTTP://Example.ORG:80/خبر?utm_source=x#c`, as its percent-encoded
twin and as a decomposed copy of that. `canonical_url` gives them one form and `key_of` one key, so
that nothing is fetched or archived twice. What is no web address is an identifier, never rewritten.

>>> canonical_url("HTTP://Example.ORG:80/a/../خبر?utm_source=x&b=2&a=1#c")
'http://example.org/%D8%AE%D8%A8%D8%B1?a=1&b=2'
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from contextlib import suppress
from urllib.parse import urlunsplit

from crawl.text_cache import remembered
from crawl.urls import authority, split_web

# Names of query parameters that say who sent the reader or who reads, never what is read; a prefix
# ends in `*`. `sid` and `id` are not here: old newspapers number their stories with them.
TRACKING = """
    utm_* mtm_* matomo_* pk_campaign pk_kwd pk_source pk_medium pk_content at_medium at_campaign
    fbclid fb_action_ids fb_action_types fb_source action_ref_map gclid gclsrc dclid gbraid wbraid
    yclid ysclid msclkid twclid ttclid igshid igsh mc_cid mc_eid _ga _gl _openstat ncid ocid cmpid
    xtor spm icid __twitter_impression
"""
SESSION = "phpsessid jsessionid aspsessionid* sessionid session_id zenid cfid cftoken"

_DROPPED = re.compile(
    "|".join(re.escape(name).replace(r"\*", ".*") for name in (TRACKING + SESSION).split()),
    re.IGNORECASE,
)
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"  # RFC 3986, 2.3
)
_IN_PATH = _UNRESERVED | frozenset(b"!$&'()*+,;=:@/%")
_IN_QUERY = _IN_PATH | frozenset(b"?")


@remembered(1 << 14)  # a page's links are the last page's links, and each is asked thrice
def canonical_url(url: str) -> str:
    """The one spelling of a web address; anything that is not http or https comes back unchanged.

    Scheme and host lower case, IDNA, no default port, user name or fragment; dot segments resolved;
    text in NFC, then percent-encoded; tracking and session parameters off, the others sorted.

    >>> canonical_url("https://مثال.إختبار/") == canonical_url("https://xn--mgbh0fb.xn--kgbechtv")
    True
    >>> canonical_url("urn:isbn:123")
    'urn:isbn:123'
    """
    parts = split_web(url)
    if parts is None:
        return url
    path = _encoded(_SESSION_IN_PATH.sub("", parts.path), _IN_PATH)
    query = _encoded(parts.query, _IN_QUERY)
    return urlunsplit((parts.scheme, authority(parts), _resolved(path), _kept(query), ""))


def key_of(url: str) -> str:
    """The identity of an address: 16 hex digits, BLAKE2b-8 of its canonical form.

    >>> key_of("http://example.org/#top") == key_of("http://EXAMPLE.org")
    True
    """
    spelled = canonical_url(url).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(spelled, digest_size=8).hexdigest()


def without_tracking(url: str) -> str:
    """A web address as it was linked, less its fragment and what tracks its reader.

    This is what a crawl asks for: unlike the canonical form it keeps the order of the parameters.

    >>> without_tracking("https://example.org/خبر?b=2&utm_source=x&a=1#c")
    'https://example.org/خبر?b=2&a=1'
    """
    parts = split_web(url)
    if parts is None:
        return url
    query = "&".join(f for f in parts.query.split("&") if f and not _tracks(f))
    path = _SESSION_IN_PATH.sub("", parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path or "/", query, ""))


def is_plainer(url: str, other: str) -> bool:
    """Whether an address is another one with fewer parameters.

    >>> is_plainer("https://a.org/1", "https://a.org/1?ref=home"), is_plainer("https://a.org/2", "")
    (True, False)
    """
    one, two = split_web(canonical_url(url)), split_web(canonical_url(other))
    if one is None or two is None or one[:3] != two[:3]:
        return False
    return set(filter(None, one.query.split("&"))) < set(two.query.split("&"))


def _encoded(text: str, allowed: frozenset[int]) -> str:
    """NFC and percent-encoded once; what is reserved and came encoded stays so (%2F is no /)."""
    raw = _PERCENT.sub(_decoded_if_harmless, text.encode("utf-8", "surrogatepass"))
    # %C7%E1 does not decode: an address in windows-1256, whose bytes are its only spelling.
    with suppress(UnicodeDecodeError):
        raw = unicodedata.normalize("NFC", raw.decode("utf-8")).encode("utf-8")
    coded = "".join(chr(byte) if byte in allowed else f"%{byte:02X}" for byte in raw)
    return re.sub(r"%(?![0-9A-F]{2})", "%25", coded)


def _decoded_if_harmless(match: re.Match[bytes]) -> bytes:
    byte = int(match[1], 16)
    return bytes([byte]) if byte in _UNRESERVED or byte >= 0x80 else match[0].upper()


def _resolved(path: str) -> str:
    """Dot segments removed (RFC 3986, 5.2.4); the empty path is `/`."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    closes = bool(segments) and segments[-1] in (".", "..")
    return "/" + "/".join(kept) + ("/" if closes and kept else "")


def _kept(query: str) -> str:
    return "&".join(sorted(f for f in query.split("&") if f and not _tracks(f)))


def _tracks(field: str) -> bool:
    return bool(_DROPPED.fullmatch(field.partition("=")[0]))

"""Bytes to characters: which encoding a page is really in, whatever it says.

Four witnesses may disagree: the byte-order mark, the Content-Type header, the page's meta tag, and
the bytes. The bytes win where they can: Arabic in windows-1256 is practically never valid UTF-8, so
bytes that are valid UTF-8 are UTF-8. Between the two single-byte Arabic sets the article «ال»
decides, which is C7 E1 in windows-1256 and C7 E4 in ISO-8859-6 and stands in every Arabic line.
(A statistical detector was rejected: slower, and less sure than this one word.)

>>> decode("السلام".encode("cp1256"), "text/html; charset=utf-8").encoding
'cp1256'
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

# A browser looks at the first kilobyte; real pages put long comments above their meta tag.
_META_WINDOW = 8192
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.\-]{2,40})", re.I
)
_XML = re.compile(rb"^\s{0,99}<\?xml[^>]{0,200}?encoding=[\"']([A-Za-z0-9_.\-]{2,40})")
_HEADER = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.\-]{2,40})", re.I)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What the web means by a name is often a superset of what the name says.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "utf-16": "utf-8",  # a page whose meta tag could be read is not in UTF-16
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-7": "utf-8",
}
# One broken byte among this many multi-byte letters is still UTF-8 (cut off, or pasted into).
_LETTERS_PER_FLAW = 12

# Text decoded with the wrong codec and saved as UTF-8: (codec that was wrongly used, the right one,
# what «ال» looks like then). Repaired only when «ال» comes out far more often than before.
_MISREADINGS = (
    ("cp1252", "utf-8", "Ø§Ù„"),
    ("latin-1", "utf-8", "Ø§Ù\x84"),
    ("cp1256", "utf-8", "ط§ظ„"),
    ("cp1252", "cp1256", "Çá"),
)
_SURE = 10
_ARTICLE = "ال"


class Decoded(NamedTuple):
    """A page as characters, and the encoding (a Python codec name) it was read in."""

    text: str
    encoding: str


def decode(content: bytes, content_type: str = "") -> Decoded:
    """The page's characters; never fails: bytes that mean nothing become U+FFFD.

    `content_type` is the header as the server sent it. Doubly encoded text is repaired only when
    the repair brings out Arabic that was not there before.
    """
    encoding = _encoding(content, content_type)
    return Decoded(_repair(content.decode(encoding, "replace")), encoding)


def _encoding(content: bytes, content_type: str) -> str:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name
    if content[:200].count(0) > 40:
        return "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    if _looks_utf8(content):
        return "utf-8"
    declared = [name for name in _declared(content, content_type) if name != "utf-8"]
    return _best(content, [*declared, "cp1256", "iso8859-6"])


def _looks_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
        flaws = text.count("\ufffd")
        letters = sum(text.count(letter) for letter in "اليمونر")
        return letters > flaws * _LETTERS_PER_FLAW
    return True


def _declared(content: bytes, content_type: str) -> list[str]:
    """The codecs that header, XML declaration and meta tag name, in that order."""
    head = content[:_META_WINDOW]
    names = [found[1] for found in [_HEADER.search(content_type)] if found]
    names += [
        found[1].decode("ascii") for found in [_XML.search(head), _META.search(head)] if found
    ]
    return [codec for name in names if (codec := _codec(name))]


def _codec(name: str) -> str:
    try:
        found = codecs.lookup("cp1256" if name.lower() == "arabic" else name).name
        b"\xc7 ".decode(found, "replace")  # Python also lists codecs that make no text: hex, idna
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(found, found)


def _best(content: bytes, codecs_in_order: list[str]) -> str:
    """The first codec in which «ال» is as frequent as in any other."""

    def articles(codec: str) -> int:
        return content.decode(codec, "replace").count(_ARTICLE)

    return max(codecs_in_order, key=articles)


def _repair(text: str) -> str:
    for wrong, right, disguise in _MISREADINGS:
        hidden = text.count(disguise)
        if hidden >= _SURE and hidden > 4 * text.count(_ARTICLE):
            return _reread(text, wrong, right)
    return text


def _reread(text: str, wrong: str, right: str) -> str:
    """Undo a misreading in each run of non-ASCII characters that can be undone without loss."""

    def mend(run: re.Match[str]) -> str:
        try:
            return _to_bytes(run[0], wrong).decode(right)
        except UnicodeError:
            return run[0]

    return re.sub(r"[^\x00-\x7f]+", mend, text)


def _to_bytes(run: str, codec: str) -> bytes:
    """Encode as careless converters do: a byte the codec leaves undefined stands for itself."""
    try:
        return run.encode(codec)
    except UnicodeEncodeError:
        return b"".join(bytes([ord(c)]) if 0x7F < ord(c) < 0xA0 else c.encode(codec) for c in run)

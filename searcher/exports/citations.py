"""BibTeX, RIS and CSL-JSON: references for whoever writes about the news."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from searcher.exports.records import Record

# What TeX reads as a command, and what would end or open a field.
_TEX = re.compile(r"[\\{}$&#%_^~]")
_TEX_NAMES = {
    "\\": r"\textbackslash ",
    "{": "(",
    "}": ")",
    "^": r"\textasciicircum ",
    "~": r"\textasciitilde ",
}
_BREAKS = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_NO_KEY = re.compile(r"[^A-Za-z0-9]+")
KEY_LETTERS = 12


def one_line(text: str) -> str:
    """A text without line breaks and control characters.

    >>> one_line("سطر\\n\\tسطران")
    'سطر سطران'
    """
    return _BREAKS.sub(" ", text).strip()


def tex(text: str) -> str:
    """A text that TeX prints as it stands; braces become parentheses.

    >>> tex("100 % {x}")
    '100 \\\\% (x)'
    """
    return _TEX.sub(lambda found: _TEX_NAMES.get(found[0], "\\" + found[0]), one_line(text))


def as_bibtex(found: Iterator[Record]) -> Iterator[bytes]:
    """An `@article` each, its source as the journal; empty fields are left out."""
    for record in found:
        fields = {
            "title": tex(record.title),
            "author": f"{{{tex(record.author)}}}" if record.author else "",
            "journal": tex(record.source),
            "date": _day(record),
            "year": _day(record)[:4],
            "url": one_line(record.url).translate(_URL),
            "keywords": tex(", ".join(record.tags)),
            "langid": {"ar": "arabic", "en": "english", "fr": "french"}.get(record.language, ""),
            "abstract": tex(record.excerpt),
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        entry = ",\n".join((f"@article{{{_NO_KEY.sub('', record.id)[:KEY_LETTERS]}", *lines))
        yield f"{entry}\n}}\n\n".encode("utf-8", "replace")


def as_ris(found: Iterator[Record]) -> Iterator[bytes]:
    """A `NEWS` reference each (RIS, 2011), lines ended by CR LF as its readers want them."""
    for record in found:
        tags = [("KW", tag) for tag in record.tags]
        fields = [
            ("TY", "NEWS"),
            ("ID", record.id),
            ("TI", record.title),
            ("AU", record.author),
            ("T2", record.source),
            ("SE", record.section),
            ("PY", _day(record)[:4]),
            ("DA", _day(record).replace("-", "/") + "/" if _day(record) else ""),
            ("UR", record.url),
            ("LA", record.language),
            *tags,
            ("AB", record.excerpt),
        ]
        lines = [f"{name}  - {one_line(value)}" for name, value in fields if one_line(value)]
        yield ("\r\n".join([*lines, "ER  - "]) + "\r\n\r\n").encode("utf-8", "replace")


def as_csl(found: Iterator[Record]) -> Iterator[bytes]:
    """An array of `article-newspaper` items (CSL-JSON), one a line."""
    opening = "[\n"
    for record in found:
        issued = [[int(part) for part in _day(record).split("-")]] if _day(record) else None
        item = {
            "id": record.id,
            "type": "article-newspaper",
            "title": one_line(record.title),
            "author": [{"literal": one_line(record.author)}] if record.author else None,
            "container-title": one_line(record.source),
            "section": one_line(record.section),
            "issued": {"date-parts": issued} if issued else None,
            "URL": one_line(record.url),
            "language": record.language,
            "abstract": record.excerpt,
        }
        told = {name: value for name, value in item.items() if value}
        yield (opening + json.dumps(told, ensure_ascii=False)).encode("utf-8", "replace")
        opening = ",\n"
    yield b"[]\n" if opening == "[\n" else b"\n]\n"


def _day(record: Record) -> str:
    """The day of a record, if it has a whole one."""
    return record.date[:10] if re.fullmatch(r"\d{4}-\d\d-\d\d", record.date[:10]) else ""

"""Rows: an article as one JSON object, in and out.

    {"url", "title", "body", "date"?, "author"?, "source"?, "section"?, …}

A row's `url` may be any identifier. Nothing is refused for being short, untitled or empty of body:
who exports an archive knows what an article is. Text is cleaned here, once, by `crawl.text.clean`.

>>> to_article({"url": "17", "title": "خبر &amp; خبر", "body": "نص"}).title
'خبر & خبر'
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from crawl.article import Article
from crawl.reasons import sentence
from crawl.text.clean import clean_line, clean_text

_LINES = ("title", "author", "source", "section")
_AS_WRITTEN = ("canonical", "image")


_TIME = re.compile(r"\d[T ]\d|\d:\d")
DEEPEST_LIST = 10  # lists in lists of a field that are still read as its texts


class BadRow(ValueError):
    """A row that is no article; `reason` is one of `crawl.reasons`, `detail` says where."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(sentence(reason) + (f": {detail}" if detail else ""))
        self.reason, self.detail = reason, detail


def parse_row(line: bytes) -> Article:
    """The article of one JSON line; BadRow says what is wrong with it."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadRow("not-utf-8") from None
    except json.JSONDecodeError as error:
        raise BadRow("bad-json", f"at character {error.pos + 1}: {error.msg}") from None
    except ValueError:  # a number of more than 4,300 digits
        raise BadRow("bad-json", "a number too long") from None
    except RecursionError:
        raise BadRow("too-deep") from None
    if not isinstance(row, dict):
        raise BadRow("bad-row")
    return to_article(row)


def to_article(row: Mapping[str, Any]) -> Article:
    """Read a row; BadRow when it has no url, neither title nor body, or a field is no text."""
    url = _text(row, "url")
    if not url:
        raise BadRow("no-url")
    if not {"title", "body"} & row.keys():
        raise BadRow("no-text")
    if any("\ud800" <= letter <= "\udfff" for letter in url):
        raise BadRow("not-text", "the url holds half a character (a lone surrogate)")
    return Article(
        url=url,
        body=clean_text(_text(row, "body")),
        date=_moment(_text(row, "date")),
        modified=_moment(_text(row, "modified")),
        language=clean_line(_text(row, "language")) or "ar",
        tags=tuple(filter(None, map(clean_line, _texts(row.get("tags"), "tags")))),
        **{name: clean_line(_text(row, name)) for name in (*_LINES, *_AS_WRITTEN)},
    )


def to_row(article: Article) -> dict[str, Any]:
    """The row of an article: unknown fields left out, so that `to_article` gives it back.

    >>> to_row(Article(url="17", title="خبر", body=""))
    {'url': '17', 'title': 'خبر', 'body': '', 'language': 'ar'}
    """
    known = {"url", "title", "body"}
    return {name: value for name, value in asdict(article).items() if value or name in known}


def _moment(written: str) -> str:
    """A day or instant in ISO 8601's usual form, whatever form it was written in; '' for none."""
    written = written.strip()
    if not written:
        return ""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        from crawl.text.dates import read_stamp  # loads hijridate; rows mostly hold ISO dates

        stamp = read_stamp(written)
        return stamp.iso if stamp else ""
    return moment.isoformat() if _TIME.search(written) else moment.date().isoformat()


def _text(row: Mapping[str, Any], name: str) -> str:
    return "، ".join(_texts(row.get(name), name))


def _texts(value: object, name: str) -> list[str]:
    """The texts of a field: one, or those of a list and of the lists in it."""
    match value:
        case None:
            return []
        case str():
            return [value]
        case bool():
            raise BadRow("not-text", f"{name} is not text")
        case int() | float():
            return [str(value)]
        case list():
            return [text for item in _flat(value) for text in _texts(item, name)]
        case _:
            raise BadRow("not-text", f"{name} is not text")


def _flat(value: list[Any]) -> list[Any]:
    """A list without lists in it; BadRow past a depth that no exporter writes."""
    for _ in range(DEEPEST_LIST):
        if not any(isinstance(item, list) for item in value):
            return value
        value = [one for item in value for one in (item if isinstance(item, list) else [item])]
    raise BadRow("too-deep")

"""Rows: an article as one JSON object, in and out.

    {"url", "title", "body", "date"?, "author"?, "source"?, "section"?, …}

A row's `url` may be any identifier. Nothing is refused for being short, untitled or empty of body:
who exports an archive knows what an article is. Text is cleaned here, once, by `crawl.text.clean`.

>>> to_article({"url": "17", "title": "خبر &amp; خبر", "body": "نص"}).title
'خبر & خبر'
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from crawl.article import Article
from crawl.text.clean import clean_line, clean_text

_LINES = ("title", "author", "source", "section")
_AS_WRITTEN = ("canonical", "image")


def parse_row(line: bytes) -> Article:
    """The article of one JSON line; ValueError says in a sentence what is wrong with it."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"broken JSON at character {error.pos + 1}: {error.msg}") from None
    except RecursionError:
        raise ValueError("JSON nested too deeply") from None
    if not isinstance(row, dict):
        raise ValueError("not a JSON object of the form {url, title, body}")
    return to_article(row)


def to_article(row: Mapping[str, Any]) -> Article:
    """Read a row; ValueError when it has no url, neither title nor body, or a field is no text."""
    url = _text(row, "url")
    if not url:
        raise ValueError("no url: each row needs one, any identifier will do")
    if not {"title", "body"} & row.keys():
        raise ValueError("neither title nor body")
    if any("\ud800" <= letter <= "\udfff" for letter in url):
        raise ValueError("the url holds half a character (a lone surrogate)")
    return Article(
        url=url,
        body=clean_text(_text(row, "body")),
        date=_moment(_text(row, "date")),
        modified=_moment(_text(row, "modified")),
        language=clean_line(_text(row, "language")) or "ar",
        tags=tuple(clean_line(_joined(tag, "tags")) for tag in row.get("tags") or ()),
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
    """An ISO day or instant as it was written, any other date as ISO; '' when it says no day."""
    written = written.strip()
    if not written:
        return ""
    try:
        datetime.fromisoformat(written)
    except ValueError:
        from crawl.text.dates import read_stamp  # loads hijridate; rows mostly hold ISO dates

        moment = read_stamp(written)
        return moment.iso if moment else ""
    return written


def _text(row: Mapping[str, Any], name: str) -> str:
    return _joined(row.get(name), name)


def _joined(value: object, name: str) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool() | dict():
            raise ValueError(f"{name} is not text")
        case int() | float():
            return str(value)
        case list():
            return "، ".join(_joined(item, name) for item in value)
        case _:
            raise ValueError(f"{name} is not text")

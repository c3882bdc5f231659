"""JSON as page templates write it, read as leniently as search engines do.

Raw line breaks in strings, comments around or between, a comma before the closing bracket, several
objects in a row. Where a quotation mark inside a string breaks it all, the plain facts are picked
out of the text: they never contain one.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

# Longer blocks are product catalogues, not articles.
_LIMIT = 2_000_000
_OBJECTS = 50
# Characters in which entities show that a template escaped it all.
_START = 500

_COMMENT = re.compile(
    r"/\*.{0,2000}?\*/|<!--|-->|(?:^|(?<=[\s,{\[]))//[^\n\"]{0,500}$", re.S | re.M
)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_TRAILING_COMMA = re.compile(r",\s{0,200}(?=[}\]])")
_FACT = re.compile(
    r"['\"](@type|datePublished|dateModified|dateCreated|articleSection|inLanguage)['\"]\s{0,9}:"
    r"\s{0,9}['\"]([^'\"\n]{1,100})['\"]"
)
_DECODER = json.JSONDecoder(strict=False)


def read_json(text: str) -> Any:
    """The value, a list when there are several in a row, None when nothing can be read.

    >>> read_json('{"a": 1,} // twice'), read_json('{"a": 1}{"b": 2};')
    ({'a': 1}, [{'a': 1}, {'b': 2}])
    >>> read_json('{"headline": "a "quoted" word", "datePublished": "2026-11-25"}')
    {'datePublished': '2026-11-25'}
    """
    text = text[:_LIMIT].strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    if "&quot;" in text[:_START]:
        text = html.unescape(text)
    bare = _TRAILING_COMMA.sub("", _COMMENT.sub(" ", _CDATA.sub(" ", text)))
    return _values(bare.strip()) or dict(reversed(_FACT.findall(text))) or None


def _values(text: str) -> Any:
    """The values that stand in a row, one alone as itself."""
    found: list[Any] = []
    place = 0
    while place < len(text) and len(found) < _OBJECTS:
        try:
            value, place = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            return None
        found.append(value)
        while place < len(text) and text[place] in " \t\r\n;,":
            place += 1
    return found[0] if len(found) == 1 else found

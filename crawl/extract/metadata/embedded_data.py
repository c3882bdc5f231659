"""Article text in the data that a page's scripts carry: `__NEXT_DATA__`, `__NUXT__` and their like.

No script is run: the string literals of such data are read, those with running Arabic text are the
paragraphs. Looked at only where the page itself shows next to nothing.
"""

from __future__ import annotations

import json
import re

from crawl.extract.tree.dom import Element, arabic_letters
from crawl.extract.tree.fragment import read_fragment

_DATA = re.compile(r"__(?:NEXT_DATA|NUXT|INITIAL_STATE|PRELOADED_STATE|APOLLO_STATE)__")
_LITERAL = re.compile(r'"((?:[^"\\]|\\.){60,100000})"')
_PUBLISHED = re.compile(
    r"\"?(?:datePublished|publishedAt|published_at|publishDate|publishedDate|publicationDate)\"?"
    r"\s{0,3}:\s{0,3}\"([^\"]{8,40})\""
)
# Longer data are a whole site's; literals past these are its lists.
_LIMIT = 2_000_000
_LITERALS = 400
_LETTERS = 50


def data_scripts(root: Element) -> tuple[str, ...]:
    """The scripts that carry data, before the tree is pruned."""
    found = []
    for script in root.iter("script"):
        text = script.text or ""
        kind = script.get("type") or ""
        if (kind == "application/json" or _DATA.search(script.get("id") or text[:200])) and text:
            found.append(text[:_LIMIT])
    return tuple(found[:20])


def embedded_body(scripts: tuple[str, ...]) -> str:
    """The running text in such data, its paragraphs on lines; empty without one."""
    texts: list[str] = []
    for script in scripts:
        for found in list(_LITERAL.finditer(script))[:_LITERALS]:
            text = read_fragment(_unescaped(found[1]))
            if arabic_letters(text) >= _LETTERS and not any(text in held for held in texts):
                texts = [held for held in texts if held not in text] + [text]
    longest = max(texts, key=len, default="")
    if 2 * len(longest) > sum(map(len, texts)):
        return longest
    return "\n".join(texts)


def embedded_day(scripts: tuple[str, ...]) -> str:
    """When such data say the text was published, as written; empty when they do not."""
    found = (_PUBLISHED.search(script) for script in scripts)
    return next((match[1] for match in found if match), "")


def _unescaped(literal: str) -> str:
    try:
        return str(json.loads(f'"{literal}"', strict=False))
    except ValueError:
        return literal

"""Which lines of the chosen part are the article's, and why the others are not."""

from __future__ import annotations

import re
from typing import NamedTuple

from crawl.blocks import Line
from crawl.dom import arabic_letters
from crawl.furniture import fold


class Cleaned(NamedTuple):
    """The paragraphs kept, and the lines dropped, each with its reason."""

    paragraphs: list[str]
    dropped: list[tuple[str, str]]


_LABEL = re.compile(
    r"(?:اقرا|اقراوا|اقرئي|طالع|طالعوا|شاهد|شاهدوا|تابع|تابعوا|انظر) (?:ايضا|المزيد|كذلك)"
    r"|مواضيع (?:ذات صله|متعلقه)"
    r"|(?:اخبار|مقالات|موضوعات|تقارير) (?:ذات صله|متعلقه|مشابهه)|قد (?:يهمك|يعجبك)|ربما يعجبك"
    r"|للمزيد|تابعونا|تابعنا|اشترك|انضم الينا|حمل تطبيق|شارك"
)


def clean_lines(lines: list[Line], title: str) -> Cleaned:
    """Sort lines into the article's and the others."""
    kept: list[str] = []
    dropped: list[tuple[str, str]] = []
    seen: set[str] = set()
    folded_title = fold(title)
    for line in lines:
        key = fold(line.text)
        reason = _reason(line, key, folded_title, seen)
        if reason:
            dropped.append((reason, line.text))
        else:
            kept.append(line.text)
            if len(key) > 20:
                seen.add(key)
    return Cleaned(kept, dropped)


def _reason(line: Line, key: str, title: str, seen: set[str]) -> str:
    if not key:
        return "no-words"
    if not arabic_letters(line.text) and len(key.split()) < 4:
        return "not-arabic"
    if key in seen:
        return "repeated"
    if key == title:
        return "title"
    if line.is_link:
        return "only-link"
    if _LABEL.match(key):
        return "label"
    return ""

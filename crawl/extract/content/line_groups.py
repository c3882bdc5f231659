"""Groups of lines that are no part of an article: summaries, polls, and what follows its end.

One line alone says nothing («نعم», a heading of another story); its neighbours and the element it
stands in do. Each function looks once over the lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from crawl.extract.content.labels import (
    ends_for_sure,
    is_ending,
    is_poll_answer,
    is_site_line,
    is_summary_head,
)
from crawl.extract.tree.boilerplate import fold
from crawl.extract.tree.dom import Element
from crawl.extract.tree.text_blocks import TextBlock

_QUESTION = re.compile(r"[؟?]\s*$")
# A poll has a question and at least so many answers.
_ANSWERS = 2
# A summary has at most so many points.
_POINTS = 10
_HEADINGS = ("h1", "h2")
# A summary's longer words stand in the text too; a list of the text's own says something new.
_SAID = 0.6
_WORD = 3
_JOINED = re.compile(r"^(?:و|ف)?(?:بال|كال|ال|لل|ب|ل)?(?=\w{3})")
# Comments have names and dates between them; so many paragraphs without any are the article's.
_GOES_ON = 2

IsProse = Callable[[TextBlock], bool]


def polls_and_summaries(lines: Sequence[TextBlock], is_prose: IsProse) -> dict[int, str]:
    """The places of lines that belong to a poll or a summary, each with the reason."""
    keys = [fold(line.text) if len(line.text) < 40 else "" for line in lines]
    found: dict[int, str] = {}
    place = 0
    while place < len(lines):
        end = place
        while end < len(lines) and is_poll_answer(keys[end]):
            end += 1
        if end - place >= _ANSWERS and place and _QUESTION.search(lines[place - 1].text):
            found |= dict.fromkeys(range(place - 1, end), "poll")
        elif is_summary_head(keys[place]):
            end = _end_of_summary(lines, place, is_prose)
            found |= dict.fromkeys(range(place, end), "summary")
        place = max(end, place + 1)
    return found


def _end_of_summary(lines: Sequence[TextBlock], place: int, is_prose: IsProse) -> int:
    """Where the points below a summary's head end; its place when it heads no summary."""
    end = place + 1
    while end < len(lines) and lines[end].tag == "li" and end - place <= _POINTS:
        end += 1
    disclaimed = end < len(lines) and is_site_line(lines[end].text, fold(lines[end].text))
    if end == place + 1:
        return place
    early = not any(map(is_prose, lines[:place]))
    if disclaimed or early or _are_said(lines[place + 1 : end], [*lines[:place], *lines[end:]]):
        return end + disclaimed
    return place


def _are_said(points: Sequence[TextBlock], others: Sequence[TextBlock]) -> bool:
    """Whether points say what the text does: a summary in its middle, and no list of its own."""
    said = {_bare(word) for line in others for word in fold(line.text).split()}
    words = [_bare(word) for line in points for word in fold(line.text).split()]
    words = [word for word in words if len(word) >= _WORD]
    return sum(word in said for word in words) >= _SAID * len(words)


def _bare(word: str) -> str:
    return _JOINED.sub("", word)


def end_of_article(lines: Sequence[TextBlock], is_prose: IsProse) -> int:
    """Where a label such as «مواضيع ذات صلة» ends the article.

    Only when more prose stands before it than after, and none that stands like the article's own
    follows: a card in the middle announces a few links, and the text reads on below it.
    """
    prose = [len(line.text) if is_prose(line) else 0 for line in lines]
    own = _Holders(lines, prose)
    before, total = 0, sum(prose)
    for place, line in enumerate(lines):
        if 2 * before > total and len(line.text) < 60:
            key = fold(line.text)
            sure = ends_for_sure(key) and not _reads_on(lines[place + 1 :], is_prose)
            if is_ending(line.text, key) and (sure or not own.go_on(place)):
                return place
        before += prose[place]
    return len(lines)


def _reads_on(lines: Sequence[TextBlock], is_prose: IsProse) -> bool:
    """Whether nothing but paragraphs follows: a count of comments stands in mid-text."""
    prose = [is_prose(line) for line in lines]
    last = len(prose) - prose[::-1].index(True) if True in prose else 0
    return last >= _GOES_ON and all(prose[:last])


class _Holders:
    """Which elements hold the prose before and after a place."""

    def __init__(self, lines: Sequence[TextBlock], prose: list[int]) -> None:
        self._holders = [
            _holder(line) if length else None for line, length in zip(lines, prose, strict=True)
        ]
        self._last = {holder: place for place, holder in enumerate(self._holders) if holder}

    def go_on(self, place: int) -> bool:
        """Whether the last prose above a place has more of its kind below it."""
        above = next((h for h in reversed(self._holders[:place]) if h), None)
        return above is not None and self._last[above] > place


def _holder(line: TextBlock) -> tuple[str, Element] | None:
    element = line.element
    return None if element is None else (str(element.tag), element.getparent())


def next_story(
    lines: Sequence[TextBlock], headline: Element | None, title: str, is_prose: IsProse
) -> int:
    """Where another headline like the article's own begins the next story below it.

    A heading among the paragraphs themselves is a subheading, whatever its tag.
    """
    if headline is None or headline.tag not in _HEADINGS:
        return len(lines)
    name, key = headline.get("class"), fold(title)
    holder: Element = None
    for place, line in enumerate(lines):
        element = line.element
        alike = element.tag == headline.tag and element.get("class") == name
        if alike and (name or headline.tag == "h1") and holder not in (None, element.getparent()):
            if fold(line.text) != key:
                return place
        elif is_prose(line) and not line.is_heading:
            holder = element.getparent()
    return len(lines)

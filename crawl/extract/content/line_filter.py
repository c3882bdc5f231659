"""Which lines of the chosen part are the article's, and why the others are not.

Every line is asked the same questions in one order (`_REASONS`), then the edges are trimmed: what
stands before the first real sentence and after the last one is dates, names, counters and labels.
A line that is dropped keeps its reason, so that `bahith extract --explain` can show it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from crawl.extract.content.labels import (
    has_only_site_words,
    is_about_writer,
    is_list_of_tags,
    is_policy,
    is_site_line,
    words_of,
)
from crawl.extract.content.line_groups import end_of_article, polls_and_summaries
from crawl.extract.content.line_memory import SENTENCE_END, Announcement, KeptLines
from crawl.extract.metadata.byline_parts import is_labelled, read_line
from crawl.extract.tree.boilerplate import fold
from crawl.extract.tree.dom import arabic_letters, text_of
from crawl.extract.tree.pictures import is_caption
from crawl.extract.tree.text_blocks import TextBlock
from crawl.text.dates import read_moments, without_dates

_TEMPLATE = re.compile(
    r"\{\{|\}\}|\[\[|<\w|&\w+;|^(?:https?://|www\.|pic\.twitter\.com/)\S+$|^\S+@\S+\.\w+$|^[#@]\S+(?:\s[#@]\S+)*$"
)
_TWEET_CREDIT = re.compile(r"^[—–-]\s?.{0,80}\(@\w+\)")
_TEASER_END = re.compile(r"(?:\.\.|…)\W{0,3}(?:المزيد|اقرأ المزيد)?\s*$")
_FULL_STOP = re.compile(r"(?<!\.)[.؟!]\W?$")

# A line of this many words is prose whatever it ends in; with a full stop fewer will do.
_PROSE_WORDS = 12
_SENTENCE_WORDS = 6
# At an edge a fragment has fewer words than this.
_FRAGMENT = 5
# A line longer than this is no date or byline.
_CREDIT_LENGTH = 90
_DATE_LINE = 130
_SHORTEST_DATE = 6
_CREDIT_WORDS = 6  # more make a sentence about the paper
_LONGEST_CREDIT = 45  # in the middle of a text, where more may be a sentence
# A link of this many words that ends as a sentence does is a paragraph.
_LINKED_WORDS = 15


class Cleaned(NamedTuple):
    """The paragraphs kept, and the lines dropped, each after its reason."""

    paragraphs: list[str]
    dropped: list[tuple[str, str]]


def clean_lines(lines: list[TextBlock], title: str, site: frozenset[str] = frozenset()) -> Cleaned:
    """Sort lines into the article's and the others; `site` is what the paper is called, folded."""
    start, end = _start(lines, fold(title)), end_of_article(lines, is_prose)
    dropped = [("before the headline", line.text) for line in lines[:start]]
    dropped += [("after the article", line.text) for line in lines[end:]]
    lines = lines[start:end]
    grouped = polls_and_summaries(lines, is_prose)
    seen, announced, words = KeptLines(title), Announcement(), words_of(site)
    kept: list[TextBlock] = []
    for place, line in enumerate(lines):
        key = fold(line.text)
        case = _Case(line, key, seen, site, words)
        reason = grouped.get(place) or next((n for n, asks in _REASONS.items() if asks(case)), "")
        reason = reason or ("announced" if announced.covers(line) else "")
        announced.after(line, key, reason)
        if reason:
            dropped.append((reason, line.text))
        else:
            kept.append(line)
            seen.add(key)
    first, last = _edges(kept, site)
    dropped += [("edge", line.text) for line in kept[:first] + kept[last:]]
    return Cleaned([line.text for line in kept[first:last]], dropped)


def is_prose(line: TextBlock) -> bool:
    """Whether a line is a paragraph by its length, or by its length and its ending."""
    words = len(line.text.split())
    if line.is_link or _TEASER_END.search(line.text):
        return False
    return words >= _PROSE_WORDS or (
        words >= _SENTENCE_WORDS and SENTENCE_END.search(line.text) is not None
    )


def _start(lines: list[TextBlock], title: str) -> int:
    """Where the headline stands, when it stands among the lines above most of the prose."""
    place = next((place for place, line in enumerate(lines) if fold(line.text) == title), 0)
    above = sum(len(line.text) for line in lines[:place] if is_prose(line))
    below = sum(len(line.text) for line in lines[place:] if is_prose(line))
    return place if 3 * above < below else 0


def _edges(kept: list[TextBlock], site: frozenset[str]) -> tuple[int, int]:
    """The range of lines from the first to the last that is no fragment, date or byline."""
    if 3 * sum(map(is_prose, kept)) < len(kept):
        return 0, len(kept)  # verses or a list: fragments are all there is
    first, last = 0, len(kept)
    while last and _is_about(kept[last - 1]):
        last -= 1
    while first < last and first < 6 and _is_edge(kept[first], site):
        first += 1
    while last > first and len(kept) - last < 12 and _is_edge(kept[last - 1], site):
        last -= 1
    return (first, last) if last > first else (0, len(kept))


def _is_about(line: TextBlock) -> bool:
    """Whether a last line is about the writer or a list of the article's subjects."""
    if is_list_of_tags(line.text):
        return True
    slanted = line.element is not None and any(
        text_of(part, len(line.text) + 1) == line.text for part in line.element.iter("em", "i")
    )
    return (slanted or line.text[:1] in "*•") and is_about_writer(line.text, fold(line.text))


def _is_edge(line: TextBlock, site: frozenset[str]) -> bool:
    short = len(line.text) < _DATE_LINE and not SENTENCE_END.search(line.text)
    if short and read_moments(line.text):
        return True
    if is_prose(line):
        return _credits(line.text, site) or is_policy(line.text)
    if len(line.text.split()) < _FRAGMENT and line.tag != "li":
        return True
    return len(without_dates(line.text)) < 5 or _credits(line.text, site) or line.is_heading


def _credits(text: str, site: frozenset[str]) -> bool:
    if len(text) >= _CREDIT_LENGTH:
        return False
    reading = read_line(text, site)
    return reading.weight >= 2.0 or reading.organisation or is_labelled(text)


class _Case(NamedTuple):
    """One line as the questions see it: its folded text, and what was kept before it."""

    line: TextBlock
    key: str
    seen: KeptLines
    site: frozenset[str]  # the paper's names
    words: frozenset[str]  # and the words of these


def _is_only_link(case: _Case) -> bool:
    """Whether a line is nothing but a link, unless it is a whole sentence."""
    text = case.line.text
    sentence = len(text.split()) >= _LINKED_WORDS and _FULL_STOP.search(text)
    return case.line.is_link and not sentence


def _is_teaser(case: _Case) -> bool:
    """Whether a line is the cut-off beginning of a paragraph that was kept."""
    if not _TEASER_END.search(case.line.text):
        return False
    return case.seen.has_start(case.key)


def _is_date(case: _Case) -> bool:
    length = len(case.line.text)
    if length >= _CREDIT_LENGTH:
        return False
    rest = without_dates(case.line.text)
    if 4 * len(rest) < length:
        return True
    dated = len(rest) <= length - _SHORTEST_DATE and any(map(str.isdigit, case.line.text))
    return dated and has_only_site_words(fold(rest), case.words)


def _is_credit(case: _Case) -> bool:
    """Whether a line is nothing but «(رويترز)» or «القاهرة - وكالات»."""
    if len(case.line.text) > _LONGEST_CREDIT or len(case.key.split()) > _CREDIT_WORDS:
        return False
    reading = read_line(case.line.text, case.site)
    return reading.organisation and not reading.person


# Asked in this order; the first that answers yes names the reason.
_REASONS: dict[str, Callable[[_Case], bool]] = {
    "no-words": lambda case: not any(c.isalpha() for c in case.key),
    "title": lambda case: case.seen.is_title(case.key),
    "repeated": lambda case: case.seen.has(case.key),
    "teaser": _is_teaser,
    "template": lambda case: _TEMPLATE.search(case.line.text) is not None,
    "tweet-credit": lambda case: _TWEET_CREDIT.match(case.line.text) is not None,
    "not-arabic": lambda case: not arabic_letters(case.key) and len(case.key.split()) < 4,
    "only-link": _is_only_link,
    "label": lambda case: is_site_line(case.line.text, case.key, case.words),
    "caption": lambda case: is_caption(case.line),
    "date": _is_date,
    "credit": _is_credit,
}

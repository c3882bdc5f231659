"""Snippet: the passage of an article that says most about a query, as written.

The window of words with the heaviest different highlight terms is found first, then widened to
where its sentence, or at least its clause, begins and ends. Two passages when the highlights are
far apart; the lead when only the title answered. The text is the article's own, an ellipsis
wherever a sentence was cut; marks are whole words, clitics and vowel signs included.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from searcher.expansion.expand import HighlightTerm
from searcher.hits.highlights import Mark

JOIN = " … "
# What stands where a passage begins or ends inside a sentence.
CUT_BEFORE, CUT_AFTER = "… ", " …"
# What one more mark adds where the different terms weigh the same.
REPEATED = 0.05
# Marks looked at; a page-long article that repeats a word needs no more.
MOST_MARKS = 400

_SENTENCE = re.compile(r"[.!؟?…]+[\s»”\")]+|\n+")
_CLAUSE = re.compile(r"[،؛,;:]\s+|\s[-–—]\s|(?<=\s)(?=[«(\"“])")
_OVER = frozenset('.!؟?…\n»”")')
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class SnippetOptions:
    """How long snippets are, in characters.

    `length`: of one passage, three lines of a result page; `half`: of each where there are two;
    `window`: within which highlights count as one passage.
    """

    length: int = 260
    half: int = 130
    window: int = 160


USUAL = SnippetOptions()


class Snippet(NamedTuple):
    """Passages of a body joined by `JOIN`, and the spans of the marked words in that text."""

    text: str
    marks: tuple[tuple[int, int], ...]
    passages: tuple[tuple[int, int], ...]


def excerpt(
    body: str,
    marks: Sequence[Mark],
    sought: Sequence[HighlightTerm],
    options: SnippetOptions = USUAL,
) -> Snippet:
    """The passage or two that hold most of the highlights; the lead when there are none."""
    marks = marks[:MOST_MARKS]
    if not marks:
        return lead(body, options)
    first = _heaviest(marks, sought, options.window)
    shown = {mark.sought for mark in first}
    others = [mark for mark in marks if mark.sought not in shown]
    if sum(sought[number].weight for number in {mark.sought for mark in others}) < 1:
        return _snippet(body, [_widened(body, first, options.length)], marks)
    half = options.half
    second = _heaviest(others, sought, half)
    passages = sorted(
        (_widened(body, _heaviest(first, sought, half), half), _widened(body, second, half))
    )
    return _snippet(body, _merged(passages), marks)


def lead(body: str, options: SnippetOptions = USUAL) -> Snippet:
    """The beginning of a text, for who looks for nothing in it.

    >>> lead("كلمات قليلة").text
    'كلمات قليلة'
    """
    begin = len(body) - len(body.lstrip())
    return _snippet(body, [(begin, _end(body, begin, begin + options.length))], ())


def _snippet(body: str, passages: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> Snippet:
    """The passages as one text, with the marks that fall into them moved along."""
    opening = CUT_BEFORE if _begins_inside(body, passages[0][0]) else ""
    closing = CUT_AFTER if _ends_inside(body, passages[-1][1]) else ""
    shown = []
    shift = len(opening)
    for start, end in passages:
        shown += [
            (mark.start - start + shift, mark.end - start + shift)
            for mark in marks
            if start <= mark.start and mark.end <= end
        ]
        shift += end - start + len(JOIN)
    text = JOIN.join(body[start:end] for start, end in passages)
    return Snippet(f"{opening}{text}{closing}", tuple(shown), tuple(passages))


def _begins_inside(body: str, start: int) -> bool:
    """Whether a sentence is under way where a passage begins."""
    before = body[:start].rstrip(" ")
    return bool(before) and before[-1] not in _OVER


def _ends_inside(body: str, end: int) -> bool:
    """Whether a sentence goes on where a passage ends."""
    rest = body[end:].lstrip(" ")
    return bool(rest) and rest[0] != "\n" and body[end - 1 : end] not in _OVER


def _heaviest(marks: Sequence[Mark], sought: Sequence[HighlightTerm], width: int) -> Sequence[Mark]:
    """The first run of marks within so many characters whose different terms weigh most."""
    best, heaviest = marks[:1], -1.0
    counts: dict[int, int] = {}
    weight, left = 0.0, 0
    for right, mark in enumerate(marks):
        if not counts.get(mark.sought):
            weight += sought[mark.sought].weight
        counts[mark.sought] = counts.get(mark.sought, 0) + 1
        while mark.end - marks[left].start > width and left < right:
            counts[marks[left].sought] -= 1
            if not counts[marks[left].sought]:
                weight -= sought[marks[left].sought].weight
            left += 1
        together = weight + REPEATED * (right - left)
        if together > heaviest + 1e-9:
            best, heaviest = marks[left : right + 1], together
    return best


def _widened(body: str, marks: Sequence[Mark], length: int) -> tuple[int, int]:
    """The span of a run of marks, widened to its sentence or clause as room allows."""
    start, end = marks[0].start, marks[-1].end
    begin = _begin(body, start, max(0, length - (end - start)) * 2 // 3)
    return begin, _end(body, end, max(begin + length, end))


def _begin(body: str, start: int, room: int) -> int:
    """Where to begin before a word: its sentence, else its clause, else some words ahead."""
    low = max(0, start - room)
    ahead = body[low:start]
    for bound in (_SENTENCE, _CLAUSE):
        ends = [found.end() for found in bound.finditer(ahead)]
        if ends:
            return low + ends[-1]
        if low == 0:
            return len(ahead) - len(ahead.lstrip())
    space = _SPACE.search(ahead)
    return low + space.end() if space else start


def _end(body: str, end: int, limit: int) -> int:
    """Where to stop after a word: the last sentence, clause or else word that ends in time."""
    if limit >= len(body):
        return max(end, len(body.rstrip()))
    after = body[end:limit]
    for bound in (_SENTENCE, _CLAUSE):
        if ends := [found.end() for found in bound.finditer(after)]:
            return end + len(after[: ends[-1]].rstrip())
    spaces = [found.start() for found in _SPACE.finditer(after)]
    return end + spaces[-1] if spaces else end


def _merged(passages: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Passages in text order, those that touch made one."""
    merged = [passages[0]]
    for start, end in passages[1:]:
        if start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged

"""Snippet: the passage of an article that says most about a query, as written.

The window of words with the heaviest different clues is found first, then widened to where its
sentence, or at least its clause, begins and ends. Two passages when the evidence is far apart; the
lead when only the title answered. The text is the article's own, joined by an ellipsis; marks are
whole words, clitics and vowel signs included.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from searcher.expansion.expand import Clue
from searcher.hits.highlights import Mark

LENGTH = 260
"""Characters of a snippet: three lines of a result page."""
HALF = 130
"""Characters of each passage when there are two."""
WINDOW = 160
"""Characters within which evidence counts as one passage."""
JOIN = " … "
REPEATED = 0.05
"""What one more mark adds where the different clues weigh the same."""
MOST_MARKS = 400
"""Marks looked at; a page-long article that repeats a word needs no more."""

_SENTENCE = re.compile(r"[.!؟?…]+[\s»”\")]+|\n+")
_CLAUSE = re.compile(r"[،؛,;:]\s+|\s[-–—]\s|(?<=\s)(?=[«(\"“])")
_SPACE = re.compile(r"\s+")


class Snippet(NamedTuple):
    """Passages of a body joined by `JOIN`, and the spans of the marked words in that text."""

    text: str
    marks: tuple[tuple[int, int], ...]
    passages: tuple[tuple[int, int], ...]


def excerpt(body: str, marks: Sequence[Mark], clues: Sequence[Clue]) -> Snippet:
    """The passage or two that hold most of the evidence; the lead when there is none."""
    marks = marks[:MOST_MARKS]
    if not marks:
        return _snippet(body, [_lead(body)], ())
    first = _heaviest(marks, clues, WINDOW)
    shown = {mark.clue for mark in first}
    others = [mark for mark in marks if mark.clue not in shown]
    if sum(clues[number].weight for number in {mark.clue for mark in others}) < 1:
        return _snippet(body, [_widened(body, first, LENGTH)], marks)
    second = _heaviest(others, clues, HALF)
    passages = sorted(
        (_widened(body, _heaviest(first, clues, HALF), HALF), _widened(body, second, HALF))
    )
    return _snippet(body, _merged(passages), marks)


def _snippet(body: str, passages: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> Snippet:
    """The passages as one text, with the marks that fall into them moved along."""
    shown = []
    shift = 0
    for start, end in passages:
        shown += [
            (mark.start - start + shift, mark.end - start + shift)
            for mark in marks
            if start <= mark.start and mark.end <= end
        ]
        shift += end - start + len(JOIN)
    text = JOIN.join(body[start:end] for start, end in passages)
    return Snippet(text, tuple(shown), tuple(passages))


def _heaviest(marks: Sequence[Mark], clues: Sequence[Clue], width: int) -> Sequence[Mark]:
    """The first run of marks within so many characters whose different clues weigh most."""
    best, heaviest = marks[:1], -1.0
    counts: dict[int, int] = {}
    weight, left = 0.0, 0
    for right, mark in enumerate(marks):
        if not counts.get(mark.clue):
            weight += clues[mark.clue].weight
        counts[mark.clue] = counts.get(mark.clue, 0) + 1
        while mark.end - marks[left].start > width and left < right:
            counts[marks[left].clue] -= 1
            if not counts[marks[left].clue]:
                weight -= clues[marks[left].clue].weight
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


def _lead(body: str) -> tuple[int, int]:
    begin = len(body) - len(body.lstrip())
    return begin, _end(body, begin, begin + LENGTH)


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

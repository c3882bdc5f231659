"""When nothing was found: which word is unknown, what each finds alone, and the rest without it."""

from __future__ import annotations

from typing import NamedTuple

from index import analysis, cut, fold
from searcher import Searcher
from web.results.page import search
from web.search_params import SearchParams

# Two counts a word, each a search: beyond this nobody reads the list.
MOST_WORDS = 6


class WordAlone(NamedTuple):
    """A word of a question: what it finds alone, and what the question finds without it."""

    text: str
    alone: SearchParams
    total: int
    rest: SearchParams
    rest_total: int


def words_alone(searcher: Searcher, params: SearchParams) -> list[WordAlone]:
    """The words of a question that found nothing; empty for a question of one word or of many."""
    spans = [
        (start, end)
        for start, end in zip(*cut(params.query), strict=True)
        if not analysis.is_stopword(fold(params.query[start:end]))
    ]
    if not 1 <= len(spans) <= MOST_WORDS:
        return []
    return [_alone(searcher, params, start, end, len(spans)) for start, end in spans]


def _alone(searcher: Searcher, params: SearchParams, start: int, end: int, words: int) -> WordAlone:
    query = params.query
    alone = params.replace(query=query[start:end], literal=True)
    rest = params.replace(query=f"{query[:start]} {query[end:]}".strip(), literal=True)
    rest_total = search(searcher, rest.query, rest.replace(limit=0)).total if words > 1 else 0
    total = search(searcher, alone.query, alone.replace(limit=0)).total
    return WordAlone(query[start:end], alone, total, rest, rest_total)

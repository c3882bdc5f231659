"""Queries as people type them, and results as they like to read them: the third stage.

`Searcher.open` an index, `search` it, show the `Results`.
"""

from searcher.dates import Period, in_hijri
from searcher.errors import SearchError
from searcher.explain import Explanation, explain
from searcher.parse import parse
from searcher.request import Request
from searcher.results import Hit, Results, Suggestion, Word
from searcher.search import Searcher
from searcher.snippet import Snippet

__all__ = [
    "Explanation",
    "Hit",
    "Period",
    "Request",
    "Results",
    "SearchError",
    "Searcher",
    "Snippet",
    "Suggestion",
    "Word",
    "explain",
    "in_hijri",
    "parse",
]

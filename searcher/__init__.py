"""Queries as people type them, and results as they like to read them: the third stage.

    text ──▶ syntax ──▶ expansion ──▶ relaxation, corrections ──▶ engine ──▶ hits ──▶ Results

`Searcher.open` an index, `search` it, show the `Results`.
"""

from crawl.text.calendars import in_hijri
from crawl.text.times import Period, read_dates
from searcher.coverage.coverage import MOST_QUESTIONS, Coverage, coverage, over_time
from searcher.coverage.histogram import Bar, Histogram, histogram, span_of, unit_between
from searcher.coverage.similar import similar
from searcher.coverage.typical_words import TypicalWord, typical_words
from searcher.errors import MissingLibrary, SearchError
from searcher.expansion.weights import Weights
from searcher.explain import Explanation, explain
from searcher.exports.feeds import instant
from searcher.exports.formats import EXPORT_FORMATS, REFERENCE_FORMATS, ExportFormat
from searcher.exports.records import Record, records
from searcher.hits.results import Hit, Results, Suggestion, Word
from searcher.hits.snippet import Snippet, SnippetOptions, lead
from searcher.hits.text_changes import TextChange, changes
from searcher.notes import NOTES, Note
from searcher.options import MOST_LETTERS, SearchOptions
from searcher.search import Searcher
from searcher.settings import Settings, read_settings
from searcher.syntax.parser import parse
from searcher.syntax.query_ast import ParsedQuery

__all__ = [
    "EXPORT_FORMATS",
    "MOST_LETTERS",
    "MOST_QUESTIONS",
    "NOTES",
    "REFERENCE_FORMATS",
    "Bar",
    "Coverage",
    "Explanation",
    "ExportFormat",
    "Histogram",
    "Hit",
    "MissingLibrary",
    "Note",
    "ParsedQuery",
    "Period",
    "Record",
    "Results",
    "SearchError",
    "SearchOptions",
    "Searcher",
    "Settings",
    "Snippet",
    "SnippetOptions",
    "Suggestion",
    "TextChange",
    "TypicalWord",
    "Weights",
    "Word",
    "changes",
    "coverage",
    "explain",
    "histogram",
    "in_hijri",
    "instant",
    "lead",
    "over_time",
    "parse",
    "read_dates",
    "read_settings",
    "records",
    "similar",
    "span_of",
    "typical_words",
    "unit_between",
]

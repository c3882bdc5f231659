"""Matching: which of the articles that arrived answer an alert.

They are asked in memory by themselves: what an alert costs goes with what is new, not with what is
held. An article has to hold every word; nothing is corrected, since nobody looks on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index import Document, Tokens, query, vocabulary_of
from searcher.expansion.expand import expand
from searcher.expansion.lookup import Lookup
from searcher.monitoring.alert_file import Alert
from searcher.syntax.parser import parse


class Arrivals:
    """Some new articles, ready to be asked."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._tokens = [Tokens.of(document) for document in documents]
        self._lookup = Lookup(vocabulary_of(self._tokens))

    def matching(self, alert: Alert) -> Iterator[Document]:
        """Those that an alert asks for, in their order."""
        tree = expand(parse(alert.question), self._lookup).strict
        for tokens in self._tokens:
            if alert.options.passes(tokens.document) and query.holds(tree, tokens):
                yield tokens.document

"""Vocabulary of a commit, answered from the tables of its segments.

See `index.analysis.expansion.vocabulary` for the questions. One segment without deletions, as a
rebuilt index has, is answered as its tables stand. Else counts are summed over the segments, and
the most frequent terms found by the threshold algorithm (Fagin, Lotem & Naor, "Optimal aggregation
algorithms for middleware", 2003): the first of each segment are counted exactly until no other
term can have as many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from index.analysis import Form, NearTerm, Table, TermCount
from index.analysis.expansion.tables import TABLES
from index.analysis.expansion.vocabulary import within_slips
from index.engines.whoosh.searching.segment_terms import CountedNumbers, SegmentTerms

# Terms of each segment that are counted before it is asked whether others can have more.
_FIRST_LOOK = 64
# Times as many at each further look.
_MORE = 4


class SegmentedVocabulary:
    """The terms of all segments of a commit; see `Vocabulary`."""

    def __init__(self, segments: Sequence[SegmentTerms]) -> None:
        self._segments = segments
        self._whole = len(segments) == 1 and segments[0].live is None

    def frequencies(self, form: Form, terms: Sequence[str]) -> list[int]:
        """See `Vocabulary.frequencies`."""
        return [
            sum(each.frequency(form, each.file.term(form, term)) for each in self._segments)
            for term in terms
        ]

    def beginning(self, form: Form, prefix: str, limit: int) -> list[TermCount]:
        """See `Vocabulary.beginning`."""
        found = [each.beginning(form, prefix) for each in self._segments]
        if self._whole:
            found = [most_frequent(found[0], limit)]
            return self._counted(form, self._texts(form, found)[0])
        looked_at = max(_FIRST_LOOK, 2 * limit)
        while True:
            shown = [most_frequent(some, looked_at) for some in found]
            texts = {text for some in self._texts(form, shown) for text in some}
            counted = self._counted(form, texts)
            # No term that was not looked at is in more documents than the last of each that were.
            rest = [
                int(some.counts[-1])
                for some, all_ in zip(shown, found, strict=True)
                if len(some.numbers) < len(all_.numbers)
            ]
            sure = [one for one in counted if one.frequency > sum(rest)]
            if not rest or len(sure) >= limit:
                return counted[:limit]
            looked_at *= _MORE

    def _counted(self, form: Form, texts: Iterable[str]) -> list[TermCount]:
        """Those of some terms that occur, the most frequent first."""
        asked = sorted(texts)
        counts = self.frequencies(form, asked)
        found = [TermCount(*one) for one in zip(asked, counts, strict=True) if one[1]]
        return sorted(found, key=_order)

    def _texts(self, form: Form, found: Sequence[CountedNumbers]) -> list[list[str]]:
        """The terms of each segment that were found there."""
        return [
            each.file.terms[form].texts(some.numbers)
            for each, some in zip(self._segments, found, strict=True)
        ]

    def keyed(self, table: Table, keys: Sequence[str]) -> list[list[str]]:
        """See `Vocabulary.keyed`."""
        form = TABLES[table].form
        return [self._keyed(form, table, key) for key in keys]

    def _keyed(self, form: Form, table: Table, key: str) -> list[str]:
        found: set[str] = set()
        for each in self._segments:
            numbers = each.keyed(table, key)
            if each.live is not None:
                held = [each.frequency(form, number) > 0 for number in numbers.tolist()]
                numbers = numbers[np.array(held, dtype=bool)]
            found.update(each.file.terms[form].texts(numbers))
        return sorted(found)

    def near(self, term: str, slips: int, limit: int) -> list[NearTerm]:
        """See `Vocabulary.near`."""
        texts = {
            text
            for each in self._segments
            for text in each.file.terms["exact"].texts(each.near(term, slips))
        }
        found = within_slips(term, texts, slips)
        counts = self.frequencies("exact", [text for text, _ in found])
        near = [
            NearTerm(text, count, far)
            for (text, far), count in zip(found, counts, strict=True)
            if count
        ]
        return sorted(near, key=lambda one: (one.slips, -one.frequency, one.text))[:limit]

    def followers(self, term: str, prefix: str, limit: int) -> list[TermCount]:
        """See `Vocabulary.followers`."""
        found = []
        for each in self._segments:
            numbers, counts = each.followers(each.file.term("exact", term))
            first, last = numbers.searchsorted(each.file.terms["exact"].beginning(prefix))
            one = CountedNumbers(numbers[first:last], counts[first:last])
            found.append(most_frequent(one, limit) if len(self._segments) == 1 else one)
        told: Counter[str] = Counter()
        for some, texts in zip(found, self._texts("exact", found), strict=True):
            told.update(dict(zip(texts, some.counts.tolist(), strict=True)))
        return sorted((TermCount(*one) for one in told.items()), key=_order)[:limit]


def most_frequent(found: CountedNumbers, limit: int) -> CountedNumbers:
    """The terms with the highest counts, ties to the smaller number; at most `limit`.

    >>> most_frequent(CountedNumbers(np.array([4, 7, 9]), np.array([1, 2, 2])), 2).numbers
    array([7, 9])
    """
    numbers, counts = found
    if limit < len(counts):
        last = np.partition(counts, len(counts) - limit)[len(counts) - limit] if limit > 0 else 0
        above = np.flatnonzero(counts > last) if limit > 0 else counts[:0]
        level = np.flatnonzero(counts == last)[: max(0, limit) - len(above)]
        chosen = np.concatenate((above, level)).astype(np.int64)
        numbers, counts = numbers[chosen], counts[chosen]
    order = np.lexsort((numbers, -counts.astype(np.int64)))
    return CountedNumbers(numbers[order], counts[order])


def _order(one: TermCount) -> tuple[int, str]:
    return -one.frequency, one.text

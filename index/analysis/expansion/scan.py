"""ScannedVocabulary: the meaning of a vocabulary's questions, answered by looking at every term."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from index.analysis.expansion.tables import TABLES
from index.analysis.expansion.vocabulary import Form, NearTerm, Table, TermCount, within_slips

_LAST = "\U0010ffff"


class ScannedVocabulary:
    """A vocabulary over sorted terms, how often each occurs, and the exact terms of titles."""

    def __init__(
        self,
        terms: Callable[[Form], Sequence[str]],
        frequency: Callable[[Form, str], int],
        titles: Callable[[], Iterable[Sequence[str]]],
    ) -> None:
        self._terms = terms
        self._frequency = frequency
        self._titles = titles
        self._tables: dict[Table, dict[str, list[str]]] = {}

    def frequencies(self, form: Form, terms: Sequence[str]) -> list[int]:
        """See `Vocabulary.frequencies`."""
        return [self._frequency(form, term) for term in terms]

    def beginning(self, form: Form, prefix: str, limit: int) -> list[TermCount]:
        """See `Vocabulary.beginning`."""
        terms = self._terms(form)
        found = terms[bisect_left(terms, prefix) : bisect_left(terms, prefix + _LAST)]
        counted = (TermCount(term, self._frequency(form, term)) for term in found)
        return sorted(counted, key=lambda one: (-one.frequency, one.text))[:limit]

    def keyed(self, table: Table, keys: Sequence[str]) -> list[list[str]]:
        """See `Vocabulary.keyed`."""
        if table not in self._tables:
            self._tables[table] = self._tabulated(table)
        return [self._tables[table].get(key, []) for key in keys]

    def near(self, term: str, slips: int, limit: int) -> list[NearTerm]:
        """See `Vocabulary.near`."""
        found = within_slips(term, self._terms("exact"), slips)
        near = (NearTerm(text, self._frequency("exact", text), far) for text, far in found)
        return sorted(near, key=lambda one: (one.slips, -one.frequency, one.text))[:limit]

    def followers(self, term: str, prefix: str, limit: int) -> list[TermCount]:
        """See `Vocabulary.followers`."""
        found = self._followers.get(term, Counter())
        counted = (TermCount(text, n) for text, n in found.items() if text.startswith(prefix))
        return sorted(counted, key=lambda one: (-one.frequency, one.text))[:limit]

    @cached_property
    def _followers(self) -> dict[str, Counter[str]]:
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for title in self._titles():
            for one, other in set(pairwise(title)):
                found[one][other] += 1
        return found

    def _tabulated(self, table: Table) -> dict[str, list[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        rule = TABLES[table]
        for key, term in rule.pairs(self._terms(rule.form)):
            found[key].add(term)
        return {key: sorted(terms) for key, terms in found.items()}

"""ScannedVocabulary: the meaning of a vocabulary's questions, answered by looking at every term."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.analysis.expansion.ambiguity import doubtful_spellings
from index.analysis.expansion.tables import TABLES, readable_as
from index.analysis.expansion.vocabulary import Form, NearTerm, Table, TermCount
from index.analysis.lemmatizer import remembered

_LAST = "\U0010ffff"
_FEW = 32
"""Terms of one beginning that are walked; where there are more, each spelling is looked up."""


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
        if table == "readings":
            return [list(self._readable(lemma)) for lemma in keys]
        if table not in self._tables:
            self._tables[table] = self._tabulated(table)
        return [self._tables[table].get(key, []) for key in keys]

    def near(self, term: str, slips: int, limit: int) -> list[NearTerm]:
        """See `Vocabulary.near`."""
        found = process.extract(
            *(term, self._terms("exact")), scorer=OSA.distance, score_cutoff=slips, limit=None
        )
        near = (NearTerm(text, self._frequency("exact", text), int(far)) for text, far, _ in found)
        return sorted(near, key=lambda one: (one.slips, -one.frequency, one.text))[:limit]

    def followers(self, term: str, prefix: str, limit: int) -> list[TermCount]:
        """See `Vocabulary.followers`."""
        found = self._followers.get(term, Counter())
        counted = (TermCount(text, n) for text, n in found.items() if text.startswith(prefix))
        return sorted(counted, key=lambda one: (-one.frequency, one.text))[:limit]

    @cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset(self._terms("exact"))

    @cached_property
    def _followers(self) -> dict[str, Counter[str]]:
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for title in self._titles():
            for one, other in pairwise(title):
                found[one][other] += 1
        return found

    def _tabulated(self, table: Table) -> dict[str, list[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        rule = TABLES[table]
        for key, term in rule.pairs(self._terms(rule.form)):
            found[key].add(term)
        return {key: sorted(terms) for key, terms in found.items()}

    def _readable(self, lemma: str) -> Iterator[str]:
        """The table of readings, one lemma at a time: analysing every term would take seconds."""
        for term in sorted(self._spelled(lemma)):
            if any(other == lemma for other, _ in readable_as(remembered(term))):
                yield term

    def _spelled(self, lemma: str) -> set[str]:
        """The terms among the doubtful spellings of a lemma, of which few are words."""
        found: set[str] = set()
        exact = self._terms("exact")
        for head, tails in doubtful_spellings(lemma):
            at = bisect_left(exact, head)
            few = exact[at : at + _FEW]
            if len(few) == _FEW and few[-1].startswith(head):
                found.update(term for tail in tails if (term := head + tail) in self._exact)
            else:
                found.update(t for t in few if t.startswith(head) and t[len(head) :] in tails)
        return found

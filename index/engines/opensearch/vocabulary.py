"""The vocabulary's questions, answered by a cluster; see `index.analysis.expansion.vocabulary`.

Every different term that was ever put has a small document of its own with the keys of the derived
tables; whether, and how often, a generation holds it is counted over the articles that count.

    form, text                                      the term; `_id` is both
    names, hidden, readings, consonants             its keys in the tables
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import get_args

from index.analysis.expansion.tables import TABLES
from index.analysis.expansion.vocabulary import Form, NearTerm, Table, TermCount, within_slips
from index.document import FORMS
from index.engines.opensearch.bulk import Bulk
from index.engines.opensearch.client import Client, Json

TERM_FIELDS = ("form", "text", *get_args(Table))
# Terms counted by one request; clusters allow 65,535 buckets.
MOST_COUNTED = 60_000
# Terms that share a key or lie near another: the most a request gives out, and far more than any
# of our keys has.
MOST_LISTED = 10_000

AT_ONCE = 5_000
# Slips that a cluster's automata can tell.
FARTHEST = 2
# Whatever may mean something to Lucene's regular expressions.
_SPECIAL = re.compile(r"[^\w\s]", re.ASCII)

# A search request's body to its answer.
Ask = Callable[[Json], Json]


class ClusterVocabulary:
    """The terms that one generation holds; `ask` searches its index."""

    def __init__(self, ask: Ask, counting: list[Json]) -> None:
        self._ask = ask
        self._counting = counting

    def frequencies(self, form: Form, terms: Sequence[str]) -> list[int]:
        """See `Vocabulary.frequencies`."""
        counts: dict[str, int] = {}
        wanted = list(dict.fromkeys(filter(None, terms)))
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            told = self._counts(f"held.{form}", {"include": some, "size": len(some)}, form, some)
            counts |= {one.text: one.frequency for one in told}
        return [counts.get(term, 0) for term in terms]

    def beginning(self, form: Form, prefix: str, limit: int) -> list[TermCount]:
        """See `Vocabulary.beginning`."""
        if limit < 1:
            return []
        asked = {"include": _beginning(prefix), "size": limit, "shard_size": MOST_COUNTED}
        return self._counts(f"held.{form}", asked)

    def keyed(self, table: Table, keys: Sequence[str]) -> list[list[str]]:
        """See `Vocabulary.keyed`."""
        form = TABLES[table].form
        filters = [{"term": {"form": form}}, {"terms": {table: list(dict.fromkeys(keys))}}]
        hits = self._listed({"bool": {"filter": filters}}, ["text", table])
        terms = [str(hit["text"][0]) for hit in hits]
        held = dict(zip(terms, self.frequencies(form, terms), strict=True))
        found: dict[str, list[str]] = defaultdict(list)
        for hit, text in zip(hits, terms, strict=True):
            if held[text]:
                for key in hit[table]:
                    found[key].append(text)
        return [sorted(found[key]) if key in found else [] for key in keys]

    def near(self, term: str, slips: int, limit: int) -> list[NearTerm]:
        """See `Vocabulary.near`; more than two slips are taken as two."""
        slips = min(slips, FARTHEST)
        fuzzy: Json = {"value": term, "fuzziness": slips, "rewrite": "constant_score"}
        near = {"fuzzy": {"text": fuzzy}} if slips else {"term": {"text": term}}
        query = {"bool": {"filter": [{"term": {"form": "exact"}}, near]}}
        terms = [str(hit["text"][0]) for hit in self._listed(query, ["text"])]
        near_it = within_slips(term, terms, slips)
        counts = self.frequencies("exact", [text for text, _ in near_it])
        found = [
            NearTerm(text, count, far)
            for (text, far), count in zip(near_it, counts, strict=True)
            if count
        ]
        return sorted(found, key=lambda one: (one.slips, -one.frequency, one.text))[:limit]

    def followers(self, term: str, prefix: str, limit: int) -> list[TermCount]:
        """See `Vocabulary.followers`."""
        if limit < 1 or not term:
            return []
        asked = {"include": _beginning(f"{term} {prefix}"), "size": MOST_COUNTED}
        found = (TermCount(pair.split(" ")[1], n) for pair, n in self._counts("pairs", asked))
        return sorted(found, key=lambda one: (-one.frequency, one.text))[:limit]

    def _counts(
        self, field: str, asked: Json, form: Form | None = None, terms: Sequence[str] = ()
    ) -> list[TermCount]:
        """Values of a field and how many of the articles that count have them."""
        query = list(self._counting)
        if form:  # only articles that hold any: most questions are about rare terms
            query.append({"terms": {f"held.{form}": list(terms)}})
        body: Json = {
            "size": 0,
            "query": {"bool": {"filter": query}},
            "aggs": {"values": {"terms": {"field": field, **asked}}},
        }
        buckets = self._ask(body)["aggregations"]["values"]["buckets"]
        return [TermCount(bucket["key"], bucket["doc_count"]) for bucket in buckets]

    def _listed(self, query: Json, fields: list[str]) -> list[dict[str, list[str]]]:
        body = {"query": query, "size": MOST_LISTED, "_source": False, "docvalue_fields": fields}
        return [hit["fields"] for hit in self._ask(body)["hits"]["hits"]]


class NewTerms:
    """The terms of documents that are being put; those get documents that have none yet."""

    def __init__(self, bulk: Bulk, *, fresh: bool) -> None:
        self._bulk, self._fresh = bulk, fresh
        self._held: dict[Form, set[str]] = {form: set() for form in FORMS}
        self._known: dict[Form, set[str]] = {form: set() for form in FORMS}

    def add(self, held: dict[Form, list[str]]) -> None:
        """Take the different terms of a document."""
        for form, terms in held.items():
            self._held[form].update(terms)

    def put(self) -> None:
        """Put what was taken and is not there yet."""
        for form, held in self._held.items():
            new = held - self._known[form]
            self._known[form] |= new
            held.clear()
            put_terms(self._bulk, form, self._unknown(form, sorted(new)))

    def _unknown(self, form: Form, terms: list[str]) -> list[str]:
        """Those of the terms that the index had no documents for when the update began."""
        if self._fresh:
            return terms
        known: set[str] = set()
        for start in range(0, len(terms), AT_ONCE):
            ids = [identity(form, term) for term in terms[start : start + AT_ONCE]]
            body = {"query": {"ids": {"values": ids}}, "size": len(ids), "_source": False}
            hits = self._bulk.client.search(self._bulk.index, body)["hits"]["hits"]
            known.update(hit["_id"] for hit in hits)
        return [term for term in terms if identity(form, term) not in known]


def put_terms(bulk: Bulk, form: Form, terms: Sequence[str]) -> None:
    """Put the documents of some terms, with their keys by today's rules."""
    for term, keys in _keys(form, terms).items():
        bulk.put(identity(form, term), {"form": form, "text": term, **keys})


def every_term(client: Client, index: str) -> Iterator[tuple[Form, list[str]]]:
    """All terms that have documents in an index, some thousand at once, in their order."""
    for form in FORMS:
        body: Json = {
            "query": {"term": {"form": form}},
            "size": AT_ONCE,
            "sort": [{"text": "asc"}],
            "_source": False,
        }
        while hits := client.search(index, body)["hits"]["hits"]:
            terms = [str(hit["sort"][0]) for hit in hits]
            yield form, terms
            body["search_after"] = terms[-1:]


def identity(form: Form, term: str) -> str:
    """The `_id` of a term's document; no article's has a blank in it."""
    return f"{form} {term}"


def pairs_of(title: Sequence[str]) -> list[str]:
    """The different neighbours in a title."""
    return sorted({f"{one} {other}" for one, other in pairwise(title)})


def _keys(form: Form, terms: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {term: defaultdict(list) for term in terms}
    for table, rule in TABLES.items():
        if rule.form == form:
            for key, term in rule.pairs(terms):
                found[term][table].append(key)
    return found


def _beginning(prefix: str) -> str:
    """A regular expression of Lucene for what begins so."""
    return _SPECIAL.sub(r"\\\g<0>", prefix) + ".*"

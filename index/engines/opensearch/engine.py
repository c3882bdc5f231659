"""The `opensearch:` engine: an index in a cluster; see `Engine` for what each method means.

opensearch:http://host:9200/news
opensearch:https://one:9200,https://two:9200/news     any of them will do
opensearch:http://host:9200/news?shards=3&replicas=1  how an index is spread when it is made
"""

from __future__ import annotations

import math
import re
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from index.analysis import Vocabulary
from index.analysis.expansion.tables import TABLES_VERSION
from index.document import Document, Field, Form, Located, Tokens, vocabulary_of
from index.engine import (
    NO_FILTERS,
    Checkpoint,
    Checkpoints,
    CrossCount,
    EngineStats,
    Facet,
    FacetPair,
    Filters,
    HeldTerms,
    Matches,
    Recency,
    Sort,
)
from index.engines.memory import located
from index.engines.opensearch import commit
from index.engines.opensearch.aliases import ClusterIndex
from index.engines.opensearch.client import Client, Json, lacks
from index.engines.opensearch.commit import NOTHING, CommittedState
from index.engines.opensearch.counting import HeldRequest
from index.engines.opensearch.mapping import document_of
from index.engines.opensearch.searching import SearchRequest, filtering, held_terms, search
from index.engines.opensearch.statistics import Statistics
from index.engines.opensearch.vocabulary import ClusterVocabulary
from index.errors import EngineError, NoIndex, ReadOnly
from index.query import Query

# Seconds for which the last look at the checkpoint is believed: other processes' commits are seen
# that much later, and a page of several searches asks once.
FRESH = 0.5
# Seconds for which answers are told as partial after words were looked up in a part of the index:
# longer than a search takes from its first word to its last hit.
DOUBT = 10.0

_PLACE = re.compile(r"(https?://[^@]+)/([^/?@]+)/?(\?(?:(?:shards|replicas)=\d{1,3}&?)+)?")
_SPREAD = re.compile(r"(shards|replicas)=(\d+)")
_NAME = re.compile(r"[^\s_+.-][^\s*?\"<>|,#:/\\]{0,200}")


def open_engine(rest: str, *, create: bool, fresh: bool) -> OpenSearchEngine:
    """See `index.open_engine`; `rest` is the address of a cluster and the name of an index."""
    found = _PLACE.fullmatch(rest)
    if not found or not _NAME.fullmatch(found[2]) or found[2] != found[2].lower():
        raise EngineError(
            "that is no address of an index: write opensearch:http://host:9200/name (a name in"
            " small letters, without blanks; who asks is told by the environment)."
        )
    scheme = found[1].partition("://")[0]
    hosts = [one if "://" in one else f"{scheme}://{one}" for one in found[1].split(",")]
    spread = dict(_SPREAD.findall(found[3] or ""))
    shards, replicas = int(spread.get("shards", "1")), int(spread.get("replicas", "1"))
    place = ClusterIndex(Client(hosts), found[2], shards, replicas)
    if not fresh:
        try:
            return OpenSearchEngine(place, commit.read_contents(place.client, place.name))
        except NoIndex:
            if not create:
                raise
    return OpenSearchEngine(place, NOTHING, fresh=fresh)


class OpenSearchEngine:
    """An index in a cluster; any number of threads and processes may share it."""

    def __init__(self, place: ClusterIndex, seen: CommittedState, *, fresh: bool = False) -> None:
        self._place = place
        self._client = place.client
        self._fresh = fresh
        self._seen = (time.monotonic(), seen)
        self._statistics = (seen.generation, Statistics(seen.totals))
        self._doubted = -math.inf  # when a word was last looked up in a part of the index
        self._writing = threading.Lock()

    def update(
        self, documents: Iterable[Document], removed: Iterable[str], checkpoint: Checkpoint
    ) -> None:
        """See `Engine.update`. Raises `EngineError` when another process writes."""
        with self._writing:
            last = NOTHING if self._fresh else self._now(look=True)
            written = commit.commit_update(self._place, last, documents, removed, checkpoint)
            self._fresh = False
            self._seen = (time.monotonic(), written)

    def tidy(self) -> None:
        """See `Engine.tidy`; what a killed commit left here, the next one removes."""
        with self._writing:
            last = self._now(look=True)
            if last.behind != commit.NOWHERE and last.tables != TABLES_VERSION:
                self._seen = (time.monotonic(), commit.remake_tables(self._client, last))

    def checkpoint(self) -> Checkpoint:
        """See `Engine.checkpoint`."""
        return self._now(look=True).checkpoint

    def checkpoints(self) -> Checkpoints:
        """See `Engine.checkpoints`."""
        return self._now(look=True).checkpoints

    def generation(self) -> int:
        """See `Engine.generation`; also grows with each answer that lacked a part of the index, so
        that nobody remembers what was made of it."""
        return self._now().generation + self._client.lacked

    def search(
        self,
        query: Query,
        *,
        limit: int = 10,
        offset: int = 0,
        filters: Filters = NO_FILTERS,
        sort: Sort = "relevance",
        recency: Recency | None = None,
        facets: Sequence[Facet] = (),
        crosstabs: Sequence[FacetPair] = (),
        timeout: float = math.inf,
    ) -> Matches:
        """See `Engine.search`."""
        contents = self._now()
        if contents is NOTHING:
            empty: dict[FacetPair, list[CrossCount]] = {pair: [] for pair in crosstabs}
            return Matches(0, (), facets={facet: [] for facet in facets}, crosstabs=empty)
        end = None if math.isinf(timeout) else time.monotonic() + timeout
        asking = SearchRequest(
            *(query, limit, offset, filters, sort, recency, tuple(facets), tuple(crosstabs), end)
        )
        found = search(self._client, contents, self._known(contents), asking)
        if time.monotonic() < self._doubted + DOUBT:
            return replace(found, partial=True, total_exact=False)
        return found

    def held_terms(
        self,
        query: Query,
        form: Form,
        *,
        filters: Filters = NO_FILTERS,
        limit: int = 1000,
        among: Collection[str] | None = None,
        timeout: float = math.inf,
    ) -> HeldTerms:
        """See `Engine.held_terms`."""
        contents = self._now()
        if contents is NOTHING:
            return HeldTerms(0, ())
        end = None if math.isinf(timeout) else time.monotonic() + timeout
        asking = HeldRequest(query, form, filters, limit, among, end)
        return held_terms(self._client, contents, asking)

    def documents(self, keys: Sequence[str]) -> list[Document | None]:
        """See `Engine.documents`."""
        contents = self._now()
        found = {} if contents is NOTHING else self._fetched(contents, keys)
        return [found.get(key) for key in keys]

    def located(
        self, keys: Sequence[str], terms: Mapping[tuple[Field, Form], Collection[str]]
    ) -> list[Located | None]:
        """See `Engine.located`; the texts are analysed here, which is faster than a request."""
        return [located(Tokens.of(one), terms) if one else None for one in self.documents(keys)]

    def vocabulary(self) -> Vocabulary:
        """See `Engine.vocabulary`."""
        contents = self._now()
        if contents is NOTHING:
            return vocabulary_of(())

        def ask(body: Json) -> Json:
            answer = self._client.search(contents.behind, body, partly=True)
            if lacks(answer):
                self._doubted = time.monotonic()
            return answer

        return ClusterVocabulary(ask, contents.counting)

    def stats(self) -> EngineStats:
        """See `Engine.stats`."""
        contents = self._now()
        if contents is NOTHING:
            return EngineStats(0, 0, 0)
        found = self._client.ask("GET", f"/{contents.behind}/_stats/store,segments")
        whole = found["_all"]["primaries"]
        size, segments = whole["store"]["size_in_bytes"], whole["segments"]["count"]
        return EngineStats(contents.totals.documents, size, segments)

    def faults(self) -> Iterator[str]:
        """See `Engine.faults`: every part answers, and together they hold what was committed."""
        contents = self._now()
        try:
            held = commit.totals(self._client, contents.behind, contents.counting)
        except EngineError as error:
            yield str(error)
            return
        if held != contents.totals:
            yield (
                f"it holds {held.documents} documents where {contents.totals.documents} were put:"
                " type `bahith index --rebuild`"
            )

    def within(self, scope: Filters) -> OpenSearchEngine:
        """See `Engine.within`."""
        return _ClusterPart(self, scope)

    def close(self) -> None:
        """See `Engine.close`."""
        self._client.close()

    def _now(self, *, look: bool = False) -> CommittedState:
        """The last commit; `look`: whatever was seen a moment ago."""
        if self._fresh:
            return NOTHING
        now = time.monotonic()
        if look or now - self._seen[0] > FRESH:
            try:
                self._seen = (now, commit.read_contents(self._client, self._place.name))
            except NoIndex:
                if self._seen[1] is not NOTHING:
                    raise
        return self._seen[1]

    def _known(self, contents: CommittedState) -> Statistics:
        """The statistics of a generation, emptied when another counts."""
        generation, known = self._statistics
        if generation != contents.generation:
            known = Statistics(contents.totals)
            self._statistics = (contents.generation, known)
        return known

    def _fetched(self, contents: CommittedState, keys: Sequence[str]) -> dict[str, Document]:
        """The documents of these keys that count in a generation."""
        found: dict[str, Document] = {}
        for start in range(0, len(keys), commit.AT_ONCE):
            wanted = list(keys[start : start + commit.AT_ONCE])
            filters = [{"terms": {"key": wanted}}, *contents.counting]
            body = {"query": {"bool": {"filter": filters}}, "size": len(wanted)}
            answer = self._client.search(contents.behind, body)
            documents = [document_of(hit["_source"]) for hit in answer["hits"]["hits"]]
            found |= {document.key: document for document in documents}
        return found


class _ClusterPart(OpenSearchEngine):
    """What of an index is inside a scope; its totals are asked for once a generation."""

    def __init__(self, whole: OpenSearchEngine, scope: Filters) -> None:
        super().__init__(whole._place, NOTHING)
        self._whole, self._scope = whole, tuple(filtering(scope))

    def update(
        self, documents: Iterable[Document], removed: Iterable[str], checkpoint: Checkpoint
    ) -> None:
        """See `Engine.within`."""
        del documents, removed, checkpoint
        raise ReadOnly

    def stats(self) -> EngineStats:
        """See `Engine.stats`; sizes are of the whole, and say nothing of a part."""
        return EngineStats(self._now().totals.documents, 0, 1)

    def close(self) -> None:
        """Nothing to give back: the connections are those of the whole."""

    def _now(self, *, look: bool = False) -> CommittedState:
        whole = self._whole._now(look=look)
        _, seen = self._seen
        if whole is not NOTHING and (whole.generation, whole.behind) != (
            seen.generation,
            seen.behind,
        ):
            part = whole._replace(scope=(*whole.scope, *self._scope))
            totals = commit.totals(self._client, part.behind, part.counting)
            seen = part._replace(totals=totals)
            self._seen = (time.monotonic(), seen)
        return NOTHING if whole is NOTHING else seen

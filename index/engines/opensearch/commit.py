"""Updates of an index in a cluster, all or nothing.

A cluster shows what was written whenever it likes, and each copy of a part at its own time. So
every version of a document carries the generations between which it counts, readers filter by the
generation that one document names, the checkpoint, and writing that document is the commit:

    generation 7 counts      A since 3        B since 5
    … writing generation 8   A since 3 gone 8, A since 8, C since 8     (nobody sees it)
    checkpoint := 8          A since 8, B since 5, C since 8

Whoever begins to write takes the right to from the one before (`aliases`) and puts the checkpoint
anew as it is: a writer that is still at work can neither put nor commit any more. What it, or a
killed one, left behind is taken back; what is gone is removed a generation later, when nobody reads
it any more. A rebuilt index is filled beside the old one, and the alias moves to it in one step.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple, TypeVar

from index.analysis import version
from index.analysis.expansion.tables import TABLES_VERSION
from index.document import FIELDS, Document
from index.engine import Checkpoint, Checkpoints, with_checkpoint
from index.engines.opensearch.aliases import (
    ClusterIndex,
    make_index,
    remove_unnamed,
    take_name,
    take_over,
)
from index.engines.opensearch.bulk import OVERTAKEN, Bulk
from index.engines.opensearch.client import Client, Json, RequestRefused
from index.engines.opensearch.mapping import CHECKPOINT, LIVE, document_of, source_of
from index.engines.opensearch.statistics import Totals
from index.engines.opensearch.vocabulary import NewTerms, every_term, put_terms
from index.errors import EngineError, ForeignIndex, NoIndex, OutdatedAnalysis

# The version of everything that `mapping` and this module lay down.
FORMAT = 2
# Documents looked up by one request.
AT_ONCE = 500
# A checkpoint's index before there is one: no name of an index looks so.
NOWHERE = "#"


Item = TypeVar("Item")


class CommittedState(NamedTuple):
    """What one generation of an index holds: the document that is the commit.

    `behind` is the index behind the alias; `place` tells the cluster which checkpoint is replaced.
    `scope` are filters in the cluster's language, of what is looked at of it; `tables` is the
    version of the rules that made the terms' keys.
    """

    generation: int
    checkpoints: Checkpoints
    totals: Totals
    behind: str
    place: tuple[int, int]
    scope: tuple[Json, ...] = ()
    tables: int = TABLES_VERSION

    @property
    def checkpoint(self) -> Checkpoint:
        """The last one."""
        return self.checkpoints[-1] if self.checkpoints else Checkpoint("", 0)

    @property
    def counting(self) -> list[Json]:
        """The filters for the versions that count, and are inside the scope."""
        return [*counting(self.generation), *self.scope]


NOTHING = CommittedState(0, (), Totals(0, 0, 0), NOWHERE, (0, 0))


def read_contents(client: Client, name: str) -> CommittedState:
    """The last commit of the index of that name. Raises `NoIndex` and what else `errors` lists."""
    found = client.ask("GET", f"/{name}/_doc/{CHECKPOINT}", missing={})
    if not found.get("found"):
        if client.ask("GET", f"/{name}", missing={}):
            raise ForeignIndex(
                f"{name} holds something else than an index of bahith. Choose another name."
            )
        raise NoIndex(f"there is no index {name} yet. Make it with `bahith index --index …`.")
    told = found["_source"][CHECKPOINT]
    if told["format"] != FORMAT:
        raise ForeignIndex(
            f"{name} was made by another version of bahith. Type `bahith index --rebuild`."
        )
    if told["analysis"] != version():
        raise OutdatedAnalysis(
            f"{name} was built with other rules for words than those installed."
            " Type `bahith index --rebuild`."
        )
    return CommittedState(
        told["generation"],
        tuple(Checkpoint(*one) for one in told["checkpoints"]),
        Totals(*told["totals"]),
        found["_index"],
        (found["_seq_no"], found["_primary_term"]),
        tables=told.get("tables", 0),
    )


def commit_update(
    place: ClusterIndex,
    last: CommittedState,
    documents: Iterable[Document],
    removed: Iterable[str],
    checkpoint: Checkpoint,
) -> CommittedState:
    """See `Engine.update`; after `NOTHING` the index is made anew and takes the old one's place."""
    if last.behind != NOWHERE:
        last, bulk = _begin(place.client, last)
        return _put_all(bulk, last, documents, removed, checkpoint)
    index = make_index(place)
    try:
        empty = NOTHING._replace(behind=index)
        written = _put_all(Bulk(place.client, index), empty, documents, (), checkpoint)
    except BaseException:
        with suppress(EngineError):  # nobody reads it yet, and nobody else will remove it soon
            remove_unnamed(place, index)
        raise
    take_name(place, index)
    return written


def remake_tables(client: Client, last: CommittedState) -> CommittedState:
    """Give every term the keys of today's rules; searches go on meanwhile, by old and new ones."""
    last, bulk = _begin(client, last)
    for form, terms in every_term(client, last.behind):
        put_terms(bulk, form, terms)
    bulk.finish()
    client.ask("POST", f"/{last.behind}/_refresh")
    return _write(client, last._replace(tables=TABLES_VERSION))


def _begin(client: Client, last: CommittedState) -> tuple[CommittedState, Bulk]:
    """Become the only writer, and take back what those before left that never came to a commit."""
    bulk = Bulk(client, last.behind, take_over(client, last.behind))
    last = _write(client, last)
    _take_back(bulk, last.generation)
    return last, bulk


def _put_all(
    bulk: Bulk,
    last: CommittedState,
    documents: Iterable[Document],
    removed: Iterable[str],
    checkpoint: Checkpoint,
) -> CommittedState:
    """Put and retire what an update wants, and commit it."""
    fresh, now = last.generation == 0, last.generation + 1
    terms = NewTerms(bulk, fresh=fresh)
    put: dict[str, None] = {}
    for portion in _portions(documents, AT_ONCE):
        newest = {document.key: document for document in portion}
        if not fresh:
            _retire(bulk, [key for key in newest if key not in put], last.generation)
        put |= dict.fromkeys(newest)
        for document in newest.values():
            source = source_of(document, now)
            bulk.put(f"{document.key}-{now}", source)
            terms.add(source["held"])
        terms.put()
    for keys in _portions((key for key in removed if key not in put), AT_ONCE):
        _retire(bulk, keys, last.generation)
    bulk.finish()
    client, index = bulk.client, bulk.index
    client.ask("POST", f"/{index}/_refresh")
    if _begun(client, index, now) != len(put):  # somebody began later and took them back
        raise EngineError(OVERTAKEN)
    counted = totals(client, index, counting(now))
    reached = with_checkpoint(last.checkpoints, checkpoint)
    return _write(client, last._replace(generation=now, checkpoints=reached, totals=counted))


def counting(generation: int) -> list[Json]:
    """The filter for the versions that count in a generation."""
    return [{"range": {"since": {"lte": generation}}}, {"range": {"gone": {"gt": generation}}}]


def _take_back(bulk: Bulk, generation: int) -> None:
    """Undo what a writer left that never came to its commit; remove what nobody reads any more."""
    client, index = bulk.client, bulk.index
    client.ask("POST", f"/{index}/_refresh")
    begun = [
        {"range": {"since": {"gt": generation}}},
        {"range": {"gone": {"gt": generation, "lt": LIVE}}},
        {"range": {"gone": {"lt": generation}}},
    ]
    query: Json = {"bool": {"should": begun, "minimum_should_match": 1}}
    while found := _versions(client, index, query):
        for one in found:
            source = one["_source"]
            if source["since"] > generation or source["gone"] < generation:
                bulk.delete(one["_id"])
            else:
                restored = source_of(document_of(source), source["since"])
                bulk.put(one["_id"], restored)
        bulk.finish()
        client.ask("POST", f"/{index}/_refresh")


def _retire(bulk: Bulk, keys: list[str], generation: int) -> None:
    """Let the versions of these keys that count now count no longer from the next generation on."""
    if not keys:
        return
    query = {"bool": {"filter": [{"terms": {"key": keys}}, *counting(generation)]}}
    for one in _versions(bulk.client, bulk.index, query):
        source = one["_source"]
        gone = source_of(document_of(source), source["since"], generation + 1)
        bulk.put(one["_id"], gone)


def _versions(client: Client, index: str, query: Json) -> list[Json]:
    body = {"query": query, "size": 2 * AT_ONCE}
    found: list[Json] = client.search(index, body)["hits"]["hits"]
    return found


def _begun(client: Client, index: str, generation: int) -> int:
    """How many versions count from this generation on."""
    body = {"size": 0, "track_total_hits": True, "query": {"term": {"since": generation}}}
    return int(client.search(index, body)["hits"]["total"]["value"])


def totals(client: Client, index: str, counted: list[Json]) -> Totals:
    """Documents and words of what passes some filters."""
    sums: Json = {field: {"sum": {"field": f"length.{field}"}} for field in FIELDS}
    body = {
        "size": 0,
        "track_total_hits": True,
        "query": {"bool": {"filter": counted}},
        "aggs": sums,
    }
    found = client.search(index, body)
    words = {field: int(found["aggregations"][field]["value"]) for field in FIELDS}
    return Totals(found["hits"]["total"]["value"], words["title"], words["body"])


def _write(client: Client, contents: CommittedState) -> CommittedState:
    """The commit: replace the last checkpoint, unless somebody else has."""
    told = {
        "format": FORMAT,
        "analysis": version(),
        "tables": contents.tables,
        "generation": contents.generation,
        "checkpoints": [list(one) for one in contents.checkpoints],
        "totals": [contents.totals.documents, contents.totals.title, contents.totals.body],
    }
    number, term = contents.place
    condition: dict[str, str | int] = (
        {"if_seq_no": number, "if_primary_term": term} if term else {"op_type": "create"}
    )
    path = f"/{contents.behind}/_doc/{CHECKPOINT}"
    try:
        answer = client.ask("PUT", path, {CHECKPOINT: told}, once=True, parameters=condition)
    except RequestRefused as error:
        if error.status == 409:
            raise EngineError(OVERTAKEN) from error
        raise
    return contents._replace(place=(answer["_seq_no"], answer["_primary_term"]))


def _portions(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while portion := list(itertools.islice(iterator, size)):
        yield portion

"""Updates of an index in a cluster, all or nothing.

A cluster shows what was written whenever it likes, and each copy of a part at its own time. So
every version of a document carries the generations between which it counts, readers filter by the
generation that one document names, the checkpoint, and writing that document is the commit:

    generation 7 counts      A since 3        B since 5
    … writing generation 8   A since 3 gone 8, A since 8, C since 8     (nobody sees it)
    checkpoint := 8          A since 8, B since 5, C since 8

What a killed writer left behind is taken back before the next one begins; what is gone is removed
a generation later, when nobody reads it any more. A rebuilt index is filled beside the old one, and
the alias moves to it in one step.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from index.analysis import version
from index.document import FIELDS, Document
from index.engine import Checkpoint
from index.engines.opensearch.bulk import Bulk, writing
from index.engines.opensearch.client import Client, Json, RequestRefused
from index.engines.opensearch.mapping import CHECKPOINT, LIVE, document_of, index_of, source_of
from index.engines.opensearch.statistics import Totals
from index.engines.opensearch.vocabulary import NewTerms
from index.errors import EngineError, ForeignIndex, NoIndex, OutdatedAnalysis

FORMAT = 1
"""The version of everything that `mapping` and this module lay down."""
AT_ONCE = 500
"""Documents looked up by one request."""
NOWHERE = "#"
"""A checkpoint's index before there is one: no name of an index looks so."""


Item = TypeVar("Item")


class CommittedState(NamedTuple):
    """What one generation of an index holds: the document that is the commit.

    `behind` is the index behind the alias; `place` tells the cluster which checkpoint is replaced.
    `scope` are filters in the cluster's language, of what is looked at of it.
    """

    generation: int
    checkpoint: Checkpoint
    totals: Totals
    behind: str
    place: tuple[int, int]
    scope: tuple[Json, ...] = ()

    @property
    def counting(self) -> list[Json]:
        """The filters for the versions that count, and are inside the scope."""
        return [*counting(self.generation), *self.scope]


NOTHING = CommittedState(0, Checkpoint("", 0), Totals(0, 0, 0), NOWHERE, (0, 0))


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
        Checkpoint(*told["checkpoint"]),
        Totals(*told["totals"]),
        found["_index"],
        (found["_seq_no"], found["_primary_term"]),
    )


class ClusterIndex(NamedTuple):
    """Where an index is, and how it is spread when it is made."""

    client: Client
    name: str
    shards: int
    replicas: int


def commit_update(
    place: ClusterIndex,
    last: CommittedState,
    documents: Iterable[Document],
    removed: Iterable[str],
    checkpoint: Checkpoint,
) -> CommittedState:
    """See `Engine.update`; after `NOTHING` the index is made anew and takes the old one's place."""
    client, fresh = place.client, last.behind == NOWHERE
    index = _make_index(place) if fresh else last.behind
    if not fresh:
        _take_back(client, index, last.generation)
    now = last.generation + 1
    bulk = Bulk(client, index)
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
    if not fresh:
        for keys in _portions((key for key in removed if key not in put), AT_ONCE):
            _retire(bulk, keys, last.generation)
    bulk.finish()
    client.ask("POST", f"/{index}/_refresh")
    contents = CommittedState(
        now, checkpoint, totals(client, index, counting(now)), index, last.place
    )
    written = _write(client, contents, fresh)
    if fresh:
        _take_name(place, index)
    return written


def counting(generation: int) -> list[Json]:
    """The filter for the versions that count in a generation."""
    return [{"range": {"since": {"lte": generation}}}, {"range": {"gone": {"gt": generation}}}]


def remove_unused(place: ClusterIndex) -> None:
    """Remove indexes that were made for this name and have lost it, or never got it."""
    found = place.client.ask("GET", f"/{place.name}-*", missing={})
    for index, told in found.items():
        ours = told.get("mappings", {}).get("_meta", {}).get("bahith") == place.name
        if ours and place.name not in told.get("aliases", {}):
            place.client.ask("DELETE", f"/{index}", missing={})


def _make_index(place: ClusterIndex) -> str:
    """An empty index beside whatever has the name."""
    remove_unused(place)
    index = f"{place.name}-{uuid.uuid4().hex[:12]}"
    made = index_of(place.shards, place.replicas)
    made["mappings"]["_meta"] = {"bahith": place.name}
    made["aliases"] = {writing(index): {}}
    place.client.ask("PUT", f"/{index}", made)
    return index


def _take_name(place: ClusterIndex, index: str) -> None:
    """Let the alias mean the new index, in one step; the old one serves whoever still reads it."""
    aliases = place.client.ask("GET", f"/_alias/{place.name}", missing={})
    actions: list[Json] = [
        {"remove": {"index": old, "alias": place.name}} for old in aliases if old != index
    ]
    actions.append({"add": {"index": index, "alias": place.name}})
    try:
        place.client.ask("POST", "/_aliases", {"actions": actions})
    except RequestRefused as error:
        if "index" in error.kind and "exists" in error.kind:
            raise ForeignIndex(
                f"{place.name} is an index that was not made by bahith. Choose another name."
            ) from error
        raise


def _take_back(client: Client, index: str, generation: int) -> None:
    """Undo what a writer left that never came to its commit; remove what nobody reads any more."""
    client.ask("POST", f"/{index}/_refresh")
    begun = [
        {"range": {"since": {"gt": generation}}},
        {"range": {"gone": {"gt": generation, "lt": LIVE}}},
        {"range": {"gone": {"lt": generation}}},
    ]
    query: Json = {"bool": {"should": begun, "minimum_should_match": 1}}
    bulk = Bulk(client, index)
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


def _write(client: Client, contents: CommittedState, fresh: bool) -> CommittedState:
    """The commit: replace the last checkpoint, unless somebody else has."""
    told = {
        "format": FORMAT,
        "analysis": version(),
        "generation": contents.generation,
        "checkpoint": list(contents.checkpoint),
        "totals": [contents.totals.documents, contents.totals.title, contents.totals.body],
    }
    condition: dict[str, str | int] = (
        {"op_type": "create"}
        if fresh
        else {"if_seq_no": contents.place[0], "if_primary_term": contents.place[1]}
    )
    path = f"/{contents.behind}/_doc/{CHECKPOINT}"
    try:
        answer = client.ask("PUT", path, {CHECKPOINT: told}, once=True, parameters=condition)
    except RequestRefused as error:
        if error.status == 409:
            raise EngineError(
                "another process is writing this index. Try again when it has finished."
            ) from error
        raise
    return contents._replace(place=(answer["_seq_no"], answer["_primary_term"]))


def _portions(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while portion := list(itertools.islice(iterator, size)):
        yield portion

"""Which index has the name, and who may write it: aliases of the cluster, each changed in one step.

    news                          the alias: the index that is searched
    news-1f3a…                    the index behind it, or one that is being filled
    news-1f3a….writing…           by which it is written; each writer takes one of its own
                                  and the one before it away, whose next request then fails

An index that lost the name loses these too and thereby says that it may be removed; one that has
them and no name may be another process's rebuilding.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import NamedTuple

from index.engines.opensearch.bulk import writing
from index.engines.opensearch.client import Client, Json, RequestRefused
from index.engines.opensearch.mapping import index_of
from index.errors import ForeignIndex

# Milliseconds after which an index that never got its name is nobody's: ten times as long as the
# rebuilding of ten million articles takes.
ABANDONED = 7 * 24 * 3600 * 1000


class ClusterIndex(NamedTuple):
    """Where an index is, and how it is spread when it is made."""

    client: Client
    name: str
    shards: int
    replicas: int


def remove_unused(place: ClusterIndex, made: str) -> None:
    """Remove what lost this name, and what was begun for it long before `made` and never got it.

    What was begun lately may be another process's rebuilding. Both times are the cluster's.
    """
    found = place.client.ask("GET", f"/{place.name}-*", missing={})
    began = {
        index: int(told["settings"]["index"]["creation_date"]) for index, told in found.items()
    }
    for index, told in found.items():
        ours = told.get("mappings", {}).get("_meta", {}).get("bahith") == place.name
        aliases = told.get("aliases", {})
        retired = not any(alias.startswith(writing(index)) for alias in aliases)
        abandoned = began.get(made, 0) - began[index] > ABANDONED
        if ours and place.name not in aliases and (retired or abandoned):
            place.client.ask("DELETE", f"/{index}", missing={})


def make_index(place: ClusterIndex) -> str:
    """An empty index beside whatever has the name."""
    index = f"{place.name}-{uuid.uuid4().hex[:12]}"
    made = index_of(place.shards, place.replicas)
    made["mappings"]["_meta"] = {"bahith": place.name}
    made["aliases"] = {writing(index): {}}
    place.client.ask("PUT", f"/{index}", made)
    remove_unused(place, index)
    return index


def remove_unnamed(place: ClusterIndex, index: str) -> None:
    """Remove an index unless it has the name, whatever the answer to taking it was."""
    if index not in place.client.ask("GET", f"/_alias/{place.name}", missing={}):
        place.client.ask("DELETE", f"/{index}", missing={})


def take_name(place: ClusterIndex, index: str) -> None:
    """Let the alias mean the new index, in one step; the old one serves whoever still reads it."""
    aliases = place.client.ask("GET", f"/_alias/{place.name}", missing={})
    actions: list[Json] = [{"add": {"index": index, "alias": place.name}}]
    for old in aliases:
        if old != index:
            actions += _removing(old, [place.name, *_writers(place.client, old)])
    try:
        place.client.ask("POST", "/_aliases", {"actions": actions})
    except RequestRefused as error:
        if "index" in error.kind and "exists" in error.kind:
            raise ForeignIndex(
                f"{place.name} is an index that was not made by bahith. Choose another name."
            ) from error
        raise


def take_over(client: Client, index: str) -> str:
    """Become the only one who writes an index; the alias to write by."""
    writer = f"{writing(index)}-{uuid.uuid4().hex[:12]}"
    actions = _removing(index, _writers(client, index))
    actions.append({"add": {"index": index, "alias": writer}})
    client.ask("POST", "/_aliases", {"actions": actions})
    return writer


def _writers(client: Client, index: str) -> list[str]:
    told = client.ask("GET", f"/{index}/_alias", missing={}).get(index, {})
    return [alias for alias in told.get("aliases", {}) if alias.startswith(writing(index))]


def _removing(index: str, aliases: Iterable[str]) -> list[Json]:
    return [{"remove": {"index": index, "alias": alias}} for alias in aliases]

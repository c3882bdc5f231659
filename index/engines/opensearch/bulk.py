"""Bulk: many documents put or removed by few requests, each item's fate looked at."""

from __future__ import annotations

import random
import time
from typing import Any

from index.engines.opensearch.client import Client, Json, encoded, is_passing
from index.errors import EngineError, Unreachable

# Of a request: some 500 articles; clusters refuse 100 MB and are said to like ten.
BYTES = 4_000_000
# How often what a busy cluster rejected is sent again; half a minute in all.
TRIES = 8

PAUSE = 0.25
OVERTAKEN = "another process writes this index and began later. Try again when it has finished."


def writing(index: str) -> str:
    """The alias by which a new index is written; see `aliases` for later writers' own."""
    return f"{index}.writing"


class Bulk:
    """Collects items and sends them when there are enough; `finish` sends the rest."""

    def __init__(self, client: Client, index: str, alias: str = "") -> None:
        self.client, self.index = client, index
        self._alias = alias or writing(index)
        self._items: list[bytes] = []
        self._size = 0

    def put(self, key: str, source: Json) -> None:
        """Put a document, replacing the one of that key."""
        self._add(_line({"index": {"_id": key}}) + _line(source))

    def delete(self, key: str) -> None:
        """Remove the document of a key."""
        self._add(_line({"delete": {"_id": key}}))

    def finish(self) -> None:
        """Send what is left. Raises `EngineError` when an item is refused."""
        items, self._items, self._size = self._items, [], 0
        for number in range(TRIES):
            if not items:
                return
            if number:
                time.sleep(PAUSE * 2 ** (number - 1) * random.uniform(0.5, 1))
            # By an alias: an index that is gone must not come into being again without its mapping.
            path = f"/{self._alias}/_bulk"
            answer = self.client.ask(
                "POST", path, b"".join(items), parameters={"require_alias": "true"}
            )
            items = _rejected(items, answer)
        if items:
            raise Unreachable("the cluster is too busy to take documents. Try again later.")

    def _add(self, item: bytes) -> None:
        self._items.append(item)
        self._size += len(item)
        if self._size >= BYTES:
            self.finish()


def _line(value: Json) -> bytes:
    return encoded(value) + b"\n"


def _rejected(items: list[bytes], answer: dict[str, Any]) -> list[bytes]:
    """The items that a cluster in trouble did not take. Raises `EngineError` for other refusals."""
    if not answer.get("errors"):
        return []
    again = []
    for item, told in zip(items, answer["items"], strict=True):
        (result,) = told.values()
        error = result.get("error")  # what was to be removed and is not there is none
        kind = error.get("type", "") if error else ""
        if is_passing(result["status"], kind):
            again.append(item)
        elif kind == "index_not_found_exception":  # the alias is gone
            raise EngineError(OVERTAKEN)
        elif error:
            raise EngineError(
                f"the cluster refuses the document {result.get('_id')}: {error.get('reason')}"
            )
    return again

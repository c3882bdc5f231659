"""Opening an index: its URL's scheme picks the engine.

    memory:                              in this process, forgotten at its end
    whoosh:PATH                          the default: one directory, no server
    opensearch:http://host:9200/name     a cluster, for more than one machine holds

An engine's module is imported when it is asked for.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from index.engine import Engine
from index.errors import EngineError

# Scheme → the module with `open_engine(rest, *, create, fresh) -> Engine`.
SCHEMES = {
    "memory": "index.engines.memory",
    "whoosh": "index.engines.whoosh.engine",
    "opensearch": "index.engines.opensearch.engine",
}


def directory_of(url: str) -> Path | None:
    """The directory of an index that is one; None for an engine without files here.

    >>> directory_of("whoosh:data/index"), directory_of("memory:")
    (PosixPath('data/index'), None)
    """
    scheme, _, rest = url.partition(":")
    return Path(rest) if scheme == "whoosh" else None


def with_spread(url: str, shards: int | None, replicas: int | None) -> str:
    """The URL of an index with how it is spread over a cluster when it is made.

    >>> with_spread("opensearch:http://host:9200/news", 3, None)
    'opensearch:http://host:9200/news?shards=3'
    """
    asked = {"shards": shards, "replicas": replicas}
    told = [f"{name}={number}" for name, number in asked.items() if number is not None]
    if not told:
        return url
    if not url.startswith("opensearch:") or "?" in url:
        raise EngineError(
            "--shards and --replicas say how an index is spread over a cluster: write them with"
            " --index opensearch:http://host:9200/name, and not in its address as well."
        )
    return f"{url}?{'&'.join(told)}"


def open_engine(url: str, *, create: bool = False, fresh: bool = False) -> Engine:
    """Open the index at a URL such as `whoosh:data/index`.

    `create` makes an empty one where there is none. `fresh` gives an empty engine whose first
    update replaces, in one step, whatever index stands there, however damaged or outdated.
    Raises `NoIndex`, `ForeignIndex`, `OutdatedAnalysis`, `CorruptIndex` or `Unreachable`; their
    messages say what to type next.
    """
    scheme, colon, rest = url.partition(":")
    if not colon or scheme not in SCHEMES:
        known = ", ".join(f"{name}:" for name in SCHEMES)
        raise EngineError(
            f"{url!r} names no kind of index. Write --index whoosh:{url} for a directory"
            f" (an index begins with one of {known})."
        )
    module = importlib.import_module(SCHEMES[scheme])
    engine: Engine = module.open_engine(rest, create=create, fresh=fresh)
    return engine

"""HTTP to a cluster: several hosts, retries with jitter, errors as sentences.

Some eight endpoints are used, all JSON; urllib3 does the rest. (`opensearch-py` would bring 61 MB
with grpc for these eight.) Credentials come from the environment and are never printed:
`BAHITH_OPENSEARCH_API_KEY`, or `BAHITH_OPENSEARCH_USER` and `BAHITH_OPENSEARCH_PASSWORD`;
`BAHITH_OPENSEARCH_CA` names a file of certificates to trust.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from index.errors import EngineError, Unreachable

try:
    import urllib3
except ImportError as error:  # the extra is not installed
    raise Unreachable(
        "the engine for opensearch: needs a library: pip install 'bahith[opensearch]'"
    ) from error

Json = dict[str, Any]

# Seconds that a request without a deadline of its own may take: a cluster that lost a node needs
# some twenty to notice.
PATIENCE = 30.0
# How often a request is sent; over several hosts, so that one that is down costs one try.
TRIES = 5
# Seconds before the second try, doubled with each and spread by chance between half and whole.
PAUSE = 0.2

BUSY = frozenset({429, 502, 503, 504})
# What a node says of another that has just gone, until the cluster knows: with status 500.
LOST_NODE = frozenset(
    f"{name}_exception"
    for name in (
        "connect_transport",
        "node_closed",
        "node_disconnected",
        "node_not_connected",
        "receive_timeout_transport",
    )
)
# How often an answer that lacks parts is asked for again: another copy may have come up.
AGAIN = 2
# Characters of a cluster's own words that a message repeats.
MOST_TOLD = 300


class RequestRefused(EngineError):
    """The cluster's answer to a request that it did not carry out: its status and its words."""

    def __init__(self, message: str, status: int, kind: str) -> None:
        super().__init__(message)
        self.status, self.kind = status, kind


class Client:
    """A connection to one cluster by any of its hosts; threads may share it.

    `lacked` counts the answers so far that lacked a part of an index.
    """

    def __init__(self, hosts: Iterable[str]) -> None:
        self.hosts = tuple(hosts)
        headers = urllib3.make_headers(**_credentials()) | _api_key()
        headers |= {"content-type": "application/json"}
        self._pool = urllib3.PoolManager(
            headers=headers,
            maxsize=16,
            retries=False,
            ca_certs=os.environ.get("BAHITH_OPENSEARCH_CA") or None,
        )
        self._first = random.randrange(len(self.hosts))
        self.lacked = 0

    def ask(
        self,
        method: str,
        path: str,
        body: Json | bytes | None = None,
        *,
        end: float | None = None,
        missing: Json | None = None,
        once: bool = False,
        parameters: Mapping[str, str | int] | None = None,
    ) -> Json:
        """The answer to a request. Raises `Unreachable` or `RequestRefused`.

        `end`: the moment on the monotonic clock when nobody waits any more (`TimeoutError`).
        `missing`: what a 404 means, where that is an answer. `once`: it may not be sent twice.
        """
        if parameters:
            path += "?" + "&".join(f"{name}={quote(str(v))}" for name, v in parameters.items())
        data = body if isinstance(body, bytes) or body is None else encoded(body)
        last: Unreachable | RequestRefused | None = None
        for number in range(1 if once else TRIES):
            host = self.hosts[(self._first + number) % len(self.hosts)]
            if number:
                _pause(number, end)
            seconds = PATIENCE if end is None else end - time.monotonic()
            if seconds <= 0:
                break
            try:
                answer = self._pool.request(
                    method, host + path, body=data, timeout=urllib3.Timeout(total=seconds)
                )
            except urllib3.exceptions.HTTPError as error:
                self._first = (self._first + 1) % len(self.hosts)
                last = Unreachable(_unreachable(host, error))
                continue
            if answer.status == 404 and missing is not None:
                return missing
            if answer.status < 300:
                return _decoded(host, answer.data)
            last = refused = _refused(host, answer.status, answer.data)
            if not is_passing(refused.status, refused.kind):
                raise refused
        if end is not None and time.monotonic() >= end - PAUSE:
            raise TimeoutError from last
        raise last or Unreachable(f"{self.hosts[0]} does not answer")

    def search(
        self, index: str, body: Json, *, end: float | None = None, partly: bool = False
    ) -> Json:
        """The answer to a search of an index, whole; raises `Unreachable` where a part is missing.

        A cluster answers 200 with a part of the index missing and says so only in its counts, so
        this is the one way to search. `partly`: what there is will do; `lacks` tells.
        An empty `index` is for a body that names a point in time.
        """
        path = f"/{index}/_search" if index else "/_search"
        only_whole = {} if partly else {"allow_partial_search_results": "false"}
        for number in range(AGAIN + 1):
            if number:
                _pause(1, end)
            answer = self.ask("POST", path, body, end=end, parameters=only_whole)
            if not lacks(answer):
                return answer
        self.lacked += 1
        if not partly:
            raise Unreachable(
                "a part of the index is on no machine that answers:"
                f" look at {self.hosts[0]}/_cluster/health."
            )
        return answer

    def close(self) -> None:
        """Give the connections back."""
        self._pool.clear()


def is_passing(status: int, kind: str) -> bool:
    """Whether an error, of a request or of one item of it, may be gone the next time.

    >>> is_passing(429, ""), is_passing(500, "node_closed_exception"), is_passing(400, "")
    (True, True, False)
    """
    return status in BUSY or kind in LOST_NODE


def lacks(answer: Json) -> bool:
    """Whether an answer to a search is of a part of the index only.

    >>> lacks({"_shards": {"total": 3, "successful": 2, "failed": 0}})
    True
    """
    shards = answer["_shards"]
    # A part without a copy is not counted as failed.
    return bool(shards["failed"] or shards["successful"] < shards["total"])


def encoded(value: Mapping[str, Any]) -> bytes:
    """JSON as the cluster takes it; lone surrogates, which pages have, go in and come back."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _decoded(host: str, data: bytes) -> Json:
    if not data:
        return {}
    try:
        found = json.loads(data.decode("utf-8", "surrogatepass"))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Unreachable(f"what answers at {host} is no OpenSearch: check the address")
    return found


def _pause(number: int, end: float | None) -> None:
    seconds = PAUSE * 2 ** (number - 1) * random.uniform(0.5, 1)
    if end is not None:
        seconds = min(seconds, max(0.0, end - time.monotonic()))
    time.sleep(seconds)


def _credentials() -> dict[str, Any]:
    user = os.environ.get("BAHITH_OPENSEARCH_USER")
    password = os.environ.get("BAHITH_OPENSEARCH_PASSWORD", "")
    return {"basic_auth": f"{user}:{password}"} if user else {}


def _api_key() -> dict[str, str]:
    key = os.environ.get("BAHITH_OPENSEARCH_API_KEY")
    return {"authorization": f"ApiKey {key}"} if key else {}


def _unreachable(host: str, error: Exception) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(error) or isinstance(error, urllib3.exceptions.SSLError):
        return (
            f"{host} has a certificate that is not trusted. Put its authority's file into"
            " BAHITH_OPENSEARCH_CA."
        )
    return f"no cluster answers at {host}: start it, or check the address after opensearch:"


def _refused(host: str, status: int, data: bytes) -> RequestRefused:
    """What a refusal means to somebody who can do something about it."""
    kind, words = _reason(data)
    told = f"{words[:MOST_TOLD]} ({kind or status})"
    if status == 401:
        message = (
            f"{host} wants to know who asks: set BAHITH_OPENSEARCH_USER and"
            " BAHITH_OPENSEARCH_PASSWORD, or BAHITH_OPENSEARCH_API_KEY."
        )
    elif "read_only" in words or "read-only" in words:
        message = (
            "the index is read-only, which a cluster does when a disk is full. Free space,"
            ' then set "index.blocks.read_only_allow_delete": null.'
        )
    elif status == 403:
        message = f"{host} does not allow this to whoever asks: {told}"
    elif status == 429:
        message = f"the cluster is too busy, and was each of {TRIES} times. Try again later."
    elif "script_lang not supported" in words or "unknown similarity type" in words.lower():
        message = "the cluster lacks the module lang-painless, which every distribution has."
    elif "tokenizer" in words and "analysis" in words:
        message = "the cluster lacks the module analysis-common, which every distribution has."
    elif is_passing(status, kind):
        message = (
            "a part of the index is on no machine that answers, or the cluster has no manager:"
            f" look at {host}/_cluster/health. ({kind or status})"
        )
    else:
        message = f"{host} refuses: {told}"
    return RequestRefused(message, status, kind)


def _reason(data: bytes) -> tuple[str, str]:
    """The kind of an error and its words, however much of its usual shape it has."""
    try:
        error = json.loads(data)["error"]
        cause = (error.get("root_cause") or [error])[0]
        inner = cause.get("caused_by") or {}
        return str(error.get("type", "")), f"{cause.get('reason')} {inner.get('reason', '')}"
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return "", data[:MOST_TOLD].decode("utf-8", "replace")

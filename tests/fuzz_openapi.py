"""Every route against its own description: each answer is of the shape that it promises."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import given, settings
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from index import Filters
from tests.newsroom import ARTICLES, fill
from web import create_app
from web.indexing import Indexing
from web.rights.keys import KeyFile

# Without a server between, nothing unpacks what is packed.
UNPACKED = {"Accept-Encoding": "identity"}


@schemathesis.serializer("application/x-ndjson")
def lines(_context: Any, value: Any) -> bytes:
    """What is sent as lines is sent as it is."""
    return str(value).encode("utf-8", "surrogatepass")


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> BaseSchema:
    """The own description of an application with keys."""
    folder = tmp_path_factory.mktemp("newsroom")
    fill(folder, *ARTICLES)
    secret = KeyFile(folder / "keys.json").add("all", Filters(), write=True)
    UNPACKED["X-API-Key"] = secret
    app = create_app(
        f"whoosh:{folder / 'index'}", folder / "articles.db", keys=folder / "keys.json"
    )
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


def fuzz_every_answer_is_as_described(
    described: BaseSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also for parameters that no reader would send; route by route, with a key that may all.

    With `strict=1` times are refused that no reader of times understands, which schemas cannot say;
    nor can they say which lines are articles.
    """
    monkeypatch.setattr(Indexing, "ask", lambda _: None)
    operations = [found.ok() for found in described.get_all_operations()]
    # The description itself is what was read to find the others.
    assert {*described.raw_schema["paths"]} - {one.path for one in operations} == {"/openapi.json"}
    for operation in operations:
        # Of pages, feeds and files a tenth: their readers are those of the API.
        share = 2 if operation.path.startswith("/api/") else 10

        @settings(max_examples=max(5, settings().max_examples // share))
        @given(case=operation.as_strategy())
        def check(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=UNPACKED, excluded_checks=[positive_data_acceptance])

        check()

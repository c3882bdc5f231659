"""The tools of a language model, asked by a real client of the protocol over a process's pipes."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from crawl import key_of
from index import Filters
from tests.newsroom import VISIT_ID, WHEAT, application
from web.rights.keys import KeyFile
from web.serving.mcp_server import Tools, server_of

Conversation = Callable[[ClientSession], Awaitable[None]]


def spoken(conversation: Conversation, arguments: list[str], environment: dict[str, str]) -> None:
    """Start `bahith mcp` and speak with it."""
    started = StdioServerParameters(
        command=sys.executable, args=["-m", "bahith", *arguments], env=environment
    )

    async def speak() -> None:
        async with (
            stdio_client(started) as (incoming, outgoing),
            ClientSession(incoming, outgoing) as session,
        ):
            await session.initialize()
            await conversation(session)

    anyio.run(speak)


def test_a_model_searches_reads_and_compares_what_its_key_may_see(
    root: Path, folder: Path, tmp_path: Path
) -> None:
    """As the documentation configures it: three tools, inside the scope; refusals in sentences."""
    keys = tmp_path / "keys.json"
    secret = KeyFile(keys).add("coast", Filters(source=("الساحل",)))
    (code,) = re.findall(
        r"```json\n(.*?)```", (root / "docs/embedding.md").read_text("utf-8"), re.S
    )
    (told,) = json.loads(code)["mcpServers"].values()
    assert told["command"] == "bahith"
    places = {"whoosh:data/index": f"whoosh:{folder / 'index'}", "data/keys.json": str(keys)}
    places["data/articles.db"] = str(folder / "articles.db")
    assert [*told["env"]] == ["BAHITH_KEY"]

    async def conversation(session: ClientSession) -> None:
        async def call(tool: str, **asked: Any) -> Any:
            answer = await session.call_tool(tool, asked)
            text = "".join(part.text for part in answer.content if part.type == "text")
            return text if answer.isError else json.loads(text)

        tools = (await session.list_tools()).tools
        assert [tool.name for tool in tools] == ["search", "article", "coverage"]
        assert all(tool.description for tool in tools)
        found = await call("search", query="سفير", limit=5)
        assert [hit["url"] for hit in found["hits"]] == [WHEAT.url]
        assert found["total"] == 1
        assert (await call("article", id=key_of(WHEAT.url)))["body"] == WHEAT.body
        assert "Nothing at this address" in await call("article", id=VISIT_ID)
        assert "since" in await call("search", query="سفير", since="someday")
        covered = await call("coverage", questions=["السوق", "سفير"])
        assert [one["total"] for one in covered["questions"]] == [23, 1]
        KeyFile(keys).revoke("coast")
        assert "valid key" in await call("search", query="سفير")

    spoken(conversation, [places.get(one, one) for one in told["args"]], {"BAHITH_KEY": secret})


def test_without_keys_everything_is_told_page_after_page(folder: Path) -> None:
    """A cursor leads on; bounds are the API's."""
    tools = Tools(application(folder), "", "ar")
    first = tools.search("السوق", limit=20)
    second = tools.search("السوق", limit=20, after=first["page"]["after"])
    assert len({hit["id"] for hit in (*first["hits"], *second["hits"])}) == 35
    assert set(first["hits"][0]) >= {"id", "title", "url", "snippet"}
    with pytest.raises(ValueError, match="limit"):
        tools.search("السوق", limit=1000)


def test_without_the_library_it_says_what_to_type(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As all extras do."""
    monkeypatch.setitem(sys.modules, "mcp.server.fastmcp", None)
    with pytest.raises(Exception, match=r"bahith\[mcp\]"):
        server_of(Tools(application(folder), "", "en"))

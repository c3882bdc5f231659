"""`bahith mcp`: the search as tools of a language model, by the Model Context Protocol.

A program that holds the model starts the command and speaks with it over its input and output. Each
tool is a request to the API, inside this process and held strictly against its description: what a
key may see, bounds and sentences are the API's.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click
from flask import Flask

from crawl import default_of
from index.command_options import archive_option, index_option
from web.app import create_app
from web.errors import WebError

if TYPE_CHECKING:
    from mcp.server.fastmcp import FastMCP

INSTRUCTIONS = (
    "Arabic news articles. Ask in Arabic: words are found in every form, so write few of them, and"
    " a phrase in quotes. Give the url and the source of what you quote."
)
# What a model needs of a hit; the text of one is a call of its own.
FIELDS = "title,url,source,author,section,date,snippet"


Asked = dict[str, str | list[str]]


class Tools:
    """The tools of one caller over an application, with the caller's key."""

    def __init__(self, app: Flask, key: str, language: str) -> None:
        self._client = app.test_client()
        self._headers = {"X-API-Key": key} if key else {}
        self._language = language

    def search(
        self,
        query: str,
        source: Sequence[str] = (),
        section: Sequence[str] = (),
        since: str = "",
        until: str = "",
        sort: str = "relevance",
        limit: int = 10,
        after: str = "",
    ) -> dict[str, Any]:
        """Search the articles: total, hits with snippets, how many each source has.

        Days are 2015-08-01, 2015-08 or 2015, both included; sort is relevance, newest or oldest;
        limit up to 100; after is page.after of the answer before.
        """
        asked: Asked = {
            "q": query,
            "source": list(source),
            "section": list(section),
            "since": since,
        }
        asked |= {"until": until, "sort": sort, "limit": str(limit), "after": after}
        return self._ask("search", fields=FIELDS, **asked)

    def article(self, id: str) -> dict[str, Any]:
        """The whole text of an article by the id of a hit, with its title, day, author, source."""
        return self._ask(f"article/{quote(id, safe='')}")

    def coverage(
        self, questions: Sequence[str], source: Sequence[str] = (), since: str = "", until: str = ""
    ) -> dict[str, Any]:
        """When and by whom up to four questions were written about, and in which words."""
        asked: Asked = {
            "q": list(questions),
            "source": list(source),
            "since": since,
            "until": until,
        }
        return self._ask("coverage", **asked)

    def _ask(self, path: str, **asked: str | list[str]) -> dict[str, Any]:
        """What the API answers; its sentence as an exception where it refuses."""
        said = {name: value for name, value in asked.items() if value}
        answer = self._client.get(
            f"/api/{path}",
            query_string={"lang": self._language, "strict": "1", **said},
            headers=self._headers,
        )
        told: dict[str, Any] = answer.get_json()
        if answer.status_code >= 400:
            raise ValueError(told["error"]["message"])
        return told


def server_of(tools: Tools) -> FastMCP[Any]:
    """The server that offers some tools. Raises `WebError` without the library."""
    try:
        from mcp.server.fastmcp import FastMCP
    except ImportError as error:
        raise WebError("this needs more: pip install 'bahith[mcp]'") from error
    made: FastMCP[Any] = FastMCP("bahith", instructions=INSTRUCTIONS, log_level="WARNING")
    for tool in (tools.search, tools.article, tools.coverage):
        made.add_tool(tool)
    return made


@click.command()
@index_option
@archive_option
@click.option(
    "--keys",
    "keys_path",
    envvar="BAHITH_KEYS",
    default=default_of("BAHITH_KEYS"),
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tell only what the caller's key may see, which is one of this file.",
)
@click.option("--key", envvar="BAHITH_KEY", default="", help="The caller's key; BAHITH_KEY else.")
@click.option(
    "--lang",
    type=click.Choice(["ar", "en"]),
    default="en",
    help="The language of notes and errors.",
)
def mcp(index_url: str, archive_path: Path, keys_path: Path | None, key: str, lang: str) -> None:
    """Offer the search to a language model as tools (`pip install 'bahith[mcp]'`).

    The tools are search, article and coverage, over standard input and output (MCP).

    \b
    Example:
      bahith mcp
      BAHITH_KEY=bahith_… bahith mcp --keys data/keys.json
    """
    app = create_app(index_url, archive_path, keys=keys_path)
    server_of(Tools(app, key, lang)).run("stdio")

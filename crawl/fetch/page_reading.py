"""Reading a page: its links, directives and article, all that a crawl wants of its bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from crawl.article import Article, Rejected
from crawl.discovery.links import PageLinks, links_of
from crawl.extract import extract_page, parse_page


class PageTask(NamedTuple):
    """A page to read: its address, its bytes, and the two headers that matter."""

    url: str
    body: bytes
    content_type: str = ""
    robots_tag: str = ""
    languages: tuple[str, ...] = ("ar",)


class PageReading(NamedTuple):
    """What a page holds; `links` is None when it could not even be parsed."""

    links: PageLinks | None
    found: Article | Rejected


ReadPage = Callable[[PageTask], PageReading]


def read_page(task: PageTask) -> PageReading:
    """Read a page in this process, whatever it costs."""
    parsed = parse_page(task.body, task.url, task.content_type)
    if isinstance(parsed, Rejected):
        return PageReading(None, parsed)
    links = links_of(parsed, task.robots_tag)
    if links.noindex:
        return PageReading(links, Rejected(task.url, "noindex"))
    return PageReading(
        links, extract_page(parsed, fetched=datetime.now(UTC), languages=task.languages)
    )

"""Visit and VisitOutcome: one fetch that is due, and what came of it."""

from __future__ import annotations

from typing import NamedTuple

from crawl.archive.schema import PageKind, PageState

LISTINGS = (PageKind.SITEMAP, PageKind.FEED)


class Visit(NamedTuple):
    """One address to fetch now, with what is known from the last time; columns of `pages`."""

    key: str
    url: str
    site: str
    host: str
    depth: int = 0
    priority: int = 0
    kind: str = PageKind.UNKNOWN
    redirects: int = 0
    attempts: int = 0
    checks: int = 0
    etag: str = ""
    last_modified: str = ""
    digest: bytes = b""
    relisted: int = 0

    @property
    def is_start(self) -> bool:
        """Whether the user named this address, or a redirect led from one here."""
        return self.depth == 0 and self.kind != PageKind.ROBOTS


class VisitOutcome(NamedTuple):
    """What a visit came to; `is_news` when it found anything that was not known.

    `kind` is left as it was where it is unknown; `digest` is of what the visit is for: an article's
    text, a page's links.
    """

    state: PageState
    reason: str = ""
    kind: PageKind = PageKind.UNKNOWN
    status: int = 0
    etag: str = ""
    last_modified: str = ""
    digest: bytes = b""
    is_news: bool = False


def robots_visit(site: str, host: str) -> Visit:
    """The visit that fetches a host's robots.txt; it is in no table."""
    url = f"{host}/robots.txt"
    return Visit(key=url, url=url, site=site, host=host, kind=PageKind.ROBOTS)

"""DocumentHandler: what a page, a sitemap or a feed gives: an article, addresses, a refusal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

from crawl.archive.archive import Outcome
from crawl.archive.article_rows import text_digest
from crawl.archive.schema import PageKind, PageState
from crawl.article import Article, Rejected
from crawl.discovery.feeds import read_feed
from crawl.discovery.links import PageLinks
from crawl.discovery.listed import Listed
from crawl.discovery.sitemaps import read_sitemap
from crawl.fetch.document import NoDocument, UnpackedBody, open_document
from crawl.fetch.fetch_result import FetchResult
from crawl.fetch.page_reading import PageTask, ReadPage
from crawl.fetch.session import CrawlSession
from crawl.fetch.visit_recorder import VisitRecorder
from crawl.frontier.queue import FIRST, PAGES
from crawl.frontier.url_filter import is_page
from crawl.frontier.visit import LISTINGS, Visit
from crawl.identity import is_plainer, key_of
from crawl.text.content_sniffing import Content
from crawl.urls import joined, origin_of, site_of

LARGEST_LISTING = 50 * 1024 * 1024  # bytes of an unpacked sitemap; the protocol's own limit


class DocumentHandler:
    """Reads the documents of a session into its archive and frontier."""

    def __init__(self, session: CrawlSession, recorder: VisitRecorder, read_page: ReadPage) -> None:
        self._session, self._recorder, self._read_page = session, recorder, read_page

    def read(self, visit: Visit, result: FetchResult) -> None:
        """Unpack an answer, recognise what it is, and take in what it holds."""
        try:
            document = open_document(
                result.body,
                result.headers,
                largest=(
                    LARGEST_LISTING
                    if visit.priority == FIRST
                    else self._session.options.largest_body
                ),
            )
        except NoDocument as error:
            end = self._recorder.retry if str(error) == "truncated" else self._recorder.refuse
            return end(visit, str(error), result.status)
        if document.kind is Content.PAGE:
            return self._page(visit, result, document.body)
        return self._listing(visit, result, document)

    def _listing(self, visit: Visit, result: FetchResult, document: UnpackedBody) -> None:
        """A sitemap or a feed: its addresses are known from now on, with their dates."""
        frontier = self._session.frontier
        self._session.report.listings += 1
        started = self._session.scheduler.runs[visit.site].started
        content_type = result.headers.get("content-type", "")
        is_feed = document.kind in (Content.FEED, Content.JSON_FEED)
        feed = read_feed(document.body, content_type, visit.url) if is_feed else None
        found = _resolved(feed.listed, visit.url) if feed else []
        if not is_feed:
            sitemap = read_sitemap(document.body, content_type)
            found = _resolved(sitemap.pages, visit.url)
            frontier.add_listed(
                visit,
                _resolved(sitemap.maps, visit.url),
                run_started=started,
                kind=PageKind.SITEMAP,
                anywhere=True,
            )
        if visit.is_start and len({site_of(item.url) for item in found}) == 1:
            frontier.adopt(visit.site, found[0].url)
        new = frontier.add_listed(visit, found, run_started=started, anywhere=visit.is_start)
        kind = PageKind.FEED if is_feed else PageKind.SITEMAP
        digest = _digest(sorted(found))
        self._recorder.finish(visit, result, kind=kind, digest=digest, is_news=bool(new))

    def _page(self, visit: Visit, result: FetchResult, body: bytes) -> None:
        self._session.report.pages += 1
        headers = result.headers
        links, outcome = self._read_page(
            PageTask(
                visit.url,
                body,
                headers.get("content-type", ""),
                headers.get("x-robots-tag", ""),
                tuple(self._session.options.languages),
            )
        )
        if links is None:
            assert isinstance(outcome, Rejected)
            return self._recorder.refuse(visit, outcome.reason, result.status, PageKind.OTHER)
        found = self._follow(visit, links.links)
        if links.noindex:
            self._session.archive.remove(visit.key)
            return self._recorder.refuse(visit, "noindex", result.status, PageKind.OTHER)
        if visit.kind in LISTINGS and not visit.is_start:
            # What answers any address answers /sitemap.xml too; maps for people are followed.
            return self._no_article(visit, result, links, found, "not-a-page")
        match outcome:
            case Rejected(reason=reason):
                self._no_article(visit, result, links, found, reason)
            case article:
                self._article(visit, result, article, found)
        return None

    def _no_article(
        self, visit: Visit, result: FetchResult, page: PageLinks, found: list[str], reason: str
    ) -> None:
        # An article's own feed holds its comments; a listing page's holds articles.
        self._follow(visit, page.feeds, PageKind.FEED)
        self._session.traps.count(visit.site, visit.url, article=False, found=found)
        self._session.report.refused[reason] += 1
        self._recorder.finish(
            visit,
            result,
            kind=PageKind.OTHER,
            digest=_digest(page.links),
            is_news=bool(found),
            state=PageState.REFUSED,
            reason=reason,
        )

    def _article(
        self, visit: Visit, result: FetchResult, article: Article, found: list[str]
    ) -> None:
        outcome = self._keep(visit, article)
        self._session.traps.count(
            visit.site,
            visit.url,
            article=outcome not in (None, "removed"),
            duplicate=outcome is None,
            found=found,
        )
        self._recorder.finish(
            visit,
            result,
            kind=PageKind.ARTICLE,
            digest=text_digest(article),
            is_news=outcome in ("new", "changed"),
            state=PageState.REFUSED if outcome in (None, "removed") else PageState.DONE,
            reason={None: "duplicate", "removed": "removed"}.get(outcome, ""),
        )

    def _follow(
        self, visit: Visit, links: list[str], kind: PageKind = PageKind.UNKNOWN
    ) -> list[str]:
        """Enqueue a page's links, feeds before pages; return those that nobody knew."""
        return self._session.frontier.add(
            visit.site,
            [url for url in links if kind or is_page(url)],
            depth=visit.depth + 1,
            priority=FIRST if kind else PAGES,
            kind=kind,
            discovered_from=visit.key,
        )

    def _keep(self, visit: Visit, article: Article) -> Outcome | None:
        """Archive an article; None when its site has the same text under another address."""
        archive, report = self._session.archive, self._session.report
        for key in archive.same_text(article):
            held = archive.peek(key)
            if held is None or key == visit.key or site_of(held.url) != site_of(visit.url):
                continue
            is_canonical = held.canonical and key_of(held.canonical) == visit.key
            is_better = is_canonical or is_plainer(visit.url, held.url)
            if self._is_moved_to_canonical(article, held) or not is_better:
                report.refused["duplicate"] += 1
                return None
            archive.remove(key)
        outcome = archive.put(article)
        if outcome == "removed":
            report.refused["removed"] += 1
            return outcome
        setattr(report, outcome, getattr(report, outcome) + 1)
        return outcome

    def _is_moved_to_canonical(self, copy: Article, held: Article) -> bool:
        """Keep a text under the address that a copy of it names, if that one showed it too.

        A server that answers every address with an article is found out by its print version.
        """
        home = key_of(origin_of(copy.canonical))
        named = key_of(copy.canonical)
        if held.canonical or named in (home, key_of(held.url)):
            return False
        if not self._session.frontier.showed(named, text_digest(copy)):
            return False
        archive = self._session.archive
        archive.remove(key_of(held.url))
        archive.put(replace(held, url=copy.canonical, canonical=copy.canonical))
        return True


def _resolved(listed: Iterable[Listed], base: str) -> list[Listed]:
    """What a listing names that may be a page, relative addresses made absolute."""
    found = [Listed(joined(base, item.url) or "", item.moment) for item in listed]
    return [item for item in found if is_page(item.url)]


def _digest(parts: Iterable[object]) -> bytes:
    return blake2b(repr(list(parts)).encode("utf-8", "replace"), digest_size=16).digest()

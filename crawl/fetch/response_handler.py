"""What becomes of an answer: the decisions of a crawl, apart from the fetching.

Scrapy brings an `Answer` for a `Visit`; here it is unpacked, recognised as page, sitemap, feed or
robots.txt, and its outcome, its article and its links are written in one transaction. No network.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from typing import NamedTuple

from crawl.archive.archive import Archive, text_digest
from crawl.article import Article, Rejected
from crawl.discovery import robots
from crawl.discovery.feeds import read_feed
from crawl.discovery.links import read_links
from crawl.discovery.listed import Listed
from crawl.discovery.sitemaps import read_sitemap
from crawl.extract import extract
from crawl.fetch.content_sniffing import NoDocument, open_document
from crawl.frontier.host_state import Hosts
from crawl.frontier.queue import LISTINGS, Frontier, Visit
from crawl.frontier.scheduler import ROBOTS, Plan
from crawl.frontier.spider_traps import Traps
from crawl.frontier.url_filter import is_page
from crawl.identity import canonical_url, key_of
from crawl.options import CrawlOptions
from crawl.report import CrawlReport
from crawl.urls import joined, site_of

MOST_REDIRECTS = 5
MOST_ATTEMPTS = 4  # of a page whose server fails
MOST_ROBOTS_FAILURES = 2
BUSY_FOR = 30.0  # seconds to stay away after a 429 or 503 that does not say how long
LONGEST_PAUSE = 3600.0  # seconds of Retry-After obeyed
LARGEST_LISTING = 50 * 1024 * 1024  # bytes of an unpacked sitemap; the protocol's own limit
AUDITED_EVERY = 5  # one conditional visit in so many is made whole, to see whether 304 is true

_REASONS = {401: "forbidden", 403: "forbidden", 407: "forbidden", 451: "forbidden"}
_LASTING = frozenset({"too-large", "private-address"})  # another attempt would end the same


class Answer(NamedTuple):
    """What a server said: status, headers (names in lower case), packed body, seconds it took.

    Status 0 is no answer; then `failure` says why in a word.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    failure: str = ""


class Visits:
    """Takes the answers of a run into the archive."""

    def __init__(
        self, archive: Archive, options: CrawlOptions, report: CrawlReport, plan: Plan,
        frontier: Frontier, hosts: Hosts, traps: Traps,
    ) -> None:  # fmt: skip
        self._archive, self._options, self._report, self._plan = archive, options, report, plan
        self._frontier, self._hosts, self._traps = frontier, hosts, traps
        self._robots_failures: Counter[str] = Counter()

    def headers(self, visit: Visit) -> dict[str, str]:
        """What to ask: only what changed, unless there is reason to doubt the host's answer."""
        whole = visit.told or visit.attempts or visit.checks % AUDITED_EVERY == AUDITED_EVERY - 1
        if whole or self._options.refetch or self._hosts.distrusts(visit.host):
            return {}
        asked = {"If-None-Match": visit.etag, "If-Modified-Since": visit.last_modified}
        return {name: value for name, value in asked.items() if value}

    def take(self, visit: Visit, answer: Answer) -> Visit | None:
        """Write down what an answer means; a visit comes back when it has to be made at once."""
        self._report.answered(visit.host, len(answer.body), answer.seconds)
        if visit.kind == ROBOTS:
            return self._robots(visit, answer)
        with self._archive.batch():
            match answer.status:
                case 304:
                    self._report.unchanged += visit.kind == "article"
                    self._frontier.unchanged(visit)
                case 301 | 302 | 303 | 307 | 308:
                    self._moved(visit, answer)
                case 404 | 410:
                    self._gone(visit, answer)
                case 429 | 503:
                    self._busy(visit, answer)
                case status if status == 0 or status >= 500:
                    self._again(visit, answer.failure or f"http-{status}", status)
                case status if status >= 300 or status < 200:
                    self._refuse(visit, _REASONS.get(status, f"http-{status}"), status)
                case _:
                    self._read(visit, answer)
        return None

    def give_up(self, visit: Visit) -> None:
        """Leave an address whose answer could not be taken in for the next run."""
        self._report.failed["internal-error"] += 1
        if visit.kind != ROBOTS:
            self._frontier.finish(visit, "failed", reason="internal-error")

    # -- answers that are no document -----------------------------------------------------------

    def _robots(self, visit: Visit, answer: Answer) -> Visit | None:
        target = joined(visit.url, answer.headers.get("location", ""))
        if 300 <= answer.status < 400 and target and visit.hops < MOST_REDIRECTS:
            return visit._replace(url=target, hops=visit.hops + 1)
        passing = answer.status == 0 and answer.failure not in _LASTING
        passing = passing or answer.status == 429 or answer.status >= 500
        if passing and self._robots_failures[visit.host] < MOST_ROBOTS_FAILURES:
            self._robots_failures[visit.host] += 1
            self._plan.pace.hold(visit.host, time.time() + self._pause(answer))
            return None
        text = answer.failure or answer.body[: robots.LARGEST].decode("utf-8", "replace")
        rules = self._hosts.keep_robots(visit.host, text, answer.status)
        named = rules.sitemaps or (f"{visit.host}/sitemap.xml",)
        maps = [one for url in named if rules.rules and (one := joined(visit.url, url))]
        self._frontier.add(visit.site, maps, depth=1, rank=0, kind="sitemap", anywhere=True)
        return None

    def _moved(self, visit: Visit, answer: Answer) -> None:
        self._report.moved += 1
        target = joined(visit.url, answer.headers.get("location", ""))
        if target is None:
            return self._refuse(visit, "bad-redirect", answer.status)
        if visit.hops >= MOST_REDIRECTS:
            return self._refuse(visit, "redirect-loop", answer.status)
        if visit.depth == 0:
            self._frontier.adopt(visit.site, target)
        if site_of(target) not in self._frontier.members(visit.site):
            return self._refuse(visit, "offsite", answer.status)
        self._frontier.finish(visit, "moved", status=answer.status)
        begun = self._plan.outlets[visit.site].begun
        self._frontier.moved(visit, canonical_url(target), started=begun)
        return None

    def _gone(self, visit: Visit, answer: Answer) -> None:
        """Nothing is there: an article that we hold of it stays, marked."""
        reason = "not-found"
        if self._archive.mark_vanished(visit.key):
            self._report.gone += 1
        elif visit.kind not in LISTINGS:  # a sitemap looked for in its usual place is no refusal
            self._report.refused[reason] += 1
        self._unreachable(visit, reason)
        self._frontier.finish(visit, "gone", reason=reason, status=answer.status)

    def _busy(self, visit: Visit, answer: Answer) -> None:
        """The host asks us to stay away for a while."""
        pause = self._pause(answer)
        self._plan.pace.hold(visit.host, time.time() + pause)
        self._again(visit, f"http-{answer.status}", answer.status, pause)

    def _again(self, visit: Visit, reason: str, status: int, pause: float | None = None) -> None:
        """Keep the page for another attempt, or give it up until the next run."""
        if reason in _LASTING:
            return self._refuse(visit, reason, status)
        if visit.attempts + 1 < MOST_ATTEMPTS:
            wait = self._options.patience * 2**visit.attempts if pause is None else pause
            return self._frontier.postpone(visit, time.time() + wait)
        self._report.failed[reason] += 1
        self._unreachable(visit, reason)
        return self._frontier.finish(visit, "failed", reason=reason, status=status)

    def _pause(self, answer: Answer) -> float:
        """Seconds to stay away: what Retry-After says, a number or a date, or our own patience."""
        said = answer.headers.get("retry-after", "").strip()
        if said.isdigit():
            return min(float(said), LONGEST_PAUSE)
        try:
            wait = parsedate_to_datetime(said).timestamp() - time.time()
        except (ValueError, TypeError):
            return BUSY_FOR if answer.status in (429, 503) else self._options.patience
        return min(max(wait, 0.0), LONGEST_PAUSE)

    def _refuse(self, visit: Visit, reason: str, status: int, kind: str = "") -> None:
        self._report.refused[reason] += 1
        self._unreachable(visit, reason)
        self._frontier.finish(visit, "refused", reason=reason, status=status, kind=kind)

    def _unreachable(self, visit: Visit, reason: str) -> None:
        if visit.depth == 0:
            self._report.unreachable[visit.url] = reason

    # -- documents --------------------------------------------------------------------------------

    def _read(self, visit: Visit, answer: Answer) -> None:
        try:
            document = open_document(
                answer.body,
                answer.headers,
                expects_listing=visit.kind == "sitemap",
                largest=LARGEST_LISTING if visit.rank == 0 else self._options.largest_body,
            )
        except NoDocument as error:
            give_up = self._again if str(error) == "truncated" else self._refuse
            return give_up(visit, str(error), answer.status)
        if document.is_listing:
            return self._listing(visit, answer, document.body)
        return self._page(visit, answer, document.body)

    def _listing(self, visit: Visit, answer: Answer, body: bytes) -> None:
        """A sitemap or a feed: its addresses are known from now on, with their dates."""
        self._report.listings += 1
        begun = self._plan.outlets[visit.site].begun
        is_start = visit.depth == 0
        kind = answer.headers.get("content-type", "")
        feed = read_feed(body, kind, visit.url)
        found = _resolved(feed.listed, visit.url) if feed else []
        if feed is None:
            sitemap = read_sitemap(body, kind)
            found = _resolved(sitemap.pages, visit.url)
            maps = _resolved(sitemap.maps, visit.url)
            self._frontier.list_pages(visit, maps, started=begun, kind="sitemap", anywhere=True)
        if is_start and len({site_of(item.url) for item in found}) == 1:
            self._frontier.adopt(visit.site, found[0].url)
        new = self._frontier.list_pages(visit, found, started=begun, anywhere=is_start)
        digest = _digest(sorted(found))
        name = "feed" if feed else "sitemap"
        self._finish(visit, answer, "done", name, digest, fresh=bool(new))

    def _page(self, visit: Visit, answer: Answer, body: bytes) -> None:
        self._report.pages += 1
        page = read_links(body, visit.url, answer.headers.get("x-robots-tag", ""))
        found = self._follow(visit, page.links)
        if page.noindex:
            self._archive.remove(visit.key)
            return self._refuse(visit, "noindex", answer.status, "other")
        kind = answer.headers.get("content-type", "")
        match extract(body, visit.url, kind, fetched=datetime.now(UTC)):
            case Rejected(reason=reason):
                # An article's own feed holds its comments; a listing page's holds articles.
                self._follow(visit, page.feeds, kind="feed")
                self._traps.note(visit.site, visit.url, article=False, found=found)
                self._report.refused[reason] += 1
                digest = _digest(page.links)
                self._finish(visit, answer, "refused", "other", digest, reason, fresh=bool(found))
            case article:
                outcome = self._keep(visit, article)
                is_fruit = outcome != "duplicate"
                self._traps.note(
                    visit.site, visit.url, article=is_fruit, twin=not is_fruit, found=found
                )
                state = "done" if is_fruit else "refused"
                reason = "" if is_fruit else outcome
                digest, fresh = text_digest(article), outcome in ("new", "changed")
                self._finish(visit, answer, state, "article", digest, reason, fresh=fresh)
        return None

    def _follow(self, visit: Visit, links: list[str], kind: str = "") -> list[str]:
        """Let a page's links wait, feeds before pages; the ones nobody knew."""
        pages = [url for url in links if is_page(url)]
        rank = 0 if kind else 1
        return self._frontier.add(
            visit.site, pages, depth=visit.depth + 1, rank=rank, kind=kind, via=visit.key
        )

    def _keep(self, visit: Visit, article: Article) -> str:
        """Archive an article, unless its site has the same text under another address."""
        for key in self._archive.same_text(article):
            held = self._archive.get(key)
            if held is None or key == visit.key or site_of(held.url) != site_of(visit.url):
                continue
            if not (held.canonical and key_of(held.canonical) == visit.key):
                self._report.refused["duplicate"] += 1
                return "duplicate"
            self._archive.remove(key)
        outcome = self._archive.put(article)
        setattr(self._report, outcome, getattr(self._report, outcome) + 1)
        return outcome

    def _finish(
        self, visit: Visit, answer: Answer, state: str, kind: str, digest: bytes,
        reason: str = "", *, fresh: bool,
    ) -> None:  # fmt: skip
        etag = answer.headers.get("etag", "")
        modified = answer.headers.get("last-modified", "")
        same_mark = (
            etag == visit.etag if etag else bool(modified) and modified == visit.last_modified
        )
        if same_mark and visit.digest and digest != visit.digest:
            self._hosts.distrust(visit.host)
        self._frontier.finish(
            visit, state, reason=reason, kind=kind, status=answer.status, etag=etag,
            last_modified=modified, digest=digest, fresh=fresh,
        )  # fmt: skip


def _resolved(listed: Iterable[Listed], base: str) -> list[Listed]:
    """What a listing names that may be a page, relative addresses made absolute."""
    found = [Listed(joined(base, item.url) or "", item.moment) for item in listed]
    return [item for item in found if is_page(item.url)]


def _digest(parts: Iterable[object]) -> bytes:
    return blake2b(repr(list(parts)).encode("utf-8", "replace"), digest_size=16).digest()

"""One page's bytes to an article, or to the reason why it is none.

The cleaning stage from end to end: decode, parse, read what the page states to machines, find the
headline, choose the body, weigh dates and bylines, and decide whether it is an article at all. Each
step is a module of its own; `explain` shows what every one of them decided and why.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from crawl.article import Article, Rejected
from crawl.extract.content.body import choose_body
from crawl.extract.metadata.article_metadata import (
    About,
    language_of,
    names_in_footer,
    read_about,
    site_names,
    stated_names,
)
from crawl.extract.metadata.author import Byline, choose_byline
from crawl.extract.metadata.byline_parts import read_line
from crawl.extract.metadata.publication_date import Published, choose_published
from crawl.extract.metadata.structured_data import read_metadata
from crawl.extract.metadata.title import Headline, choose_headline
from crawl.extract.page_classifier import Evidence, reject_page
from crawl.extract.site_rules import rule_for
from crawl.extract.tree.dom import Element, prune, text_of
from crawl.extract.tree.layout import lay_out, span_of
from crawl.extract.tree.parsed_page import ParsedPage, parse_page
from crawl.extract.tree.stamps import read_stamps
from crawl.extract.tree.text_blocks import TextBlock, read_blocks
from crawl.text.clean import tidy
from crawl.text.dates import read_moments

ARABIC = ("ar",)


@dataclass(frozen=True, slots=True)
class PageExplanation:
    """What was decided about a page, and why.

    `why` has a line for each of `encoding`, `title`, `body`, `date`, `author` and `verdict`;
    `dropped` are the lines cut from the body, each after its reason.
    """

    outcome: Article | Rejected
    why: dict[str, str]
    dropped: list[tuple[str, str]]


def extract(
    html: bytes,
    url: str,
    content_type: str = "",
    *,
    fetched: datetime | None = None,
    languages: Collection[str] = ARABIC,
) -> Article | Rejected:
    """The article on a page, or why there is none; never raises, whatever the bytes.

    `content_type` is the server's header. `fetched` is when the page came; without it «منذ ساعتين»
    says nothing. Pages in other `languages` (BCP 47 codes) are refused.
    """
    return explain(html, url, content_type, fetched=fetched, languages=languages).outcome


def explain(
    html: bytes,
    url: str,
    content_type: str = "",
    *,
    fetched: datetime | None = None,
    languages: Collection[str] = ARABIC,
) -> PageExplanation:
    """What `extract` returns, with the reasons of every choice."""
    page = parse_page(html, url, content_type)
    if isinstance(page, Rejected):
        return PageExplanation(page, {"verdict": "by its first bytes"}, [])
    return explain_page(page, fetched=fetched, languages=languages)


def extract_page(
    page: ParsedPage, *, fetched: datetime | None = None, languages: Collection[str] = ARABIC
) -> Article | Rejected:
    """What `extract` returns of a page that is parsed already; its tree is taken apart."""
    return explain_page(page, fetched=fetched, languages=languages).outcome


def explain_page(
    page: ParsedPage, *, fetched: datetime | None = None, languages: Collection[str] = ARABIC
) -> PageExplanation:
    """What `explain` returns of a page that is parsed already; its tree is taken apart."""
    url, root, encoding = page
    rule = rule_for(url)
    metadata = read_metadata(root)
    about = read_about(root, metadata, url)
    prune(root)
    rule.prune(root)
    blocks = read_blocks(root)
    stamps = read_stamps(root, blocks)
    ruled = {part: rule.find(part, root) for part in ("title", "body", "date", "author")}
    called = stated_names(root, metadata, url) | names_in_footer(blocks)
    headline = _ruled_headline(ruled["title"], blocks) or choose_headline(
        root, metadata, blocks, called
    )
    sites = site_names(metadata, url) | called
    body = choose_body(root, headline, metadata, blocks, ruled["body"], sites)
    layout = lay_out(blocks, headline.place, body.paragraphs, stamps)
    published = _ruled_date(ruled["date"], fetched) or choose_published(
        metadata, url, layout, fetched
    )
    byline = _ruled_byline(ruled["author"]) or choose_byline(metadata, layout, sites, headline.text)
    text = tidy("\n".join(body.paragraphs))
    language = language_of(text, metadata.language)
    found = Evidence(url, metadata, headline, body, text, language, published, languages)
    reason, verdict = reject_page(found)
    why = {
        "encoding": encoding,
        "title": headline.why,
        "body": body.why,
        "date": published.why,
        "author": byline.why,
        "verdict": verdict,
    }
    outcome = Rejected(url, reason) if reason else _article(found, about, byline.author)
    return PageExplanation(outcome, why, body.dropped)


def _article(found: Evidence, about: About, author: str) -> Article:
    return Article(
        url=found.url,
        title=tidy(found.headline.text).replace("\n", " "),
        body=found.text,
        date=found.published.date,
        author=author,
        source=about.source,
        section=about.section,
        language=found.language,
        modified=found.published.modified,
        canonical=about.canonical,
        image=about.image,
        tags=about.tags,
    )


def _ruled_headline(element: Element | None, blocks: list[TextBlock]) -> Headline | None:
    if element is None or not (text := text_of(element)):
        return None
    return Headline(text, element, span_of(element, blocks), "site rule")


def _ruled_date(element: Element | None, fetched: datetime | None) -> Published | None:
    moments = [] if element is None else read_moments(text_of(element), fetched)
    return Published(moments[0].iso, "", "site rule") if moments else None


def _ruled_byline(element: Element | None) -> Byline | None:
    if element is None or not (text := text_of(element)):
        return None
    return Byline(read_line(text).person or text, "site rule")

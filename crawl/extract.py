"""One page's bytes to an article, or to the reason why it is none.

The cleaning stage from end to end: decode, parse, read what the page states to machines, find the
headline, choose the body, weigh dates and bylines, and decide whether it is an article at all. Each
step is a module of its own; `explain` shows what every one of them decided and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from crawl.about import language_of, read_about, site_names
from crawl.article import Article, Rejected
from crawl.body import choose_body
from crawl.byline import choose_byline
from crawl.charset import decode
from crawl.clean import tidy
from crawl.dom import parse, prune
from crawl.headline import choose_headline
from crawl.metadata import read_metadata
from crawl.published import choose_published
from crawl.runs import lay_out, read_runs
from crawl.verdict import Evidence, reject_bytes, reject_page


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was decided about a page, and why.

    `why` has a line for each of `encoding`, `title`, `body`, `date`, `author` and `verdict`;
    `dropped` are the lines cut from the body, each after its reason.
    """

    outcome: Article | Rejected
    why: dict[str, str]
    dropped: list[tuple[str, str]]


def extract(
    html: bytes, url: str, content_type: str = "", *, fetched: datetime | None = None
) -> Article | Rejected:
    """Return the article on a page, or why there is none; never raises, whatever the bytes.

    `content_type` is the server's header. `fetched` is when the page came (default: now), which
    «منذ ساعتين» counts from.
    """
    return explain(html, url, content_type, fetched=fetched).outcome


def explain(
    html: bytes, url: str, content_type: str = "", *, fetched: datetime | None = None
) -> Explanation:
    """Return what `extract` returns, with the reasons of every choice."""
    reason = reject_bytes(html, content_type)
    decoded = decode(html, content_type)
    root = None if reason else parse(decoded.text)
    if root is None:
        return Explanation(Rejected(url, reason or "empty"), {"encoding": decoded.encoding}, [])
    metadata = read_metadata(root)
    about = read_about(root, metadata, url)
    prune(root)
    runs = read_runs(root)
    headline = choose_headline(root, metadata, runs)
    body = choose_body(root, headline, metadata, runs)
    layout = lay_out(runs, headline.place, body.paragraphs)
    published = choose_published(metadata, url, layout, fetched or datetime.now(UTC))
    byline = choose_byline(metadata, layout, site_names(metadata, url), headline.text)
    text = tidy("\n".join(body.paragraphs))
    language = language_of(text, metadata.language)
    reason, verdict = reject_page(
        Evidence(url, metadata, headline, body, text, language, published)
    )
    article = Article(
        url=url,
        title=tidy(headline.text).replace("\n", " "),
        body=text,
        date=published.date,
        author=byline.author,
        source=about.source,
        section=about.section,
        language=language,
        modified=published.modified,
        canonical=about.canonical,
        image=about.image,
        tags=about.tags,
    )
    why = {
        "encoding": decoded.encoding,
        "title": headline.why,
        "body": body.why,
        "date": published.why,
        "author": byline.why,
        "verdict": verdict,
    }
    return Explanation(Rejected(url, reason) if reason else article, why, body.dropped)

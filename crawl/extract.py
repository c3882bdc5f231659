"""One page's bytes to an article, or to the reason why it is none."""

from __future__ import annotations

from crawl.article import Article, Rejected
from crawl.body import choose_body
from crawl.charset import decode
from crawl.clean import tidy
from crawl.dom import parse, prune
from crawl.headline import choose_headline
from crawl.metadata import read_metadata


def extract(html: bytes, url: str, content_type: str = "") -> Article | Rejected:
    """Return the article on a page, or why there is none; never raises, whatever the bytes."""
    root = parse(decode(html, content_type).text)
    if root is None:
        return Rejected(url, "empty")
    metadata = read_metadata(root)
    prune(root)
    headline = choose_headline(root, metadata)
    body = choose_body(root, headline)
    text = tidy("\n".join(body.lines.paragraphs))
    if len(text) < 100:
        return Rejected(url, "too-short")
    return Article(
        url=url,
        title=tidy(headline.text),
        body=text,
        source=metadata.first("og:site_name"),
        canonical=metadata.canonical,
        image=metadata.first("og:image"),
    )

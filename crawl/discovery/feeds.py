"""Feeds and sitemaps: what a site says of itself in XML.

Both steer the crawl (which addresses exist, which changed last) and feed files can be imported for
the text they carry. Parsed leniently, since real feeds are broken; entities are not resolved and
nothing is fetched, so that a hostile file costs no more than its size.

>>> read_sitemap(b"<urlset><url><loc>https://example.org/1</loc></url></urlset>").pages
[Listed(url='https://example.org/1', moment='')]
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from lxml import etree

from crawl.article import Article
from crawl.text.clean import clean_line, tidy

_BLOCKS = frozenset(["p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"])
_DATES = ("pubDate", "published", "date", "updated", "modified")
_BODIES = ("encoded", "content", "description", "summary")
_SECTIONS = ("category",)
_AUTHORS = ("creator", "author")


class Listed(NamedTuple):
    """An address that a sitemap or feed lists, and when it last changed by its word (UTC or '')."""

    url: str
    moment: str


class Sitemap(NamedTuple):
    """The pages and the further sitemaps that a sitemap lists."""

    pages: list[Listed]
    maps: list[Listed]


class Feed(NamedTuple):
    """A feed's own page, and its entries as articles (whatever text they carry)."""

    home: str
    entries: list[Article]

    @property
    def listed(self) -> list[Listed]:
        """The entries' addresses; the later of publication and change counts."""
        return [Listed(a.url, max(a.date, a.modified)) for a in self.entries]


def read_sitemap(content: bytes) -> Sitemap:
    """What a sitemap, sitemap index, news sitemap or plain list of addresses names, if anything."""
    root = _parse(content)
    if root is None:
        lines = content.decode("utf-8", "replace").split()
        return Sitemap([Listed(line, "") for line in lines if line.startswith("http")], [])
    found: dict[str, list[Listed]] = {"url": [], "sitemap": []}
    for element in root.iter():
        if (kind := _name(element)) in found:
            texts = {_name(child): (child.text or "").strip() for child in element.iter()}
            if texts.get("loc"):
                moment = texts.get("lastmod") or texts.get("publication_date", "")
                found[kind].append(Listed(texts["loc"], utc_moment(moment)))
    return Sitemap(found["url"], found["sitemap"])


def read_feed(content: bytes) -> Feed | None:
    """The entries of an RSS, RDF or Atom feed; None when it is none."""
    root = _parse(content)
    if root is None or _name(root) not in ("rss", "RDF", "feed"):
        return None
    channel = next((e for e in root.iter() if _name(e) in ("channel", "feed")), root)
    source = _first(channel, ("title",))
    items = [e for e in root.iter() if _name(e) in ("item", "entry")]
    entries = [_entry(item, source) for item in items]
    return Feed(_link(channel), [entry for entry in entries if entry.url])


def utc_moment(written: str) -> str:
    """A feed's or sitemap's date as ISO 8601 in UTC, so that moments compare as text; or ''.

    >>> utc_moment("Mon, 06 Jul 2015 10:00:00 +0300"), utc_moment("2015-07-06"), utc_moment("أمس")
    ('2015-07-06T07:00:00+00:00', '2015-07-06T00:00:00+00:00', '')
    """
    written = written.strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(written)
            zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return zoned.astimezone(UTC).isoformat(timespec="seconds")
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return ""


def _parse(content: bytes) -> etree._Element | None:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _name(element: etree._Element) -> str:
    """The local name: namespaces differ from site to site, and some forget to declare them."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _entry(item: etree._Element, source: str) -> Article:
    return Article(
        url=_link(item),
        title=clean_line(_first(item, ("title",))),
        body=_text(_first(item, _BODIES)),
        date=utc_moment(_first(item, _DATES)),
        modified=utc_moment(_first(item, ("updated", "modified"))),
        author=clean_line(_first(item, _AUTHORS)),
        section=clean_line(_first(item, _SECTIONS)),
        source=clean_line(source),
    )


def _first(parent: etree._Element, names: tuple[str, ...]) -> str:
    """The text of the first child that has any, in the order of the names."""
    for name in names:
        for child in parent:
            if _name(child) == name and (text := _content(child)):
                return text
    return ""


def _content(element: etree._Element) -> str:
    inner = "".join(element.itertext()).strip()
    return inner or element.get("term", "")


def _link(parent: etree._Element) -> str:
    links = [child for child in parent if _name(child) == "link"]
    for link in links:
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            return str(link.get("href")).strip()
    texts = (link.text.strip() for link in links if link.text and link.text.strip())
    return next(texts, "") or _permalink(parent)


def _permalink(parent: etree._Element) -> str:
    guid = _first(parent, ("guid", "id"))
    return guid if guid.startswith(("http://", "https://")) else ""


def _text(markup: str) -> str:
    """The paragraphs of an entry's HTML."""
    root = etree.fromstring(f"<div>{markup}</div>", etree.HTMLParser())
    etree.strip_elements(root, etree.Comment, "script", "style", with_tail=False)
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        pieces.append("\n" if element.tag in _BLOCKS else "")
        pieces.append((element.text if event == "start" else element.tail) or "")
    return tidy("".join(pieces))

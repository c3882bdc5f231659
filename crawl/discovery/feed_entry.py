"""A feed's entry as an article: HTML in titles and texts read, machine names left out.

>>> entry = RawEntry(link="/1", title="<b>خبر</b> &amp; خبر", authors=("admin",))
>>> article = to_article(entry, "https://a.org/", "")
>>> article.url, article.title, article.author
('https://a.org/1', 'خبر & خبر', '')
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import lxml.etree as etree

from crawl.article import Article
from crawl.discovery.feed_xml import RawEntry
from crawl.discovery.listed import published
from crawl.extract.tree.dom import INLINE, parse, prune
from crawl.text.clean import clean_line, clean_text, tidy, unescape
from crawl.urls import joined

MOST_TAGS = 20
MOST_AUTHORS = 5
_LONGEST_NAME = 80  # characters of an author's name
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--|<br")
# What WordPress appends to every entry, in the two languages that Arabic papers run it in.
_FOOTER = re.compile(
    r"The post .{1,500} (?:first appeared|appeared first) on .{1,200}"
    r"|(?:ظهرت|ظهر)\s(?:هذه\s|هذا\s)?(?:المقالة|المقال|التدوينة|الخبر|المنشور)\s.{1,500}\s(?:أولا|أولاً|اولا)\s(?:على|في)\s.{1,200}"
    r"|(?:المقالة|المقال|التدوينة|الخبر|المنشور)\s.{1,500}\s(?:ظهرت|ظهر)\s(?:أولا|أولاً|اولا)\s(?:على|في)\s.{1,200}"
)
# «editor@example.org (منى سعد)», RSS 2.0's own form.
_MAIL = re.compile(r"\S{1,200}@\S{1,200}\s{0,9}(?:\((?P<name>[^()]{1,200})\))?")
_NAME_TAG = re.compile(r"<name>([^<>]{0,200})</name>")
# Names of accounts, several words of one joined by a line.
_ACCOUNTS = """
    admin administrator root webmaster editor editors author user wpadmin unknown none null
    super_user site_admin مدير المدير محرر المحرر الادارة الإدارة المشرف
    مدير_الموقع إدارة_الموقع ادارة_الموقع مدير_النظام
"""
_NOBODY = frozenset(name.replace("_", " ") for name in _ACCOUNTS.split())


def to_article(entry: RawEntry, base: str, source: str) -> Article:
    """The article of an entry; `base` resolves its link, `source` is the feed's own title.

    A link that leads to no web address is kept as an identifier.
    """
    base = joined(base, entry.base) or base
    categories = _distinct(_line(text) for text in entry.categories)
    return Article(
        url=(joined(base, entry.link) or entry.link) if entry.link else "",
        title=_line(entry.title),
        body=_body(entry.body),
        date=published(entry.published),
        modified=published(entry.modified),
        author="، ".join(_authors(entry.authors, source)),
        section=next(iter(categories), ""),
        source=source,
        tags=tuple(categories[:MOST_TAGS]),
    )


def to_line(markup: str) -> str:
    """A title or a name that may hold HTML, as one line of text."""
    return _line(markup)


def _line(markup: str) -> str:
    if _TAG.search(markup):
        return " ".join(_paragraphs(markup))
    return clean_line(markup)


def _body(markup: str) -> str:
    if not _TAG.search(markup):
        return clean_text(markup)  # plain text, whose lines are its paragraphs
    paragraphs = _paragraphs(markup)
    if paragraphs and _FOOTER.fullmatch(paragraphs[-1]):
        del paragraphs[-1]
    return "\n".join(paragraphs)


def _paragraphs(markup: str) -> list[str]:
    """The non-empty blocks of text in a piece of HTML."""
    root = parse(f"<div>{markup}</div>")
    if root is None:
        return []
    prune(root)
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        pieces.append("" if element.tag in INLINE else "\n")
        text = element.text if event == "start" else element.tail
        pieces.append(re.sub(r"\s+", " ", text or ""))
    return tidy("".join(pieces)).splitlines()


def _authors(stated: Iterable[str], source: str) -> list[str]:
    """The people among the names that an entry states."""
    names = (name for text in stated for name in _NAME_TAG.findall(text) or [text])
    people = (_person(clean_line(unescape(name))) for name in names)
    return _distinct(name for name in people if name != source)[:MOST_AUTHORS]


def _person(name: str) -> str:
    if mail := _MAIL.fullmatch(name):
        name = (mail["name"] or "").strip()
    is_name = len(name) <= _LONGEST_NAME and "://" not in name and not _TAG.search(name)
    return name if is_name and name.casefold() not in _NOBODY else ""


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, texts)))

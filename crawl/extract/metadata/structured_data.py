"""What a page says about itself to machines: JSON-LD, OpenGraph and other meta tags, microdata.

These are statements, not truth: each is kept with the name of the witness, and the choosers
(`crawl.extract.metadata.title`, `crawl.extract.metadata.publication_date`,
`crawl.extract.metadata.author`) weigh them against what a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from crawl.extract.metadata.embedded_data import data_scripts, embedded_day
from crawl.extract.metadata.lenient_json import read_json
from crawl.extract.tree.dom import Element, names, text_of
from crawl.extract.tree.fragment import read_fragment
from crawl.text.clean import clean_line

# A value nests and repeats this much at most; what is past it is not read.
_VALUES_LIMIT = 200
_TEXT_LIMIT = 500
# Every schema.org type of a text with a headline: NewsArticle, ReportageNewsArticle, BlogPosting…
_ARTICLE_TYPE = re.compile(r"Article$|^(?:BlogPosting|LiveBlogPosting|Report)$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """All statements found: meta tags by name, JSON-LD objects by type, microdata by property.

    `meta` keys are lower case; value lists are in document order, cleaned, without blanks.
    `article` is the JSON-LD object that describes the article itself, if there is one. `page_names`
    are the classes of the whole page, as words.
    """

    meta: dict[str, list[str]] = field(default_factory=dict)
    article: dict[str, Any] = field(default_factory=dict)
    types: frozenset[str] = frozenset()
    micro: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    canonical: str = ""
    language: str = ""
    scripts: tuple[str, ...] = ()
    page_names: str = ""

    @property
    def article_body(self) -> str:
        """The article's text as JSON-LD states it, its paragraphs on lines; empty without one."""
        stated = self.article.get("articleBody")
        if isinstance(stated, str) and stated.strip():
            return read_fragment(stated)
        return "\n".join(_updates(self.article.get("liveBlogUpdate")))

    def first(self, *keys: str) -> str:
        """The first statement under any of these meta names, in the order asked."""
        return next((self.meta[key][0] for key in keys if key in self.meta), "")


def read_metadata(root: Element) -> Metadata:
    """Collect every statement in the tree, before it is pruned."""
    objects = list(_json_ld(root))
    article = next((o for o in objects if any(map(_ARTICLE_TYPE.search, _types(o)))), {})
    title = root.find(".//title")
    scripts = data_scripts(root)
    meta = _meta(root)
    if not article and (day := embedded_day(scripts)):
        meta.setdefault("published", []).append(day)
    return Metadata(
        meta=meta,
        scripts=scripts,
        article=article,
        types=frozenset().union(*map(_types, objects)),
        micro=_microdata(root),
        title=clean_line(text_of(title)) if title is not None else "",
        canonical=_canonical(root),
        page_names="".join(names(part) for part in (root, root.find("body"))),
        language=(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
    )


def _meta(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        key = tag.get("property") or tag.get("name") or ""
        value = clean_line(tag.get("content") or "")
        if key and value:
            found.setdefault(key.strip().lower(), []).append(value)
    return found


def _microdata(root: Element) -> dict[str, list[str]]:
    """Itemprop statements; a nested name (author → name) goes under its own property too."""
    found: dict[str, list[str]] = {}
    for tag in root.iterfind(".//*[@itemprop]"):
        value = tag.get("content") or tag.get("datetime") or text_of(tag, _TEXT_LIMIT)[:_TEXT_LIMIT]
        if value:
            found.setdefault(tag.get("itemprop", "").strip().lower(), []).append(clean_line(value))
    return found


def _canonical(root: Element) -> str:
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return str(link.get("href")).strip()
    return ""


def _json_ld(root: Element) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield from _flatten(read_json(script.text or ""))


def _updates(value: Any) -> Iterator[str]:
    """The headlines and texts of a live blog's updates."""
    for update in value[:_VALUES_LIMIT] if isinstance(value, list) else []:
        if isinstance(update, dict):
            parts = (update.get("headline"), update.get("articleBody"))
            yield from (read_fragment(part) for part in parts if isinstance(part, str))


def _flatten(data: Any) -> Iterator[dict[str, Any]]:
    """The top objects of a JSON-LD document, through lists and `@graph`."""
    match data:
        case list():
            for entry in data[:200]:
                if isinstance(entry, dict):
                    yield from _flatten(entry)
        case {"@graph": list() as graph}:
            yield from (entry for entry in graph[:200] if isinstance(entry, dict))
        case dict():
            yield data
            match data.get("mainEntity"):
                case dict() as inner if any(map(_ARTICLE_TYPE.search, _types(inner))):
                    yield inner


def _types(thing: dict[str, Any]) -> frozenset[str]:
    return frozenset(strings(thing.get("@type")))


def strings(value: Any) -> list[str]:
    """The strings in a JSON-LD value: itself, its `name` or `@value`, each of a list.

    >>> strings([{"name": "ليلى"}, "سعد"])
    ['ليلى', 'سعد']
    """
    found: list[str] = []
    waiting = [value]
    for _ in range(_VALUES_LIMIT):
        if not waiting:
            break
        match waiting.pop(0):
            case str() as text:
                found += [cleaned] if (cleaned := clean_line(text)) else []
            case {"name": inner} | {"@value": inner} | {"url": inner}:
                waiting.insert(0, inner)
            case list() as several:
                waiting[:0] = several[:_VALUES_LIMIT]
    return found

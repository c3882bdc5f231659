"""Fuzzing of what comes from sites: any page, feed or sitemap ends as a value, never as an error.

make fuzz                    some minutes; BAHITH_FUZZ says how many examples each test tries
"""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from crawl import Article, Rejected, canonical_url, key_of, site_of
from crawl.extract import extract

TAGS = [
    "html",
    "head",
    "title",
    "meta",
    "link",
    "script",
    "style",
    "body",
    "h1",
    "p",
    "div",
    "span",
    "article",
    "time",
    "a",
    "br",
    "table",
    "li",
]
WORDS = [
    "خبر",
    "السفير",
    "الميناء",
    "2015",
    "نشر",
    "بتاريخ",
    "الأربعاء",
    "كتب",
    "محمد",
    "http://a.example/",
    "©",
    "null",
    "[]",
]
ATTRIBUTES = [
    "class",
    "id",
    "itemprop",
    "property",
    "content",
    "datetime",
    "href",
    "lang",
    "charset",
    "style",
    "rel",
    "name",
]
VALUES = [
    "article-body",
    "datePublished",
    "articleBody",
    "og:title",
    "author",
    "ar",
    "fa",
    "2015-08-01",
    "utf-8",
    "application/ld+json",
]
LD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@graph", "headline", "articleBody", "author", "name"]), inner
        )
    ),
    max_leaves=12,
)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Something like a page: tags that do not match, words, attributes, JSON-LD, rubbish."""
    parts = []
    for _ in range(draw(st.integers(0, 40))):
        kind = draw(st.integers(0, 5))
        tag = draw(st.sampled_from(TAGS))
        if kind == 0:
            name, value = draw(st.sampled_from(ATTRIBUTES)), draw(st.sampled_from(VALUES))
            parts.append(f'<{tag} {name}="{value}">')
        elif kind == 1:
            parts.append(f"</{tag}>")
        elif kind == 2:
            parts.append(draw(st.text(max_size=20)))
        elif kind == 3:
            told = json.dumps(draw(LD))
            parts.append(f'<script type="application/ld+json">{told}</script>')
        else:
            words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
            parts.append(f"<p>{' '.join(words)}</p>")
    return "".join(parts)


@given(pages(), st.sampled_from(["utf-8", "cp1256", "utf-16"]), st.text(max_size=40))
def fuzz_any_page_is_an_article_or_a_refusal(page: str, encoding: str, content_type: str) -> None:
    """Whatever stands on it, in whatever letters, whatever the server says it is."""
    found = extract(page.encode(encoding, "replace"), "https://a.example/news/1", content_type)
    assert isinstance(found, Article | Rejected)
    if isinstance(found, Article):
        assert found.title == found.title.strip()
        assert "\x00" not in found.body


@given(st.binary(max_size=4000))
def fuzz_any_bytes_are_an_article_or_a_refusal(content: bytes) -> None:
    """Bytes of no format at all."""
    assert isinstance(extract(content, "https://a.example/1"), Article | Rejected)


@given(st.text(max_size=300))
def fuzz_any_text_has_an_identity(url: str) -> None:
    """An address from a stranger has one spelling, one key and a site, possibly none."""
    once = canonical_url(url)
    assert canonical_url(once) == once
    assert key_of(url) == key_of(once)
    assert isinstance(site_of(url), str)

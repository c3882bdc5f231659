"""What else a page says of its article: paper, section, language, address, picture, tags."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import NamedTuple

from crawl.extract.metadata.structured_data import Metadata, strings
from crawl.extract.tree.boilerplate import fold, vocabulary
from crawl.extract.tree.dom import Element, arabic_letters, names, text_of
from crawl.extract.tree.text_blocks import TextBlock
from crawl.text.agencies import agency_named
from crawl.urls import joined, split_web

_TAGS_LIMIT = 20
_NAME = 60  # a longer name of a site is its slogan
_LINKS = 60  # of a page's first ones, among which is the way home
_SEPARATORS = re.compile(r"\s+[-–—|:»]+\s+|\s*[|»]\s*")
_COUNTRY_WORDS = frozenset(["www", "ar", "arabic", "m", "amp", "com", "net", "org", "news"])
_HOME = frozenset(["الرييسيه", "الرئيسيه", "home", "الصفحه الرئيسيه", "البدايه", "الاستقبال"])
_CRUMBS = re.compile("-(?:breadcrumbs?|crumbs)-")
# Letters that Persian, Urdu, Kurdish or Uyghur text is full of and Arabic text has only in names.
_FOREIGN = re.compile("[پچژگۆێەڕڤۇۋېڭھںٹڈےہ]")


_WORD = re.compile(r"[\w\u200c]+")
_SAMPLE = 20_000  # characters: enough to know a language by
# The commonest words of each language that the others do not have.
_FUNCTION_WORDS = {
    code: frozenset(row.split())
    for code, row in {
        "ar": "في من على إلى الى أن ان التي الذي هذا هذه كان لم لن بعد قبل عن مع ما لا وقد كما ذلك",
        "fa": "این که از را به است در می برای های شود کرد خود یک شد آن باید نیز ها کند شده بود وی",
        "ur": "کے کی میں ہے اور سے کا کو نے ہیں پر یہ بھی تھا نہیں ایک کہ گیا ہو کر",
        "ckb": "لە بە کە بۆ ئەو ئەم دەکات دەبێت لەسەر هەموو کرد یەک ناوی لەگەڵ هەیە بوو",
        "ps": "د په چې او دی ته له کې سره يې یې هم دا شي کوي وي شوي نه دوی ده",
        "ug": "بىلەن ئۇ بۇ ئۈچۈن ھەم بىر بولغان دەپ قىلىش",
    }.items()
}


# «جميع الحقوق محفوظة © صحيفة النبراس 2026» stands among a page's last lines.
_FOOTER_LINES = 25
_FOOTER_LINE = 120
_OWNER_WORDS = 4
_SHORTEST = 4
_RIGHTS = re.compile(r"(?:ال)?حقوق|copyrights?")
_RESERVED = vocabulary("reserved")
_OWNED = re.compile(r"^(?:لل|ل)(?=\w{3})")
_PAPERS = vocabulary("papers")


class About(NamedTuple):
    """Source, section, language, canonical address, lead image and tags; empty when unknown."""

    source: str
    section: str
    canonical: str
    image: str
    tags: tuple[str, ...]


def read_about(root: Element, metadata: Metadata, url: str) -> About:
    """What the page states about itself beside title, text, date and writer."""
    image = metadata.first("og:image", "twitter:image") or next(
        iter(strings(metadata.article.get("image"))), ""
    )
    canonical = _absolute(url, metadata.canonical)
    return About(
        source=_source(metadata, url),
        section=_section(root, metadata),
        canonical=canonical,
        image=_absolute(canonical or url, image),
        tags=_tags(metadata),
    )


def site_names(metadata: Metadata, url: str) -> frozenset[str]:
    """What the site calls itself and the words of its host name, folded."""
    stated = [
        *metadata.meta.get("og:site_name", []),
        *metadata.meta.get("application-name", []),
        *strings(metadata.article.get("publisher")),
        *(part for part in host_of(url).split(".") if part not in _COUNTRY_WORDS),
    ]
    parts = _SEPARATORS.split(metadata.title)
    if len(parts) > 1:
        stated.append(min(parts[0], parts[-1], key=len))
    return frozenset(filter(None, map(fold, stated)))


def stated_names(root: Element, metadata: Metadata, url: str) -> frozenset[str]:
    """What the site calls itself for sure, folded: to machines, and where it links home."""
    home = f"//{host_of(url)}"
    stated = [
        *metadata.meta.get("og:site_name", []),
        *metadata.meta.get("application-name", []),
        *strings(metadata.article.get("publisher")),
    ]
    for link in islice(root.iter("a"), _LINKS):
        href = (link.get("href") or "").strip().rstrip("/").removesuffix("/index.php")
        if (href in ("", ".") and link.get("href")) or href.endswith(home):
            pictures = (picture.get("alt") or "" for picture in link.iter("img"))
            stated += [text_of(link, _NAME), *pictures]
    return frozenset(key for text in stated if len(text) <= _NAME and (key := fold(text))) - _HOME


def names_in_footer(blocks: list[TextBlock]) -> frozenset[str]:
    """Whose rights the page's last lines reserve, folded, with and without «صحيفة» before it.

    An agency's rights are in its story, not in the paper.
    """
    found: set[str] = set()
    for block in blocks[-_FOOTER_LINES:]:
        text = block.text
        if len(text) > _FOOTER_LINE or not _RIGHTS.search(fold(text)) or agency_named(text):
            continue
        words = [word for word in fold(text).split() if not _RIGHTS.fullmatch(word)]
        words = [word for word in words if not word.isdigit() and word not in _RESERVED]
        if 0 < len(words) <= _OWNER_WORDS:
            words[0] = _OWNED.sub("", words[0])
            found |= {" ".join(words), " ".join(words[words[0] in _PAPERS :])}
    return frozenset(name for name in found if len(name) >= _SHORTEST and not agency_named(name))


def host_of(url: str) -> str:
    """The host of an address, empty when it has none or is no address.

    >>> host_of("https://www.example.org/a"), host_of("http://[bad")
    ('www.example.org', '')
    """
    parts = split_web(url)
    return (parts.hostname or "") if parts else ""


def language_of(text: str, declared: str) -> str:
    """`ar`, or what else the text is in: its own words tell, else the declared language.

    >>> language_of("خبر قصير باللغة العربية", "en-US")
    'ar'
    >>> language_of("این طرح از ماه آینده در همه شهرها آغاز می شود و برای مردم است", "ar")
    'fa'
    """
    arabic = arabic_letters(text)
    others = sum(map(str.isalpha, text)) - arabic
    stated = re.split("[-_]", declared)[0].lower()
    if not arabic or arabic < others:
        return stated if stated and stated != "ar" else "und"
    words = Counter(_WORD.findall(text[:_SAMPLE]))
    counts = {code: sum(words[word] for word in held) for code, held in _FUNCTION_WORDS.items()}
    foreign = len(_FOREIGN.findall(text))
    best = max(counts, key=lambda code: counts[code])
    if best != "ar" and counts[best] > counts["ar"]:
        return best
    if foreign < 0.02 * arabic:
        return "ar"
    return stated if stated and stated != "ar" else best if best != "ar" else "und"


def _source(metadata: Metadata, url: str) -> str:
    stated = metadata.first("og:site_name", "application-name")
    publisher = next(iter(strings(metadata.article.get("publisher"))), "")
    named = next((name for name in (stated, publisher) if 0 < len(name) <= _NAME), "")
    return named or host_of(url).removeprefix("www.")


def _absolute(base: str, address: str) -> str:
    return (joined(base, address) or "") if address else ""


def _section(root: Element, metadata: Metadata) -> str:
    stated = [
        *strings(metadata.article.get("articleSection")),
        *metadata.meta.get("article:section", []),
        *metadata.meta.get("section", []),
    ]
    if stated:
        return stated[0]
    trails = (t for t in root.iter("nav", "ul", "ol", "div") if _CRUMBS.search(names(t)))
    trail = next(trails, None)
    crumbs = () if trail is None else (text_of(link, 40) for link in trail.iter("a"))
    return next((c for c in crumbs if 0 < len(c) < 40 and fold(c) not in _HOME), "")


def _tags(metadata: Metadata) -> tuple[str, ...]:
    stated = metadata.meta.get("article:tag", []) or [
        *strings(metadata.article.get("keywords")),
        *metadata.meta.get("news_keywords", metadata.meta.get("keywords", [])),
    ]
    split = (tag.strip() for text in stated for tag in re.split("[,،]", text))
    return tuple(dict.fromkeys(tag for tag in split if 1 < len(tag) < 60))[:_TAGS_LIMIT]

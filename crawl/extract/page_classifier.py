"""Whether a page is an article at all, and the fixed word for why not.

A page is judged by all that was found on it together: a crawl that trusts the address alone loses
papers that file articles under /tag/, one that trusts the markup alone keeps every front page that
calls itself an article. Each sign gives points; below zero the page is refused, for the reason of
the sign that weighed most against it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from crawl.extract.content.body import BodyText
from crawl.extract.metadata.publication_date import Published
from crawl.extract.metadata.structured_data import Metadata
from crawl.extract.metadata.title import Headline
from crawl.extract.tree.boilerplate import PHRASES, any_of, fold, vocabulary
from crawl.urls import split_web

# Said instead of an article; looked for in the title and, on short pages, in the text.
_NOTICES = {reason: any_of(PHRASES["notices"][reason]) for reason in PHRASES["notices"]}
_NOTICE_WORDS = 80

_LISTS = re.compile(
    r"/(?:tags?|tagged|category|categories|section|sections|topics?|authors?|keywords?"
    r"|archives?|label|list|writer|columnists?|rss|feed|كلمات-مفتاحية|وسم|تصنيف|قسم|كاتب)(?:/|$|\.)"
    r"|/page/\d+/?$|[?&](?:tag|cat)="
)
# Papers file articles under tags and sections; never under what somebody looked for.
_SEARCHES = re.compile(r"/(?:search|بحث)(?:/|$|\.)|[?&](?:s|q|search|query)=")
_VIDEO = re.compile(r"/(?:videos?|watch|فيديو|فيديوهات)(?:/|$)")
_CHANNEL = re.compile(r"/(?:tv|programs?|episodes?)(?:/|$)")  # films, and articles of a channel
_GALLERY = re.compile(
    r"/(?:gallery|galleries|photos?|albums?|pictures|slideshows?|صور|البوم)(?:/|$)"
)
# Software that runs something else than a newspaper.
_ENGINES = re.compile(
    r"mediawiki|vbulletin|phpbb|xenforo|simple machines|discourse|mybb|prestashop|woocommerce", re.I
)

# What schema.org calls pages that are no articles.
_OTHER_THINGS = frozenset(
    [
        *("Product", "Offer", "CollectionPage", "FAQPage", "QAPage", "SearchResultsPage"),
        *("ItemList", "ItemPage", "Event", "Recipe", "DiscussionForumPosting", "ProfilePage"),
        *("AboutPage", "ContactPage", "JobPosting", "LocalBusiness"),
    ]
)
_FORUM = re.compile(
    r"/(?:showthread|viewtopic|forumdisplay|viewforum)\.php"
    r"|/(?:forums?|threads?|directory|faqs?|glossary)(?:/|$)"
    r"|[?&](?:topic|board)="
)

_FORUM_NAMES = re.compile(r"-(?:vbulletin|phpbb|xenforo|mybb|showthread|viewtopic)-")
_FORUM_TITLE = re.compile("(?:منتدي|منتديات)(?!\\w)")
# Beside each post of a thread stands who wrote it; a directory's lines say how to reach someone.
_MEMBER = re.compile(
    r"(?:عدد )?(?:المشاركات|مشاركاتي?|المواضيع|تاريخ التسجيل|تاريخ الانتساب|معدل تقييم المستوى)\s*:"
    r"|(?:عضو|عضوة) (?:جديد|نشيط|فعال|مميز|ذهبي|فضي)|رد مع اقتباس|(?:رد\s+)?اقتباس$"
)
_MEMBERS = 2
_CONTACT = re.compile(
    r"(?:هاتف|الهاتف|تليفون|فاكس|العنوان|ص\.\s?ب|جوال|موبايل)\W{0,3}(?:\S+\s){0,4}?\S*\d{5}"
)
_CONTACTS = 3

# A page of one of these names is a section, or the paper's own.
_SECTIONS = vocabulary("kickers", "own_pages")
_HOME = frozenset(["الرييسيه", "الرئيسيه", "home"])
_ROOTS = frozenset(["", "ar", "arabic", "home", "index.html", "index.php", "index.aspx"])

# A sign this clear that says what a page is tells more than how short it is.
_CLEAR = -2.0
_KINDS = frozenset(["front-page", "section", "video", "gallery"])

# A list of teasers: paragraphs that end cut off.
_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[…\])\W{0,2}$")
_TEASERS = 3

# This many whole sentences of so many words are a story, whatever the address says.
_STORY = 4
_PARAGRAPH_WORDS = 12
_FULL_STOP = re.compile(r"[.؟!»\"]\s*$")
_QUESTIONS = 4

_MIN_WORDS = 20
_BRIEF_WORDS = 15  # a flash: enough with a date and a headline
_SHORT_WORDS = 45
_LONG_WORDS = 120
_CAPTION_WORDS = 150


class Evidence(NamedTuple):
    """What the decision looks at: all that was found on the page."""

    url: str
    metadata: Metadata
    headline: Headline
    body: BodyText
    text: str
    language: str
    published: Published
    languages: Collection[str] = ("ar",)


def reject_page(evidence: Evidence) -> tuple[str, str]:
    """The reason (empty for an article), and all signs with their points."""
    words = len(evidence.text.split())
    notice = _notice(evidence, words)
    if notice:
        return notice, "the page says so"
    if evidence.language not in evidence.languages and words >= _BRIEF_WORDS:
        return "not-arabic", f"language {evidence.language}"
    signs = list(_signs(evidence, words))
    points = sum(weight for weight, _, _ in signs)
    told = ", ".join(f"{sign} {weight:+g}" for weight, _, sign in signs)
    if points >= 0:
        return "", told
    against = [(weight, reason) for weight, reason, _ in signs if weight < 0]
    kinds = [(w, reason) for w, reason in against if w <= _CLEAR and reason in _KINDS]
    return min(kinds or against)[1], told


def _notice(evidence: Evidence, words: int) -> str:
    if words > _NOTICE_WORDS:
        return ""
    said = [fold(evidence.headline.text), fold(evidence.metadata.title)]
    if not _is_brief(evidence, words):
        said.append(fold(evidence.text))  # a dated brief may tell of a notice
    for reason, pattern in _NOTICES.items():
        if any(pattern.search(text) for text in said):
            return reason
    return ""


def _signs(evidence: Evidence, words: int) -> Iterator[tuple[float, str, str]]:
    """Every sign: its points, the reason it stands for, and its name."""
    yield from _signs_of_text(evidence, words)
    yield from _signs_of_metadata(evidence.metadata)
    yield from _signs_of_address(evidence.url, words, alone=_stands_alone(evidence))


def _is_brief(evidence: Evidence, words: int) -> bool:
    """Whether a short text has all that a flash of news has beside it."""
    shown = evidence.headline.element is not None and bool(evidence.published.date)
    return shown and words >= _BRIEF_WORDS


def _stands_alone(evidence: Evidence) -> bool:
    """Whether the text is several whole paragraphs, and most of the page's prose."""
    sentences = sum(
        len(text.split()) >= _PARAGRAPH_WORDS and _FULL_STOP.search(text) is not None
        for text in evidence.body.paragraphs
    )
    return sentences >= _STORY and evidence.body.others <= len(evidence.text)


def _signs_of_text(evidence: Evidence, words: int) -> Iterator[tuple[float, str, str]]:
    if words < _MIN_WORDS and not _is_brief(evidence, words):
        yield -5.0, "too-short" if words else "empty", f"{words} words"
    elif words < _SHORT_WORDS:
        yield -1.0, "too-short", f"{words} words"
    else:
        yield 1.0 if words >= _LONG_WORDS else 0.5, "", f"{words} words"
    if evidence.published.date:
        yield 1.5, "", "date"
    else:
        yield -1.5, "not-article", "no date"
    if evidence.headline.element is not None:
        yield 1.0 if evidence.headline.agreed else 0.0, "", "headline"
    else:
        yield -1.0, "not-article", "no headline"
    if len(fold(evidence.headline.text).split()) <= 2 and not _stands_alone(evidence):
        yield -1.0, "section", "title of a section"
    names = {fold(n) for n in evidence.metadata.meta.get("og:site_name", [])} | _HOME
    if fold(evidence.headline.text) in names:
        yield -2.0, "section", "title of the site"
    if fold(evidence.headline.text) in _SECTIONS:
        yield -2.0, "section", "name of a section"
    if evidence.body.in_card:
        yield -2.0, "section", "one card of many"
    cut = sum(map(bool, map(_CUT_OFF.search, evidence.body.paragraphs)))
    if cut >= _TEASERS and 2 * cut >= len(evidence.body.paragraphs):
        yield -4.0, "section", "teasers"
    asked = sum(text.rstrip().endswith(("؟", "?")) for text in evidence.body.paragraphs)
    if asked >= _QUESTIONS and 3 * asked >= len(evidence.body.paragraphs):
        yield -2.0, "not-article", "questions and answers"
    said = [*evidence.body.paragraphs, *(line for _, line in evidence.body.dropped)]
    if sum(map(bool, map(_MEMBER.match, said))) >= _MEMBERS:
        yield -4.0, "not-article", "members of a forum"
    reached = sum(map(bool, map(_CONTACT.search, evidence.body.paragraphs)))
    if reached >= _CONTACTS and 2 * reached >= len(evidence.body.paragraphs):
        yield -2.5, "not-article", "addresses and numbers"
    if evidence.body.others > 3 * len(evidence.text):
        yield -1.0, "section", "mostly cards"


def _signs_of_metadata(metadata: Metadata) -> Iterator[tuple[float, str, str]]:
    kind = metadata.first("og:type").lower()
    if metadata.article:
        yield 1.0, "", "json-ld article"
    elif "VideoObject" in metadata.types:
        yield -2.0, "video", "json-ld video"
    goods = not metadata.types.isdisjoint(_OTHER_THINGS)
    if not metadata.article and (goods or kind == "product"):
        yield -3.0, "not-article", "product or collection"
    if kind == "article":
        yield 0.5, "", "og article"
    elif kind.startswith("video"):
        yield -2.0, "video", "og video"
    parts = re.split(r"\s[-|–—»]\s", metadata.title)
    if _FORUM_NAMES.search(metadata.page_names) or _FORUM_TITLE.match(fold(parts[-1])):
        yield -4.0, "not-article", "names of a forum"
    if _ENGINES.search(metadata.first("generator")):
        yield -4.0, "not-article", "engine"


def _signs_of_address(url: str, words: int, *, alone: bool) -> Iterator[tuple[float, str, str]]:
    parts = split_web(url)
    if parts is None:
        return
    path = unquote(parts.path).lower()
    if not parts.query and all(part in _ROOTS for part in path.split("/")):
        yield -4.0, "front-page", "address of a front page"
    elif _SEARCHES.search(whole := f"{path}?{parts.query}" if parts.query else path):
        yield -3.5, "section", "address of a search"
    elif _LISTS.search(whole):
        yield -2.0, "section", "address of a list"
    # Templates call a film with its caption a NewsArticle like the rest; the address knows better.
    if _FORUM.search(f"{path}?{parts.query}"):
        yield -4.0, "not-article", "address of a forum or a directory"
    short = words < _CAPTION_WORDS
    weight = -5.0 if short and not alone else -1.0
    if _VIDEO.search(path):
        yield -5.0 if short else -1.0, "video", "address of a film"
    elif _CHANNEL.search(path):
        yield weight, "video", "address of a channel"
    elif _GALLERY.search(path):
        yield weight, "gallery", "address of pictures"

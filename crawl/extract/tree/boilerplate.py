"""What on a page is not the article: by the names developers give boxes, and by Arabic labels.

Names are read as whole words (`crawl.extract.tree.dom.names`), so `share` does not find
`shared-layout`. Labels are matched on folded text (`fold`), so one spelling stands for all.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from importlib.resources import files

from crawl.text.letters import bare_letters, without_marks
from crawl.text_cache import remembered

# What a part is: never the article's text. One alternative per idea; whole words between hyphens.
_APART = (
    "related|relatednews|relatedposts|similar|recommended|recommend|recommendations",
    "outbrain|taboola|mgid|more-news|more-stories|morenews|readalso|read-also|see-also",
    "most-read|mostread|most-viewed|popular|trending",
    "comment|comments|commentlist|disqus|respond|reply|replies",
    "breadcrumb|breadcrumbs|crumbs",
    "newsletter|subscribe|subscription|signup|login|register",
    "advert|advertisement|ads|ad|adv|sponsor|sponsored|adsense",
    "footer|copyright|copyrights|pagination|pager|paging",
    "cookie|cookies|consent|gdpr|popup|modal|lightbox|tooltip",
    "caption|captions|figcaption|author-box|authorbox|about-author|author-bio|bio",
    "poll|vote|rating|ratings|post-navigation|ai-summary",
)
# How a part looks: mostly a box, but page builders put paragraphs into such parts too.
_LAYOUT = (
    "read-more|readmore|latest|latestnews|last-news|lastnews|breaking|breaking-news",
    "ticker|newsticker|marquee|sidebar|side-bar|widget|widgets|banner|promo",
    "share|sharing|shares|sharethis|addthis|addtoany|social|socials|sociable|follow|followus",
    "dropdown|toolbar|menu|nav|navbar|navigation",
    "tags|taglist|tag-list|tag-links|tagcloud|keywords",
    "credit|credits|gallery|slider|carousel|slideshow|swiper|playlist",
    "byline|meta|postmeta|postinfo|post-info|article-info|prev|previous|next|prev-next",
)
_APART_NAMES = re.compile(f"-(?:{'|'.join(_APART)})-")
_LAYOUT_NAMES = re.compile(f"-(?:{'|'.join(_LAYOUT)})-")
_APART_TAGS = frozenset(["nav", "footer", "aside", "figcaption", "form", "button"])
_NEVER = frozenset(["html", "body", "main", "article"])

_NOT_WORD = re.compile(r"[\W_]+")


# Labels and notices as papers print them; see the file for what each list is for.
PHRASES: dict[str, dict[str, list[str]]] = tomllib.loads(
    (files("crawl.extract") / "phrases.toml").read_text("utf-8")
)


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the phrases as whole words in folded text."""
    ordered = sorted(map(fold, phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


@remembered(20_000)
def box_kind(tag: str, names: str) -> str:
    """`apart` or `layout` for an element whose tag or names say it is no article text.

    `apart` says what a part is (comments, related stories), `layout` only how it looks; empty for
    everything else.
    """
    if tag in _NEVER:
        return ""
    if tag in _APART_TAGS or _APART_NAMES.search(names):
        return "apart"
    return "layout" if _LAYOUT_NAMES.search(names) else ""


def vocabulary(*lists: str) -> frozenset[str]:
    """The words of some lists of `phrases.toml`, folded.

    >>> "جريده" in vocabulary("papers", "kickers")
    True
    """
    return frozenset(fold(word) for name in lists for word in PHRASES["vocabulary"][name])


@remembered(4_000)  # lines and labels are folded by several readers of one page
def fold(text: str) -> str:
    """Text reduced to what two printings of one line share: bare letters, single spaces.

    >>> fold("«إقرأ أيضًا»:")
    'اقرا ايضا'
    """
    bare = bare_letters(without_marks(unicodedata.normalize("NFKC", text)))
    return _NOT_WORD.sub(" ", bare).strip().lower()

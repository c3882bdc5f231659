"""What on a page is not the article: by the names developers give boxes, and by Arabic labels.

Names are read as whole words (`crawl.extract.dom.names`), so `share` does not find `shared-layout`.
Labels are matched on folded text (`fold`), so one spelling stands for all.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from importlib.resources import files

from crawl.text.letters import bare_letters, without_marks

# One alternative per idea; whole words between hyphens, any number of them in a name.
_BOXES = (
    "share|sharing|shares|sharethis|addthis|addtoany|social|socials|sociable|follow|followus",
    "related|relatednews|relatedposts|similar|recommended|recommend|recommendations",
    "outbrain|taboola|mgid|more-news|more-stories|morenews|read-more|readmore|readalso|read-also",
    "see-also|most-read|mostread|most-viewed|popular|trending|latest|latestnews|last-news|lastnews",
    "breaking|ticker|newsticker|marquee",
    "comment|comments|commentlist|disqus|respond|reply|replies",
    "sidebar|side-bar|widget|widgets",
    "breadcrumb|breadcrumbs|crumbs|tags|taglist|tag-list|tag-links|tagcloud|keywords",
    "newsletter|subscribe|subscription|signup|login|register",
    "advert|advertisement|ads|ad|adv|banner|sponsor|sponsored|promo|adsense",
    "footer|copyright|copyrights|menu|nav|navbar|navigation|pagination|pager|paging",
    "cookie|cookies|consent|gdpr|popup|modal|lightbox|tooltip|dropdown",
    "caption|captions|figcaption|credit|credits|gallery|slider|carousel|slideshow|swiper|playlist",
    "author-box|authorbox|about-author|author-bio|bio",
    "poll|vote|rating|ratings|toolbar|prev|previous|next|prev-next|post-navigation",
    "byline|meta|postmeta|postinfo|post-info|article-info|breaking-news",
)
_BOX_NAMES = re.compile(f"-(?:{'|'.join(_BOXES)})-")
_BOX_TAGS = frozenset(["nav", "footer", "aside", "figcaption", "form"])
_NEVER = frozenset(["html", "body", "main", "article"])

_NOT_WORD = re.compile(r"[\W_]+")


# Labels and notices as papers print them; see the file for what each list is for.
PHRASES: dict[str, dict[str, list[str]]] = tomllib.loads(
    (files("crawl.extract") / "phrases.toml").read_text("utf-8")
)


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases as whole words in folded text."""
    ordered = sorted(map(fold, phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


def is_box(tag: str, names: str) -> bool:
    """Tell whether an element's tag or names say that it holds no article text."""
    return tag not in _NEVER and (tag in _BOX_TAGS or _BOX_NAMES.search(names) is not None)


def fold(text: str) -> str:
    """Return text reduced to what two printings of one line share: bare letters, single spaces.

    >>> fold("«إقرأ أيضًا»:")
    'اقرا ايضا'
    """
    bare = bare_letters(without_marks(unicodedata.normalize("NFKC", text)))
    return _NOT_WORD.sub(" ", bare).strip().lower()

"""Pieces of HTML that stand inside data, such as an `articleBody` in JSON-LD, to paragraphs.

A page itself is parsed once by `crawl.extract.tree.dom`; what comes here is short and seldom, so
Beautiful Soup reads it: it takes anything for markup and never fails.
"""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning

from crawl.text.clean import clean_text, tidy, unescape

# A longer text is cut: ten times the longest article, and half a second of work at worst.
_LIMIT = 100_000
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_BLOCK_TAG = re.compile(r"</?(?:p|div|br|li|h[1-6]|blockquote|section|tr|figure)\b", re.I)


def read_fragment(stated: str) -> str:
    """The paragraphs of a text that may hold markup, escaped or not, one a line.

    >>> read_fragment("<p>سطر <b>أول</b></p><p>سطر&nbsp;ثان</p>")
    'سطر أول\\nسطر ثان'
    >>> read_fragment("&lt;p&gt;سطر&lt;/p&gt;"), read_fragment("سطر\\nثان")
    ('سطر', 'سطر\\nثان')
    """
    text = stated[:_LIMIT]
    if not _TAG.search(text):
        text = unescape(text)
        if not _TAG.search(text):
            return clean_text(stated[:_LIMIT])
    if _BLOCK_TAG.search(text):  # then a line's end in the source is a space, as in a page
        text = _BLOCK_TAG.sub(r"\n\g<0>", " ".join(text.split()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return tidy(BeautifulSoup(text, "lxml").get_text())

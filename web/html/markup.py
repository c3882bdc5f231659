"""The one place where text and spans become HTML, and where a URL may become a link.

Everything left of `web/` speaks in plain text and offsets. `marked` escapes each piece on its own,
so nothing in a title, a body or a query can reach the page as markup, and stripping the tags gives
the text back character for character.

>>> marked("زار السفير <المدينة>", [(4, 10)])
Markup('زار <mark>السفير</mark> &lt;المدينة&gt;')
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from markupsafe import Markup, escape

from crawl import is_web
from web.locale.bidi import direction as direction

Span = tuple[int, int]

# The longest headline of 19,507 articles has 126 letters, the longest source or author 110.
TITLE_LETTERS = 200
FACT_LETTERS = 80
# Words on either side of a place that tell it from others.
FRAGMENT_WORDS = 4

_MARK, _END = Markup("<mark>"), Markup("</mark>")


def marked(text: str, marks: Iterable[Span]) -> Markup:
    """A text as HTML with its spans in `<mark>`; spans ascend and do not overlap."""
    pieces: list[Markup] = []
    end = 0
    for start, stop in marks:
        pieces += (escape(text[end:start]), _MARK, escape(text[start:stop]), _END)
        end = stop
    return Markup("").join((*pieces, escape(text[end:])))


def paragraphs(text: str, marks: Iterable[Span]) -> Iterator[Markup]:
    """The lines of a text as marked HTML, empty ones left out; a span lies inside one line.

    The marks can be linked to as `#m1`, `#m2`, ….

    >>> list(paragraphs("سطر\\n\\nسطران", [(5, 10)]))
    [Markup('سطر'), Markup('<mark id="m1">سطران</mark>')]
    """
    spans = deque(marks)
    marks_made = 0
    start = 0
    for line in text.split("\n"):
        stop = start + len(line)
        inside = []
        while spans and spans[0][0] < stop:
            first, last = spans.popleft()
            if start <= first and last <= stop:
                inside.append((first - start, last - start))
        if line.strip():
            yield _numbered(line, inside, marks_made)
            marks_made += len(inside)
        start = stop + 1


def _numbered(text: str, marks: Sequence[Span], before: int) -> Markup:
    """A marked text whose marks go on counting."""
    first, *others = marked(text, marks).split(_MARK)
    pieces = [Markup('<mark id="m{}">').format(n) + one for n, one in enumerate(others, before + 1)]
    return Markup("").join((first, *pieces))


def text_fragment(text: str, span: Span) -> str:
    """The part of an address that leads a browser to a place of a text (`#:~:text=`).

    A few words around it, none of another line: what stands there in the original too.

    >>> text_fragment("one\\ntwo three-four", (8, 13))
    '#:~:text=two%20three%2Dfour'
    """
    first = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    line = text[first : end if end >= 0 else len(text)]
    before = line[: span[0] - first].split()[-FRAGMENT_WORDS:]
    after = line[span[0] - first :].split()[: FRAGMENT_WORDS + 1]
    return "#:~:text=" + quote(" ".join((*before, *after)), safe="").replace("-", "%2D")


def web_link(url: str) -> str:
    """The URL if a browser may follow it (http or https with a host), else nothing.

    >>> web_link("https://example.org/1"), web_link("javascript:alert(1)"), web_link("row 7")
    ('https://example.org/1', '', '')
    """
    # Reading an address drops control characters that a browser would drop too, so what we check is
    # not what we would print: such a URL is refused.
    return url if is_web(url) and url.isprintable() and " " not in url else ""


def language(text: str) -> str:
    """What a text's first letter lets us say of its language: Arabic, or nothing (an empty tag).

    >>> language("خبر"), language("news")
    ('ar', '')
    """
    return "ar" if direction(text) == "rtl" else ""


def clip(text: str, most: int = FACT_LETTERS) -> str:
    """A text that fits into a line of facts; what is cut ends in an ellipsis.

    >>> clip("وكالة الأنباء", 5)
    'وكال…'
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def clipped(title: str, marks: Iterable[Span]) -> Markup:
    """A title with its marks, cut where it is longer than any headline."""
    if len(title) <= TITLE_LETTERS:
        return marked(title, marks)
    kept = TITLE_LETTERS - 1
    return marked(title[:kept], [span for span in marks if span[1] <= kept]) + "…"

"""The one place where text and spans become HTML, and where a URL may become a link.

Everything left of `web/` speaks in plain text and offsets. `marked` escapes each piece on its own,
so nothing in a title, a body or a query can reach the page as markup, and stripping the tags gives
the text back character for character.

>>> marked("زار السفير <المدينة>", [(4, 10)])
Markup('زار <mark>السفير</mark> &lt;المدينة&gt;')
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from crawl import is_web
from web.locale.strings import LANGUAGE

Span = tuple[int, int]


def marked(text: str, marks: Iterable[Span]) -> Markup:
    """A text as HTML with its spans in `<mark>`; spans ascend and do not overlap."""
    pieces = []
    end = 0
    for start, stop in marks:
        pieces += [escape(text[end:start]), Markup("<mark>{}</mark>").format(text[start:stop])]
        end = stop
    return Markup("").join([*pieces, escape(text[end:])])


def paragraphs(text: str, marks: Iterable[Span]) -> Iterator[Markup]:
    """The lines of a text as marked HTML, empty ones left out; a span lies inside one line.

    >>> list(paragraphs("سطر\\n\\nسطران", [(5, 10)]))
    [Markup('سطر'), Markup('<mark>سطران</mark>')]
    """
    spans = list(marks)
    start = 0
    for line in text.split("\n"):
        stop = start + len(line)
        inside = [(a - start, b - start) for a, b in spans if start <= a and b <= stop]
        if line.strip():
            yield marked(line, inside)
        start = stop + 1


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
    return LANGUAGE if direction(text) == "rtl" else ""


def direction(text: str) -> str:
    """The direction of a text by its first strong letter, as Unicode UAX #9 (P2, P3) tells it.

    >>> direction("«خبر»"), direction("2015 news")
    ('rtl', 'ltr')
    """
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "R" | "AL":
                return "rtl"
            case "L":
                return "ltr"
    return "rtl"

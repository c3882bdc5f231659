"""News agencies by every name that papers give them: the table `metadata/bylines.toml`.

>>> agency_named("وكالة الأنباء السعودية"), agency_named("AFP"), agency_named("سامي الخطيب")
('واس', 'أ ف ب', '')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from crawl.text.month_names import plain

_TABLE = Path(__file__).parent.parent / "extract" / "metadata" / "bylines.toml"
# Letters in which a dateline ends: «نيويورك (رويترز) - ».
OPENING = 80
# Letters in which an agency signs: «… (واس)».
ENDING = 30
# Times that a text says whom it quotes, as far as they are looked at.
MOST_QUOTED = 3

_NAME_WORDS = 6
_NAME_LETTERS = 60
_GAPS = re.compile(r"\s[-–—ـ]+\s?|[-–—]+\s|[/|()،,؛;:\n]+")
# «نقلًا عن وكالة …», «وفق ما ذكرت وكالة …» and the like; what is quoted follows.
_QUOTED = re.compile(
    r"\b(?:نقل[ًاا]{0,2}\s+عن|(?:بحسب|حسب|وفق[ًاا]{0,2}\s+ل|ل)(?=\s?وكالة)|"
    r"(?:ذكرت|قالت|أفادت|أوردت|نقلت|بثت)(?=\s+وكالة))\s*(?=\w)"
)


def agency_named(name: str) -> str:
    """The agency a whole name stands for, as readers know it; empty for what is none."""
    return _agencies().get(" ".join(plain(name).replace(".", " ").split()), "")


def agency_credited(credit: str) -> str:
    """The agency that a credit names, alone or with a place or a writer.

    >>> agency_credited("نيويورك - د. ب. أ"), agency_credited("جدة (واس)"), agency_credited("")
    ('د ب أ', 'واس', '')
    """
    if len(credit) > _NAME_LETTERS * 2:
        return ""
    parts = dict.fromkeys((credit, *_GAPS.split(credit)))  # most credits are their only part
    return next(filter(None, map(agency_named, parts)), "")


def agency_of(author: str, source: str, body: str) -> str:
    """The agency an article came from: credited, in the dateline, signed, or quoted; or empty.

    >>> agency_of("", "الوطن", "نيويورك (رويترز) - ارتفع النفط اليوم.")
    'رويترز'
    >>> agency_of("", "الوطن", "ارتفع النفط اليوم نقلًا عن وكالة الأنباء الألمانية أمس.")
    'د ب أ'
    """
    return (
        agency_credited(author)
        or agency_credited(source)
        or _signed(body)
        or next(_quoted(body), "")
    )


def _signed(body: str) -> str:
    # The last piece of the opening is where the text begins: an agency there is its subject.
    opening = _GAPS.split(body[:OPENING].lstrip())[:-1]
    ending = _GAPS.split(body[-ENDING:].rstrip(" .\n"))[1:]
    return next(filter(None, map(agency_named, (*opening, *ending))), "")


def _quoted(body: str) -> Iterator[str]:
    for number, found in enumerate(_QUOTED.finditer(body)):
        if number == MOST_QUOTED:
            return
        words = body[found.end() : found.end() + _NAME_LETTERS].split()[:_NAME_WORDS]
        for count in range(len(words), 0, -1):
            if agency := agency_named(" ".join(words[:count]).strip("«»\"“”'.,،:؛()")):
                yield agency
                break


@cache
def _agencies() -> dict[str, str]:
    """Each written name → the one that is shown."""
    import tomllib  # a process that searches needs no agencies

    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["agencies"]
    return {plain(way): shown for shown, ways in rows.items() for way in ways}

"""Spider traps: addresses of one shape that lead to nothing but more of themselves.

A calendar has a page for every day of every year, a search form one for every word. A visit of a
shape (`/calendar/0/0`) is productive when it gave a new article, or an unknown address of another
shape that still gives some. After a long unproductive streak the rest of the shape is left alone.

>>> shape_of("https://a.org/calendar/2026/11?day=3&view=week")
'/calendar/0/0?day&view'
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from crawl.archive.database import Database
from crawl.urls import split_web

LONGEST_FIRST_STREAK = 25  # visits of a shape that has never given anything
# Unproductive visits in a row of one that has; old galleries do 40.
LONGEST_STREAK = 100
# The same for a whole folder, whatever its addresses are called.
LONGEST_FOLDER_STREAK = 200
# Visits without an article after which finding more of a shape is no use.
ARTICLES_STOPPED = 25
# A known text under another address counts as so many visits: session numbers do that, archives
# do not.
DUPLICATE_COST = 5

_NUMBER = re.compile(r"\d+")
_HEX = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b", re.IGNORECASE)


class ShapeCounts(NamedTuple):
    """Of a shape: productive visits, visits since the last of them, and since the last article."""

    productive: int
    unproductive_streak: int
    since_last_article: int


class SpiderTraps:
    """What the shapes of each site have given so far."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def holds(self, site: str, url: str) -> bool:
        """Whether an address is one of a shape, or in a folder, that gives nothing any more."""
        counts = self._counts(site, shape_of(url))
        most = LONGEST_STREAK if counts.productive else LONGEST_FIRST_STREAK
        if counts.unproductive_streak >= most:
            return True
        folder = _folder_of(url)
        streak = self._counts(site, folder).unproductive_streak
        return folder != "/*" and streak >= LONGEST_FOLDER_STREAK

    def count(
        self, site: str, url: str, *, article: bool, found: Iterable[str], duplicate: bool = False
    ) -> None:
        """Count a visit: whether it gave a new article or a known text, and what it found."""
        found = list(found)
        for shape in (shape_of, _folder_of):
            own = shape(url)
            others = {shape(one) for one in found} - {own}
            productive = article or any(
                self._counts(site, one).since_last_article < ARTICLES_STOPPED for one in others
            )
            cost = DUPLICATE_COST if duplicate else 1
            self._db.run(
                "insert into url_shapes values (?1, ?2, ?3, iif(?3, 0, ?5), iif(?4, 0, ?5))"
                " on conflict do update set productive = productive + ?3,"
                " unproductive_streak = iif(?3, 0, unproductive_streak + ?5),"
                " since_last_article = iif(?4, 0, since_last_article + ?5)",
                (site, own, int(productive), int(article), cost),
            )

    def _counts(self, site: str, shape: str) -> ShapeCounts:
        rows = self._db.rows(
            "select productive, unproductive_streak, since_last_article from url_shapes"
            " where site = ? and shape = ?",
            (site, shape),
        )
        return ShapeCounts(*rows[0]) if rows else ShapeCounts(0, 0, 0)


def shape_of(url: str) -> str:
    """An address with its numbers left out: what the pages of one template share."""
    parts = split_web(url)
    if parts is None:
        return ""
    names = sorted({field.partition("=")[0] for field in parts.query.split("&") if field})
    path = _NUMBER.sub("0", _HEX.sub("0", parts.path))
    return path + ("?" + "&".join(names) if names else "")


def _folder_of(url: str) -> str:
    """The folder of an address, marked so that no shape is called the same."""
    parts = split_web(url)
    return "/".join(parts.path.split("/")[:-1] if parts else []) + "/*"

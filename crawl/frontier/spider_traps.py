"""Endless spaces: addresses of one shape that lead to nothing but more of themselves.

A calendar has a page for every day of every year, a search form one for every word. A visit of a
shape (`/calendar/0/0`) is fruitful when it gave a new article, or an unknown address of another
shape that still gives some. After a long barren stretch the rest of the shape is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from crawl.archive.database import Store
from crawl.frontier.url_filter import shape_of
from crawl.urls import split_web

BARREN_AT_FIRST = 25  # visits of a shape that has never given anything
BARREN_AFTER_FRUIT = 100  # visits in a row since the last fruit; old galleries do 40
BARREN_FOLDER = 200  # the same for a whole folder, whatever its addresses are called
DRY = 25  # visits without an article after which finding more of a shape is no fruit
TWIN = 5  # a known text under another address counts as so many: sessions do that, archives don't


class Counts(NamedTuple):
    """Of a shape: visits with fruit, visits since the last fruit, and since the last article."""

    fruitful: int
    barren: int
    dry: int


class Traps:
    """What the shapes of each site have given so far."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def holds(self, site: str, url: str) -> bool:
        """Whether an address is one of a barren shape or in a barren folder."""
        counts = self._counts(site, shape_of(url))
        if counts.barren >= (BARREN_AFTER_FRUIT if counts.fruitful else BARREN_AT_FIRST):
            return True
        folder = _folder(url)
        return folder != "/*" and self._counts(site, folder).barren >= BARREN_FOLDER

    def note(
        self, site: str, url: str, *, article: bool, found: Iterable[str], twin: bool = False
    ) -> None:
        """Count a visit: what it gave (a new article, a `twin` of a known one), what it found."""
        found = list(found)
        for name in (shape_of, _folder):
            own = name(url)
            others = {name(one) for one in found} - {own}
            fruitful = article or any(self._counts(site, one).dry < DRY for one in others)
            cost = TWIN if twin else 1
            self._store.run(
                "insert into shapes values (?1, ?2, ?3, iif(?3, 0, ?5), iif(?4, 0, ?5))"
                " on conflict do update set fruitful = fruitful + ?3,"
                " barren = iif(?3, 0, barren + ?5), dry = iif(?4, 0, dry + ?5)",
                (site, own, int(fruitful), int(article), cost),
            )

    def _counts(self, site: str, name: str) -> Counts:
        rows = self._store.rows(
            "select fruitful, barren, dry from shapes where site = ? and shape = ?", (site, name)
        )
        return Counts(*rows[0]) if rows else Counts(0, 0, 0)


def _folder(url: str) -> str:
    """The folder of an address, marked so that no shape is called the same."""
    parts = split_web(url)
    return "/".join(parts.path.split("/")[:-1] if parts else []) + "/*"

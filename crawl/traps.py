"""Endless spaces: addresses of one shape that lead to nothing but more of themselves.

A calendar has a page for every day of every year, a search form one for every word. Each visit of a
shape (`/calendar/0/0`) is fruitful when it gave a new article, or an unknown address of another
shape that may still be fruitful itself. After a long barren stretch the rest is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from crawl.guard import shape_of
from crawl.store import Store

BARREN_AT_FIRST = 25  # visits of a shape that has never given anything
BARREN_AFTER_FRUIT = 100  # visits in a row since the last fruit; old galleries do 40
BARREN_FOLDER = 200  # the same for a whole folder, whatever its addresses are called


class Traps:
    """What the shapes of each site have given so far."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def holds(self, site: str, url: str) -> bool:
        """Whether an address is one of a barren shape or in a barren folder."""
        fruitful, barren = self._counts(site, shape_of(url))
        if barren >= (BARREN_AFTER_FRUIT if fruitful else BARREN_AT_FIRST):
            return True
        folder = _folder(url)
        return folder != "/*" and self._counts(site, folder)[1] >= BARREN_FOLDER

    def note(self, site: str, url: str, *, article: bool, found: Iterable[str]) -> None:
        """Count a visit: whether it gave a new article, and which unknown addresses it found."""
        found = list(found)
        for name in (shape_of, _folder):
            own = name(url)
            elsewhere = (one for one in found if name(one) != own and not self.holds(site, one))
            fruitful = article or next(elsewhere, None) is not None
            self._store.run(
                "insert into shapes values (?1, ?2, ?3, 1 - ?3) on conflict do update set"
                " fruitful = fruitful + ?3, barren = iif(?3, 0, barren + 1)",
                (site, own, int(fruitful)),
            )

    def _counts(self, site: str, name: str) -> tuple[int, int]:
        rows = self._store.rows(
            "select fruitful, barren from shapes where site = ? and shape = ?", (site, name)
        )
        return rows[0] if rows else (0, 0)


def _folder(url: str) -> str:
    """The folder of an address, marked so that no shape is called the same."""
    return "/".join(urlsplit(url).path.split("/")[:-1]) + "/*"

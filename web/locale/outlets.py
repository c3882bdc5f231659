"""Outlets: what readers call a source, which an archive may hold under a host or a machine's name.

>>> site = Site(("https://news.example/",), sources=("news-ar",), title="الأخبار", title_en="News")
>>> names = OutletNames.of([site])
>>> names.shown("news-ar", "ar"), names.shown("news.example", "en"), names.shown("الساحل", "en")
('الأخبار', 'News', 'الساحل')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from crawl import Site, read_sites


@dataclass(frozen=True, slots=True)
class OutletNames:
    """The names of sources by the language of the page; what is not named is shown as it stands.

    `collections`: the group and the country of each, as its file says them.
    """

    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    collections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, sites: Iterable[Site]) -> Self:
        """The names that outlets say of themselves; one language's stands in for the other's."""
        titles: dict[str, dict[str, str]] = {}
        collections: dict[str, tuple[str, ...]] = {}
        for site in sites:
            arabic, english = site.title or site.title_en, site.title_en or site.title
            for source in (site.name, *site.sources):
                collections[source] = tuple(filter(None, (site.group, site.country)))
                if arabic:
                    titles[source] = {"ar": arabic, "en": english}
        return cls(titles, collections)

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Those of a file of outlets, none without one; `CrawlError` says what is wrong with it."""
        return cls.of(read_sites(path)) if path else cls()

    def shown(self, source: str, language: str) -> str:
        """What a source is called in a language."""
        return self.titles.get(source, {}).get(language, source)

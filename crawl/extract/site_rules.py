"""Rules for the sites where the general way fails: data, in a file that a user can extend.

A rule names the places of a page's parts in CSS. It is looked up by host, the longest name first,
in the user's file (the environment variable BAHITH_SITES) and then in the bundled
`site_rules.toml`, which stays nearly empty: what can be mended for all sites is mended in the
general way.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from lxml.cssselect import CSSSelector, SelectorError
from lxml.etree import Element as new_element
from lxml.etree import LxmlError

from crawl.configuration import setting
from crawl.extract.metadata.article_metadata import host_of
from crawl.extract.tree.dom import Element, drop
from crawl.settings_file import TEXT, TEXTS, SettingsFile, read_settings_file

_BUNDLED = "site_rules.toml"
_KINDS = {"title": TEXT, "body": TEXT, "date": TEXT, "author": TEXT, "drop": TEXTS}
# Some faults of a selector show only when it is tried.
_NO_PAGE = new_element("html")


class SiteRule(NamedTuple):
    """CSS selectors for the parts of one site's pages; an empty one leaves the part to the rest."""

    title: str = ""
    body: str = ""
    date: str = ""
    author: str = ""
    drop: tuple[str, ...] = ()

    def find(self, part: str, root: Element) -> Element | None:
        """The first element that the selector of a part matches."""
        return next(iter(_matches(getattr(self, part), root)), None)

    def prune(self, root: Element) -> None:
        """Take out what the rule says to drop."""
        for selector in self.drop:
            for element in _matches(selector, root):
                drop(element)


NO_RULE = SiteRule()


def rule_for(url: str) -> SiteRule:
    """The rule for an address's host or the nearest domain above it, else `NO_RULE`.

    Raises `CrawlError` when the user's file cannot be read or holds no valid rules.
    """
    rules = _rules(setting("BAHITH_SITES"))
    labels = host_of(url).split(".")
    names = (".".join(labels[place:]) for place in range(len(labels)))
    return next((rules[name] for name in names if name in rules), NO_RULE)


@lru_cache(maxsize=4)
def _rules(path: str) -> dict[str, SiteRule]:
    bundled = _read(str(files("crawl.extract") / _BUNDLED))
    return bundled | _read(path) if path else bundled


def _read(path: str) -> dict[str, SiteRule]:
    file = read_settings_file(path, "site rules (BAHITH_SITES)")
    return {host.lower(): _rule(file, host, parts) for host, parts in file.tables.items()}


def _rule(file: SettingsFile, host: str, table: object) -> SiteRule:
    parts = file.checked(table, _KINDS, host)
    for key, value in parts.items():
        for selector in value if isinstance(value, list) else [value]:
            try:
                _matches(selector, _NO_PAGE)
            except (SelectorError, LxmlError, ValueError, RecursionError) as error:
                said = f"{selector!r} is no CSS selector: {error}; mend that line"
                raise file.wrong(said, host, key) from error
    return SiteRule(**parts | {"drop": tuple(parts.get("drop", ()))})


@lru_cache(maxsize=500)
def _compiled(selector: str) -> Any:
    return CSSSelector(selector)  # type: ignore[no-untyped-call]


def _matches(selector: str, root: Element) -> list[Element]:
    return list(_compiled(selector)(root)) if selector else []

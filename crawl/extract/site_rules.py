"""Rules for the sites where the general way fails: data, in a file that a user can extend.

A rule names the places of a page's parts in CSS. It is looked up by host, the longest name first,
in the user's file (the environment variable BAHITH_SITES) and then in the bundled
`site_rules.toml`, which stays nearly empty: what can be mended for all sites is mended in the
general way.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from lxml.cssselect import CSSSelector, SelectorError

from crawl.configuration import setting
from crawl.errors import CrawlError
from crawl.extract.metadata.article_metadata import host_of
from crawl.extract.tree.dom import Element, drop

_BUNDLED = "site_rules.toml"
_KEYS = frozenset(["title", "body", "date", "author", "drop"])


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
    bundled = _read((files("crawl.extract") / _BUNDLED).read_text("utf-8"), _BUNDLED)
    if not path:
        return bundled
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CrawlError(f"cannot read BAHITH_SITES={path}: {error}; name a TOML file") from error
    return bundled | _read(text, path)


def _read(text: str, path: str) -> dict[str, SiteRule]:
    try:
        return {host.lower(): _rule(host, parts) for host, parts in tomllib.loads(text).items()}
    except (tomllib.TOMLDecodeError, SelectorError, ValueError, RecursionError) as error:
        raise CrawlError(f"{path} holds no valid site rules: {error}; mend that line") from error


def _rule(host: str, parts: Any) -> SiteRule:
    if not isinstance(parts, dict) or not parts.keys() <= _KEYS:
        raise ValueError(f'["{host}"] may have {", ".join(sorted(_KEYS))} and nothing else')
    dropped = parts.get("drop", [])
    single = {key: parts[key] for key in parts.keys() - {"drop"}}
    texts = [*single.values(), *(dropped if isinstance(dropped, list) else [None])]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError(f'in ["{host}"], drop is a list of strings and the other keys are strings')
    for selector in [*single.values(), *dropped]:
        _compiled(selector)
    return SiteRule(**single, drop=tuple(dropped))


@lru_cache(maxsize=500)
def _compiled(selector: str) -> Any:
    return CSSSelector(selector)  # type: ignore[no-untyped-call]


def _matches(selector: str, root: Element) -> list[Element]:
    return list(_compiled(selector)(root)) if selector else []

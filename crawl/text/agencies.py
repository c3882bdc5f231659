"""News agencies by every name that papers give them: the table `metadata/bylines.toml`.

>>> agency_named("وكالة الأنباء السعودية"), agency_named("AFP"), agency_named("سامي الخطيب")
('واس', 'أ ف ب', '')
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from crawl.text.month_names import plain

_TABLE = Path(__file__).parent.parent / "extract" / "metadata" / "bylines.toml"


def agency_named(name: str) -> str:
    """The agency a whole name stands for, as readers know it; empty for what is none."""
    return _agencies().get(" ".join(plain(name).split()), "")


@cache
def _agencies() -> dict[str, str]:
    """Each written name → the one that is shown."""
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["agencies"]
    return {plain(way): shown for shown, ways in rows.items() for way in ways}

"""Top stories: what most outlets tell, of the newest day of the archive and the one before."""

from __future__ import annotations

from collections import Counter
from datetime import date

from crawl.text.calendars import back
from searcher import Hit, Searcher, SearchOptions

# Stories that are listed.
SHOWN = 5
# Outlets that make a story one of the day's.
FEWEST = 2


def top_stories(searcher: Searcher, newest: date) -> list[tuple[Hit, int]]:
    """The earliest article of each story, and by how many outlets it was told, the most first."""
    days = SearchOptions(since=back(newest, 1).isoformat(), until=newest.isoformat())
    pair = ("story", "source")
    counted = searcher.browse(days, limit=0, crosstabs=(pair,)).crosstabs[pair]
    outlets = Counter(one.first for one in counted if one.first)
    most = {story: count for story, count in outlets.most_common(SHOWN) if count >= FEWEST}
    if not most:
        return []
    found = searcher.browse(days, story=tuple(most), fold=True, sort="oldest", limit=SHOWN)
    return sorted(((hit, most[hit.story]) for hit in found.hits), key=lambda one: -one[1])

"""URL filter: which addresses may be pages at all, by their look alone.

>>> is_page("https://a.org/1.html"), is_page("https://a.org/1.JPG"), is_page("https://a.org/a/a/a/")
(True, False, False)
"""

from __future__ import annotations

from collections import Counter

from crawl.urls import split_web

MOST_SEGMENTS = 24

# What the end of a path says is no page. Feeds and sitemaps (.xml, .rss, .gz) are pages here.
_ENDINGS = """
    jpg jpeg png gif webp avif svg ico bmp tif tiff mp3 m4a ogg wav aac mp4 m4v webm avi mov wmv flv
    mkv 3gp pdf doc docx xls xlsx ppt pptx zip rar 7z tar bz2 exe apk dmg iso css js json woff woff2
    ttf eot otf swf torrent epub map
"""
_NOT_PAGES = frozenset(_ENDINGS.split())


def is_page(url: str) -> bool:
    """Whether an address may be a page: on the web, no picture, no path that repeats itself."""
    parts = split_web(url)
    if parts is None:
        return False
    ending = parts.path.rpartition("/")[2].rpartition(".")[2].lower()
    return (
        ending not in _NOT_PAGES
        and parts.path.count("/") <= MOST_SEGMENTS
        and not _repeats_a_segment(parts.path)
    )


def _repeats_a_segment(path: str) -> bool:
    """Whether a name stands three times in a path: the mark of a broken relative link."""
    names = Counter(name for name in path.split("/") if name and not name.isdigit())
    return any(count > 2 for count in names.values())

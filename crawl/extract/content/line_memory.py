"""What a line is judged by besides itself: the lines kept so far, and the label that came last."""

from __future__ import annotations

import re

from crawl.extract.content.labels import announces_stories
from crawl.extract.tree.boilerplate import fold
from crawl.extract.tree.text_blocks import TextBlock

SENTENCE_END = re.compile(r"[.؟?!:؛\"»”)]\s*$")
# A shorter line may be said twice: a refrain, a subheading.
_REPEAT = 40
# How many lines a label that stands alone announces at most.
_ANNOUNCED = 8
_ANNOUNCED_PLAIN = 1  # without links: more may be the article's own subheadings
_HEADLINE_WORDS = 14


class KeptLines:
    """What has been kept so far, to know a repeated line by."""

    def __init__(self, title: str) -> None:
        self.title = fold(title)
        self._text = ""

    def add(self, key: str) -> None:
        """Keep a line, by its folded text."""
        self._text += f"  {key} "

    def is_title(self, key: str) -> bool:
        """Whether a line is the title again, perhaps with the site's name."""
        if len(self.title) <= _REPEAT:
            return key == self.title
        return key.startswith(self.title) and len(key) < len(self.title) + _REPEAT

    def has(self, key: str) -> bool:
        """Whether a long line was kept before."""
        return len(key) > _REPEAT and f" {key} " in self._text

    def has_start(self, key: str) -> bool:
        """Whether a kept line begins with this text, its last words aside."""
        start = key[: len(key) * 3 // 4].rpartition(" ")[0]
        return len(start) > _REPEAT and f"  {start} " in self._text


class Announcement:
    """What a label that stands alone announces: links below it, or one headline without a link."""

    def __init__(self) -> None:
        self._links = self._plain = 0

    def covers(self, line: TextBlock) -> bool:
        """Whether a line is one of those announced."""
        if self._links and 2 * line.linked >= len(line.text):
            return True
        return self._plain > 0 and _is_headline_like(line)

    def after(self, line: TextBlock, key: str, reason: str) -> None:
        """Take notice of a line and of why it was dropped; no reason: it was kept."""
        if reason == "label":
            self._links = _ANNOUNCED
            self._plain = _ANNOUNCED_PLAIN if announces_stories(line.text, key) else 0
        elif reason:
            self._links -= self._links > 0
            listed = reason == "announced" and line.tag == "li" and not line.linked
            self._plain = self._plain if listed else 0
        else:
            self._links = self._plain = 0


def _is_headline_like(line: TextBlock) -> bool:
    words = len(line.text.split())
    return 3 <= words <= _HEADLINE_WORDS and not SENTENCE_END.search(line.text)

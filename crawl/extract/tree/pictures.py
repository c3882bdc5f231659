"""Lines that belong to a picture: captions without a class, told by what they stand beside."""

from __future__ import annotations

import re

from crawl.extract.tree.dom import text_of
from crawl.extract.tree.text_blocks import TextBlock

# A longer line beside a picture is a paragraph.
_CAPTION = 160
_ENDED = re.compile(r"[.؟?!]\s*$")
_NO_PICTURE = ("body", "li", "td")
_SMALL = ("small", "em", "i", "cite")


def is_caption(line: TextBlock) -> bool:
    """Whether a short line shares its element with a picture and with little else."""
    element = line.element
    if element is None or len(line.text) > _CAPTION or _ENDED.search(line.text):
        return False
    if element.tag in _NO_PICTURE or next(element.iter("img"), None) is None:
        return False
    set_apart = line.text.endswith(")") or next(element.iter(*_SMALL), None) is not None
    return set_apart and len(text_of(element, 2 * _CAPTION)) <= _CAPTION + 10

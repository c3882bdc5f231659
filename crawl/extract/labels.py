"""Lines that belong to the site and not to the article, told by what they say.

Labels announce other stories or ask the reader to do something; the lists stand in `phrases.toml`.
"""

from __future__ import annotations

import re

from crawl.extract.boilerplate import PHRASES, any_of, fold

_START = re.compile(rf"(?:{any_of(PHRASES['labels']['start']).pattern})")
_WHOLE = frozenset(map(fold, PHRASES["labels"]["whole"]))
_ENDS = frozenset(map(fold, PHRASES["labels"]["ends"]))
_POLICY = any_of(PHRASES["labels"]["policy"])
# A labelled line longer than this is a paragraph that begins with the same words.
_LABEL_LENGTH = 160
_END_LENGTH = 60


def announces(text: str) -> bool:
    """Tell whether a line announces other stories or asks the reader to do something."""
    key = fold(text)
    return key in _WHOLE or key in _ENDS or starts_as_label(text, key)


def starts_as_label(text: str, key: str) -> bool:
    """Tell whether a line begins as such lines do; `key` is its folded text."""
    return len(text) <= _LABEL_LENGTH and _START.match(key) is not None


def is_whole_label(key: str) -> bool:
    """Tell whether a folded line is nothing but a label."""
    return key in _WHOLE or key in _ENDS


def is_ending(text: str, key: str) -> bool:
    """Tell whether below such a line nothing is the article's: «مواضيع ذات صلة»."""
    return len(text) < _END_LENGTH and key in _ENDS


def is_policy(text: str) -> bool:
    """Tell whether a paragraph is the site's small print: cookies, comments, copyright."""
    return _POLICY.search(fold(text)) is not None

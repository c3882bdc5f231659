"""Answers remembered for short texts: with long ones, which strangers write, a cache has no bound.

>>> @remembered(2)
... def letters(text: str) -> list[str]:
...     return list(text)
>>> letters("خبر") is letters("خبر"), letters("خ" * 600) is letters("خ" * 600)
(True, False)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

# Characters of one text that is remembered; a line, a class attribute, most addresses have fewer.
LONGEST = 500

OfTexts = TypeVar("OfTexts", bound=Callable[..., Any])


def remembered(most: int) -> Callable[[OfTexts], OfTexts]:
    """Remember so many answers of a function of texts, those for texts up to `LONGEST` alone."""

    def decorate(function: OfTexts) -> OfTexts:
        known = lru_cache(maxsize=most)(function)

        @wraps(function)
        def answer(*texts: str) -> Any:
            for text in texts:
                if len(text) > LONGEST:
                    return function(*texts)
            return known(*texts)

        return cast(OfTexts, answer)

    return decorate

"""Substance: what of an article makes telling it again worth while when it changes.

Numbers, and a sketch of the runs of three folded words (the smallest hashes, by which two sets are
compared: Broder 1997). Tashkeel, hamza and punctuation are not in it.

>>> told = substance_of("حريق في السوق", "أصيب ٣ عمّال في حريق شب أمس في سوق المدينة.")
>>> is_changed(told, substance_of("حريق في السوق", "اصيب 3 عمال في حريق شب أمس في سوق المدينة"))
False
>>> is_changed(told, substance_of("حريق في السوق", "أصيب ٥ عمال في حريق شب أمس في سوق المدينة"))
True
"""

from __future__ import annotations

import re
import zlib

from crawl.text.letters import ascii_digits, bare_letters, without_marks

_WORD = re.compile(r"\w+")
RUN = 3
SKETCH = 64
# The share of common runs under which a text says something else.
ALIKE = 0.8


def substance_of(title: str, body: str) -> str:
    """What two versions of an article are compared by."""
    text = ascii_digits(bare_letters(without_marks(f"{title} {body}")))
    words = _WORD.findall(text)
    numbers = sorted({word for word in words if word.isdecimal()})
    runs = {" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))}
    hashes = sorted(zlib.crc32(run.encode("utf-8", "replace")) for run in runs)[:SKETCH]
    return f"{' '.join(numbers)}|{' '.join(map(str, hashes))}"


def is_changed(told: str, now: str) -> bool:
    """Whether a version says something else than the one that was told."""
    if told == now:
        return False
    (numbers, one), (others, other) = (_read(text) for text in (told, now))
    smallest = set(sorted(one | other)[:SKETCH])
    return numbers != others or len(smallest & one & other) < ALIKE * len(smallest)


def _read(text: str) -> tuple[str, set[int]]:
    numbers, _, hashes = text.partition("|")
    return numbers, set(map(int, hashes.split()))

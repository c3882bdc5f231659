"""Words of an attribute as readers type them: the source «الرياض» is asked for as «صحيفة الرياض».

Names are typed more carelessly than texts: without hamza seats, ة, ى and the article. Queries,
engines and authority lists compare them by this one rule.
"""

from __future__ import annotations

from index.analysis import cut, fold
from index.analysis.text.folding import loose

_SERVANT, _ARTICLE = "عبد", "ال"
# Letters that a word keeps without its article: الله is no «له».
_SHORTEST_BARE = 3


def contains_words(value: str, text: str) -> bool:
    """Whether the folded words of `text` stand one after the other in `value`.

    >>> contains_words("وكالة الأنباء السعودية", "الانباء السعودية")
    True
    """
    wanted, have = loose_words(text), loose_words(value)
    width = len(wanted)
    return bool(wanted) and any(have[i : i + width] == wanted for i in range(len(have) - width + 1))


def loose_words(value: str) -> list[str]:
    """The words of an attribute as readers type them: without hamza seats, ة, ى, and ال.

    «عبد الله» is one word, as half of all writers have it.

    >>> loose_words("صحيفة الرياض"), loose_words("عبد الرحمن"), loose_words("عبدالرحمن")
    (['صحيفه', 'رياض'], ['عبدالرحمن'], ['عبدالرحمن'])
    """
    words: list[str] = []
    for start, end in zip(*cut(value), strict=True):
        word = loose(fold(value[start:end]))
        if words and words[-1] == _SERVANT:
            words[-1] += word
        else:
            bare = word.removeprefix(_ARTICLE)
            words.append(bare if len(bare) >= _SHORTEST_BARE else word)
    return words

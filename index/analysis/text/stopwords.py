"""Words that almost every text holds, and that a search should not insist on."""

from collections.abc import Iterator
from pathlib import Path

from crawl.text.letters import ALEF_FORMS
from index.analysis.text.folding import fold

_HURRIED = str.maketrans(ALEF_FORMS)
_LAST = {"ى": "ي", "ي": "ى", "ه": "ة"}  # الي, فى, هذة
# What a careless stop word may spell by chance: a name, «a moan», «mother».
_WORDS_OF_THEIR_OWN = frozenset({"علي", "أنة", "منة", "ام", "عنة"})


def _spellings(word: str) -> Iterator[str]:
    """A stop word as written with care and without.

    >>> sorted(_spellings("إلى"))
    ['إلى', 'إلي', 'الى', 'الي']
    """
    for one in {word, word.translate(_HURRIED)}:
        yield one
        if len(word) > 1 and word[-1] in _LAST:
            yield one[:-1] + _LAST[word[-1]]


# Exact forms; folded here, so the file may be written with or without vowel marks.
STOPWORDS = frozenset(
    fold(word) for word in Path(__file__).with_name("stopwords.txt").read_text("utf-8").split()
)

_SPELLED = STOPWORDS | (
    {spelled for word in STOPWORDS for spelled in _spellings(word)} - _WORDS_OF_THEIR_OWN
)


def is_stopword(exact: str) -> bool:
    """Whether an exact form is a stop word, in any of the spellings that papers print.

    >>> is_stopword("من"), is_stopword("الى"), is_stopword("فى"), is_stopword("سفير")
    (True, True, True, False)
    """
    return exact in _SPELLED

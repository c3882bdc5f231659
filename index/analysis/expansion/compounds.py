"""What some write as one word and others as two: عبد الله and عبدالله, covid19 and COVID 19.

Two words that merely happen to spell one are none: المنصور is not «من صور». A name that the lexicon
knows is parted only at what names are made of, an unknown word nowhere but between two words of
which neither is a particle; and the halves are looked for as spelled.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.analysis.expansion.number_words import hundreds_joined, hundreds_parted, is_grouped
from index.analysis.lemmatizer import remembered
from index.analysis.text.folding import key
from index.analysis.text.stopwords import is_stopword

_SHORTEST_PART = 3
_SHORTEST_NAME = 5
# Halves of an unknown word that are long enough to be looked for in all their forms.
_LONG_PART = 4
# First words of names of two, by their keys.
_OPENERS = frozenset(
    (
        *("عبد", "ابو", "ابا", "ابي", "بو", "ام", "بن", "ابن", "ذو", "جاد", "نصر", "فضل"),
        *("خان", "بيت", "كفر", "دير", "تل", "راس", "عين", "بني", "حضر", "نيو", "سان", "سانت"),
        *("لوس", "لاس", "بورت", "كوالا", "هونغ", "بيونغ"),
    )
)

_CLOSERS = frozenset({"الدين", "الله", "اباد"})
_SHORT_OPENERS = frozenset({"بو", "ام", "بن", "تل"})
_LATIN_NUMBER = re.compile(r"([a-z]{1,12})([0-9]{1,6})").fullmatch
_LATIN = re.compile("[a-z]{1,12}").fullmatch
_DIGITS = re.compile("[0-9]{1,6}").fullmatch
_UP_TO_999 = re.compile("[1-9][0-9]{0,2}").fullmatch
_THREE_DIGITS = re.compile("[0-9]{3}").fullmatch
_INITIALS = re.compile("[A-Z]{2,5}").fullmatch


class Rewriting(NamedTuple):
    """A stretch of a query's words that may also be written as other words in a row.

    `words[start:end]` of the query ↔ the phrase `spelled`, each a word as one would type it; of
    `halves` each is looked for as it is spelled, with no other form.
    """

    start: int
    end: int
    spelled: tuple[str, ...]
    halves: bool = False


def rewritings(words: Sequence[str], exact: Sequence[str]) -> Iterator[Rewriting]:
    """Every other way to write some words, as typed and as exact forms: one as two, or back."""
    for i, (first, second) in enumerate(pairwise(exact)):
        if first and second and (one := joined(first, second)):
            yield Rewriting(i, i + 2, (one,))
    for i, word in enumerate(exact):
        for first, second in splits(word) if word else ():
            brief = min(len(first), len(second)) < _LONG_PART
            as_spelled = brief or _is_known(word) or word.isdecimal()
            yield Rewriting(i, i + 1, (first, second), halves=as_spelled)
        if hundreds := hundreds_parted(word):
            yield Rewriting(i, i + 1, hundreds)
        if _INITIALS(words[i]):  # US, U.S.
            yield Rewriting(i, i + 1, tuple(word), halves=True)
    yield from _initials(exact)


def joined(first: str, second: str) -> str:
    """Two exact forms as one word, or nothing when none is written so.

    >>> joined("عبد", "الله"), joined("كتا", "ب"), joined("من", "صور"), joined("covid", "19")
    ('عبدالله', '', '', 'covid19')
    >>> joined("12", "345")
    '12345'
    """
    if (_LATIN(first) and _DIGITS(second)) or (_UP_TO_999(first) and _THREE_DIGITS(second)):
        return first + second
    if one := hundreds_joined(first, second):
        return one
    one = first + second
    particles = is_stopword(first) or is_stopword(second)
    return one if len(one) >= _SHORTEST_NAME and _is_name(one) and not particles else ""


def splits(word: str) -> Iterator[tuple[str, str]]:
    """The ways to read one exact form as two words, of which an index may know both.

    >>> list(splits("نورالدين")), list(splits("المنصور")), list(splits("covid19"))
    ([('نور', 'الدين')], [], [('covid', '19')])
    """
    if found := _LATIN_NUMBER(word):
        yield found[1], found[2]
    if is_grouped(word):
        yield word[:-3], word[-3:]
    if not _is_name(word):
        return
    known = _is_known(word)
    # The lexicon's spelling has the hamza that a hurried writer leaves out: ابوظبي, أبو ظبي.
    for one in dict.fromkeys((word, remembered(word).lemma)) if known else (word,):
        for at in range(2, len(one) - 1):
            first, second = one[:at], one[at:]
            named = key(first) in _OPENERS or second in _CLOSERS
            if named if known else _may_part(first, second):
                yield first, second


def _may_part(first: str, second: str) -> bool:
    """Whether an unknown word may be these two."""
    return (
        (len(first) >= _SHORTEST_PART or key(first) in _SHORT_OPENERS)
        and len(second) >= _SHORTEST_PART
        and not is_stopword(first)
        and not is_stopword(second)
    )


def _initials(exact: Sequence[str]) -> Iterator[Rewriting]:
    """Single Latin letters in a row as one word: U.S. → us."""
    start = 0
    while start < len(exact):
        end = start
        while end < len(exact) and len(exact[end]) == 1 and _LATIN(exact[end]):
            end += 1
        if end - start > 1:
            yield Rewriting(start, end, ("".join(exact[start:end]),))
        start = max(end, start + 1)


def _is_known(word: str) -> bool:
    return remembered(word).origin == "name"


def _is_name(word: str) -> bool:
    return remembered(word).origin in ("unknown", "name")


def loose_ands(words: Sequence[str]) -> Iterator[Rewriting]:
    """An «and» with a blank after it as one written onto the next word, and back.

    >>> list(loose_ands(["القاهرة", "و", "بيروت"]))
    [Rewriting(start=1, end=3, spelled=('وبيروت',), halves=False)]
    """
    for i, (one, other) in enumerate(pairwise(words)):
        if one == "و":
            yield Rewriting(i, i + 2, ("و" + other,))
    for i, word in enumerate(words):
        rest = word.removeprefix("و")
        if rest not in ("", word) and remembered(word).lemma == remembered(rest).lemma:
            yield Rewriting(i, i + 1, ("و", rest))
